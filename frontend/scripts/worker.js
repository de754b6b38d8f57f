// The service worker: entries that were opened stay readable without a connection, for the session that opened them, and
// what is new is shown while no page is open.
// The network comes first, always; what is kept is shown only where there is none. The server says of each page whose
// it is and whether it may be kept (people/offline.py), and `self.guildhall` is written by cms/site_files.py.
const { isOn, pushes, offline, signOut, static: assets, shell, seconds, readerHeader, keepHeader } = self.guildhall;

const PAGES = "pages-";
const PICTURES = "pictures-";
const ASSETS = "assets";
const OFFLINE = "offline";
const MOST = { pages: 50, pictures: 200, assets: 150 };
// The name carries a digest of what is in the file: it never changes under that name.
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
// Pages being stored, whose pictures arrive in the meantime.
const arriving = new Set();

self.addEventListener("install", (event) => {
  event.waitUntil(
    (isOn ? caches.open(ASSETS).then((cache) => cache.addAll(shell)) : Promise.resolve()).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(isOn ? self.clients.claim() : forgetEverything().then(() => pushes || self.registration.unregister()));
});

// A page that is open says in which language and theme it is, so that the page without a connection is in the same.
self.addEventListener("message", (event) => {
  if (isOn && event.data?.look) event.waitUntil(keepOfflinePage(event.data.look));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // The next person at this machine is not shown what is for this one.
  if (request.method === "POST" && url.pathname === signOut) event.waitUntil(tellNoMore());
  if (!isOn || url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname === signOut) event.waitUntil(forgetReaders());
  if (request.method !== "GET") return;
  if (url.pathname.startsWith(assets)) event.respondWith(asset(event));
  else if (request.mode === "navigate" && !isElsewhere(url)) event.respondWith(page(event, url));
  else if (request.destination === "image") event.respondWith(picture(event));
});

// Whoever allowed it is shown what is new (social/services/push.py says it); a press opens it.
self.addEventListener("push", (event) => {
  if (!event.data) return;
  const { title, body, url, id, tag, icon, lang, dir, unread } = event.data.json();
  const shown = self.registration.showNotification(title, { body, tag, icon, badge: icon, lang, dir, data: { url, id } });
  const counted = "setAppBadge" in navigator ? navigator.setAppBadge(unread).catch(() => {}) : null;
  event.waitUntil(Promise.all([shown, counted]));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url, id } = event.notification.data;
  const target = new URL(url, self.location.origin);
  // Never elsewhere, whoever wrote it.
  if (target.origin !== self.location.origin) return;
  const opened = new URL(target);
  opened.hash = `notification=${id}`;
  event.waitUntil(open(target, opened));
});

async function open(target, opened) {
  const pages = await self.clients.matchAll({ type: "window" });
  const there = pages.find((page) => addressOf(new URL(page.url)) === addressOf(target) && "navigate" in page);
  if (!there) return self.clients.openWindow(opened);
  await there.focus();
  return there.navigate(opened);
}

// The admin and the API look after themselves.
const isElsewhere = (url) => ["/admin/", "/api/"].some((start) => url.pathname.startsWith(start));
const addressOf = (url) => url.origin + url.pathname;

async function page(event, url) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch (failure) {
    return (await kept(url)) ?? (await offlinePage()) ?? Promise.reject(failure);
  }
  // Before the reader has it: a page that is no longer theirs must not be found if the next one fails.
  const copy = await judge(answer, url);
  if (copy) event.waitUntil(keep(copy, url, answer.headers.get(readerHeader)));
  return answer;
}

// Drop what the answer says is over; a copy of the answer if it is to be kept.
async function judge(answer, url) {
  if (answer.status >= 500) return null;
  const isPage = answer.headers.get("Content-Type")?.startsWith("text/html");
  const reader = answer.headers.get(readerHeader);
  // A redirect tells nothing of who is there, but that this page is not here.
  if (isPage) await forgetReaders(reader);
  const mayBeKept = isPage && answer.status === 200 && answer.type === "basic" && !answer.redirected;
  const forbids = answer.headers.get("Cache-Control")?.includes("no-store") ?? false;
  const said = answer.headers.get(keepHeader);
  if (mayBeKept && !forbids && reader && said === "yes" && !url.search) {
    arriving.add(addressOf(url));
    return answer.clone();
  }
  if (!url.search && said !== "before") await forgetPage(addressOf(url), isPage && answer.status >= 400);
  return null;
}

