// Puts the post on this page on the phone's list, and takes it off again.
import { isSaved, remove, save } from "./saved.js";

const button = document.querySelector("[data-save-post]");
const words = button.querySelector("span");
const offer = words.textContent;
const link = document.querySelector("[data-saved-link]");
const { savePost: url, title, place, done } = button.dataset;

function show() {
  const is = isSaved(url);
  button.setAttribute("aria-pressed", is);
  words.textContent = is ? done : offer;
  link.hidden = !is;
}

button.addEventListener("click", () => {
  if (isSaved(url)) remove(url);
  else save({ url, title, place });
  show();
});
button.hidden = false;
show();
