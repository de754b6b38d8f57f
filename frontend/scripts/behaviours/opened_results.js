import { csrfToken } from "../csrf_token.js";

// Tells which answer of a search was opened, so that curators see which questions find what was meant. The page is left
// at that moment: the message goes on without it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".results[data-opened] a[href]");
  const token = csrfToken();
  if (!link || !token) return;
  const list = link.closest(".results");
  const rank = [...list.children].indexOf(link.closest("li")) + 1;
  fetch(list.dataset.opened, {
    method: "POST",
    keepalive: true,
    headers: { "X-CSRFToken": token },
    body: new URLSearchParams({ rank }),
  }).catch(() => {});
});
