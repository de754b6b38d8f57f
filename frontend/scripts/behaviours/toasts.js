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

// `value`, if there is one, stands below the text in a field, selected: to be copied by hand. `link` has a label and a
// url, which opens in another window, so that nothing typed is lost.
export function showToast({ text, level = "info", value = "", link = null }) {
  const template = document.getElementById("toast-template");
  const place = document.querySelector("[data-toasts]");
  if (!template || !place || !text) return;
  const toast = template.content.firstElementChild.cloneNode(true);
  toast.classList.add(level);
  toast.querySelector(".text").textContent = text;
  const field = value ? fieldWith(value, text) : null;
  if (field) toast.querySelector(".text").append(field);
  if (link) toast.querySelector(".text").append(" ", linkTo(link));
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

function linkTo({ url, label }) {
  const link = document.createElement("a");
  link.href = url;
  link.target = "_blank";
  link.textContent = label;
  return link;
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
  const words = place.dataset;
  if (status === 401) {
    // However many parts of the page ask at once, it is said once.
    for (const said of place.querySelectorAll("a[target=_blank]")) said.closest(".gh-alert").remove();
    showToast({ text: words.signedOut, level: "error", link: { url: words.signInUrl, label: words.signIn } });
    return;
  }
  showToast({ text: status === 0 ? words.offline : words.failed, level: "error" });
}

onContent("[data-toast]", (toast) => {
  if (!toast.classList.contains("error")) leaveLater(toast);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  button?.closest(".gh-alert").remove();
});
