// Words for photos are helped, never skipped: what the title and the place say is offered for a photo without words, and
// the words of the first one for all that have none. Nothing is filled in by itself.
const LONGEST = 200;

export function offerIdeas(form, list, altOf) {
  const alike = form.querySelector("[data-alike]");
  const idea = () => {
    const title = form.elements.title.value.trim();
    const place = form.elements.place.value.split(",")[0].trim();
    return title && [title, place].filter(Boolean).join(", ").slice(0, LONGEST);
  };
  const lines = () => [...list.children].filter(altOf);

  function show() {
    const words = idea();
    const silent = lines().filter((line) => !altOf(line).value.trim());
    for (const line of lines()) {
      const place = line.querySelector("[data-idea]");
      if (!place) continue;
      place.hidden = !words || !silent.includes(line);
      place.querySelector("span").textContent = `“${words}”`;
    }
    alike.hidden = !silent.length || silent.length === lines().length;
  }

  function take(line, words) {
    altOf(line).value = words;
    altOf(line).dispatchEvent(new Event("input", { bubbles: true }));
  }

  list.addEventListener("click", ({ target }) => {
    const place = target.closest("[data-idea]");
    if (!place) return;
    const line = target.closest(".photo");
    take(line, idea());
    altOf(line).focus();
  });
  alike.addEventListener("click", () => {
    const words = lines().map((line) => altOf(line).value.trim()).find(Boolean);
    for (const line of lines()) if (!altOf(line).value.trim()) take(line, words);
  });
  form.addEventListener("input", show);
  new MutationObserver(show).observe(list, { childList: true });
  show();
}
