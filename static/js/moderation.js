// A queue by keyboard: a letter presses the button that bears it; where a reason is needed, it is asked for first.
const buttons = [...document.querySelectorAll("[data-key]")];
const reason = document.querySelector('[name="reason"]');
const note = document.querySelector('[name="note"]');
const template = document.querySelector('[name="template"]');
let wanted = null;

const isTyping = (target) => target.closest("input:not([type=hidden]), textarea, select, [contenteditable]");

const press = (button) => {
  if ("needsReason" in button.dataset && reason && !reason.value) {
    wanted = button;
    reason.focus();
    return;
  }
  button.click();
};

// Which button Ctrl+Enter presses: in a note for colleagues the one that keeps it; what a letter began; and else the
// one that stands out, unless something speaks against it, a reason that was chosen or an item that is not in order.
const meant = (target) => {
  const form = target.closest("form");
  if (target.name === "private_note") return form.querySelector('[value="keep_note"]');
  if (form?.closest(".deed-form")) return form.querySelector("button");
  if (wanted && reason?.value) return wanted;
  if (document.querySelector('.list-side [value="no"]:checked')) return document.querySelector('[value="revise"]');
  return document.querySelector(".decisions .default");
};

const send = (target) => {
  // A reason without a letter may be that of either refusal: which one, the officer says.
  if (reason?.value && !wanted && target.name !== "private_note") document.querySelector("[data-needs-reason]").focus();
  else meant(target)?.click();
};

document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    send(event.target);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "?") document.querySelector(".keys-help")?.toggleAttribute("open");
  const button = buttons.find((each) => each.isConnected && each.dataset.key === event.key.toLowerCase());
  if (!button) return;
  event.preventDefault();
  press(button);
});

// With the reason chosen, Enter does what the letter meant.
reason?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") reason.blur();
  if (event.key !== "Enter" || event.ctrlKey || !wanted || !reason.value) return;
  event.preventDefault();
  wanted.click();
});

// A ready reason stands in the field at once, where nothing else was written.
template?.addEventListener("change", () => {
  const text = template.selectedOptions[0].dataset.text;
  const ready = [...template.options].map((option) => option.dataset.text);
  if (!text || !note || (note.value && !ready.includes(note.value))) return;
  note.value = text;
  note.focus();
});

// A second tap on the way to the next one decides nothing twice.
for (const form of document.querySelectorAll(".queue form, .check form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) form.removeAttribute("data-sent");
});
