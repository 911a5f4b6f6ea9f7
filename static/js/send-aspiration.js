// The form for an aspiration on a phone: photos made small, the own position on a click, and what is around the place.
import { leave, left } from "./left-behind.js";
import { reduce } from "./reduce-photo.js";

const PAUSE = 700;

const form = document.querySelector("form[data-send]");

// Photos

const input = form.elements.photos;
const list = form.querySelector("[data-chosen]");
// Settled when every chosen photo is small; null when none is being made so.
let making = null;
let made = ""; // the photos that were made small last
const named = (files) => [...files].map(({ name, size }) => `${name} ${size}`).join();

async function makeSmall() {
  list.textContent = "";
  const files = new DataTransfer();
  for (const file of [...input.files].slice(0, Number(form.dataset.mostPhotos))) {
    const blob = await reduce(file);
    files.items.add(blob === file ? file : new File([blob], file.name, { type: blob.type }));
    show(blob, file.name);
  }
  made = named(files.files);
  input.files = files.files;
}

// By its name where this browser cannot show it; the server may read it all the same.
function show(blob, name) {
  const line = document.createElement("li");
  const image = Object.assign(document.createElement("img"), { alt: "", width: 120 });
  image.src = URL.createObjectURL(blob);
  for (const type of ["load", "error"]) image.addEventListener(type, () => URL.revokeObjectURL(image.src), { once: true });
  image.addEventListener("error", () => (line.textContent = name), { once: true });
  line.append(image);
  list.append(line);
}

// Without DataTransfer the files go as they are: the server makes them small.
input.addEventListener("change", () => {
  if (input.files.length && named(input.files) === made) return; // old Chromium tells of what a script chose
  const own = makeSmall().catch(() => {}).finally(() => making === own && (making = null));
  making = own;
});

form.addEventListener("submit", async (event) => {
  if (!making) return;
  event.preventDefault();
  const { submitter } = event;
  while (making) await making;
  // A form that is still telling of its submission takes no other.
  setTimeout(() => form.requestSubmit(submitter));
});

// What is around the place

const aroundHere = form.querySelector("[data-around-here]");
let timer, last;
let chosen = left("through"); // what who goes back chose

async function look() {
  const query = new URLSearchParams({ place: placeNow(), q: form.elements.title.value.trim() });
  if (`${query}` === last) return;
  last = `${query}`;
  const way = chosen ?? form.elements.through?.value;
  try {
    const answer = await fetch(`${form.dataset.around}?${query}`);
    const html = await answer.text();
    if (!answer.ok || `${query}` !== last) return;
    aroundHere.innerHTML = html;
    const same = [...aroundHere.querySelectorAll("[name=through]")].find(({ value }) => value === way);
    if (same) same.checked = true;
  } catch {
    if (`${query}` !== last) return;
    // Without a line it goes as is chosen now.
    last = null;
    aroundHere.replaceChildren(form.querySelector("[data-around-unseen]").content.cloneNode(true));
  }
}

// What the server asks before it takes it in, or says of its place, is around here; a last step is told beside it.
form.addEventListener("refused", ({ detail }) => {
  if (detail.step) aroundHere.before(form.querySelector("[data-kept-state]"));
  last = null;
  look();
});

// A choice among several comes after what stays typed.
function placeNow() {
  const offered = form.querySelector("[name=place][type=radio]:checked");
  return offered?.value ?? form.querySelector("[name=place]:not([type=radio])").value.trim();
}

form.addEventListener("input", ({ target }) => {
  if (!["place", "title"].includes(target.name)) return;
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});
form.addEventListener("change", ({ target }) => ["place", "title"].includes(target.name) && look());
// A name that is chosen from the suggestions is no typing.
form.querySelector("[name=place]:not([type=radio])").addEventListener("blur", () => setTimeout(look, 0));

aroundHere.addEventListener("change", ({ target }) => {
  if (target.name === "through") leave("through", (chosen = target.value));
});
if (chosen ?? left("place")) look();

// The own position

const locate = form.querySelector("[data-locate-here]");
const near = form.querySelector("[data-near]");
const said = document.querySelector("[data-said]");

if (navigator.geolocation) {
  locate.hidden = false;
  const button = locate.querySelector("button");
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => match(coords.latitude.toFixed(5), coords.longitude.toFixed(5)),
      () => match("", ""),
      { timeout: 15000, maximumAge: 600000 },
    );
  });

  async function match(lat, lng) {
    try {
      const answer = await fetch(form.dataset.nearest, { method: "POST", body: new URLSearchParams({ lat, lng }) });
      const { places = [], error } = await answer.json();
      said.hidden = !error;
      said.textContent = error ?? "";
      offer(places);
    } catch {
      near.hidden = true;
    } finally {
      button.disabled = false;
    }
  }
}

function offer(places) {
  near.querySelectorAll("label").forEach((label) => label.remove());
  for (const { code, label } of places) {
    const line = Object.assign(document.createElement("label"), { className: "check" });
    line.append(Object.assign(document.createElement("input"), { type: "radio", name: "place", value: code }), ` ${label}`);
    line.addEventListener("change", () => leave("place", label));
    near.append(line);
  }
  near.hidden = !places.length;
  near.querySelector("input")?.focus();
}
