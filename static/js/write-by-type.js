// The type comes first: the form shows what belongs to it, and ticks what such a post does nearly always, until its
// writer ticks something else.
export function byType(form) {
  const { type } = form.elements;
  const usual = JSON.parse(form.querySelector("[data-usual-duties]").dataset.usualDuties);
  const boxes = () => [...form.querySelectorAll("[name=duties]")];
  const ticked = () => boxes().filter((box) => box.checked).map((box) => box.value);
  const isUsual = () => Object.values(usual).some((duties) => String(duties) === String(ticked())) || !ticked().length;
  let isOwnChoice = !isUsual();
  const show = () => (form.dataset.type = type.value);

  show();
  form.addEventListener("change", ({ target }) => {
    if (target.name === "duties") isOwnChoice = true;
    if (target !== type) return;
    show();
    if (isOwnChoice) return;
    for (const box of boxes()) box.checked = usual[type.value]?.includes(box.value) ?? false;
  });
  return show;
}
