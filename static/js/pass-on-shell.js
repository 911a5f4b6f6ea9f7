// The page opened without a line is the same for everyone: which bulletin it is about, this phone knows.
import { opened } from "./opened-bulletins.js";

const form = document.querySelector("form[data-kept-form]");
const path = location.pathname;
const bulletin = opened().find((one) => one.path === path);

if (bulletin) {
  form.setAttribute("action", path);
  form.dataset.title = bulletin.title;
  document.querySelector("[data-kim-here]").textContent = bulletin.kim;
  const title = document.querySelector("[data-title-here]");
  title.textContent = bulletin.title;
  const here = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000);
  form.elements.happened_on.value = here.toISOString().slice(0, 10);
  form.hidden = false;
}
document.querySelector("[data-known]").hidden = !bulletin;
document.querySelector("[data-unknown]").hidden = Boolean(bulletin);
