// What waits on this phone, named and brought to the server while this page is open.
import * as drafts from "./draft-store.js";
import { forgetSettled, isSettled, news, send } from "./send-drafts.js";

const box = document.querySelector("[data-local-drafts]");
const { user, write, key, untitled } = box.dataset;

async function show() {
  const own = (await drafts.all()).filter((draft) => drafts.isOf(user, draft) && !isSettled(draft));
  box.hidden = !own.length;
  box.querySelector("ul").replaceChildren(
    ...own.map((draft) => {
      const title = draft.pairs.find(([name]) => name === "title")?.[1].trim() || untitled;
      const line = document.createElement("li");
      line.append(Object.assign(document.createElement("a"), { href: `${write}${draft.uuid}/`, textContent: title }));
      return line;
    }),
  );
}

let timer;
let hasArrived = false;
news.addEventListener("draft", ({ detail }) => {
  hasArrived ||= detail.state === "sent" || detail.state === "saved";
  clearTimeout(timer);
  timer = setTimeout(() => (hasArrived ? location.reload() : show()), 300);
});
const bring = () => send({ key, write });
addEventListener("online", bring);
show().then(bring, () => {}).then(forgetSettled);
