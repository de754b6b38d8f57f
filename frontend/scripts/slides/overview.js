import { putOnStage } from "./stage.js";

// All slides at once, to choose one. Called while it is open, it draws them anew and leaves the focus where it is.
export function openOverview(sections, current, shape, choose) {
  const dialog = document.querySelector("dialog.overview");
  const list = dialog.querySelector("ol");
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.at : current;
  list.replaceChildren(
    ...sections.map((section, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.at = at;
      if (at === current) button.ariaCurrent = "true";
      const stage = document.createElement("span");
      stage.className = "stage";
      stage.dir = "ltr";
      stage.ariaHidden = "true";
      const number = document.createElement("span");
      number.className = "number";
      number.ariaHidden = "true";
      number.textContent = at + 1;
      const name = document.createElement("span");
      name.className = "visually-hidden";
      name.textContent = `${at + 1}: ${section.querySelector("h1, h2")?.textContent ?? ""}`;
      button.append(stage, number, name);
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
  const close = () => {
    dialog.close();
    list.replaceChildren();
  };
  dialog.onclose = () => list.replaceChildren();
  dialog.onclick = (event) => {
    const button = event.target.closest("button[data-at]");
    if (!button) return;
    close();
    choose(Number(button.dataset.at));
  };
  dialog.onkeydown = (event) => {
    if (event.code === "KeyO") return close();
    const buttons = [...list.querySelectorAll("button")];
    const columns = getComputedStyle(list).gridTemplateColumns.split(" ").length;
    const onwards = getComputedStyle(list).direction === "rtl" ? -1 : 1;
    const steps = { ArrowRight: onwards, ArrowLeft: -onwards, ArrowDown: columns, ArrowUp: -columns };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    buttons[buttons.indexOf(document.activeElement) + step]?.focus();
  };
  if (!dialog.open) dialog.showModal();
  // Drawn when they come into sight: an entry may have hundreds.
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      putOnStage(entry.target, sections[entry.target.parentElement.dataset.at], shape);
    }
  });
  for (const stage of list.querySelectorAll(".stage")) {
    stage.style.aspectRatio = `${shape.width} / ${shape.height}`;
    seen.observe(stage);
  }
  list.querySelector(`[data-at="${focused}"]`)?.focus();
}
