// Says something for a moment, through the page's own toasts.
export function showToast(detail) {
  document.dispatchEvent(new CustomEvent("toast", { detail }));
}
