// The bar of a message: one for the whole page, put into the message that is pointed at or focused.
import { showToast } from "./toast.js";

const NOBODY = "00000000-0000-0000-0000-000000000000";

export function watchBars(room, { words, template, me, may, list, composer, requests }) {
  const bar = template("bar");
  const urlOf = (message, step = "") => `${room.dataset.messageUrl.replace(NOBODY, message.dataset.message)}${step}`;

  const show = (message) => {
    if (!message?.dataset.message || message.classList.contains("is-gone") || message.closest("dialog")) return bar.remove();
    if (bar.parentElement === message) return;
    const isOwn = message.dataset.author === me.id;
    const allowed = { write: may.write, own: isOwn && may.write, moderate: may.moderate, take: isOwn || may.moderate };
    for (const button of bar.querySelectorAll("[data-needs]")) button.hidden = !allowed[button.dataset.needs];
    for (const button of bar.querySelectorAll("[data-does=react]")) button.hidden = !may.write;
    const isPinned = message.classList.contains("is-pinned");
    bar.querySelector("[data-does=pin]").hidden ||= isPinned;
    bar.querySelector("[data-does=unpin]").hidden ||= !isPinned;
    bar.querySelector("[data-does=open]").href = urlOf(message);
    bar.querySelector("details").open = false;
    message.append(bar);
  };

  // Near the end of the window, where the field to write in is, the menu opens upwards.
  bar.querySelector("details").addEventListener("toggle", ({ target }) => {
    target.classList.remove("opens-up");
    const { bottom } = target.querySelector(".drop-menu").getBoundingClientRect();
    const end = room.querySelector("[data-composer]")?.getBoundingClientRect().top ?? window.innerHeight;
    target.classList.toggle("opens-up", target.open && bottom > Math.min(end, window.innerHeight));
  });

  const send = async (message, step, fields) => {
    try {
      const { number, html } = await requests.post(urlOf(message, step), fields);
      list.put(number, html);
      list.element(number)?.focus({ preventScroll: true });
    } catch (error) {
      showToast({ text: error.message || words.connectionLost, level: "error" });
    }
  };

  const react = (message, emoji) => {
    const sign = message.querySelector(`.sign[data-emoji="${emoji}"]`);
    return send(message, "react/", { emoji, on: sign?.classList.contains("is-mine") ? "no" : "yes" });
  };

  const edit = async (message) => {
    try {
      composer?.edit(message, (await requests.get(urlOf(message, "edit/"))).text);
    } catch (error) {
      showToast({ text: error.message || words.connectionLost, level: "error" });
    }
  };

  const does = {
    react: (message, button) => react(message, button.dataset.emoji),
    reply: (message) => composer?.answerTo(message),
    quote: (message) => composer?.quote(message),
    edit,
    pin: (message) => send(message, "pin/", { pinned: "yes" }),
    unpin: (message) => send(message, "pin/", { pinned: "no" }),
    delete: (message) => window.confirm(words.deleteAsked) && send(message, "delete/"),
    copy: async (message) => {
      const { number } = message.dataset;
      const link = `${location.origin}${location.pathname}?at=${number}#message-${number}`;
      try {
        await navigator.clipboard.writeText(link);
        showToast({ text: words.copied });
      } catch {
        showToast({ text: words.copied, value: link });
      }
    },
  };

  room.addEventListener("mouseover", (event) => {
    const message = event.target.closest(".message");
    if (message && !bar.querySelector("details").open) show(message);
  });
  room.addEventListener("focusin", (event) => show(event.target.closest(".message")));
  room.addEventListener("click", (event) => {
    const message = event.target.closest(".message");
    const button = event.target.closest("[data-does]");
    const sign = event.target.closest(".sign");
    if (sign && message && may.write) react(message, sign.dataset.emoji);
    else if (button && message && does[button.dataset.does]) {
      bar.querySelector("details").open = false;
      does[button.dataset.does](message, button);
    } else if (message && event.target.closest(".message-main") && !event.target.closest("a, button, input, label")) show(message);
  });
  room.addEventListener("edit-message", (event) => edit(event.target));
  room.addEventListener("keydown", (event) => {
    const message = event.target.closest(".message");
    if (!message || event.target !== message || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const all = [...list.box.querySelectorAll(".message")];
      const next = all[all.indexOf(message) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    } else if (event.key === "r" && may.write) {
      event.preventDefault();
      composer?.answerTo(message);
    }
  });
}
