// Whoever has only a keyboard can move a table of the desk that is wider than the screen.
const fit = (box) => {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
};
const sizes = new ResizeObserver((changes) => changes.forEach(({ target }) => fit(target)));

for (const box of document.querySelectorAll(".inline-related .wrapper")) {
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", box.closest("fieldset")?.getAttribute("aria-labelledby") ?? "");
  sizes.observe(box);
}
