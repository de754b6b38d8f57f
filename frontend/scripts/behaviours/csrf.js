import { csrfToken } from "../csrf_token.js";

// Gives htmx the token.
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers, parameters } = event.detail;
  if (verb === "get") return;
  const token = csrfToken();
  if (!token) return;
  headers["X-CSRFToken"] = token;
  if (parameters.csrfmiddlewaretoken) parameters.csrfmiddlewaretoken = token;
});
