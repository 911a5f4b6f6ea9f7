// The writing page: every change is kept on the phone at once, brought to the server when there is a line,
// and the page says honestly where it is. It is the same page when the network is gone (the shell).
import * as drafts from "./draft-store.js";
import { PhotoList } from "./photo-list.js";
import { news, send } from "./send-drafts.js";
import "./toolbar.js";
import { word } from "./words.js";

const form = document.getElementById("tulis");
const { dataset } = form;
const state = form.querySelector("[data-state]");
const paths = { key: dataset.key, write: dataset.write };
const NOT_WORDS = new Set(["csrfmiddlewaretoken", "kim", "version", "deed", "photo", "photos"]);
const PAUSE_HERE = 300;
const PAUSE_SERVER = 2500;

const uuid = dataset.uuid || location.pathname.match(/[0-9a-f-]{36}/)?.[0] || newUuid();
const shell = !dataset.uuid;
const me = shell ? drafts.writer() : { user: dataset.user, kims: kims() };
let draft;
let removed = [];
const timers = {};
let isStorable = true;
const photos = new PhotoList(form, { onChange: () => changed({ pause: 0 }), onRemove: (name) => removed.push(name) });

function newUuid() {
  return crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));
}

function kims() {
  const known = drafts.writer();
  const others = known?.user === dataset.user ? known.kims.filter((kim) => kim.slug !== dataset.kim) : [];
  return [{ slug: dataset.kim, name: dataset.kimName, seat: dataset.seat }, ...others];
}

// Words of the form

function pairs() {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_WORDS.has(name) && !name.startsWith("foto-"));
}

function fill(wanted) {
  const said = {};
  for (const [name, text] of wanted) (said[name] ??= []).push(text);
  for (const field of form.elements) {
    if (!field.name || NOT_WORDS.has(field.name) || field.name.startsWith("foto-") || field.type === "file") continue;
    if (field.type === "checkbox") field.checked = said[field.name]?.includes(field.value) ?? false;
    else if (field.tagName !== "BUTTON") field.value = said[field.name]?.[0] ?? "";
  }
}

// Keeping

function changed({ pause = PAUSE_HERE } = {}) {
  clearTimeout(timers.here);
  clearTimeout(timers.server);
  timers.here = setTimeout(keep, pause);
  show("saving", word("keeping"));
}

async function keep({ wantsSend = false } = {}) {
  clearTimeout(timers.here);
  timers.here = null;
  const row = { user: me?.user ?? "", kim: form.elements.kim.value, pairs: pairs(), photos: photos.rows(), changedAt: Date.now() };
  Object.assign(row, { isDirty: true, problem: null, wantsSend });
  const gone = removed;
  try {
    draft = await drafts.change(uuid, (old) => {
      if (!old) return { uuid, ...row, version: form.elements.version.value, removed: gone };
      // What was uploaded meanwhile is known to the store before the page hears of it.
      for (const photo of row.photos) {
        const { uuid: name, src } = old.photos.find((one) => one.id === photo.id) ?? {};
        if (name && !photo.uuid) Object.assign(photo, { uuid: name, src });
      }
      Object.assign(old, row, { removed: [...new Set([...(old.removed ?? []), ...gone])] });
    });
  } catch {
    isStorable = false;
    return show("problem", word("unstored"));
  }
  removed = [];
  if (!timers.here) show("here", word("here"));
  timers.server = setTimeout(bring, wantsSend ? 0 : PAUSE_SERVER);
}

let again = 5000;
async function bring() {
  clearTimeout(timers.retry);
  if (await send(paths)) again = 5000;
  else {
    timers.retry = setTimeout(bring, again);
    again = Math.min(again * 2, 60_000);
  }
}

// Saying where it is

function show(is, ...parts) {
  state.hidden = false;
  state.dataset.is = is;
  state.replaceChildren(...parts);
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
  const wants = (await drafts.get(uuid).catch(() => null))?.wantsSend;
  const said = {
    saving: () => show("saving", word("saving")),
    sending: () => show("saving", word("sending")),
    saved: () => show("server", word("server"), ` · ${new Date().toTimeString().slice(0, 5)}`),
    local: () => show("here", word("here")),
    offline: () => show("here", word(wants ? "queued" : "offline")),
    signin: () => show("here", word("signin"), " ", link(word("signin_link"), `${dataset.login}?next=${encodeURIComponent(`${dataset.write}${uuid}/`)}`)),
    other: () => show("problem", word("other")),
    gone: () => show("problem", word("other")),
    sent: () => (show("server", word("sent")), location.assign(detail.next)),
    differs: () => differs(detail),
    refused: () => refuse(detail.errors),
  };
  clearErrors();
  said[detail.state]?.();
});

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

