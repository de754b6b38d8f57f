// <details data-bell="person" data-count-url data-read-url> with [data-bell-count], [data-bell-number] and [data-bell-latest] in it: the number
// of what is not read. It is asked for when a page opens and nobody asked within a moment, when somebody says
// `guildhall:notifications` in the document (a hint from a socket), when the page is looked at again, and once a minute
// while it is. What was known last is shown at once.
// <a data-notification="id">: whoever opens it has read it. A page opened from a push has its id behind the #.
import { csrfToken } from "../csrf_token.js";
import { onContent } from "./on_content.js";

const MINUTE = 60000;
const MOMENT = 15000;
const FROM_PUSH = /^#notification=([0-9a-f-]{36})$/;

let bell = null;

const nameOf = () => `unread:${bell.dataset.bell}`;

function known() {
  try {
    return JSON.parse(sessionStorage.getItem(nameOf()));
  } catch {
    return null;
  }
}

function show({ count, shown }) {
  bell.querySelector("[data-bell-number]").textContent = shown;
  bell.querySelector("[data-bell-count]").hidden = count === 0;
}

function take({ count, shown }) {
  show({ count, shown });
  try {
    sessionStorage.setItem(nameOf(), JSON.stringify({ count, shown, at: Date.now() }));
  } catch {
    // No room, or none allowed: the next page asks.
  }
  if ("setAppBadge" in navigator) navigator.setAppBadge(count).catch(() => {});
}

async function ask() {
  if (!bell || document.hidden || !navigator.onLine) return;
  try {
    const answer = await fetch(bell.dataset.countUrl, { headers: { Accept: "application/json" } });
    // Signed out meanwhile, or the server is away: the number stays as it is.
    if (answer.ok && !answer.redirected) take(await answer.json());
  } catch {
    // No connection: the next time.
  }
}

function askUnlessKnown() {
  if (!bell) return;
  const last = known();
  if (last) show(last);
  if (!last || Date.now() - last.at > MOMENT) ask();
}

async function read(id) {
  const token = csrfToken();
  if (!bell || !token) return;
  const answer = await fetch(bell.dataset.readUrl, {
    method: "POST",
    keepalive: true,
    headers: { "X-CSRFToken": token, Accept: "application/json" },
    body: new URLSearchParams({ notification: id }),
  }).catch(() => null);
  if (answer?.ok && !answer.redirected) take(await answer.json());
}

function readFromPush() {
  const opened = FROM_PUSH.exec(location.hash);
  if (!opened) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  read(opened[1]);
}

// What the open menu holds is fetched anew.
function fillMenu() {
  if (bell?.open) bell.querySelector("[data-bell-latest]").dispatchEvent(new CustomEvent("bell:open"));
}

onContent("[data-bell]", (element) => {
  bell = element;
  bell.addEventListener("toggle", fillMenu);
  // What a form of this page has read is no longer what was known.
  element.ownerDocument.addEventListener("submit", ({ target }) => {
    if (target.getAttribute("action")?.endsWith(bell.dataset.readUrl)) sessionStorage.removeItem(nameOf());
  });
  askUnlessKnown();
  setInterval(ask, MINUTE);
  readFromPush();
});

document.addEventListener("guildhall:notifications", () => {
  ask();
  fillMenu();
});
document.addEventListener("visibilitychange", askUnlessKnown);
// A page that the browser kept whole shows the number of that time.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) askUnlessKnown();
});
// A push opens the page anew where it is open already.
window.addEventListener("hashchange", readFromPush);
for (const pressed of ["click", "auxclick"]) {
  document.addEventListener(pressed, (event) => {
    const link = event.target.closest?.("a[data-notification]");
    if (link && event.button < 2) read(link.dataset.notification);
  });
}
