// Gives htmx the token that the forms of the page carry; where somebody has signed in again in another window meanwhile,
// the newer one of the cookie.
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers, parameters } = event.detail;
  if (verb === "get") return;
  const newest = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const token = newest ?? document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (!token) return;
  headers["X-CSRFToken"] = token;
  if (parameters.csrfmiddlewaretoken) parameters.csrfmiddlewaretoken = token;
});
