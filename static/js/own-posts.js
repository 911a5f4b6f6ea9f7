// What waits on this phone, named and brought to the server while this page is open.
import * as drafts from "./draft-store.js";
import { forgetSettled, isSettled, isStuck, news, send } from "./send-drafts.js";

const box = document.querySelector("[data-local-drafts]");
const { user, write, key, untitled, look } = box.dataset;

async function show() {
  const own = (await drafts.all()).filter((draft) => drafts.isOf(user, draft) && !isSettled(draft));
  box.hidden = !own.length;
  const list = box.querySelector("ul");
  list.textContent = "";
  for (const draft of own) {
    const title = draft.pairs.find(([name]) => name === "title")?.[1].trim() || untitled;
    const line = document.createElement("li");
    line.append(Object.assign(document.createElement("a"), { href: `${write}${draft.uuid}/`, textContent: title }));
    // By itself it would wait here for ever.
    if (draft.problem || draft.photos.some(isStuck)) line.append(` (${look})`);
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
