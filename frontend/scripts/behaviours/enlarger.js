// <a data-enlarges href="large size" data-width data-height data-original>: shows the picture in <dialog data-enlarger>.
// 1 is the whole picture; it is enlarged by wheel, by two fingers, by + and −, by a double click; 0 goes back.
const STEP = 1.5;
const MOST = 8;
let level = 1;
let fit = { width: 0, height: 0 };

const dialog = () => document.querySelector("[data-enlarger]");
const stage = () => dialog().querySelector(".stage");
const picture = () => stage().querySelector("img");

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a[data-enlarges]");
  if (link && dialog()?.showModal) {
    event.preventDefault();
    open(link);
    return;
  }
  const button = event.target.closest("[data-enlarger-step]");
  if (!button) return;
  const step = Number(button.dataset.enlargerStep);
  setLevel(step === 0 ? 1 : level * STEP ** step);
});

function open(link) {
  const box = dialog();
  if (!box.dataset.isReady) prepare(box);
  const shown = link.querySelector("img");
  const image = picture();
  // What is on the page stands there until the large one has come.
  image.src = shown.currentSrc || shown.src;
  image.alt = shown.alt;
  const large = new Image();
  const wanted = link.href;
  box.dataset.wanted = wanted;
  large.onload = () => {
    if (box.dataset.wanted === wanted) image.src = wanted;
  };
  large.src = wanted;
  image.dataset.width = link.dataset.width;
  image.dataset.height = link.dataset.height;
  const original = box.querySelector(".original");
  original.hidden = !link.dataset.original;
  original.href = link.dataset.original || wanted;
  const words = link.closest("figure")?.querySelector("figcaption")?.cloneNode(true).childNodes ?? [];
  const caption = box.querySelector(".caption");
  caption.replaceChildren(...words);
  caption.hidden = !caption.textContent.trim();
  box.showModal();
  // The figure is what it is about: arrows move it at once.
  stage().focus({ preventScroll: true });
  measure();
  setLevel(1);
}

function measure() {
  const { clientWidth, clientHeight } = stage();
  const width = Number(picture().dataset.width) || 1;
  const height = Number(picture().dataset.height) || 1;
  const scale = Math.min(clientWidth / width, clientHeight / height, 1);
  fit = { width: width * scale, height: height * scale };
}

// `at` is the point of the window that stays where it is; the middle, if nothing is said.
function setLevel(wanted, at) {
  const frame = stage();
  const box = frame.getBoundingClientRect();
  const point = at ?? { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const before = picture().getBoundingClientRect();
  const share = {
    x: before.width ? (point.x - before.left) / before.width : 0.5,
    y: before.height ? (point.y - before.top) / before.height : 0.5,
  };
  level = Math.min(MOST, Math.max(1, wanted));
  picture().style.width = `${fit.width * level}px`;
  picture().style.height = `${fit.height * level}px`;
  const now = picture().getBoundingClientRect();
  frame.scrollLeft += now.left + share.x * now.width - point.x;
  frame.scrollTop += now.top + share.y * now.height - point.y;
  dialog().querySelector(".level").textContent = `${Math.round(level * 100)} %`;
}

function prepare(box) {
  box.dataset.isReady = "true";
  const frame = stage();
  frame.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      setLevel(level * Math.exp(-event.deltaY / (event.ctrlKey ? 120 : 480)), { x: event.clientX, y: event.clientY });
    },
    { passive: false },
  );
  frame.addEventListener("dblclick", (event) => setLevel(level > 1 ? 1 : 3, { x: event.clientX, y: event.clientY }));
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") setLevel(level * STEP);
    else if (event.key === "-" || event.key === "−") setLevel(level / STEP);
    else if (event.key === "0") setLevel(1);
    else return;
    event.preventDefault();
  });
  window.addEventListener("resize", () => {
    if (!box.open) return;
    measure();
    setLevel(level);
  });
  pinch(frame);
  drag(frame);
}

function pinch(frame) {
  let begun = null;
  const spread = ({ touches: [a, b] }) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  frame.addEventListener("touchstart", (event) => {
    begun = event.touches.length === 2 ? { spread: spread(event), level } : null;
  }, { passive: true });
  frame.addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length !== 2 || !begun) return;
      event.preventDefault();
      const [a, b] = event.touches;
      const middle = { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 };
      setLevel((begun.level * spread(event)) / begun.spread, middle);
    },
    { passive: false },
  );
}

function drag(frame) {
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    event.preventDefault();
    frame.focus({ preventScroll: true });
    frame.setPointerCapture(event.pointerId);
    frame.classList.add("is-dragged");
  });
  frame.addEventListener("pointermove", (event) => {
    if (!frame.classList.contains("is-dragged")) return;
    frame.scrollBy(-event.movementX, -event.movementY);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    frame.addEventListener(end, () => frame.classList.remove("is-dragged"));
  }
}
