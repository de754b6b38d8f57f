// What is selected in an article goes along to the form that suggests a correction. It stays in this browser: an address
// would show it to every log on the way.
//   <a data-suggests-correction href="the form">, with data-for-selection only shown while something is selected
//   <textarea data-takes-passage>: takes what was selected on the page before
import { onContent } from "./on_content.js";

const KEPT = "passage";
const LONGEST = 2000;
// On phones a tap takes the selection away a moment before the link is followed.
const MOMENT = 3000;
let selected = { text: "", at: 0 };

function inArticle() {
  const selection = document.getSelection();
  const text = selection?.toString().trim() ?? "";
  const node = selection?.anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  return text && element?.closest("article .prose") ? text.slice(0, LONGEST) : "";
}

document.addEventListener("selectionchange", () => {
  const link = document.querySelector("[data-for-selection]");
  if (!link) return;
  const text = inArticle();
  if (text) selected = { text, at: Number.POSITIVE_INFINITY };
  else if (selected.at === Number.POSITIVE_INFINITY) selected.at = performance.now();
  if (text) link.hidden = false;
  else setTimeout(() => {
    if (!inArticle()) link.hidden = true;
  }, 300);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-suggests-correction]");
  if (!link) return;
  const text = performance.now() - selected.at < MOMENT ? selected.text : "";
  try {
    if (text) sessionStorage.setItem(KEPT, JSON.stringify({ text, to: new URL(link.href).pathname }));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // A browser that keeps nothing: the passage is copied by hand.
  }
});

onContent("[data-takes-passage]", (field) => {
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
  } catch {
    return;
  }
  if (!kept || kept.to !== location.pathname || field.value) return;
  field.value = kept.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
