// Brings the drafts of this phone to the server: the words, then each photo by itself, then the sending.
// Whatever breaks off is tried again; the same uuid and the same photo are on the server the same post and photo.
import * as drafts from "./draft-store.js";
import "./phone-line.js";

const { Busy, LIMIT, Offline, ask, isBusy, key, reasonOf } = self.phoneLine;

// Tells the pages of this tab what became of a draft: {uuid, state, ...answer}.
export const news = new EventTarget();
const tell = (uuid, detail) => news.dispatchEvent(new CustomEvent("draft", { detail: { uuid, ...detail } }));

function upload(address, blob, token, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token);
    request.responseType = "json";
    let still;
    const stirs = () => {
      clearTimeout(still);
      still = setTimeout(() => request.abort(), LIMIT);
    };
    request.upload.onprogress = (event) => {
      stirs();
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      clearTimeout(still);
      const { status, response } = request;
      if (isBusy(status)) reject(new Busy());
      else if (status === 404) resolve({ isGone: true });
      else if (status === 413) resolve({ trouble: "too_large" });
      else if (!response) reject(new Offline());
      else resolve(status === 200 ? { uuid: response.uuid, src: response.src } : { refusal: response.error });
    };
    request.onerror = request.onabort = () => {
      clearTimeout(still);
      reject(new Offline());
    };
    const form = new FormData();
    form.append("file", blob, "foto");
    request.send(form);
    stirs();
  });
}

function formOf(draft, deed, token) {
  const form = new FormData();
  for (const [name, text] of draft.pairs) form.append(name, text);
  for (const name of draft.removed ?? []) form.append("removed", name);
  for (const photo of draft.photos.filter((one) => one.uuid)) {
    form.append("photo", photo.uuid);
    form.append(`foto-${photo.uuid}-alt`, photo.alt ?? "");
    form.append(`foto-${photo.uuid}-caption`, photo.caption ?? "");
  }
  form.append("kim", draft.kim);
  form.append("version", draft.version ?? "");
  form.append("deed", deed);
  form.append("csrfmiddlewaretoken", token);
  return form;
}

async function post(draft, deed, paths, token) {
  const answer = await ask(`${paths.write}${draft.uuid}/`, { method: "POST", body: formOf(draft, deed, token) });
  if (answer.status === 403) throw new Offline();
  if (answer.status === 404) return { state: "other" };
  const told = await answer.json().catch(() => {
    throw new Offline();
  });
  if (told.state === "differs" && draft.unanswered?.some((sent) => isEcho(told.there, sent))) {
    // The answer to an earlier saving was lost on the way: what is there was written here.
    return post({ ...draft, version: told.version, unanswered: null }, deed, paths, token);
  }
  return told;
}

function isEcho(there, sent) {
  const own = {};
  for (const [name, text] of sent) own[name] = [...(own[name] ?? []), text.trim().replace(/\r\n/g, "\n")];
  const said = (texts) => JSON.stringify((texts ?? []).filter(Boolean));
  // The place comes back by its full name, whatever was typed.
  return Object.keys(there).every((name) => name === "place" || said(there[name]) === said(own[name]));
}

// Drafts whose writer wished them sent while a photo was on its way that then was refused.
const heldUp = new Set();

async function bring(uuid, paths, person) {
  let draft = await drafts.get(uuid);
  if (!draft) return;
  if (String(draft.user) !== String(person.user)) return tell(uuid, { state: "other" });
  const wanted = draft.wantsSend;
  tell(uuid, { state: "saving" });
  for (const step of [bringWords, bringPhotos, bringWords]) {
    // The last time with the words and the order of the photos that came just now.
    if (!(await step(uuid, paths, person.token))) return;
  }
  draft = await drafts.get(uuid);
  if (!draft) return;
  if (draft.photos.some(isStuck)) return tell(uuid, { state: "unfit", wanted: heldUp.delete(uuid) || wanted });
  if (!draft.wantsSend) return tell(uuid, { state: draft.isLocalOnly ? "local" : "saved" });
  // Never without a photo that was chosen meanwhile.
  return draft.photos.every((photo) => photo.uuid) ? hand(draft, paths, person.token) : bring(uuid, paths, person);
}

// A photo that its writer has to decide about.
export const isStuck = ({ refusal, trouble }) => Boolean(refusal || trouble);

// Whether the server has the words, or would not keep them but when they are sent.
async function bringWords(uuid, paths, token) {
  const draft = await drafts.get(uuid);
  if (!draft?.isDirty) return true;
  const told = await save(draft, paths, token);
  if (told.state === "saved" || told.state === "local") return true;
  if (told.state === "sent") await drafts.remove(uuid, told.next);
  tell(uuid, told);
  return false;
}

// A draft that was thrown away meanwhile stays away.
const change = (uuid, deed) => drafts.change(uuid, (row) => void (row && deed(row)));

async function save(draft, paths, token) {
  await change(draft.uuid, (row) => (row.unanswered = [...(row.unanswered ?? []), draft.pairs].slice(-5)));
  const told = await post(draft, "save", paths, token);
  await change(draft.uuid, (row) => {
    settle(row, told);
    if (told.state !== "saved") return;
    row.unanswered = [];
    // What was typed while the answer was on its way is still to be saved.
    row.isDirty = !isSame(row, draft);
    row.removed = row.removed?.filter((name) => !draft.removed?.includes(name));
  });
  return told;
}

