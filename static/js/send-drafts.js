// Brings the drafts of this phone to the server: the words, then each photo by itself, then the sending.
// Whatever breaks off is tried again; the same uuid and the same photo are on the server the same post and photo.
import * as drafts from "./draft-store.js";

const LIMIT = 90_000;
let running;

export class SignInNeeded extends Error {}
class Offline extends Error {}

// Tells the pages of this tab what became of a draft: {uuid, state, ...answer}.
export const news = new EventTarget();
const tell = (uuid, detail) => news.dispatchEvent(new CustomEvent("draft", { detail: { uuid, ...detail } }));

async function ask(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, {
      redirect: "manual",
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout?.(LIMIT),
      ...options,
    });
  } catch {
    throw new Offline();
  }
  if (answer.type === "opaqueredirect") throw new SignInNeeded();
  if (answer.status >= 500 || answer.status === 429) throw new Offline();
  return answer;
}

// The key to sending is asked for each time: the session may have expired and begun again meanwhile.
async function key(paths) {
  const answer = await ask(paths.key);
  if (!answer.ok) throw new SignInNeeded();
  return answer.json();
}

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
      if (request.status >= 500 || request.status === 429 || !request.response) reject(new Offline());
      else resolve({ isTaken: request.status === 200, ...request.response });
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
  if (answer.status === 404) return { state: "gone" };
  const told = await answer.json();
  if (told.state === "differs" && draft.unanswered?.some((sent) => isEcho(told.there, sent))) {
    // The answer to an earlier saving was lost on the way: what is there was written here.
    return post({ ...draft, version: told.version, unanswered: null }, deed, paths, token);
  }
  return told;
}

function isEcho(there, sent) {
  const own = {};
  for (const [name, text] of sent) (own[name] ??= []).push(text.trim().replaceAll("\r\n", "\n"));
  const said = (texts) => JSON.stringify((texts ?? []).filter(Boolean));
  // The place comes back by its full name, whatever was typed.
  return Object.keys(there).every((name) => name === "place" || said(there[name]) === said(own[name]));
}

async function bring(uuid, paths, person) {
  let draft = await drafts.get(uuid);
  if (!draft) return;
  if (String(draft.user) !== String(person.user)) return tell(uuid, { state: "other" });
  tell(uuid, { state: "saving" });
  if (!(await bringWords(uuid, paths, person.token))) return;
  draft = await drafts.get(uuid);
  if (!draft) return;
  const isWhole = await bringPhotos(draft, paths, person.token);
  // Once more: with the words and the order of the photos that came just now.
  if (!(await bringWords(uuid, paths, person.token))) return;
  draft = await drafts.get(uuid);
  if (draft?.wantsSend && isWhole) return hand(draft, paths, person.token);
  return tell(uuid, { state: draft?.isLocalOnly ? "local" : "saved" });
}

// Whether the server has the words, or would not keep them but when they are sent.
async function bringWords(uuid, paths, token) {
  const draft = await drafts.get(uuid);
  if (!draft?.isDirty) return true;
  const told = await save(draft, paths, token);
  if (told.state === "saved" || told.state === "local") return true;
  if (told.state === "sent") await drafts.remove(uuid);
  tell(uuid, told);
  return false;
}

// A draft that was thrown away meanwhile stays away.
const change = (uuid, deed) => drafts.change(uuid, (row) => void (row && deed(row)));

async function save(draft, paths, token) {
  const sent = JSON.stringify(contentOf(draft));
  await change(draft.uuid, (row) => (row.unanswered = [...(row.unanswered ?? []), draft.pairs].slice(-5)));
  const told = await post(draft, "save", paths, token);
  await change(draft.uuid, (row) => {
    settle(row, told);
    if (told.state !== "saved") return;
    row.unanswered = [];
    // What was typed while the answer was on its way is still to be saved.
    row.isDirty = JSON.stringify(contentOf(row)) !== sent;
    row.removed = row.removed?.filter((name) => !draft.removed?.includes(name));
  });
  return told;
}

