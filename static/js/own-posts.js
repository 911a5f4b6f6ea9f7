// What waits on this phone, named and brought to the server while this page is open.
import * as drafts from "./draft-store.js";
import { forgetSettled, isSettled, isStuck, news, send } from "./send-drafts.js";

const box = document.querySelector("[data-local-drafts]");
const { user, write, key, untitled, look, more, moreLook } = box.dataset;

// The post on this page of which the server has a part already, such as the words without the last photo.
const listed = ({ uuid }) => document.querySelector(`.own [data-uuid="${uuid}"]`);
// By itself it would wait here for ever.
const needsLook = (draft) => draft.problem || draft.photos.some(isStuck);
const linkTo = ({ uuid }, text) =>
  Object.assign(document.createElement("a"), { href: `${write}${uuid}/`, textContent: text });

async function show() {
  const own = (await drafts.all()).filter((draft) => drafts.isOf(user, draft) && !isSettled(draft));
  for (const note of document.querySelectorAll("[data-on-phone]")) note.remove();
  for (const draft of own.filter(listed)) {
    const note = Object.assign(document.createElement("p"), { className: "why" });
    note.dataset.onPhone = "";
    note.append(linkTo(draft, needsLook(draft) ? moreLook : more));
    listed(draft).append(note);
  }
  const others = own.filter((draft) => !listed(draft));
  box.hidden = !others.length;
  const list = box.querySelector("ul");
  list.textContent = "";
  for (const draft of others) {
    const line = document.createElement("li");
    line.append(linkTo(draft, draft.pairs.find(([name]) => name === "title")?.[1].trim() || untitled));
    if (needsLook(draft)) line.append(` (${look})`);
    list.append(line);
  }
}

let timer;
let hasArrived = false;
news.addEventListener("draft", ({ detail }) => {
  hasArrived = hasArrived || detail.state === "sent" || detail.state === "saved";
  clearTimeout(timer);
  timer = setTimeout(() => (hasArrived ? location.reload() : show()), 300);
});
const bring = () => send({ key, write });
addEventListener("online", bring);
show().then(bring, () => {}).then(forgetSettled);
