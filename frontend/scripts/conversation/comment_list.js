// Comments in threads: what changes is replaced, an answer comes below what it answers, a new comment on top or at the
// end, as they are sorted.
import { elementOf } from "./message_list.js";
import { settleTimes } from "./times.js";

export class CommentList {
  constructor(room, { me }) {
    this.room = room;
    this.me = me;
    this.votes = {};
    this.box = room.querySelector("[data-list]");
    this.atNewest = true;
  }

  begin() {
    for (const message of this.box.querySelectorAll(".message")) this.settle(message);
    const asked = /^#message-(\d+)$/.exec(location.hash)?.[1];
    if (asked) this.jump(Number(asked));
    this.room.addEventListener("click", (event) => {
      const link = event.target.closest("[data-jump]");
      if (!link || !this.element(link.dataset.jump)) return;
      event.preventDefault();
      this.jump(Number(link.dataset.jump));
    });
  }

  element(number) {
    return this.box.querySelector(`#message-${number}`);
  }

  apply({ items }) {
    for (const { number, html } of items) this.put(number, html);
  }

  put(number, html) {
    const incoming = elementOf(html);
    const known = this.element(number);
    this.box.querySelector(`.is-pending[data-token="${incoming.dataset.token}"]`)?.remove();
    if (known) {
      if (Number(known.dataset.revision) >= Number(incoming.dataset.revision)) return;
      const focused = known.contains(document.activeElement);
      known.replaceWith(incoming);
      if (focused) incoming.focus({ preventScroll: true });
    } else if (incoming.dataset.root) {
      // Of a thread that stands on another page there is nothing to show here.
      const answers = this.box.querySelector(`[data-thread-of="${incoming.dataset.root}"] .comment-answers`);
      if (!answers) return;
      answers.append(incoming);
    } else this.#begin(number, incoming);
    this.settle(incoming);
    this.box.querySelector(":scope > .empty-state")?.remove();
  }

  settle(message) {
    settleTimes(message, this.room.dataset.zone);
    message.querySelector("[data-thread]")?.remove();
    message.classList.toggle("is-own", message.dataset.author === this.me.id);
    for (const sign of message.querySelectorAll(".sign")) {
      const isMine = sign.dataset.by.split(" ").includes(this.me.id);
      sign.classList.toggle("is-mine", isMine);
      sign.setAttribute("aria-pressed", isMine);
    }
  }

  addPending(element) {
    this.box.querySelector(":scope > .empty-state")?.remove();
    this.box.prepend(element);
  }

  jump(number) {
    const message = this.element(number);
    if (!message) return;
    message.scrollIntoView({ block: "center" });
    message.classList.add("is-shown");
    setTimeout(() => message.classList.remove("is-shown"), 2500);
    message.focus({ preventScroll: true });
  }

  toNewest() {}

  lastOwn() {
    return [...this.box.querySelectorAll(".message.is-own:not(.is-pending):not(.is-gone)")].at(-1);
  }

  #begin(number, message) {
    const thread = document.createElement("div");
    thread.className = "comment-thread";
    thread.dataset.threadOf = number;
    const answers = document.createElement("div");
    answers.className = "comment-answers";
    thread.append(message, answers);
    if (this.room.dataset.sort === "oldest") this.box.append(thread);
    else this.box.prepend(thread);
  }
}
