// The writing page: every change is kept on the phone at once, brought to the server when there is a line,
// and the page says honestly where it is. It is the same page when the network is gone (the shell).
// Until all of it works, the form is a plain one, which the browser sends.
import * as drafts from "./draft-store.js";
import { clearError, clearErrors, showErrors } from "./field-errors.js";
import { fill as fillForm, pairsOf } from "./form-pairs.js";
import { merged } from "./merge-drafts.js";
import { newUuid } from "./new-uuid.js";
import { offerIdeas } from "./photo-ideas.js";
import { PhotoList } from "./photo-list.js";
import { isStuck, needs, news, send } from "./send-drafts.js";
import "./toolbar.js";
import { byType } from "./write-by-type.js";
import { word } from "./words.js";

const form = document.getElementById("tulis");
const { dataset } = form;
const state = form.querySelector("[data-state]");
const paths = { key: dataset.key, write: dataset.write };
const NOT_WORDS = ["csrfmiddlewaretoken", "kim", "version", "deed", "writer", "photo", "photos", "photos-alt", "photos-caption"];
const PAUSE_HERE = 300;
const PAUSE_SERVER = 2500;

const uuid = dataset.uuid || location.pathname.match(/[0-9a-f-]{36}/)?.[0] || newUuid();
const shell = !dataset.uuid;
const isChange = dataset.status === "published";
const me = shell ? drafts.writer() : { user: dataset.user, kims: kims() };
const photos = new PhotoList(form, {
  draft: uuid,
  onChange: () => changed({ pause: 0 }),
  onRemove: (name) => removed.push(name),
  onRetry: () => keep(),
});
const showType = byType(form);
const timers = {};
let draft; // as this page last kept or saw it
let removed = [];
let isRefused = false; // and what is wrong stays on the screen until something is changed
let isPlain = false;

function kims() {
  const known = drafts.writer();
  const others = known?.user === dataset.user ? known.kims.filter((kim) => kim.slug !== dataset.kim) : [];
  return [{ slug: dataset.kim, name: dataset.kimName, seat: dataset.seat }, ...others];
}

// Words of the form

const isWord = (name) => name && !NOT_WORDS.includes(name) && !name.startsWith("foto-");

const pairs = () => pairsOf(form, isWord);
const fill = (wanted) => {
  fillForm(form, wanted, isWord);
  showType();
};

// Keeping

function changed({ pause = PAUSE_HERE } = {}) {
  isRefused = false;
  clearTimeout(timers.here);
  clearTimeout(timers.server);
  timers.here = setTimeout(keep, pause);
  show("saving", word("keeping"));
}

let keeping = Promise.resolve();
function keep(wish) {
  clearTimeout(timers.here); // or what was typed before a wish to send would call it back on a slow phone
  return (keeping = keeping.then(() => keepNow(wish), () => keepNow(wish)));
}

async function keepNow({ wantsSend = false, pause = wantsSend ? 0 : PAUSE_SERVER } = {}) {
  clearTimeout(timers.here);
  timers.here = null;
  const said = { pairs: pairs(), photos: photos.rows() };
  const facts = { user: me?.user ?? "", kim: form.elements.kim.value, changedAt: Date.now(), wantsSend };
  Object.assign(facts, { edit: newUuid(), isDirty: true, problem: null });
  if (!shell) facts.isChange = isChange;
  const gone = removed;
  removed = [];
  const base = draft;
  let isCalledBack = false;
  let isShared = false;
  draft = await drafts.change(uuid, (old) => {
    if (!old) return { uuid, ...facts, ...said, version: form.elements.version.value, removed: gone };
    isCalledBack = old.wantsSend && !wantsSend;
    isShared = old.edit !== base.edit;
    Object.assign(old, facts, merged(base, said, old), { removed: [...new Set([...(old.removed ?? []), ...gone])] });
  });
  if (isShared) await takeOver(draft);
  if (!timers.here && !isRefused) here(isCalledBack ? word("called_back") : "");
  timers.server = setTimeout(bring, pause);
}

let again = 5000;
async function bring() {
  clearTimeout(timers.retry);
  try {
    if (await send(paths)) return (again = 5000);
  } catch (error) {
    console.error(error);
    if (draft.wantsSend) return sendPlainly("send");
    here(word("busy"));
  }
  timers.retry = setTimeout(bring, again);
  again = Math.min(again * 2, 60_000);
}

// Another tab of this phone may write on the same draft: here stands what was written last.
async function follow() {
  const row = await drafts.get(uuid);
  if (!row || timers.here) return;
  if (row.edit !== draft.edit) {
    draft = row;
    await takeOver(row);
    if (row.isDirty) here();
  }
  if (state.dataset.is === "here" && !row.isDirty && !needs(row)) saved();
}

async function takeOver(row) {
  fill(row.pairs);
  form.elements.version.value = row.version ?? "";
  await photos.follow(row);
}

// Saying where it is

// 14.05, or 14:05 in English.
function clock() {
  const said = new Date().toTimeString().slice(0, 5);
  return document.documentElement.lang === "en" ? said : said.replace(":", ".");
}

