// <button data-copy="text or address" data-copied="Link copied">: copies and says so.
import { showToast } from "./toasts.js";

async function copy(text) {
  if (navigator.clipboard?.writeText) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Without HTTPS the clipboard interface is missing; the older command still works.
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  event.preventDefault();
  const text = button.dataset.copy;
  // An address on this site is copied whole, so that it can be sent to somebody.
  await copy(text.startsWith("/") || text === "" ? new URL(text || location.href, location.href).href : text);
  showToast({ text: button.dataset.copied, level: "success" });
});
