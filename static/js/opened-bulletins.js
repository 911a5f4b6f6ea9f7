// The bulletins that were opened on this phone, by who uses it: those whose passing on is told of without a line.
import "./phone-line.js";
import "./phone-store.js";
import "./kept-forms.js";

const NAME = "informasi-dibuka";
const MOST = 30;

// [{ pk: of the delivery, title, kim, path: where it is told }], the newest first.
export function opened() {
  try {
    const { user, rows } = JSON.parse(localStorage.getItem(NAME));
    return user && user === self.keptForms.person() ? rows : [];
  } catch {
    return [];
  }
}

export function forgetOpened() {
  try {
    localStorage.removeItem(NAME);
  } catch {}
}

function remember(lines) {
  const rows = lines.map(({ dataset: { delivery, title, kim, path } }) => ({ pk: delivery, title, kim, path }));
  const others = opened().filter(({ pk }) => !rows.some((row) => row.pk === pk));
  try {
    localStorage.setItem(NAME, JSON.stringify({ user: self.keptForms.person(), rows: [...rows, ...others].slice(0, MOST) }));
  } catch {} // then they are not known without a line
}

const lines = [...document.querySelectorAll("[data-delivery]")];
if (lines.length) {
  self.keptForms.rememberPerson(lines[0].dataset.user);
  remember(lines);
}

// Where there is no line, each leads to its page.
const list = document.querySelector("[data-opened]");
for (const { title, kim, path } of list ? opened() : []) {
  const line = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: path, textContent: title });
  line.append(link, Object.assign(document.createElement("span"), { className: "meta", textContent: kim }));
  list.querySelector("ul").append(line);
  list.hidden = false;
}
