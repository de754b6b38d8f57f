// Where one writes: Enter sends, what is sent stands in the page at once, and a draft stays until it is sent.
import { Files } from "./files.js";
import { Mentions } from "./mentions.js";
import { Outbox } from "./outbox.js";

const TYPING_EVERY = 3000;
// As crypto.randomUUID, which pages without encryption lack.
function newToken() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const coarse = matchMedia("(pointer: coarse)");

export class Composer {
  constructor(room, { words, template, me, list, requests, connection }) {
    Object.assign(this, { room, words, template, me, list, requests, connection });
    this.form = room.querySelector("[data-composer]");
    this.text = this.form.querySelector("[data-text]");
    this.error = this.form.querySelector("[data-error]");
    this.reply = this.form.querySelector("[data-reply]");
    this.replyField = this.form.querySelector("[data-reply-field]");
    this.sendButton = this.form.querySelector("[data-send]");
    this.sendWord = [...this.sendButton.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    this.longest = Number(this.text.dataset.longest);
    this.draftKey = `guildhall:draft:${room.dataset.me}:${room.dataset.messages}`;
    this.files = new Files(room, { form: this.form, words, requests, onError: (text) => this.#say(text) });
    this.mentions = new Mentions(room, { text: this.text, words, requests });
    this.outbox = new Outbox(room, {
      requests,
      onSent: (item, sent) => this.#sent(item, sent),
      onRefused: (item, error) => this.#refused(item, error),
      onWaiting: (item, error) => this.#mark(item, error.wait ? error.message : words.waiting),
    });
    this.#restore();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.text.addEventListener("input", () => this.#typed());
    this.form.querySelector("[data-cancel-reply]").addEventListener("click", () => this.#answer(null));
  }

  send() {
    if (this.files.isBusy) return;
    const text = this.mentions.toSource(this.text.value).trim();
    const poll = this.#poll();
    if (this.editing) return this.#save(text);
    if (!text && !this.files.ids.length && !poll) return this.text.focus();
    if (text.length > this.longest) {
      this.#say(this.words.tooLong.replace("{count}", text.length - this.longest));
      return;
    }
    this.#say("");
    const item = { token: newToken(), text, replyTo: this.replyField.value, files: this.files.ids, poll, url: this.form.action };
    this.#showPending(item);
    this.outbox.add(item);
    this.text.value = "";
    this.files.clear();
    this.#clearPoll();
    this.#answer(null);
    this.#keepDraft();
    this.#grow();
    this.text.focus();
  }

  answerTo(message) {
    this.#answer(message);
    this.text.focus();
  }

  async quote(message) {
    const spoken = message.querySelector(".message-text")?.innerText ?? "";
    const quoted = spoken.trim().split("\n").map((each) => `> ${each}`).join("\n");
    this.#answer(message);
    this.text.setRangeText(`${quoted}\n\n`, 0, 0, "end");
    this.#grow();
    this.text.focus();
  }

  async edit(message, source) {
    this.beforeEditing ??= this.text.value;
    this.editing = message.dataset.message;
    this.text.value = this.mentions.fromSource(source);
    this.sendWord.data = this.words.save;
    this.#showBar(this.words.editing);
    this.#grow();
    this.text.focus();
  }

  // Nobody writes here any more; what was being written stays to be copied.
  shut() {
    this.text.readOnly = true;
    this.sendButton.disabled = true;
  }

  async #save(text) {
    try {
      const url = `${this.room.dataset.messageUrl.replace("00000000-0000-0000-0000-000000000000", this.editing)}edit/`;
      const { number, html } = await this.requests.post(url, { text });
      this.list.put(number, html);
      this.#endEditing();
      this.list.element(number)?.focus({ preventScroll: true });
    } catch (error) {
      this.#say(error.message || this.words.connectionLost);
    }
  }

  #endEditing() {
    this.editing = null;
    this.text.value = this.beforeEditing ?? "";
    this.beforeEditing = null;
    this.sendWord.data = this.words.send;
    this.#answer(null);
    this.#say("");
    this.#grow();
  }

  #key(event) {
    if (this.mentions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !coarse.matches) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.editing) this.#endEditing();
    else if (event.key === "Escape") this.#answer(null);
    else if (event.key === "ArrowUp" && !this.text.value) {
      const last = this.list.lastOwn();
      if (!last) return;
      event.preventDefault();
      last.dispatchEvent(new CustomEvent("edit-message", { bubbles: true }));
    }
  }

