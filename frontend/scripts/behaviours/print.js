// Pictures that nobody has scrolled to are on the paper too.
window.addEventListener("beforeprint", () => {
  for (const picture of document.querySelectorAll("img[loading=lazy]")) picture.loading = "eager";
});
