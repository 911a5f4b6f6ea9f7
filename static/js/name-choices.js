// The boxes of select2, in which an officer types to choose, carry no name of their own: they get that of their label.
function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = select.labels?.[0];
    const box = select.parentElement.querySelector(".select2-selection");
    if (!label || !box) continue;
    label.id ||= `${select.id}-label`;
    const names = (box.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", label.textContent.trim());
    const shown = box.querySelector("[role=textbox]");
    // What is chosen is the box's value, not a field of its own.
    shown?.removeAttribute("role");
    shown?.removeAttribute("aria-readonly");
    if (!names.includes(label.id)) box.setAttribute("aria-labelledby", [label.id, ...names].join(" "));
  }
}

// They are made some time after the page has loaded.
new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
nameBoxes();
