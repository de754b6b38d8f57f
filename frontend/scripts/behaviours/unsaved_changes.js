// <form data-guard>: leaving with changes that are not sent asks first.
const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-guard]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
document.addEventListener("reset", (event) => changed.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  const waiting = [...changed].some((form) => form.isConnected);
  if (waiting) event.preventDefault();
});
