// The queue by keyboard: a letter presses the button that bears it; where a reason is needed, it is asked for first.
const buttons = [...document.querySelectorAll("[data-key]")];
const reason = document.querySelector('[name="reason"]');
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

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  const button = buttons.find((each) => each.dataset.key && each.dataset.key === event.key.toLowerCase());
  if (!button) return;
  event.preventDefault();
  press(button);
});

// With the reason chosen, Enter does what the letter meant.
reason?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") reason.blur();
  if (event.key !== "Enter" || !wanted || !reason.value) return;
  event.preventDefault();
  wanted.click();
});

// A second tap on the way to the next one decides nothing twice.
document.querySelector(".queue form")?.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => document.querySelector(".queue form")?.removeAttribute("data-sent"));
