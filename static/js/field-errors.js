// The server's sentences, each beside its field; the first of these is under the finger.

export function clearErrors(form) {
  for (const field of form.querySelectorAll("[aria-invalid]")) clearError(field);
  for (const line of form.querySelectorAll("[data-said]")) line.remove();
}

export function clearError(field) {
  clearSentences(field);
  field.form?.querySelector(`[data-offered="${field.name}"]`)?.remove();
}

function clearSentences(field) {
  field.removeAttribute("aria-invalid");
  const lines = described(field).map((id) => document.getElementById(id));
  for (const line of lines.filter((one) => one && "said" in one.dataset)) {
    line.remove();
    describe(field, described(field).filter((id) => id !== line.id));
  }
}

const described = (field) => (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);

function describe(field, ids) {
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}

// errors: {name: [sentence]}; what belongs to no field is said after `place`. offered: {name: HTML of the choices}.
export function showErrors(form, errors, place, offered = {}) {
  clearErrors(form);
  const fields = [];
  for (const [name, sentences] of Object.entries(errors)) {
    const field = fieldOf(form, name);
    const line = Object.assign(document.createElement("p"), { className: "error", textContent: sentences.join(" ") });
    line.dataset.said = "";
    line.id = `salah-${name || "semua"}`;
    if (!field) {
      place.after(line);
      continue;
    }
    field.setAttribute("aria-invalid", "true");
    describe(field, [line.id, ...described(field)]);
    placeOf(field).before(line);
    if (offered[name]) offer(field, offered[name]);
    fields.push(field);
  }
  fields.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  fields[0]?.focus();
}

// A choice writes its name into the field, and is itself no part of the form; whoever types anew is offered none of it.
function offer(field, html) {
  const around = field.closest(".suggest") ?? field;
  around.insertAdjacentHTML("afterend", html);
  const choices = around.nextElementSibling;
  Object.assign(choices.dataset, { said: "", offered: field.name });
  for (const choice of choices.querySelectorAll("input")) choice.setAttribute("form", "");
  choices.addEventListener("input", ({ target }) => {
    field.value = target.closest("label").textContent.trim();
    clearSentences(field);
    field.dispatchEvent(new Event("change"));
  });
}

// Where a person types or chooses; of choices all together.
function placeOf(field) {
  return (field.matches("[type=radio], [type=checkbox]") && field.closest("fieldset > div")) || field;
}

function fieldOf(form, name) {
  // A photo chosen on this page has its words in a field without a name.
  const [, uuid, part] = name.match(/^foto-(.+)-(alt|caption)$/) ?? [];
  const found = name ? form.elements[name] : null;
  if (!found && part) return form.querySelector(`[data-uuid="${uuid}"] [data-${part}]`);
  return found?.length && !found.options ? found[0] : found;
}
