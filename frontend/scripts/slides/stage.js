// A slide to be looked at outside of the deck: a copy, so that addresses within the page stay single.
export function putOnStage(stage, section, { width, height }) {
  const copy = section.cloneNode(true);
  copy.removeAttribute("hidden");
  copy.removeAttribute("aria-hidden");
  copy.style.cssText = "";
  for (const named of [copy, ...copy.querySelectorAll("[id]")]) named.removeAttribute("id");
  for (const frame of copy.querySelectorAll("iframe")) frame.remove();
  const deck = section.closest(".reveal");
  const slides = document.createElement("div");
  slides.className = "slides";
  slides.append(copy);
  const frame = document.createElement("div");
  frame.className = "reveal";
  frame.lang = deck.lang;
  frame.dir = deck.dir;
  frame.inert = true;
  frame.ariaHidden = "true";
  frame.append(slides);
  stage.style.aspectRatio = `${width} / ${height}`;
  stage.replaceChildren(frame);
  const scale = () => stage.style.setProperty("--scale", stage.clientWidth / width);
  scale();
  new ResizeObserver(scale).observe(stage);
}