async function hand(draft, paths, token) {
  tell(draft.uuid, { state: "sending" });
  let told = await post(draft, "send", paths, token);
  const row = await change(draft.uuid, (found) => {
    // What was typed while it was being sent did not go along.
    if (told.state === "sent" && !isSame(found, draft)) told = { ...told, state: "late" };
    // It was mended and sent again meanwhile: what was refused stands there no more.
    if (told.state === "refused" && found.wantsSend && !isSame(found, draft)) told = { ...told, state: "sending" };
    settle(found, told);
  });
  if (told.state === "sent" && row) await drafts.remove(draft.uuid, told.next);
  return tell(draft.uuid, told);
}

const contentOf = ({ pairs, photos }) => [pairs, photos.map(({ uuid, alt, caption }) => [uuid, alt, caption])];
const isSame = (one, other) => JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other));

const PROBLEMS = ["differs", "refused", "gone", "late", "other", "photos"];

function settle(row, told) {
  if (told.version && told.state !== "differs") row.version = told.version;
  row.isLocalOnly = told.state === "local";
  if (told.state === "refused") told.wanted = row.wantsSend;
  row.problem = PROBLEMS.includes(told.state) ? told : null;
  if (row.problem) row.wantsSend = false;
  if (told.state === "photos") compare(row, told.photos);
}

// The photos that the server has are others than those of this phone: they were changed elsewhere.
function compare(row, there) {
  const names = there.map(({ uuid }) => uuid);
  for (const photo of row.photos.filter(({ uuid }) => uuid && !names.includes(uuid))) {
    Object.assign(photo, { uuid: null, src: null, trouble: "gone_photo" });
  }
  const known = row.photos.map(({ uuid }) => uuid);
  row.photos.push(...there.filter(({ uuid }) => !known.includes(uuid)).map((photo) => ({ id: photo.uuid, ...photo })));
}

async function bringPhotos(uuid, paths, token) {
  const draft = await drafts.get(uuid);
  for (const photo of draft?.photos ?? []) {
    if (photo.uuid || isStuck(photo)) continue;
    const told = await bringPhoto(draft.uuid, photo, paths, token);
    if (told.isGone) return gone(uuid);
    await change(uuid, (row) => {
      const own = row.photos.find(({ id }) => id === photo.id);
      if (!own) return;
      Object.assign(own, told);
      // Its words and its place go to the server with the next saving.
      if (told.uuid) row.isDirty = true;
      else {
        if (row.wantsSend) heldUp.add(uuid);
        row.wantsSend = false;
      }
    });
    tell(uuid, { photo: photo.id, state: told.uuid ? "uploaded" : "unfit", told });
  }
  return true;
}

async function bringPhoto(uuid, { id }, { write }, token) {
  const blob = await drafts.photo(id);
  if (!blob) return { trouble: "lost" };
  const uploading = (part) => tell(uuid, { photo: id, state: "uploading", part });
  uploading(0);
  try {
    return await upload(`${write}${uuid}/foto/`, blob, token, uploading);
  } catch (error) {
    tell(uuid, { photo: id, state: "broken" });
    throw error;
  }
}

// Thrown away on another device.
async function gone(uuid) {
  const told = { state: "gone" };
  await change(uuid, (row) => settle(row, told));
  tell(uuid, told);
  return false;
}

async function all(paths) {
  const waiting = (await drafts.all()).filter(needs);
  if (!waiting.length) return;
  let person;
  try {
    person = await key(paths.key);
    for (const { uuid } of waiting) await bring(uuid, paths, person);
  } catch (error) {
    const state = reasonOf(error);
    if (state) for (const { uuid } of waiting) tell(uuid, { state });
    throw error;
  }
}

export const needs = (draft) =>
  !draft.problem &&
  (draft.wantsSend ||
    (draft.isDirty && !draft.isLocalOnly) ||
    draft.photos.some((photo) => !photo.uuid && !isStuck(photo)));

// Whoever wrote it: what the server has had for a week need not lie about on a phone that others may use.
const WEEK = 7 * 24 * 3600 * 1000;
export const isSettled = ({ isDirty, isLocalOnly, wantsSend, problem, photos }) =>
  !isDirty && !isLocalOnly && !wantsSend && (!problem || problem.state === "refused") && photos.every(({ uuid }) => uuid);

export async function forgetSettled({ after = WEEK } = {}) {
  const old = (await drafts.all()).filter((draft) => isSettled(draft) && Date.now() - draft.changedAt >= after);
  for (const { uuid } of old) await drafts.remove(uuid);
}

// One at a time, also between tabs where the browser can lock; a wish that comes meanwhile is granted after it. Whether
// the server could be asked.
let running = null;
let waiting = null;

export function send(paths) {
  if (!running) return (running = carryOut(paths).finally(() => (running = null)));
  waiting ??= running.catch(() => {}).then(() => new Promise((resolve) => setTimeout(resolve, 300))).then(() => {
    waiting = null;
    return send(paths);
  });
  return waiting;
}

async function carryOut(paths) {
  const deed = () => all(paths);
  try {
    await (navigator.locks ? navigator.locks.request("kim-kirim", deed) : deed());
    return true;
  } catch (error) {
    if (reasonOf(error)) return false;
    throw error;
  }
}