function show(is, ...parts) {
  state.hidden = false;
  state.dataset.is = is;
  state.textContent = "";
  state.append(...parts);
}

function here(...more) {
  const isKept = drafts.isKept(uuid);
  show(isKept ? "here" : "problem", word(isKept ? "here" : "unstored"), ...more.flatMap((part) => [" ", part]));
}

function link(text, address) {
  return Object.assign(document.createElement("a"), { href: address, textContent: text });
}

function button(text, deed) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet", textContent: text });
  made.addEventListener("click", deed);
  return made;
}

news.addEventListener("draft", async ({ detail }) => {
  if (detail.uuid !== uuid) return;
  if (detail.photo) return photos.tell(detail);
  if (detail.state !== "differs" && detail.version) form.elements.version.value = detail.version;
  const row = await drafts.get(uuid);
  const said = {
    saving: () => isRefused || show("saving", word("saving")),
    sending: () => show("saving", word("sending")),
    saved: () => isRefused || saved(),
    local: () => isRefused || here(),
    offline: () => here(word(row?.wantsSend && !isRefused ? "queued" : "later")),
    busy: () => here(word("busy")),
    signin: () => here(word("signin"), signIn()),
    other: () => show("problem", word("other")),
    gone: () => show("problem", word("gone"), " ", button(word("save_again"), saveAgain)),
    late: () => show("problem", word("late"), " ", link(word("see_sent"), detail.next), " ", button(word("drop_here"), () => leave(detail.next))),
    photos: () => photosDiffer(row),
    unfit: () => unfit(detail.wanted),
    sent: () => sent(detail.next),
    differs: () => differs(detail),
    refused: () => refuse(detail),
  };
  said[detail.state]?.();
});

// With the draft in the memory of this page alone, signing in must not end the page.
function signIn() {
  const next = encodeURIComponent(`${dataset.write}${uuid}/`);
  const made = link(word("signin_link"), `${dataset.login}?next=${next}`);
  if (!drafts.isKept(uuid)) made.target = "_blank";
  return made;
}

async function saveAgain() {
  await drafts.change(uuid, (row) => {
    Object.assign(row, { version: "", problem: null, isDirty: true });
    for (const photo of row.photos) Object.assign(photo, { uuid: null, src: null });
  });
  bring();
}

async function leave(address) {
  await drafts.remove(uuid);
  location.assign(address);
}

const saved = () => show("server", word("server"), ` · ${clock()}`);

function sent(next) {
  show("server", word("sent"));
  location.assign(next);
}

async function photosDiffer(row) {
  isRefused = true;
  draft = row;
  await photos.follow(row);
  show("problem", word("photos_differ"));
  photos.areFine();
}

// Told in the middle of writing, it leaves the finger where it is, and asks for no words that may still be typed.
function unfit(wanted) {
  if (wanted) photos.areFine();
  if (wanted) show("problem", word("refused"));
  else if (!isRefused) show("problem", word("photo_refused"), " ", link(word("see_photos"), "#foto"));
  isRefused = true;
}

function differs(told) {
  const rows = told.differences.flatMap(({ label, there, here }) => {
    const made = document.createElement("p");
    made.append(Object.assign(document.createElement("strong"), { textContent: label }), document.createElement("br"));
    made.append(`${word("there")}: ${there}`, document.createElement("br"), `${word("in_here")}: ${here}`);
    return made;
  });
  const useHere = button(word("use_here"), async () => {
    await drafts.change(uuid, (row) => void Object.assign(row, { version: told.version, problem: null, isDirty: true }));
    bring();
  });
  const useThere = button(word("use_there"), async () => {
    await drafts.change(uuid, (row) => void Object.assign(row, { version: told.version, problem: null, isDirty: false }));
    fill(Object.entries(told.there).flatMap(([name, texts]) => texts.map((text) => [name, text])));
    form.elements.version.value = told.version;
    show("server", word("server"));
  });
  show("problem", word("differs"), ...rows, useHere, " ", useThere);
}

function refuse({ errors, offered, wanted, is_kept: isKept }) {
  isRefused = true;
  const wasSending = wanted || isChange;
  show("problem", word(wasSending ? "refused" : isKept ? "kept_but" : "unkept"));
  // What a photo lacks stands beside it already.
  const isTold = ([name, sentences]) => name.startsWith("foto-") && sentences.join(" ") === word("alt_needed");
  showErrors(form, Object.fromEntries(Object.entries(errors).filter((error) => !isTold(error))), state, offered);
  if (wasSending) photos.areFine();
}

// Sending

async function submit(event) {
  if (isPlain) return;
  event.preventDefault();
  const deed = event.submitter?.value === "send" ? "send" : "save";
  try {
    await carryOut(deed);
  } catch (error) {
    console.error(error);
    await sendPlainly(deed);
  }
}

