// Buttons that write markup into the text, and how it will look: made by the server, which knows the one path to HTML.
import { word } from "./words.js";

const text = document.querySelector("textarea[data-markup]");
const bar = document.querySelector("[data-toolbar]");
const box = document.querySelector("[data-preview-box]");
const form = text?.form;
let timer;

function replace(made, from, to) {
  text.focus();
  text.setSelectionRange(from, to);
  // Keeps what Ctrl-Z knows, where the browser still has it.
  if (!document.execCommand?.("insertText", false, made)) text.setRangeText(made, from, to, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

// A mark holds at the edges of words and within a line: whole words are taken, of each line what follows its bullet.
const LETTER = /[\p{L}\p{N}]/u;
const LINE = /^([ \t]*(?:[-–•*] |\d+[.)] |#+ |> ?)?)(.*?)([ \t]*)$/gm;

function wholeWords(from, to, value) {
  const isCaret = from === to;
  while (from > 0 && (isCaret || LETTER.test(value[from])) && LETTER.test(value[from - 1])) from -= 1;
  while (to < value.length && (isCaret || LETTER.test(value[to - 1])) && LETTER.test(value[to])) to += 1;
  return [from, to];
}

function wrap(mark) {
  const { selectionStart, selectionEnd, value } = text;
  const [from, to] = wholeWords(selectionStart, selectionEnd, value);
  const chosen = value.slice(from, to);
  if (!chosen.trim()) {
    replace(`${mark}${mark}`, from, from);
    text.setSelectionRange(from + mark.length, from + mark.length);
  } else if (value.slice(from - mark.length, from) === mark && value.slice(to, to + mark.length) === mark) {
    replace(chosen, from - mark.length, to + mark.length);
    text.setSelectionRange(from - mark.length, to - mark.length);
  } else {
    const made = chosen.replace(LINE, (line, start, words, end) => (words ? `${start}${mark}${words}${mark}${end}` : line));
    replace(made, from, to);
    const within = chosen.trim().includes("\n") ? 0 : mark.length + chosen.length - chosen.trimStart().length;
    text.setSelectionRange(from + within, from + made.length - (within && mark.length + chosen.length - chosen.trimEnd().length));
  }
}

function line(mark) {
  const { selectionStart, selectionEnd: to, value } = text;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  replace(value.slice(from, to).replace(/^/gm, mark), from, to);
}

function link() {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const words = value.slice(from, to);
  replace(`[${words}](https://)`, from, to);
  const at = words ? text.selectionEnd - 1 : from + 1;
  text.setSelectionRange(at, at);
}

let asked = 0;

// What was typed last is shown last, whichever answer comes first.
async function preview() {
  const turn = ++asked;
  const made = await previewed(text.value);
  if (turn !== asked) return;
  if (made === null) box.textContent = word("preview_offline");
  else box.innerHTML = made;
}

// The server's HTML of a text, or null without a line.
async function previewed(typed) {
  const body = new FormData();
  body.append("body", typed);
  try {
    const { token } = await (await fetch(form.dataset.key, { redirect: "error" })).json();
    const answer = await fetch(form.dataset.preview, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "error" });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

if (bar) {
  text.before(bar); // between the label and the text it belongs to
  bar.hidden = false;
  bar.addEventListener("click", ({ target }) => {
    const pressed = target.closest("button");
    if (!pressed) return;
    if (pressed.dataset.wrap) wrap(pressed.dataset.wrap);
    else if (pressed.dataset.line) line(pressed.dataset.line);
    else if ("link" in pressed.dataset) link();
    else {
      box.hidden = !box.hidden;
      pressed.setAttribute("aria-pressed", String(!box.hidden));
      if (!box.hidden) preview();
    }
  });
  text.addEventListener("input", () => {
    clearTimeout(timer);
    if (!box.hidden) timer = setTimeout(preview, 600);
  });
}
