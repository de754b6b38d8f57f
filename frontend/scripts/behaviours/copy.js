// <button data-copy="text or address" data-copied="Link copied">: copies and says so.
// <a href="#section" data-copy-anchor>: goes to the section and copies its whole address.
// Where the browser lets nothing be copied, the text is shown, selected, to be copied by hand.
import { showToast } from "./toasts.js";

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without HTTPS the clipboard interface is missing, and it may be refused: the older command may still work.
    return copyByCommand(text);
  }
}

function copyByCommand(text) {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  // Within an open dialog nothing outside it can be selected.
  (focused?.closest("dialog[open]") ?? document.body).append(field);
  field.select();
  let copied = false;
  try {
    copied = document.execCommand("copy");
  } catch {
    copied = false;
  }
  field.remove();
  focused?.focus?.({ preventScroll: true });
  return copied;
}

async function copyAndSay(text, copied) {
  const words = document.querySelector("[data-toasts]")?.dataset ?? {};
  if (await copy(text)) showToast({ text: copied || words.copied, level: "success" });
  else showToast({ text: words.copyYourself, value: text });
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const anchor = event.target.closest("a[data-copy-anchor]");
  if (anchor) {
    // Not stopped: the address in the window changes as it does without this script.
    copyAndSay(anchor.href);
    return;
  }
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  event.preventDefault();
  const text = button.dataset.copy;
  // An address on this site is copied whole, so that it can be sent to somebody.
  const whole = text.startsWith("/") || text === "" ? new URL(text || location.href, location.href).href : text;
  copyAndSay(whole, button.dataset.copied);
});