  #typed() {
    this.#grow();
    this.#keepDraft();
    const over = this.text.value.length - this.longest;
    this.#say(over > 0 ? this.words.tooLong.replace("{count}", over) : "");
    const now = performance.now();
    if (this.text.value && now - (this.typedAt ?? -TYPING_EVERY) >= TYPING_EVERY) {
      this.typedAt = now;
      this.connection.say("typing");
    }
  }

  #answer(message) {
    if (this.editing && message === null) return this.#endEditing();
    this.replyField.value = message?.dataset.number ?? "";
    const name = message?.querySelector(".message-author")?.textContent ?? "";
    this.#showBar(message ? this.words.answering.replace("{name}", `\u2068${name}\u2069`) : "");
  }

  #showBar(text) {
    this.reply.hidden = !text;
    this.reply.querySelector("[data-reply-text]").textContent = text;
  }

  #showPending(item, state = "") {
    const element = this.template("pending");
    element.dataset.token = item.token;
    element.querySelector(".message-text").textContent = this.mentions.fromSource(item.text);
    if (state) element.querySelector("[data-pending-state]").textContent = state;
    element.querySelector("[data-again]").addEventListener("click", () => {
      element.querySelector(".pending-actions").hidden = true;
      this.outbox.retry(item.token);
    });
    element.querySelector("[data-take-back]").addEventListener("click", () => {
      this.outbox.drop(item.token);
      element.remove();
      if (!this.text.value) this.text.value = this.mentions.fromSource(item.text);
      this.#grow();
      this.text.focus();
    });
    this.list.addPending(element);
  }

  #pending(item) {
    return this.room.querySelector(`.is-pending[data-token="${item.token}"]`);
  }

  async #sent(item, { number, html }) {
    if (!this.list.atNewest && !this.list.element(number)) await this.list.toNewest();
    this.list.put(number, html);
    // Others came between: what is missing arrives by itself, and this one with it.
    if (this.list.element(number)) this.#pending(item)?.remove();
    else {
      await this.connection.look();
      this.#pending(item)?.remove();
    }
  }

  #mark(item, state) {
    const mark = this.#pending(item)?.querySelector("[data-pending-state]");
    if (mark) mark.textContent = state;
  }

  #refused(item, error) {
    this.#mark(item, this.words.notSent);
    const actions = this.#pending(item)?.querySelector(".pending-actions");
    if (actions) actions.hidden = false;
    this.#say(error.message);
  }

  #say(text) {
    this.error.textContent = text;
    this.error.hidden = !text;
  }

  #poll() {
    const fields = this.form.querySelector("[data-poll-fields]");
    if (!fields) return null;
    const options = fields.querySelector("[name=poll_options]").value;
    if (!options.trim()) return null;
    return {
      poll_options: options,
      poll_multiple: fields.querySelector("[name=poll_multiple]").checked ? "on" : "",
      poll_closes: fields.querySelector("[name=poll_closes]").value,
    };
  }

  #clearPoll() {
    const fields = this.form.querySelector("[data-poll-fields]");
    if (!fields) return;
    fields.open = false;
    for (const field of fields.querySelectorAll("textarea, input[type=date]")) field.value = "";
    fields.querySelector("input[type=checkbox]").checked = false;
  }

  #restore() {
    for (const item of this.outbox.items) this.#showPending(item, item.isRefused ? this.words.notSent : this.words.waiting);
    for (const item of this.outbox.items.filter((each) => each.isRefused)) this.#refused(item, { message: "" });
    try {
      const kept = localStorage.getItem(this.draftKey);
      if (kept && !this.text.value) this.text.value = this.mentions.fromSource(kept);
    } catch {
      // A browser that keeps nothing begins with an empty field.
    }
    this.#grow();
  }

  #keepDraft() {
    if (this.editing) return;
    try {
      if (this.text.value) localStorage.setItem(this.draftKey, this.mentions.toSource(this.text.value));
      else localStorage.removeItem(this.draftKey);
    } catch {
      // As above.
    }
  }

  #grow() {
    this.text.rows = Math.min(12, Math.max(coarse.matches ? 1 : 2, this.text.value.split("\n").length));
  }
}
