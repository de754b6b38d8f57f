// The server breaks an entry into slides by counting letters; what is still too tall or too wide for its slide is set
// smaller here, step by step, and scrolls where even the smallest is too large.
const STEPS = [0.9, 0.8, 0.7, 0.62, 0.55, 0.48, 0.42];

const isOver = ({ clientHeight, clientWidth, scrollHeight, scrollWidth }) =>
  scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1;

// All are measured before any is changed: the browser lays them out once a step, not once a slide.
export function fitAll(root, sections) {
  root.classList.add("is-measured");
  const boxes = sections.map((section) => section.querySelector(".content, .words")).filter(Boolean);
  for (const box of boxes) box.style.removeProperty("--fit");
  let over = boxes;
  for (const step of STEPS) {
    over = over.filter(isOver);
    for (const box of over) box.style.setProperty("--fit", step);
  }
  root.classList.remove("is-measured");
}
