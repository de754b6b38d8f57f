import Reveal from "reveal.js";
import { openChannel } from "./channel.js";
import { fitAll } from "./fit.js";
import { openOverview } from "./overview.js";

const LANDSCAPE = { width: 1280, height: 720 };
const PORTRAIT = { width: 480, height: 800 };

const shape = () => (window.innerWidth < window.innerHeight && window.innerWidth < 700 ? PORTRAIT : LANDSCAPE);

export async function present() {
  const root = document.querySelector(".reveal");
  const sections = [...root.querySelectorAll(".slides > section")];
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const bar = document.querySelector(".deck-bar");
  const keys = document.querySelector("dialog.keys");
  let current = shape();

  document.documentElement.classList.add("is-moving");
  const deck = new Reveal(root, {
    ...current,
    margin: 0,
    minScale: 0.05,
    maxScale: 4,
    embedded: true,
    center: false,
    display: "flex",
    overview: false,
    controls: false,
    progress: true,
    slideNumber: false,
    hash: true,
    respondToHashChanges: true,
    rtl: root.dir === "rtl",
    help: false,
    jumpToSlide: false,
    postMessage: false,
    mouseWheel: false,
    scrollActivationWidth: null,
    keyboardCondition: () => !document.querySelector("dialog[open]"),
    transition: still ? "none" : "slide",
    transitionSpeed: "fast",
    backgroundTransition: "none",
  });
  await deck.initialize();
  await document.fonts.ready;

  const reshape = (wanted) => {
    current = wanted;
    document.body.classList.toggle("portrait", wanted === PORTRAIT);
    deck.configure(wanted);
    fitAll(root, sections);
    deck.layout();
    if (document.querySelector("dialog.overview[open]")) does.overview();
  };
  reshape(current);

  const channel = openChannel((said) => {
    if (said.ask) tell();
    else if (said.at && said.at !== deck.getCurrentSlide()?.id) go(said.at);
  });
  const go = (id) => {
    const at = sections.findIndex((section) => section.id === id);
    if (at >= 0) deck.slide(at);
  };
  const tell = () => channel.say({ at: deck.getCurrentSlide()?.id });
  const announcer = document.querySelector("[data-announcer]");
  // What is wider than its slide is moved by the finger itself.
  const leaveFingers = () => {
    for (const frame of deck.getCurrentSlide()?.querySelectorAll(".slide-table, .table-frame") ?? []) {
      frame.toggleAttribute("data-prevent-swipe", frame.scrollWidth > frame.clientWidth + 1);
    }
  };
  const arrived = () => {
    leaveFingers();
    const place = `${deck.getSlidePastCount() + 1} / ${deck.getTotalSlides()}`;
    bar.querySelector("[data-place]").textContent = place;
    const words = announcer.dataset.words;
    announcer.textContent = words
      .replace("{number}", deck.getSlidePastCount() + 1)
      .replace("{total}", deck.getTotalSlides());
    tell();
  };
  deck.on("slidechanged", arrived);
  arrived();

  const does = {
    previous: () => deck.prev(),
    next: () => deck.next(),
    overview: () => openOverview(sections, deck.getSlidePastCount(), current, (at) => deck.slide(at)),
    print: () => window.print(),
    keys: () => keys.showModal(),
    fullscreen: () =>
      document.fullscreenElement ? document.exitFullscreen() : deck.getViewportElement().requestFullscreen(),
    speaker: () => bar.querySelector("[data-do=speaker]").click(),
  };
  bar.addEventListener("click", (event) => {
    const tool = event.target.closest("button[data-do]");
    if (tool) does[tool.dataset.do]();
  });
  if (!document.fullscreenEnabled) bar.querySelector("[data-do=fullscreen]").hidden = true;
  // By the letter on the key, wherever it lies, and by its place where the layout writes another script.
  const letters = { KeyO: "overview", KeyS: "speaker", KeyP: "print" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const wanted = event.key === "?" ? "keys" : letters[event.code];
    if (!wanted) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    does[wanted]();
  }, true);

  window.addEventListener("resize", () => {
    if (shape() !== current && !printing) reshape(shape());
    leaveFingers();
  });
  // On paper every slide lies across, whatever the screen that prints it.
  let printing = false;
  window.addEventListener("beforeprint", () => {
    printing = true;
    if (current !== LANDSCAPE) reshape(LANDSCAPE);
    for (const image of root.querySelectorAll("img[loading=lazy]")) image.loading = "eager";
  });
  window.addEventListener("afterprint", () => {
    printing = false;
    if (shape() !== current) reshape(shape());
  });
}
