// Choosing in a poll: sent at once, shown as everybody sees it.
import { showToast } from "./toast.js";

export function watchPolls(room, { requests, list }) {
  const chosen = async (form) => {
    const message = form.closest("[data-message]");
    const options = [...form.querySelectorAll("[data-poll-option]:checked")].map((input) => input.value);
    try {
      const { number, html } = await requests.post(form.action, { option: options });
      list.put(number, html);
      const fresh = list.element(number);
      for (const value of options) {
        const input = fresh?.querySelector(`[data-poll-option][value="${value}"]`);
        if (input) input.checked = true;
      }
      fresh?.querySelector(`[data-poll-option]`)?.focus({ preventScroll: true });
    } catch (error) {
      showToast({ text: error.message || room.querySelector("[data-template=words]").dataset.failed, level: "error" });
      for (const input of message.querySelectorAll("[data-poll-option]")) input.checked = false;
    }
  };
  room.addEventListener("change", (event) => {
    const form = event.target.closest("[data-poll]");
    if (form && event.target.matches("[data-poll-option]")) chosen(form);
  });
}
