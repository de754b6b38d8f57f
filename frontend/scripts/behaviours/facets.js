// <form data-autosubmit>: sends itself when a choice changes (its button, marked data-autosubmit-button, is then not
// needed and hides). With hx-get on the form htmx swaps the results in place; without, it is an ordinary GET.
import { onContent } from "./on_content.js";

onContent("form[data-autosubmit]", (form) => {
  for (const button of form.querySelectorAll("[data-autosubmit-button]")) button.hidden = true;
  form.addEventListener("change", (event) => {
    if (event.target.matches("input[type=search], input[type=text]")) return;
    form.requestSubmit();
  });
  // Empty fields stay out of the address, so that a copied link is short.
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData.entries()]) {
      if (value === "") event.formData.delete(name);
    }
  });
});

document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.matches("form[data-autosubmit]")) return;
  for (const name of new Set([...event.detail.formData.keys()])) {
    const values = event.detail.formData.getAll(name).filter((value) => value !== "");
    event.detail.formData.delete(name);
    for (const value of values) event.detail.formData.append(name, value);
  }
});

// The choices come back with new counts: lists that were unfolded stay so, and the new total is said aloud.
let unfolded = [];
document.addEventListener("htmx:beforeSwap", () => {
  unfolded = [...document.querySelectorAll("details.more[open]")].map((list) => list.id);
});
document.addEventListener("htmx:afterSettle", (event) => {
  for (const id of unfolded) {
    const list = document.getElementById(id);
    if (list) list.open = true;
  }
  const total = event.target.querySelector?.("[data-announce]");
  const announcer = document.querySelector("[data-announcer]");
  if (total && announcer) announcer.textContent = total.textContent;
});
