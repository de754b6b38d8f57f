// <nav data-contents-list>: marks the link of the section being read.
import { onContent } from "./on_content.js";

onContent("[data-contents-list]", (list) => {
  const links = new Map();
  for (const link of list.querySelectorAll('a[href^="#"]')) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }
  if (links.size === 0) return;

  const mark = () => {
    const line = window.innerHeight * 0.3;
    const sections = [...links.keys()];
    const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 4;
    const passed = sections.filter((section) => section.getBoundingClientRect().top <= line);
    const current = atEnd ? sections.at(-1) : (passed.at(-1) ?? sections[0]);
    for (const [section, link] of links) {
      if (section === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };

  let waiting = false;
  const markSoon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  window.addEventListener("scroll", markSoon, { passive: true });
  window.addEventListener("resize", markSoon, { passive: true });
  mark();
});
