// Choosing in a poll: sent at once, shown as everybody sees it.
import { showToast } from "./toast.js";

export function watchPolls(room, { requests, list }) {
  const chosen = async (form) => {
    const message = form.closest("[data-message]");
    const options = [...form.querySelectorAll("[data-poll-option]:checked")].map((input) => input.value);
    const { number } = message.dataset;
    const before = list.votes[number] ?? [];
    // Known before it is sent: what others choose meanwhile redraws the message.
    list.votes[number] = options.map(Number);
    try {
      list.put(Number(number), (await requests.post(form.action, { option: options })).html);
      list.element(number)?.querySelector("[data-poll-option]")?.focus({ preventScroll: true });
    } catch (error) {
      list.votes[number] = before;
      showToast({ text: error.message || room.querySelector("[data-template=words]").dataset.failed, level: "error" });
      list.settle(list.element(number));
    }
  };
  room.addEventListener("change", (event) => {
    const form = event.target.closest("[data-poll]");
    if (form && event.target.matches("[data-poll-option]")) chosen(form);
  });
}
