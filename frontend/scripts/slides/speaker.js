import { openChannel } from "./channel.js";
import { fitAll } from "./fit.js";
import { putOnStage } from "./stage.js";

const SECOND = 1000;

export function assist() {
  const root = document.querySelector(".reveal");
  const sections = [...root.querySelectorAll(".slides > section")];
  const stages = Object.fromEntries([...document.querySelectorAll("[data-stage]")].map((el) => [el.dataset.stage, el]));
  const notes = document.querySelector("[data-notes]");
  const announcer = document.querySelector("[data-announcer]");
  let at = Math.max(0, sections.findIndex((section) => `#/${section.id}` === decodeURIComponent(location.hash)));

  fitAll(root, sections);
  root.inert = true;

  const put = (stage, section) =>
    section ? putOnStage(stage, section, { width: 1280, height: 720 }) : stage.replaceChildren();
  const show = () => {
    put(stages.now, sections[at]);
    put(stages.next, sections[at + 1]);
    const spoken = sections[at].querySelector(".notes");
    notes.lang = spoken ? root.lang : "";
    notes.dir = "auto";
    if (spoken) notes.innerHTML = spoken.innerHTML;
    else notes.textContent = notes.dataset.none;
    document.querySelector("[data-place]").textContent = `${at + 1} / ${sections.length}`;
    announcer.textContent = announcer.dataset.words.replace("{number}", at + 1).replace("{total}", sections.length);
    history.replaceState(null, "", `#/${sections[at].id}`);
  };
  const channel = openChannel((said) => {
    const found = sections.findIndex((section) => section.id === said.at);
    if (found < 0 || found === at) return;
    at = found;
    show();
  });
  const move = (by) => {
    const wanted = Math.min(sections.length - 1, Math.max(0, at + by));
    if (wanted === at) return;
    at = wanted;
    show();
    start();
    channel.say({ at: sections[at].id });
  };

  // Time runs from the first move on, or from the button.
  let since = 0;
  let before = 0;
  const button = document.querySelector("[data-do=timer]");
  const clock = document.querySelector("[data-clock]");
  const timer = document.querySelector("[data-timer]");
  const passed = () => before + (since ? Date.now() - since : 0);
  const start = () => {
    if (since) return;
    since = Date.now();
    button.textContent = button.dataset.stop;
    tick();
  };
  const pause = () => {
    before = passed();
    since = 0;
    button.textContent = button.dataset.start;
  };
  const tick = () => {
    const seconds = Math.floor(passed() / SECOND);
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const [hours, minutes, rest] = parts.map((part) => String(part).padStart(2, "0"));
    timer.textContent = parts[0] ? `${parts[0]}:${minutes}:${rest}` : `${parts[1]}:${rest}`;
    timer.dateTime = `PT${hours}H${minutes}M${rest}S`;
    clock.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format();
  };
  const does = {
    previous: () => move(-1),
    next: () => move(1),
    timer: () => (since ? pause() : start()),
    reset: () => {
      before = 0;
      if (since) since = Date.now();
      tick();
    },
  };
  document.addEventListener("click", (event) => {
    const tool = event.target.closest("button[data-do]");
    if (tool) does[tool.dataset.do]();
  });
  const onwards = root.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = root.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const steps = { [onwards]: 1, PageDown: 1, ArrowDown: 1, [back]: -1, PageUp: -1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.key === " " && !event.target.closest("button") ? 1 : steps[event.key];
    if (step) {
      event.preventDefault();
      move(step);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      move(event.key === "Home" ? -at : sections.length);
    }
  });
  setInterval(tick, SECOND);
  tick();
  show();
  channel.say({ ask: true });
}