async function hand(draft, paths, token) {
  tell(draft.uuid, { state: "sending" });
  const told = await post(draft, "send", paths, token);
  if (told.state === "sent") await drafts.remove(draft.uuid);
  else await change(draft.uuid, (row) => settle(row, told));
  return tell(draft.uuid, told);
}

const contentOf = ({ pairs, photos }) => [pairs, photos.map(({ uuid, alt }) => [uuid, alt])];

function settle(row, told) {
  if (told.version && told.state !== "differs") row.version = told.version;
  row.isLocalOnly = told.state === "local";
  row.problem = ["differs", "refused", "gone"].includes(told.state) ? told : null;
  if (row.problem) row.wantsSend = false;
}

async function bringPhotos(draft, paths, token) {
  let isWhole = true;
  for (const photo of draft.photos) {
    if (photo.uuid || photo.refusal || !photo.blob) continue;
    const at = { photo: photo.id };
    tell(draft.uuid, { ...at, state: "uploading", part: 0 });
    try {
      const told = await upload(`${paths.write}${draft.uuid}/foto/`, photo.blob, token, (part) =>
        tell(draft.uuid, { ...at, state: "uploading", part }),
      );
      await change(draft.uuid, (row) => {
        const own = row.photos.find((one) => one.id === photo.id);
        if (!own) return;
        // Its words and its place go to the server with the next saving.
        if (told.isTaken) Object.assign(own, { uuid: told.uuid, src: told.src });
        else own.refusal = told.error ?? "";
        if (told.isTaken) row.isDirty = true;
        else row.wantsSend = false;
      });
      tell(draft.uuid, { ...at, state: told.isTaken ? "uploaded" : "unfit", name: told.uuid, src: told.src, error: told.error });
      isWhole &&= told.isTaken;
    } catch (error) {
      tell(draft.uuid, { ...at, state: "broken" });
      throw error;
    }
  }
  return isWhole;
}

async function all(paths) {
  const waiting = (await drafts.all()).filter(needs);
  if (!waiting.length) return;
  let person;
  try {
    person = await key(paths);
    for (const { uuid } of waiting) await bring(uuid, paths, person);
  } catch (error) {
    const state = error instanceof SignInNeeded ? "signin" : error instanceof Offline ? "offline" : null;
    if (!state) throw error;
    for (const { uuid } of waiting) tell(uuid, { state });
    throw error;
  }
}

export const needs = (draft) =>
  !draft.problem &&
  (draft.wantsSend ||
    (draft.isDirty && !draft.isLocalOnly) ||
    draft.photos.some((photo) => photo.blob && !photo.uuid && !photo.refusal));

// Whoever wrote it: what the server has had for a week need not lie about on a phone that others may use.
const WEEK = 7 * 24 * 3600 * 1000;
export const isSettled = ({ isDirty, isLocalOnly, wantsSend, problem, photos }) =>
  !isDirty && !isLocalOnly && !wantsSend && (!problem || problem.state === "refused") && photos.every(({ uuid }) => uuid);

export async function forgetSettled({ after = WEEK } = {}) {
  const old = (await drafts.all()).filter((draft) => isSettled(draft) && Date.now() - draft.changedAt >= after);
  for (const { uuid } of old) await drafts.remove(uuid);
}

// One at a time, also between tabs where the browser can lock; a wish that comes meanwhile is granted after it.
export async function send(paths) {
  if (running) return (running.again = true);
  running = { again: false };
  try {
    const deed = () => all(paths);
    await (navigator.locks ? navigator.locks.request("kim-kirim", deed) : deed());
    return true;
  } catch (error) {
    if (error instanceof Offline || error instanceof SignInNeeded) return false;
    throw error;
  } finally {
    const { again } = running;
    running = null;
    if (again) setTimeout(() => send(paths), 300);
  }
}