async function carryOut(deed) {
  clearErrors(form);
  isRefused = false;
  show("saving", word("reducing"));
  await photos.ready;
  const isSending = deed === "send";
  const isReady = !isSending || photos.areFine();
  // What else is missing the server tells with what the photos lack; without a line, and with a photo that it does not
  // have, there is nothing to ask yet. Whatever is refused is stored.
  const asks = isSending && (isReady || (navigator.onLine && !photos.areStuck()));
  await keep({ wantsSend: asks, pause: 0 });
  if (isReady) return;
  isRefused = true;
  show("problem", word("refused"));
}

// As if there were no script; without its photos it is not sent, but saved, and leads to where they are chosen.
async function sendPlainly(deed) {
  if (shell) return here(word("later"));
  isPlain = true;
  const chosen = await photos.giveBack();
  form.append(hidden("deed", chosen ? deed : "photos"));
  for (const { alt, caption } of chosen ?? []) form.append(hidden("photos-alt", alt), hidden("photos-caption", caption));
  form.submit();
}

const hidden = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });

// Beginning

async function begin() {
  const stored = await drafts.get(uuid);
  const own = stored && drafts.isOf(me?.user, stored) ? stored : null;
  if (stored && !own) return location.replace(dataset.write);
  if (!shell) drafts.remember(me);
  else await beginShell(own);
  if (own && (own.isDirty || shell)) {
    draft = own;
    fill(own.pairs);
    form.elements.version.value = own.version ?? "";
    if (own.kim) form.elements.kim.value = own.kim;
    here();
  }
  if (own) await photos.restore(own, { isAll: shell || (isChange && own.isChange && own.isDirty) });
  if (!own?.isDirty && dataset.isStored && !("isUnsaved" in dataset) && !shell) await copy();
  draft = draft ?? { edit: own?.edit, pairs: pairs(), photos: photos.rows() };
  if (own?.photos.some(isStuck)) unfit(false);
  if (own?.problem) news.dispatchEvent(new CustomEvent("draft", { detail: { uuid, ...own.problem } }));
  if (location.pathname === dataset.write) history.replaceState(null, "", `${dataset.write}${uuid}/`);
  listen();
  photos.start();
  offerIdeas(form, photos.list, (line) => photos.altOf(line));
  form.hidden = false;
  form.dataset.isReady = "";
  if (own && me && !own.user) await keep({ wantsSend: own.wantsSend });
  bring();
}

function listen() {
  form.addEventListener("input", ({ target }) => {
    if (target.type === "file") return;
    clearError(target);
    changed();
  });
  // A suggestion taken fills its field without a word; nothing else is new when a field is left.
  form.addEventListener("focusout", () => JSON.stringify(pairs()) !== JSON.stringify(draft.pairs) && changed());
  form.addEventListener("submit", submit);
  addEventListener("online", bring);
  addEventListener("offline", () => draft.uuid && here(word(draft.wantsSend ? "queued" : "later")));
  addEventListener("pagehide", () => timers.here && keep());
  addEventListener("pageshow", ({ persisted }) => persisted && drafts.isKept(uuid) && location.reload());
  addEventListener("beforeunload", warn);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && follow().then(bring));
  // Whichever tab of this phone brought it to the server, no other one waits for that.
  drafts.onChangeElsewhere((told) => told.uuid === uuid && (told.next ? sent(told.next) : follow()));
}

// The server keeps no change of a published post before it is sent.
function warn(event) {
  if (isPlain || drafts.isKept(uuid) || !(needs(draft) || (draft.isDirty && draft.isLocalOnly))) return;
  event.preventDefault();
  event.returnValue = ""; // for browsers of before 2024
}

// What the server has is on the phone too, to go on with when the network goes.
async function copy() {
  const row = { uuid, user: me.user, kim: dataset.kim, pairs: pairs(), photos: photos.rows(), changedAt: Date.now() };
  Object.assign(row, { version: form.elements.version.value, edit: newUuid(), isDirty: false, problem: null });
  Object.assign(row, { isChange, removed: [] });
  draft = await drafts.change(uuid, (old) => (old?.isDirty ? undefined : old ? void Object.assign(old, row) : row));
}

async function beginShell(own) {
  listDrafts().catch(() => {});
  document.querySelector("[data-shell-note]").textContent = word((await drafts.keeps()) ? "shell_keeps" : "unstored");
  const kim = me?.kims?.find((one) => one.slug === own?.kim) ?? me?.kims?.[0];
  form.elements.kim.value = kim?.slug ?? "";
  const name = document.querySelector("[data-kim-here]");
  if (name) name.textContent = kim?.name ?? "";
  if (own) return;
  if (kim) form.elements.place.value = kim.seat;
  form.elements.happened_on.value = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

async function listDrafts() {
  const box = document.querySelector("[data-local-list]");
  const own = (await drafts.all()).filter((one) => drafts.isOf(me?.user, one) && one.uuid !== uuid);
  box.hidden = !own.length;
  const list = box.querySelector("ul");
  list.textContent = "";
  for (const one of own) {
    const line = document.createElement("li");
    const title = one.pairs.find(([name]) => name === "title")?.[1].trim() || word("untitled");
    line.append(link(title, `${dataset.write}${one.uuid}/`));
    list.append(line);
  }
}

begin();
