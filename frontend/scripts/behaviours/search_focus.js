// "/" goes to the search box, as in other tools people use every day.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  const fields = [...document.querySelectorAll("[data-search-focus]")];
  const field = fields.find((candidate) => candidate.offsetParent !== null);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
