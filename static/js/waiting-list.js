// Each form that waits on this phone, with what may be done about it, and each receipt that nobody has seen yet.
import { bring } from "./waiting-forms.js";
import { word } from "./words.js";

const { keptForms } = self;
const list = document.querySelector("[data-waiting-list]");
const none = document.querySelector("[data-waiting-none]");

let asked; // what may be thrown away, if it is said once more: the list is drawn anew whenever a try to send ends

function button(text, deed) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet", textContent: text });
  made.addEventListener("click", () => deed(made));
  return made;
}

const link = (text, href) => Object.assign(document.createElement("a"), { className: "button button--quiet", href, textContent: text });

function lineOf(row) {
  const line = document.createElement("li");
  const words = document.createElement("span");
  const state = Object.assign(document.createElement("span"), { className: "meta", textContent: wordsOn(row) });
  words.append(Object.assign(document.createElement("strong"), { textContent: row.title || word("kept_untitled") }), document.createElement("br"), state);
  const actions = Object.assign(document.createElement("span"), { className: "row" });
  actions.append(...deedsOf(row));
  line.append(words, actions);
  return line;
}

function wordsOn(row) {
  const state = keptForms.stateOf(row);
  if (state !== "refused") return word(`kept_${state}`);
  return row.problem.step ?? word("kept_look");
}

function deedsOf(row) {
  if (row.next) return [link(word("kept_receipt"), `${row.next}#terkirim-${row.uuid}`)];
  const mend = link(word(row.problem?.step ? "kept_go_on" : "kept_mend"), `${row.back}#simpanan-${row.uuid}`);
  const login = link(word("kept_login"), `${list.dataset.login}?next=${encodeURIComponent(location.pathname)}`);
  const send = button(word("kept_send_now"), (pressed) => sendNow(row, pressed));
  const first = keptForms.stateOf(row) === "signin" ? login : row.problem ? mend : send;
  return [...(row.problem?.state === "gone" ? [] : [first]), button(word(asked === row.uuid ? "kept_drop_sure" : "kept_drop"), () => drop(row))];
}

function sendNow({ uuid }, pressed) {
  pressed.disabled = true;
  pressed.textContent = word("kept_sending");
  keptForms.sendOne(uuid);
}

// What is thrown away is nowhere else: asked once more.
function drop({ uuid }) {
  if (asked === uuid) return keptForms.remove(uuid);
  asked = uuid;
  return show();
}

async function show() {
  const rows = await keptForms.ownRows();
  const focused = [...list.querySelectorAll("a, button")].indexOf(document.activeElement);
  none.hidden = rows.length > 0;
  list.replaceChildren(...rows.map(lineOf));
  list.querySelectorAll("a, button")[focused]?.focus();
}

keptForms.onChange(show);
show().then(bring);
