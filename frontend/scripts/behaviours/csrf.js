// Gives htmx the token that the forms of the page carry.
document.addEventListener("htmx:configRequest", (event) => {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (field && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = field.value;
});
