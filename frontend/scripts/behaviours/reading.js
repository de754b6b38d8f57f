// <progress data-reading="address">: shows how far the article has been read, and tells the server when the reader goes
// away, so that they can go on from there. An address that ends in #at-62 begins at 62 hundredths of the text.
import { onContent } from "./on_content.js";

// Whoever leaves sooner has not begun to read.
const GLANCE = 4000;
// Told now and then as well: a browser that is killed says no good-bye.
const NOW_AND_THEN = 15000;

onContent("[data-reading]", (bar) => {
  const text = bar.closest(".prose");
  const came = performance.now();
  let furthest = 0;
  let told = -1;

  const position = () => {
    const { top, height } = text.getBoundingClientRect();
    const seen = window.innerHeight - top;
    return Math.max(0, Math.min(100, Math.round((100 * seen) / Math.max(height, 1))));
  };
  const look = () => {
    const now = position();
    furthest = Math.max(furthest, now);
    bar.value = now;
  };
  const tell = () => {
    if (furthest === told || performance.now() - came < GLANCE) return;
    told = furthest;
    const said = new FormData();
    said.append("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "");
    said.append("language", bar.dataset.language);
    said.append("progress", furthest);
    navigator.sendBeacon(bar.dataset.reading, said);
  };

  const begun = /^#at-(\d{1,2})$/.exec(location.hash);
  if (begun) {
    const { top, height } = text.getBoundingClientRect();
    window.scrollTo(0, window.scrollY + top + (height * Number(begun[1])) / 100 - window.innerHeight * 0.6);
    history.replaceState(history.state, "", location.pathname + location.search);
  }

  let waiting = false;
  window.addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        look();
      });
    },
    { passive: true },
  );
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") tell();
  });
  window.addEventListener("pagehide", tell);
  setInterval(tell, NOW_AND_THEN);
  look();
});