// Sentences beside their fields

function clearErrors() {
  for (const line of form.querySelectorAll("[data-said]")) line.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

function refuse(errors) {
  show("problem", word("refused"));
  let first;
  for (const [name, sentences] of Object.entries(errors)) {
    const field = name && (form.elements[name]?.length && !form.elements[name].options ? form.elements[name][0] : form.elements[name]);
    const line = Object.assign(document.createElement("p"), { className: "error", textContent: sentences.join(" ") });
    line.dataset.said = "";
    line.id = `salah-${name || "semua"}`;
    if (!field) {
      state.after(line);
      continue;
    }
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", line.id);
    (field.closest("fieldset > div") ?? field).before(line);
    if (!first || field.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING) first = field;
  }
  first?.focus();
}

// Beginning

async function begin() {
  const stored = await drafts.get(uuid).catch(() => null);
  const own = stored && drafts.isOf(me?.user, stored) ? stored : null;
  if (stored && !own) return location.replace(dataset.write);
  if (!shell) drafts.remember(me);
  else beginShell(own);
  if (own && (own.isDirty || shell)) {
    draft = own;
    fill(own.pairs);
    form.elements.version.value = own.version ?? "";
    if (own.kim) form.elements.kim.value = own.kim;
    show("here", word("here"));
  }
  if (own) photos.restore(own, { isAll: shell });
  if (!own?.isDirty && dataset.isStored && !shell) await copy(own).catch(() => {});
  if (own?.problem?.state === "differs") differs(own.problem);
  else if (own?.problem?.state === "refused") refuse(own.problem.errors);
  if (location.pathname === dataset.write) history.replaceState(null, "", `${dataset.write}${uuid}/`);
  form.addEventListener("input", (event) => event.target.type !== "file" && changed());
  // A suggestion taken fills its field without a word; nothing else is new when a field is left.
  form.addEventListener("focusout", () => draft && JSON.stringify(pairs()) !== JSON.stringify(draft.pairs) && changed());
  form.addEventListener("submit", submit);
  addEventListener("online", bring);
  addEventListener("offline", () => draft && show("here", word("offline")));
  addEventListener("pagehide", () => timers.here && keep());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && bring());
  form.dataset.isReady = "";
  if (own && me && !own.user) await keep({ wantsSend: own.wantsSend });
  bring();
}

// What the server has is on the phone too, to go on with when the network goes.
function copy(own) {
  const row = { uuid, user: me.user, kim: dataset.kim, pairs: pairs(), photos: photos.rows(), changedAt: Date.now() };
  return drafts.put({ ...own, ...row, version: form.elements.version.value, isDirty: false, problem: null });
}

async function listDrafts() {
  const box = document.querySelector("[data-local-list]");
  const own = (await drafts.all()).filter((one) => drafts.isOf(me?.user, one) && one.uuid !== uuid);
  box.hidden = !own.length;
  box.querySelector("ul").replaceChildren(
    ...own.map((one) => {
      const line = document.createElement("li");
      const title = one.pairs.find(([name]) => name === "title")?.[1].trim() || word("untitled");
      line.append(link(title, `${dataset.write}${one.uuid}/`));
      return line;
    }),
  );
}

function beginShell(own) {
  listDrafts().catch(() => {});
  const kim = me?.kims?.find((one) => one.slug === own?.kim) ?? me?.kims?.[0];
  form.elements.kim.value = kim?.slug ?? "";
  const name = document.querySelector("[data-kim-here]");
  if (name) name.textContent = kim?.name ?? "";
  if (own) return;
  if (kim) form.elements.place.value = kim.seat;
  form.elements.happened_on.value = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

async function submit(event) {
  const deed = event.submitter?.value || "save";
  if (!isStorable) return; // sent as any form, by the browser
  event.preventDefault();
  clearErrors();
  show("saving", word("reducing"));
  await photos.ready;
  if (deed === "send" && !photos.haveWords()) return show("problem", word("refused"));
  await keep({ wantsSend: deed === "send" });
}

begin();
