// What waits on this phone is brought to the server by whatever page is open; a line on it says how much there is.
import "./phone-line.js";
import "./phone-store.js";
import "./kept-forms.js";

const { keptForms } = self;
const { waiting, waitingWords, sentWords } = document.querySelector("script[data-waiting]").dataset;
const line = document.createElement("p");

async function show() {
  const rows = await keptForms.ownRows();
  const unsent = rows.filter(({ next }) => !next).length;
  line.hidden = !rows.length || location.pathname === waiting;
  line.className = "container own-notices";
  line.textContent = "";
  const words = unsent ? `${waitingWords} ${unsent}` : `${sentWords} ${rows.length}`;
  line.append(Object.assign(document.createElement("a"), { href: waiting, textContent: words }));
}

let pause = 5000;
let timer;

// Again and again while the network lies about being there, more and more rarely.
export async function bring() {
  clearTimeout(timer);
  const told = Object.values(await keptForms.send());
  if (!told.some(({ state }) => ["offline", "busy"].includes(state))) return (pause = 5000);
  timer = setTimeout(bring, pause);
  pause = Math.min(pause * 2, 300_000);
}

// A receipt that somebody sees need not be kept for them any more.
const seen = document.querySelector("[data-receipt-shown]") && location.hash.match(/^#terkirim-([0-9a-f-]{36})$/)?.[1];
if (seen) {
  keptForms.remove(seen);
  history.replaceState(null, "", location.pathname);
}

document.querySelector("main").prepend(line);
keptForms.onChange(() => show());
addEventListener("online", bring);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && bring());
keptForms.note();
show().then(bring);
