// Drafts that wait on this phone go out from whatever page is open; a line on it says what became of them.
import * as drafts from "./draft-store.js";
import { needs, news, send } from "./send-drafts.js";

const { draftKey: key, draftWrite: write, draftList, draftWords, draftSentWords } =
  document.querySelector("script[data-draft-write]").dataset;
const line = document.createElement("p");
line.className = "container own-notices";
line.hidden = true;
line.setAttribute("role", "status");
let sent = 0;

async function show() {
  const waiting = (await drafts.all()).filter(needs).length;
  drafts.note(waiting);
  line.hidden = !waiting && !sent;
  line.textContent = "";
  const words = waiting ? `${draftWords} ${waiting}` : `${draftSentWords} ${sent}`;
  line.append(Object.assign(document.createElement("a"), { href: draftList, textContent: words }));
}

let pause = 5000;
let timer;

async function bring() {
  clearTimeout(timer);
  if (await send({ key, write })) return (pause = 5000);
  timer = setTimeout(bring, pause);
  pause = Math.min(pause * 2, 300_000);
}

news.addEventListener("draft", ({ detail }) => {
  if (detail.state === "sent") sent += 1;
  if (["sent", "saved", "refused", "offline"].includes(detail.state)) show();
});
document.querySelector("main").prepend(line);
addEventListener("online", bring);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && bring());
show().then(bring).then(show);
