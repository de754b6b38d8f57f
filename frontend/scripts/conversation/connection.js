// The socket, and what stands in for it. The server tells what came since the revision that the page has; after a break,
// or where no socket gets through, the same is asked for by plain requests: nothing is missing, nothing comes twice.
import { Offline, Refused } from "./requests.js";

const SHORTEST = 500;
const LONGEST = 30_000;
const POLL = 4_000;
// Hints may be lost while a server is restarted; an open page asks now and then all the same.
const LOOK_AGAIN = 60_000;
const SIGNED_OUT = 4401;
const NOT_THERE = 4404;

export class Connection {
  constructor(room, { words, requests }) {
    this.room = room;
    this.words = words;
    this.requests = requests;
    this.revision = Number(room.dataset.revision);
    this.listeners = new Map();
    this.attempts = 0;
    this.state = room.querySelector("[data-state]");
    // Where nobody has written yet there is nothing to follow.
    this.isShut = !room.dataset.socket;
    if (this.isShut) return;
    this.timers = [setInterval(() => this.look(), LOOK_AGAIN), setInterval(() => !this.isOpen && this.look(), POLL)];
    window.addEventListener("online", () => this.open());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.look());
  }

  on(kind, listener) {
    this.listeners.set(kind, listener);
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  open() {
    if (!this.room.isConnected) return this.#leave();
    if (this.isShut || this.isOpen || this.socket?.readyState === WebSocket.CONNECTING) return;
    clearTimeout(this.timer);
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(`${scheme}//${location.host}${this.room.dataset.socket}`);
    this.socket.addEventListener("open", () => {
      this.attempts = 0;
      this.say("hello", { after: this.revision });
      this.#tell("open");
      this.#show("");
    });
    this.socket.addEventListener("message", (event) => this.#hear(JSON.parse(event.data)));
    this.socket.addEventListener("close", (event) => this.#closed(event.code));
  }

  say(type, more = {}) {
    if (this.isOpen) this.socket.send(JSON.stringify({ type, ...more }));
  }

  // What came or changed, asked for without the socket.
  async look() {
    if (!this.room.isConnected) return this.#leave();
    if (this.isShut || document.visibilityState === "hidden") return;
    try {
      const changes = await this.requests.get(`${this.room.dataset.changes}?after=${this.revision}`);
      this.#take(changes);
      if (!this.isOpen) {
        this.#show(this.words.polling);
        this.#tell("open");
      }
    } catch (error) {
      if (error instanceof Offline) this.#show(this.words.connectionLost);
      else if (error instanceof Refused && error.status === 401) this.#show(this.words.signedOut);
      else if (error instanceof Refused && [403, 404].includes(error.status)) this.#shut(this.words.shut);
    }
  }

  #hear(said) {
    if (said.type === "changes") this.#take(said);
    else this.#tell(said.type, said);
  }

  #take(changes) {
    if (!changes.is_whole) {
      location.reload();
      return;
    }
    this.revision = Math.max(this.revision, changes.revision);
    this.#tell("changes", changes);
  }

  #closed(code) {
    if (code === NOT_THERE) return this.#shut(this.words.shut);
    if (code === SIGNED_OUT) return this.#shut(this.words.signedOut);
    this.attempts += 1;
    const wait = Math.min(LONGEST, SHORTEST * 2 ** this.attempts) * (0.5 + Math.random() / 2);
    // Whether it is the connection or the socket alone that is gone, a request tells.
    if (this.attempts > 1) this.look();
    this.timer = setTimeout(() => this.open(), wait);
  }

  // The part of the page was exchanged for another.
  #leave() {
    this.isShut = true;
    this.timers.forEach(clearInterval);
    this.socket?.close();
  }

  #shut(text) {
    this.isShut = true;
    this.socket?.close();
    this.#show(text);
    this.#tell("shut");
  }

  #show(text) {
    this.state.textContent = text;
    this.state.hidden = !text;
    this.room.classList.toggle("is-cut-off", Boolean(text));
  }

  #tell(kind, said) {
    this.listeners.get(kind)?.(said);
  }
}
