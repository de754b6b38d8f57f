// The answers to one message by themselves.
import { showToast } from "./toast.js";
import { elementsOf } from "./message_list.js";

export function watchThreads(room, { template, list, requests }) {
  room.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-thread]");
    if (!button) return;
    const dialog = template("thread");
    try {
      const answer = await requests.html(`${room.dataset.messages}?thread=${button.dataset.thread}`);
      const body = dialog.querySelector(".dialog-body");
      for (const message of elementsOf(await answer.text())) {
        message.removeAttribute("id");
        message.querySelector("[data-thread]")?.remove();
        list.settle(message);
        body.append(message);
      }
      room.append(dialog);
      dialog.addEventListener("close", () => dialog.remove());
      dialog.showModal();
    } catch (error) {
      showToast({ text: error.message || room.querySelector("[data-template=words]").dataset.failed, level: "error" });
    }
  });
}
