// What is typed in a form, as [name, text] in its order, and back again.

export const pairsOf = (form, isMeant) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && isMeant(name));

export function fill(form, pairs, isMeant) {
  const said = {};
  for (const [name, text] of pairs) said[name] = [...(said[name] ?? []), text];
  for (const field of form.elements) {
    if (!isMeant(field.name) || field.type === "file" || field.tagName === "BUTTON") continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = said[field.name]?.includes(field.value) ?? false;
    // Of several the last one counts, as on the server.
    else field.value = said[field.name]?.slice(-1)[0] ?? "";
  }
}
