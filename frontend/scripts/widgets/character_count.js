// Counts down to a field's limit: <div x-data="characterCount" data-limit="300"> around a field and an output.
// Graphemes, not code units, so that a Hebrew letter with its points or an emoji counts once.
const segmenter = new Intl.Segmenter();
const length = (text) => [...segmenter.segment(text)].length;

export function characterCount() {
  return {
    left: 0,
    get label() {
      return new Intl.NumberFormat(document.documentElement.lang).format(this.left);
    },
    get isOver() {
      return this.left < 0;
    },
    init() {
      this.update();
    },
    update() {
      const field = this.$root.querySelector("input, textarea");
      const limit = Number(this.$root.dataset.limit);
      this.left = limit - length(field.value);
      this.$root.querySelector(".field-count").classList.toggle("is-over", this.left < 0);
    },
  };
}
