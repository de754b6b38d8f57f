// Windows of one browser that show the same slides tell each other where they are.
export function openChannel(hear) {
  const channel = new BroadcastChannel(`slides ${document.body.dataset.slides}`);
  channel.addEventListener("message", (event) => hear(event.data));
  return { say: (what) => channel.postMessage(what) };
}
