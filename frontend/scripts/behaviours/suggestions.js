// Suggestions of a search box, by the pattern of a combobox with a listbox (w3.org/WAI/ARIA/apg/patterns/combobox).
// Without this file the box still searches.
const PAUSE = 160;
const boxes = "form[data-suggestions]";

function parts(form) {
  return {
    input: form.querySelector("[role=combobox]"),
    list: form.querySelector("[role=listbox]"),
    status: form.querySelector("[role=status]"),
  };
}

function close(form) {
  const { input, list } = parts(form);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function choose(form, option) {
  const { input, list } = parts(form);
  for (const other of list.children) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

async function suggest(form) {
  const { input, list, status } = parts(form);
  const question = input.value.trim();
  // One letter begins too much; nothing yet asks for what one has searched for before.
  if (question.length === 1) {
    close(form);
    return;
  }
  form.suggesting?.abort();
  form.suggesting = new AbortController();
  let offered;
  try {
    const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(question)}`, {
      signal: form.suggesting.signal,
      headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    // Signed out or asked too often: the box goes on without suggestions.
    if (!answer.ok || answer.redirected) {
      close(form);
      return;
    }
    offered = await answer.text();
  } catch {
    return;
  }
  list.innerHTML = offered;
  if (input.value.trim() !== question || document.activeElement !== input) return;
  [...list.children].forEach((option, number) => {
    option.id = `${list.id}-${number}`;
  });
  const count = list.children.length;
  list.hidden = count === 0;
  input.setAttribute("aria-expanded", String(count > 0));
  input.removeAttribute("aria-activedescendant");
  // The number follows the word, because no one form of the word follows every number.
  status.textContent = count ? `${status.dataset.counted} ${count}` : "";
}

document.addEventListener("input", (event) => {
  const form = event.target.closest(boxes);
  if (!form || event.isComposing) return;
  clearTimeout(form.suggestionTimer);
  form.suggestionTimer = setTimeout(() => suggest(form), PAUSE);
});

document.addEventListener("click", (event) => {
  const form = event.target.closest?.(boxes);
  if (form && event.target === parts(form).input && !event.target.value) suggest(form);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(boxes);
  if (!form) return;
  const { list } = parts(form);
  if (list.hidden) return;
  const options = [...list.children];
  const current = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    // One place more than there are options: back in the box itself.
    const next = (current + 1 + step + options.length + 1) % (options.length + 1);
    choose(form, options[next - 1]);
  } else if (event.key === "Enter" && current >= 0) {
    event.preventDefault();
    options[current].click();
  } else if (event.key === "Escape") {
    event.preventDefault();
    close(form);
  }
});

document.addEventListener("focusout", (event) => {
  const form = event.target.closest?.(boxes);
  if (form && !form.contains(event.relatedTarget)) close(form);
});
