// Who is here and who is writing. Fleeting: nobody who comes later is told of it.
const WRITES_FOR = 5000;
const NAMED = 3;

export class Presence {
  constructor(room, words) {
    this.words = words;
    this.hereLine = room.querySelector(".conversation-here");
    this.typingLine = room.querySelector(".conversation-typing");
    this.people = new Map();
    this.writers = new Map();
    this.me = room.dataset.me;
  }

  hear(kind, said) {
    if (kind === "here") for (const person of said.people) this.people.set(person.id, person.name);
    if (said.id === this.me) return;
    if (kind === "came" || kind === "typing") this.people.set(said.id, said.name);
    if (kind === "gone") this.people.delete(said.id);
    if (kind === "typing") {
      clearTimeout(this.writers.get(said.id)?.timer);
      const timer = setTimeout(() => this.#stop(said.id), WRITES_FOR);
      this.writers.set(said.id, { name: said.name, timer });
    }
    if (kind === "gone") this.writers.delete(said.id);
    this.#show();
  }

  #stop(id) {
    this.writers.delete(id);
    this.#show();
  }

  #show() {
    const names = [...this.people.values()];
    const shown = names.slice(0, NAMED).map(isolated).join(", ");
    const more = names.length - NAMED;
    const pattern = more > 0 ? this.words.hereMore : this.words.here;
    this.hereLine.textContent = names.length ? pattern.replace("{names}", shown).replace("{count}", more) : "";
    const writers = [...this.writers.values()];
    const [first] = writers;
    if (!first) this.typingLine.textContent = "";
    else if (writers.length > 1) this.typingLine.textContent = this.words.typingMany;
    else this.typingLine.textContent = this.words.typingOne.replace("{name}", isolated(first.name));
  }
}

function isolated(name) {
  return `\u2068${name}\u2069`;
}
