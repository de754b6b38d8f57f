// Wagtail writes the dates of comments in the language of the browser. The person may have chosen another one here.
(() => {
  const chosen = document.documentElement.lang;
  if (!chosen) return;
  const ours = ([locales, ...rest]) => [locales === undefined || locales.length === 0 ? chosen : locales, ...rest];
  Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
    apply: (format, self, given) => Reflect.apply(format, self, ours(given)),
    construct: (format, given) => Reflect.construct(format, ours(given)),
  });
})();
