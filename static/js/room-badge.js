// Shows in the header how much waits in one's room. A page that knows the person asks for it after it is shown; this
// phone remembers the answer for the pages that are the same for everyone, until its person signs out.
const NAME = "menunggu";
const room = document.querySelector(".site-nav a[href$='/ruang/']");
const asks = document.querySelector("script[data-waits]")?.dataset.waits;

function known() {
  try {
    return JSON.parse(localStorage.getItem(NAME));
  } catch {
    return null; // a phone that keeps nothing
  }
}

function remember({ number, sentence }) {
  try {
    if (number) localStorage.setItem(NAME, JSON.stringify({ number, sentence }));
    else localStorage.removeItem(NAME);
  } catch {}
}

const made = (className, text) => Object.assign(document.createElement("span"), { className, textContent: text });

function show(waiting) {
  room.querySelector(".room-badge")?.remove();
  if (!waiting?.number) return;
  const shown = made("", waiting.number > 99 ? "99+" : waiting.number);
  shown.setAttribute("aria-hidden", "true");
  const badge = made("room-badge", "");
  badge.title = waiting.sentence;
  badge.append(shown, made("visually-hidden", ` (${waiting.sentence})`));
  room.append(badge);
}

async function ask() {
  const headers = { Accept: "application/json" };
  const answer = await fetch(asks, { headers, redirect: "manual", cache: "no-store" }).catch(() => null);
  if (answer?.status !== 200) return; // no line, or signed out meanwhile
  const waiting = await answer.json();
  remember(waiting);
  show(waiting);
}

if (room) {
  show(known());
  if (asks) ask();
}
