// The admin's rich text fields and the outline beside the editor come without a name and out of the keyboard's reach.
(() => {
  const words = (element) => (element?.value ?? element?.textContent ?? "").replace(/[*\s]+/g, " ").trim();

  const nameOf = (field) => {
    const cell = field.closest("td");
    if (cell) {
      const heading = cell.closest("table").tHead?.rows[0]?.cells[cell.cellIndex];
      const column = words(heading?.querySelector(".column-heading"));
      if (column) return column;
    }
    const label = words(field.closest(".w-field__wrapper")?.querySelector(".w-field__label"));
    return label || words(field.closest(".w-panel")?.querySelector(".w-panel__heading"));
  };

  const mend = () => {
    for (const field of document.querySelectorAll("[role=textbox][contenteditable]:not([aria-label], [aria-labelledby])")) {
      const name = nameOf(field);
      if (name) field.setAttribute("aria-label", name);
    }
    for (const list of document.querySelectorAll(".w-minimap__list:not([tabindex])")) list.tabIndex = 0;
  };

  let waiting = false;
  const watch = () => {
    mend();
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mend();
      });
    }).observe(document.body, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();

// A bulk change under way shows how far it is; when it has ended, the page stays as it is.
(() => {
  const refresh = async () => {
    const shown = document.querySelector("[data-refresh]");
    if (!shown) return;
    await new Promise((waited) => setTimeout(waited, Number(shown.dataset.refresh)));
    try {
      const answer = await fetch(window.location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".bulk-change");
        if (fresh && !shown.contains(document.activeElement)) shown.replaceWith(fresh);
      }
    } catch {
      // Without a connection the next attempt tells.
    }
    refresh();
  };
  document.addEventListener("DOMContentLoaded", refresh);
})();
