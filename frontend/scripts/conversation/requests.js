// Asks the server. An answer that refuses carries its reasons in the person's language; no answer at all is an Offline.
import { csrfToken } from "../csrf_token.js";

export class Refused extends Error {
  constructor(status, errors, wait) {
    super(errors.join(" "));
    this.status = status;
    this.wait = wait;
  }
}
export class Offline extends Error {}

export class Requests {
  constructor(words) {
    this.words = words;
  }

  async get(url) {
    return this.#ask(url, { headers: { Accept: "application/json" } });
  }

  async html(url) {
    const answer = await this.#fetch(url, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw await this.#refusal(answer);
    return answer;
  }

  async post(url, fields) {
    const body = fields instanceof FormData ? fields : new FormData();
    if (body !== fields)
      for (const [name, value] of Object.entries(fields ?? {}))
        for (const each of Array.isArray(value) ? value : [value]) body.append(name, each);
    return this.#ask(url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": csrfToken() } });
  }

  async #ask(url, options) {
    const answer = await this.#fetch(url, options);
    if (!answer.ok) throw await this.#refusal(answer);
    return answer.status === 204 ? null : answer.json();
  }

  async #fetch(url, options) {
    let answer;
    try {
      answer = await fetch(url, { credentials: "same-origin", ...options });
    } catch {
      throw new Offline();
    }
    // A server that is being started again, or a proxy without one behind it.
    if (answer.status >= 502 && answer.status <= 504) throw new Offline();
    // Sign-in answered in place of what was asked for.
    if (answer.redirected && new URL(answer.url).pathname.startsWith("/accounts/"))
      throw new Refused(401, [this.words.signedOut], 0);
    return answer;
  }

  async #refusal(answer) {
    const wait = Number(answer.headers.get("Retry-After")) || 0;
    let errors = [this.words.failed];
    if (answer.headers.get("Content-Type")?.includes("json")) errors = (await answer.json()).errors ?? errors;
    return new Refused(answer.status, errors, wait);
  }
}
