// A form that was sent too often comes back with its words and the reason: htmx would leave such an answer aside.
const tooManyRequests = 429;

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status !== tooManyRequests || requestConfig.verb !== "post") return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});
