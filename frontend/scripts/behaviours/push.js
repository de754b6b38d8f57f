// <div data-push data-key data-url data-worker> with [data-push-on] and [data-push-said] in it: the browser asks its owner,
// and then tells the server where it can be told.
import { csrfToken } from "../csrf_token.js";
import { onContent } from "./on_content.js";

const isPossible = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

function bytes(text) {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

function nameOfDevice() {
  const { brands = [], platform = "" } = navigator.userAgentData ?? {};
  const browser = brands.map(({ brand }) => brand).find((brand) => !/not.a.brand|chromium/i.test(brand));
  const known = browser ?? /(Firefox|Edg|OPR|Chrome|Safari)/.exec(navigator.userAgent)?.[1] ?? "";
  return [known, platform || /(iPhone|iPad|Android|Mac|Windows|Linux)/.exec(navigator.userAgent)?.[1]]
    .filter(Boolean)
    .join(" · ")
    .slice(0, 120);
}

async function subscribe({ key, url, worker }) {
  await navigator.serviceWorker.register(worker, { updateViaCache: "all" });
  const registration = await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  let subscription;
  try {
    subscription = await registration.pushManager.subscribe(wanted);
  } catch (failure) {
    // One with an earlier key of this installation stands in the way.
    const before = await registration.pushManager.getSubscription();
    if (!before) throw failure;
    await before.unsubscribe();
    subscription = await registration.pushManager.subscribe(wanted);
  }
  const { endpoint, keys } = subscription.toJSON();
  const answer = await fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": csrfToken() },
    body: new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth, device: nameOfDevice() }),
  });
  if (!answer.ok || answer.redirected) throw new Error((await answer.json().catch(() => ({}))).problem ?? "");
}

onContent("[data-push]", (place) => {
  const button = place.querySelector("[data-push-on]");
  const said = place.querySelector("[data-push-said]");
  const say = (text) => {
    said.textContent = text;
  };
  if (!isPossible()) {
    button.disabled = true;
    say(place.dataset.impossible);
    return;
  }
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        say(place.dataset.denied);
        return;
      }
      await subscribe(place.dataset);
      location.reload();
    } catch (failure) {
      say(failure.message || place.dataset.failed);
    } finally {
      button.disabled = false;
    }
  });
});
