// Shows the chosen picture before it is sent: <div x-data="imagePreview"> around an <input type="file"> and an <img>.
export function imagePreview() {
  return {
    name: "",
    init() {
      const field = this.$root.querySelector("input[type=file]");
      field.addEventListener("change", () => this.show(field.files[0]));
    },
    show(file) {
      this.name = file?.name ?? "";
      if (!file?.type.startsWith("image/")) return;
      const reader = new FileReader();
      // A data: address, because the content policy allows no blob: pictures.
      reader.onload = () => {
        const frame = this.$root.querySelector(".preview");
        const picture = document.createElement("img");
        picture.alt = "";
        // What cannot be opened is refused when it is sent; until then the old picture stays.
        picture.onload = () => frame.replaceChildren(picture);
        picture.src = reader.result;
      };
      reader.readAsDataURL(file);
    },
  };
}
