// What was written and is not on the server yet: kept in the browser, so that neither a lost connection nor a closed
// window loses it. Each has a token; sent again, the server finds the message that is there.
import { Offline } from "./requests.js";

const AGAIN = 3000;

export class Outbox {
  constructor(room, { requests, onSent, onRefused, onWaiting }) {
    this.room = room;
    this.requests = requests;
    this.handlers = { onSent, onRefused, onWaiting };
    this.key = `guildhall:outbox:${room.dataset.me}:${room.dataset.messages}`;
    this.items = this.#stored();
  }

  add(item) {
    this.items.push(item);
    this.#store();
    this.flush();
  }

  drop(token) {
    this.items = this.items.filter((item) => item.token !== token);
    this.#store();
  }

  retry(token) {
    const item = this.items.find((each) => each.token === token);
    if (item) item.isRefused = false;
    this.flush();
  }

  // One after another, in the order they were written.
  async flush() {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      for (;;) {
        const item = this.items.find((each) => !each.isRefused);
        if (!item) return;
        if (!(await this.#send(item))) return;
      }
    } finally {
      this.isBusy = false;
    }
  }

  async #send(item) {
    const fields = new FormData();
    fields.append("text", item.text);
    fields.append("token", item.token);
    if (item.replyTo) fields.append("reply_to", item.replyTo);
    for (const id of item.files ?? []) fields.append("attached", id);
    for (const [name, value] of Object.entries(item.poll ?? {})) if (value) fields.append(name, value);
    try {
      const sent = await this.requests.post(item.url, fields);
      this.drop(item.token);
      this.handlers.onSent(item, sent);
      return true;
    } catch (error) {
      if (error instanceof Offline || error.wait) {
        this.handlers.onWaiting(item, error);
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.flush(), error.wait ? error.wait * 1000 : AGAIN);
        return false;
      }
      item.isRefused = true;
      this.#store();
      this.handlers.onRefused(item, error);
      return true;
    }
  }

  #stored() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  #store() {
    try {
      if (this.items.length) localStorage.setItem(this.key, JSON.stringify(this.items));
      else localStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing still sends while the page is open.
    }
  }
}
