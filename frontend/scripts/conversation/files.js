// Files for the next message: chosen, pasted or dropped; each goes to the server at once and is sent by its id.
import { Offline } from "./requests.js";

export class Files {
  constructor(room, { form, words, requests, onError }) {
    this.url = room.dataset.files;
    this.words = words;
    this.requests = requests;
    this.onError = onError;
    this.list = form.querySelector("[data-file-list]");
    this.added = new Map();
    const input = form.querySelector("[data-file-input]");
    if (!input) return;
    input.addEventListener("change", () => {
      this.add(input.files);
      input.value = "";
    });
    form.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length) {
        event.preventDefault();
        this.add(event.clipboardData.files);
      }
    });
    room.addEventListener("dragover", (event) => {
      if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
    });
    room.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      this.add(event.dataTransfer.files);
    });
  }

  get ids() {
    return [...this.added.keys()];
  }

  get isBusy() {
    return this.list.querySelector(".is-uploading") !== null;
  }

  clear() {
    this.added.clear();
    this.list.replaceChildren();
  }

  add(files) {
    for (const file of files) this.#upload(file);
  }

  async #upload(file) {
    const row = document.createElement("li");
    row.className = "is-uploading";
    row.textContent = this.words.uploading.replace("{name}", file.name);
    this.list.append(row);
    const fields = new FormData();
    fields.append("file", file);
    try {
      const made = await this.requests.post(this.url, fields);
      this.added.set(made.id, made.name);
      row.className = "";
      const name = document.createElement("bdi");
      name.textContent = made.name;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "btn-plain";
      remove.textContent = "×";
      remove.setAttribute("aria-label", this.words.removeFile.replace("{name}", made.name));
      remove.addEventListener("click", () => {
        this.added.delete(made.id);
        row.remove();
      });
      row.replaceChildren(name, remove);
    } catch (error) {
      row.remove();
      this.onError(`${file.name}: ${error instanceof Offline ? this.words.connectionLost : error.message}`);
    }
  }
}
