// <details class="drop">: opens without script; here it closes on Escape, on a click elsewhere and when another opens,
// when an item has copied something, and the arrow keys walk through its items. A menu that would leave the window hangs from the other end of its button.
const itemSelector = ".drop-item:not([disabled])";

document.addEventListener("click", (event) => {
  const copying = event.target.closest?.("details.drop .drop-item[data-copy]")?.closest("details");
  if (copying) {
    copying.querySelector("summary").focus();
    copying.open = false;
  }
  for (const open of document.querySelectorAll("details.drop[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

document.addEventListener("focusin", (event) => {
  for (const open of document.querySelectorAll("details.drop[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

document.addEventListener(
  "toggle",
  ({ target: drop }) => {
    if (!drop.matches?.("details.drop") || !drop.open) return;
    const menu = drop.querySelector(".drop-menu");
    const isOutside = () => {
      const { left, right } = menu.getBoundingClientRect();
      return left < 0 || right > document.documentElement.clientWidth;
    };
    if (!isOutside()) return;
    drop.classList.toggle("at-start");
    if (isOutside()) drop.classList.toggle("at-start");
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const drop = event.target.closest?.("details.drop");
  if (!drop) return;
  if (event.key === "Escape" && drop.open) {
    drop.open = false;
    drop.querySelector("summary").focus();
    return;
  }
  if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  const typing = event.target.matches("input, textarea, select");
  if (typing) return;
  event.preventDefault();
  drop.open = true;
  const items = [...drop.querySelectorAll(itemSelector)];
  if (items.length === 0) return;
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? items.length - 1 : at - 1, Home: 0, End: items.length - 1 };
  items[(next[event.key] + items.length) % items.length].focus();
});
