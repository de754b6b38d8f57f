// <form data-theme-form>: the choice is shown at once and sent in the background, where it is kept for the next page.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form) return;
  event.preventDefault();
  const theme = event.submitter.value;
  document.documentElement.dataset.bsTheme = theme;
  const scheme = document.querySelector('meta[name="color-scheme"]');
  if (scheme) scheme.content = theme === "auto" ? "light dark" : theme;
  for (const choice of form.querySelectorAll("[aria-pressed]")) {
    choice.setAttribute("aria-pressed", String(choice.value === theme));
  }
  fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
});