async function keep(copy, url, reader) {
  const address = addressOf(url);
  try {
    await put(PAGES + reader, address, copy, MOST.pages);
  } finally {
    arriving.delete(address);
  }
}

// At the end of the line; who stands at its head for too long falls out.
async function put(name, key, answer, most) {
  const cache = await caches.open(name);
  await cache.delete(key, { ignoreVary: true });
  await cache.put(key, answer);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((old) => cache.delete(old, { ignoreVary: true })));
}

async function names(...starts) {
  return (await caches.keys()).filter((name) => starts.some((start) => name.startsWith(start)));
}

// What was kept for anybody but this reader; without one, for anybody.
async function forgetReaders(reader = null) {
  const mine = [PAGES + reader, PICTURES + reader];
  const theirs = (await names(PAGES, PICTURES)).filter((name) => !reader || !mine.includes(name));
  await Promise.all(theirs.map((name) => caches.delete(name)));
}

async function tellNoMore() {
  const subscription = await self.registration.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}

async function forgetPage(address, withPictures) {
  for (const name of await names(PAGES)) {
    const was = await (await caches.open(name)).delete(address, { ignoreVary: true });
    if (was && withPictures) await Promise.all((await names(PICTURES)).map((pictures) => caches.delete(pictures)));
  }
}

async function forgetEverything() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

// A page that was kept, marked as such: its notice says so, and when it was fetched.
async function kept(url) {
  for (const name of await names(PAGES)) {
    const answer = await (await caches.open(name)).match(addressOf(url), { ignoreVary: true });
    const at = Date.parse(answer?.headers.get("Date") ?? "");
    if (!answer || !(Date.now() - at < seconds * 1000)) continue;
    const words = await answer.text();
    const marked = words.replace("<html ", `<html data-kept-at="${new Date(at).toISOString()}" `);
    const headers = new Headers(answer.headers);
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    return new Response(marked, { headers });
  }
  return null;
}

async function picture(event) {
  try {
    const answer = await fetch(event.request);
    const from = event.request.referrer.split("#")[0];
    if (answer.ok && answer.type === "basic" && (await isKept(from))) {
      const copy = answer.clone();
      const [pages] = await names(PAGES);
      if (pages) {
        const name = PICTURES + pages.slice(PAGES.length);
        event.waitUntil(put(name, event.request.url, copy, MOST.pictures));
      }
    }
    return answer;
  } catch (failure) {
    return (await caches.match(event.request.url, { ignoreVary: true })) ?? Promise.reject(failure);
  }
}

async function isKept(address) {
  if (arriving.has(address)) return true;
  for (const name of await names(PAGES)) {
    if (await (await caches.open(name)).match(address, { ignoreVary: true })) return true;
  }
  return false;
}

async function asset(event) {
  const { request } = event;
  const known = () => caches.match(request.url, { ignoreVary: true });
  if (HASHED.test(new URL(request.url).pathname)) {
    const answer = await known();
    if (answer) return answer;
  }
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic" && answer.status === 200) {
      event.waitUntil(put(ASSETS, request.url, answer.clone(), MOST.assets));
    }
    return answer;
  } catch (failure) {
    return (await known()) ?? Promise.reject(failure);
  }
}

const nameOf = (look) => `${offline}?language=${look.language}&theme=${look.theme}`;

// One after the other, the latest wins; the new one stands before the old one falls, so that there always is one.
let keeping = Promise.resolve();

function keepOfflinePage(look) {
  keeping = keeping.catch(() => {}).then(() => replaceOfflinePage(nameOf(look)));
  return keeping;
}

async function replaceOfflinePage(name) {
  const cache = await caches.open(OFFLINE);
  if (await cache.match(name, { ignoreVary: true })) return;
  const answer = await fetch(offline, { cache: "no-cache" });
  if (!answer.ok || answer.redirected) return;
  const before = await cache.keys();
  await cache.put(name, answer);
  for (const old of before) await cache.delete(old, { ignoreVary: true });
}

async function offlinePage() {
  const cache = await caches.open(OFFLINE);
  const latest = (await cache.keys()).pop();
  return latest ? cache.match(latest, { ignoreVary: true }) : null;
}
