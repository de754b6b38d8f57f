// <button data-fills="form-id" data-fill-login="…" data-fill-password="…">: writes into the fields of that form.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fills]");
  const form = button && document.getElementById(button.dataset.fills);
  if (!form) return;
  for (const [key, value] of Object.entries(button.dataset)) {
    const name = key.startsWith("fill") && key !== "fills" ? key.slice("fill".length).toLowerCase() : "";
    if (name && form.elements[name]) form.elements[name].value = value;
  }
  form.querySelector("[type=submit]").focus();
});
