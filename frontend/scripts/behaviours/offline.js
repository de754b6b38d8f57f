// Reading without a connection.
// <body data-worker="/sw.js">: starts the service worker and tells it how pages look.
// <time data-kept-time>: on a page that the worker kept, when it was fetched.
// <section data-kept-pages hidden> with an empty list: on the page without a connection, what was kept.
import { onContent } from "./on_content.js";

const root = document.documentElement;

async function startWorker(address) {
  // Asked for once an hour at most: without this the browser asks at every page.
  await navigator.serviceWorker.register(address, { updateViaCache: "all" });
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ look: { language: root.lang, theme: root.dataset.bsTheme } });
}

onContent("body[data-worker]", (body) => {
  // Where the browser refuses, in a private window for instance, pages are read with a connection alone.
  if ("serviceWorker" in navigator) startWorker(body.dataset.worker).catch(() => {});
});

onContent("[data-kept-time]", (time) => {
  if (!root.dataset.keptAt) return;
  const at = new Date(root.dataset.keptAt);
  time.dateTime = at.toISOString();
  time.textContent = at.toLocaleString(root.lang, { dateStyle: "long", timeStyle: "short" });
});

// What such a page would load when it comes in sight cannot be had.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (root.dataset.keptAt && !navigator.onLine && event.detail.requestConfig.verb === "get") event.preventDefault();
});

async function keptPages() {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  const found = [];
  for (const name of names) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request, { ignoreVary: true });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const heading = page.querySelector("article h1");
      const article = heading?.closest("[lang]");
      found.push({ address: request.url, title: heading?.textContent.trim() || page.title, lang: article?.lang, dir: article?.dir });
    }
  }
  return found.reverse();
}

onContent("[data-kept-pages]", async (section) => {
  // Pages are kept over secure connections alone.
  if (!("caches" in window)) return;
  for (const { address, title, lang, dir } of await keptPages()) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    if (lang) link.lang = lang;
    if (dir) link.dir = dir;
    const item = document.createElement("li");
    item.append(link);
    section.querySelector("ul").append(item);
    section.hidden = false;
  }
});
