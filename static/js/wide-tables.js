// Whoever has only a keyboard can move a table of the desk that is wider than the screen.
const fit = (box) => {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
};
// The table too: it grows within its box when the photos in it arrive.
const sizes = new ResizeObserver((changes) => changes.forEach(({ target }) => fit(target.closest(".wrapper"))));

for (const box of document.querySelectorAll(".inline-related .wrapper")) {
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", box.closest("fieldset")?.getAttribute("aria-labelledby") ?? "");
  for (const sized of [box, ...box.children]) sizes.observe(sized);
}
