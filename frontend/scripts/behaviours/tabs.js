// <nav class="tabs" data-tabs>: shows by a fade that more tabs follow, and brings the current one into view.
import { onContent } from "./on_content.js";

onContent("[data-tabs]", (tabs) => {
  const fade = () => {
    const scrolled = Math.abs(tabs.scrollLeft); // negative in right-to-left pages
    const room = tabs.scrollWidth - tabs.clientWidth;
    tabs.classList.toggle("more-before", scrolled > 4);
    tabs.classList.toggle("more-after", scrolled < room - 4);
  };
  const current = tabs.querySelector("[aria-current]");
  if (current) {
    const box = current.getBoundingClientRect();
    const frame = tabs.getBoundingClientRect();
    tabs.scrollLeft += (box.left + box.right) / 2 - (frame.left + frame.right) / 2;
  }
  tabs.addEventListener("scroll", fade, { passive: true });
  new ResizeObserver(fade).observe(tabs);
  fade();
});
