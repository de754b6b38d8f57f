// The messages that stand in the page: a stretch without gaps, grown at both ends, replaced where one changes.
import { settleTimes } from "./times.js";

const NEAR = 160;
const READ_AFTER = 700;

export class MessageList {
  constructor(room, { words, me, requests }) {
    this.room = room;
    this.words = words;
    this.me = me;
    this.requests = requests;
    this.box = room.querySelector("[data-list]");
    // What scrolls: the messages, below them stays the field to write in.
    this.frame = room.querySelector(".messages-frame");
    this.first = Number(room.dataset.first);
    this.last = Number(room.dataset.last);
    this.newest = Number(room.dataset.newest);
    this.read = Number(room.dataset.read);
    // What the reader chose in polls: the same message is sent to everybody.
    this.votes = JSON.parse(room.dataset.votes || "{}");
    this.more = room.querySelector("[data-to-newest]");
  }

  begin() {
    if (!this.box) return;
    for (const message of this.box.children) this.settle(message);
    this.#days();
    if (!("firstVisit" in this.room.dataset)) this.#markNew();
    this.more?.addEventListener("click", () => this.toNewest());
    this.room.addEventListener("click", (event) => this.#follow(event));
    this.room.querySelector("[data-jump-date]")?.addEventListener("change", ({ target }) => target.value && target.form.requestSubmit());
    this.frame.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const anchor = this.room.dataset.anchor ?? /^#message-(\d+)$/.exec(location.hash)?.[1];
    if (anchor) this.jump(Number(anchor), { smooth: false });
    else if (this.box.querySelector(".new-line")) this.#show(this.box.querySelector(".new-line"));
    else this.#toEnd();
    this.#scrolled();
  }

  element(number) {
    return this.box?.querySelector(`#message-${number}`);
  }

  get atNewest() {
    return this.last >= this.newest;
  }

  // What the server sent: messages that are new, and those that are others now.
  apply({ items }) {
    if (!this.box) return;
    const wasAtEnd = this.#isAtEnd();
    for (const { number, html } of items) this.put(number, html);
    if (wasAtEnd && items.length) this.#toEnd();
    this.#scrolled();
  }

  put(number, html) {
    const incoming = elementOf(html);
    const known = this.element(number);
    this.newest = Math.max(this.newest, number);
    if (known) {
      if (Number(known.dataset.revision) >= Number(incoming.dataset.revision)) return;
      const focused = known.contains(document.activeElement);
      known.replaceWith(incoming);
      this.settle(incoming);
      if (focused) incoming.focus({ preventScroll: true });
      return;
    }
    if (number !== this.last + 1) return;
    this.box.querySelector(`.is-pending[data-token="${incoming.dataset.token}"]`)?.remove();
    const pending = this.box.querySelector(".is-pending");
    this.box.insertBefore(incoming, pending);
    this.last = number;
    this.settle(incoming);
    this.#days();
    this.room.querySelector(".messages-frame > .empty-state")?.remove();
  }

  settle(message) {
    settleTimes(message, this.room.dataset.zone);
    const chosen = this.votes[message.dataset.number] ?? [];
    for (const input of message.querySelectorAll("[data-poll-option]")) input.checked = chosen.includes(Number(input.value));
    message.classList.toggle("is-own", message.dataset.author === this.me.id);
    for (const sign of message.querySelectorAll(".sign")) {
      const isMine = sign.dataset.by.split(" ").includes(this.me.id);
      sign.classList.toggle("is-mine", isMine);
      sign.setAttribute("aria-pressed", isMine);
    }
  }

  addPending(element) {
    this.room.querySelector(".messages-frame > .empty-state")?.remove();
    this.box?.append(element);
    this.#toEnd();
  }

  async older() {
    if (this.loading || this.first <= 1) return;
    await this.#grow(`before=${this.first}`, (incoming, numbers) => {
      const top = this.box.firstElementChild;
      const was = top?.getBoundingClientRect().top ?? 0;
      this.box.prepend(...incoming);
      this.first = numbers.first;
      // The messages that were in sight stay where they were.
      if (top) this.frame.scrollBy({ top: top.getBoundingClientRect().top - was, behavior: "instant" });
    });
  }

  async newer() {
    if (this.loading || this.atNewest) return;
    await this.#grow(`after=${this.last}`, (incoming, numbers) => {
      this.box.append(...incoming);
      this.last = numbers.last;
    });
  }

  async jump(number, { smooth = true } = {}) {
    if (!this.element(number)) await this.#load(`at=${number}`);
    const message = this.element(number);
    if (!message) return;
    this.#show(message, smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "instant");
    message.classList.add("is-shown");
    setTimeout(() => message.classList.remove("is-shown"), 2500);
    message.focus({ preventScroll: true });
  }

  async toNewest() {
    if (!this.atNewest) await this.#load(`at=${this.newest}`);
    this.#toEnd();
  }

  lastOwn() {
    return [...this.box.querySelectorAll(".message.is-own:not(.is-pending):not(.is-gone)")].at(-1);
  }

  // Puts another stretch in the place of this one.
  async #load(query) {
    this.box.querySelectorAll(".message:not(.is-pending), .day-line, .new-line").forEach((each) => each.remove());
    await this.#grow(query, (incoming, numbers) => {
      this.box.prepend(...incoming);
      this.first = numbers.first;
      this.last = numbers.last;
    });
  }

  async #grow(query, add) {
    this.loading = true;
    this.box.setAttribute("aria-busy", "true");
    try {
      const answer = await this.requests.html(`${this.room.dataset.messages}?${query}`);
      const incoming = elementsOf(await answer.text());
      const number = (name) => Number(answer.headers.get(name));
      this.newest = Math.max(this.newest, number("X-Newest"));
      Object.assign(this.votes, JSON.parse(answer.headers.get("X-Votes") || "{}"));
      add(incoming, { first: number("X-First"), last: number("X-Last") });
      incoming.forEach((message) => this.settle(message));
      this.#days();
    } catch {
      // Scrolling on asks again.
    } finally {
      this.loading = false;
      this.box.removeAttribute("aria-busy");
    }
  }

  #scrolled() {
    if (!this.box) return;
    if (this.frame.scrollTop < NEAR) this.older();
    if (this.#below() < NEAR) this.newer();
    const unread = this.newest - this.last;
    this.more.hidden = this.#isAtEnd();
    this.more.querySelector("span").textContent = unread > 0 ? this.words.newMessages : this.words.newest;
    for (const [name, isThere] of [["older", this.first > 1], ["newer", !this.atNewest]]) {
      const link = this.room.querySelector(`[data-${name}]`);
      if (link) link.hidden = !isThere;
    }
    clearTimeout(this.reading);
    this.reading = setTimeout(() => this.#note(), READ_AFTER);
  }

  // Tells the server how far the reader has come; what was in sight for a moment counts as read.
  #note() {
    if (document.visibilityState === "hidden") return;
    const seen = [...this.box.querySelectorAll(".message[data-number]")]
      .filter((message) => message.getBoundingClientRect().top < Math.min(window.innerHeight, this.frame.getBoundingClientRect().bottom))
      .at(-1);
    const number = Number(seen?.dataset.number ?? 0);
    if (number <= this.read) return;
    this.read = number;
    this.requests.post(this.room.dataset.readUrl, { number }).catch(() => {
      this.read = 0;
    });
  }

  #markNew() {
    const first = [...this.box.querySelectorAll(".message[data-number]")].find(
      (message) => Number(message.dataset.number) > this.read && message.dataset.author !== this.me.id,
    );
    if (!first || this.read === 0) return;
    first.before(line("new-line", this.words.new));
  }

  // A line above the first message of each day, in the reader's zone.
  #days() {
    const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeZone: this.room.dataset.zone });
    let before = null;
    this.box.querySelectorAll(".day-line").forEach((each) => each.remove());
    for (const message of this.box.querySelectorAll(".message[data-number]")) {
      const text = day.format(new Date(message.querySelector("time").dateTime));
      if (text !== before) message.before(line("day-line", text));
      before = text;
    }
  }

  #follow(event) {
    const link = event.target.closest("[data-jump]");
    if (!link || !this.box) return;
    event.preventDefault();
    link.closest("dialog")?.close();
    this.jump(Number(link.dataset.jump));
  }

  #below() {
    return this.frame.scrollHeight - this.frame.scrollTop - this.frame.clientHeight;
  }

  #isAtEnd() {
    return this.atNewest && this.#below() < NEAR;
  }

  #toEnd() {
    this.frame.scrollTo({ top: this.frame.scrollHeight, behavior: "instant" });
  }

  // In the middle of what scrolls; the page around it stays where it is.
  #show(element, behavior = "instant") {
    const { top, height } = element.getBoundingClientRect();
    const frame = this.frame.getBoundingClientRect();
    this.frame.scrollBy({ top: top - frame.top - (frame.height - height) / 2, behavior });
  }
}

function line(kind, text) {
  const element = document.createElement("p");
  element.className = kind;
  const inner = document.createElement("span");
  inner.textContent = text;
  element.append(inner);
  return element;
}

export function elementsOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.children];
}

export function elementOf(html) {
  return elementsOf(html)[0];
}
