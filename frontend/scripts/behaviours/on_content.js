// Runs `attach(element)` for every element matching the selector, now and after each htmx swap, once per element.
export function onContent(selector, attach) {
  const attached = new WeakSet();
  const scan = (root) => {
    const found = root.matches?.(selector) ? [root] : [];
    for (const element of [...found, ...root.querySelectorAll(selector)]) {
      if (attached.has(element)) continue;
      attached.add(element);
      attach(element);
    }
  };
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => scan(document));
  } else {
    scan(document);
  }
  document.addEventListener("htmx:load", (event) => scan(event.detail.elt));
}
