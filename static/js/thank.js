// Says thanks without leaving the page. The phone makes up a number for itself, by which a second tap counts no more.
import { newUuid } from "./new-uuid.js";

const DEVICE = "perangkat";
const THANKED = "terima-kasih";
const MOST = 500;
const form = document.querySelector("form[data-thank]");
const button = form.querySelector("button");

function kept(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise; // a phone that keeps nothing
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {}
}

const thanked = () => kept(THANKED, []);

function device() {
  const known = kept(DEVICE, "") || newUuid();
  keep(DEVICE, known);
  return known;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.getAttribute("aria-pressed") === "true") return;
  const body = new URLSearchParams({ device: device() });
  const headers = { Accept: "application/json" };
  const answer = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
  if (!answer?.ok) return form.submit(); // the page says what is wrong
  const { number } = await answer.json();
  form.querySelector("[data-number]").textContent = number.toLocaleString(document.documentElement.lang);
  button.setAttribute("aria-pressed", "true");
  keep(THANKED, [form.dataset.thank, ...thanked()].slice(0, MOST));
});

if (thanked().includes(form.dataset.thank)) button.setAttribute("aria-pressed", "true");
