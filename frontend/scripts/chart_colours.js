// Tokens are light-dark() pairs, which only the browser can resolve: it does so for a real property.
export function colour(name, element) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  element.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
