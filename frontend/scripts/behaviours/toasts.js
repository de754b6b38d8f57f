// Messages that come and go. The server's own stand in the page already; a response to htmx may bring more in the
// header  HX-Trigger: {"toast": {"text": "…", "level": "success"}}.
import { onContent } from "./on_content.js";

const milliseconds = 6000;

function leaveLater(toast) {
  let timer;
  const start = () => {
    timer = setTimeout(() => toast.remove(), milliseconds);
  };
  const stop = () => clearTimeout(timer);
  for (const pause of ["mouseenter", "focusin"]) toast.addEventListener(pause, stop);
  for (const resume of ["mouseleave", "focusout"]) toast.addEventListener(resume, start);
  start();
}

// `value`, if there is one, stands below the text in a field, selected: to be copied by hand.
export function showToast({ text, level = "info", value = "" }) {
  const template = document.getElementById("toast-template");
  const place = document.querySelector("[data-toasts]");
  if (!template || !place || !text) return;
  const toast = template.content.firstElementChild.cloneNode(true);
  toast.classList.add(level);
  toast.querySelector(".text").textContent = text;
  const field = value ? fieldWith(value, text) : null;
  if (field) toast.querySelector(".text").append(field);
  place.append(toast);
  if (field) {
    // A link that was pressed takes the focus to where it leads, a moment later.
    setTimeout(() => {
      field.focus();
      field.select();
    });
    return;
  }
  if (level !== "error") leaveLater(toast);
}

function fieldWith(value, label) {
  const field = document.createElement("input");
  field.className = "form-control";
  field.readOnly = true;
  field.dir = "ltr";
  field.value = value;
  field.setAttribute("aria-label", label);
  return field;
}

document.addEventListener("toast", (event) => showToast(event.detail));
document.addEventListener("htmx:responseError", (event) => showFailure(event.detail.xhr.status));
document.addEventListener("htmx:sendError", () => showFailure(0));

function showFailure(status) {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  const text = status === 0 ? place.dataset.offline : place.dataset.failed;
  showToast({ text, level: "error" });
}

onContent("[data-toast]", (toast) => {
  if (!toast.classList.contains("error")) leaveLater(toast);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  button?.closest(".gh-alert").remove();
});
