// Shows the posts on the phone's list.
import { remove, saved } from "./saved.js";

const list = document.querySelector("[data-saved-list]");
const none = document.querySelector("[data-saved-none]");

function line({ url, title, place }) {
  const item = document.createElement("li");
  const words = document.createElement("span");
  const link = Object.assign(document.createElement("a"), { href: url, textContent: title, lang: "id" });
  const where = Object.assign(document.createElement("small"), { className: "soft", textContent: ` ${place}` });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet" });
  button.textContent = list.dataset.remove;
  button.addEventListener("click", () => {
    remove(url);
    show();
  });
  words.append(link, where);
  item.append(words, button);
  return item;
}

function show() {
  // Only addresses of this portal are links here, whatever was kept.
  const posts = saved().filter((post) => /^\/(?!\/)/.test(post.url));
  list.replaceChildren(...posts.map(line));
  list.hidden = !posts.length;
  none.hidden = posts.length > 0;
}

show();
