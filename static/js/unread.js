// Tells how many notices nobody has read yet, in the header and in the title of the tab, without the page being loaded
// anew. The portal answers with nothing while the number is the same.
const EVERY = 25_000;
const places = document.querySelectorAll("[data-unread]");
const { unread: url, number: first = "" } = places[0]?.dataset ?? {};
const title = document.title;
let seen = "";

if (url) {
  show(first, "");
  setInterval(ask, EVERY);
}

async function ask() {
  const headers = { Accept: "application/json", ...(seen && { "If-None-Match": seen }) };
  const answer = await fetch(url, { headers, redirect: "manual", cache: "no-store" }).catch(() => null);
  if (answer?.status !== 200) return; // the same as before; no line; or signed out meanwhile
  seen = answer.headers.get("ETag");
  const { number, sentence } = await answer.json();
  show(number, sentence);
}

function show(number, sentence) {
  document.title = number ? `(${number}) ${title}` : title;
  if (sentence) for (const place of places) tell(place, number, sentence);
}

function tell(place, number, sentence) {
  place.hidden = !number;
  const line = place.querySelector("[data-unread-sentence]");
  if (line) line.replaceChildren(sentence);
  else place.replaceChildren(badge(number, sentence));
}

// As the desk shows it: the number, and for who hears the page the whole sentence.
function badge(number, sentence) {
  const shown = document.createElement("span");
  shown.className = "unread-number";
  shown.title = sentence;
  shown.textContent = number;
  return shown;
}
