// Naming people: "@" and the beginning of a name offer whom one may mean. In the field a name stands as "@Name"; what is
// sent is a link to the person, so that people of one name are two.
const PATTERN = /(^|[\s(])@([^\s@][^@\n]{0,40}|)$/u;
const LINK = /\[@([^\]]*)\]\((person|group):([^)]+)\)/gu;
const PAUSE = 150;

export class Mentions {
  constructor(room, { text, words, requests }) {
    this.text = text;
    this.words = words;
    this.requests = requests;
    this.url = room.dataset.people;
    this.list = room.querySelector("[data-mentions]");
    this.known = new Map();
    text.addEventListener("input", () => this.#look());
    text.addEventListener("blur", () => setTimeout(() => this.hide(), 150));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(option);
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  // Whether the key was for the list.
  key(event) {
    if (!this.isOpen) return false;
    const options = [...this.list.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#select(options[(at + step + options.length) % options.length]);
    } else if (event.key === "Enter" || event.key === "Tab") this.#choose(options[Math.max(at, 0)]);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    return true;
  }

  // The text as it is sent: longer names first, or "@Ann" would be found in "@Anna".
  toSource(text) {
    const names = [...this.known.keys()].sort((a, b) => b.length - a.length);
    if (!names.length) return text;
    const pattern = new RegExp(`@(${names.map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "gu");
    return text.replace(pattern, (_all, name) => `[@${name}](${this.known.get(name)})`);
  }

  fromSource(text) {
    return text.replace(LINK, (_all, name, kind, id) => {
      this.known.set(name, `${kind}:${id}`);
      return `@${name}`;
    });
  }

  hide() {
    this.list.hidden = true;
    this.text.removeAttribute("aria-activedescendant");
  }

  #look() {
    clearTimeout(this.timer);
    const begun = PATTERN.exec(this.text.value.slice(0, this.text.selectionStart));
    if (!begun) return this.hide();
    if (this.url) this.timer = setTimeout(() => this.#ask(begun[2]), PAUSE);
  }

  async #ask(begun) {
    try {
      const { people } = await this.requests.get(`${this.url}?q=${encodeURIComponent(begun)}`);
      const everybody = { id: "group:here", name: this.words.everybody, job: "" };
      const offered = people.map((person) => ({ ...person, id: `person:${person.id}` }));
      if (this.words.everybody.toLowerCase().startsWith(begun.toLowerCase())) offered.push(everybody);
      this.#offer(offered);
    } catch {
      this.hide();
    }
  }

  #offer(people) {
    this.list.replaceChildren(
      ...people.map((person, place) => {
        const option = document.createElement("li");
        option.role = "option";
        option.id = `mention-${place}`;
        option.dataset.id = person.id;
        option.dataset.name = person.name;
        const name = document.createElement("bdi");
        name.textContent = person.name;
        const job = document.createElement("small");
        job.textContent = person.job;
        option.append(name, " ", job);
        return option;
      }),
    );
    this.list.hidden = people.length === 0;
    if (people.length) this.#select(this.list.firstElementChild);
  }

  #select(option) {
    for (const each of this.list.children) each.setAttribute("aria-selected", each === option);
    this.text.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #choose(option) {
    const { id, name } = option.dataset;
    this.known.set(name, id);
    const caret = this.text.selectionStart;
    const begun = PATTERN.exec(this.text.value.slice(0, caret));
    const start = caret - (begun ? begun[2].length + 1 : 0);
    this.text.setRangeText(`@${name} `, start, caret, "end");
    this.hide();
    this.text.focus();
  }
}

function escaped(name) {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
