// The drafts on this phone, with their photos: IndexedDB, each keyed by its uuid and marked with whose it is. What it
// does not keep, or does not give back, is held by this page, and is sent from here all the same.
//
// draft: { uuid, user, kim, pairs: [[name, text]], version: what the server had when it was opened, changedAt,
//   edit: names this state of the words, isDirty: has words that the server has not, wantsSend,
//   problem: the server's last refusal, isLocalOnly, isChange: of a published post, removed: [uuid], unanswered: what was sent and never answered,
//   photos: [{ id, alt, caption, uuid and src once it is on the server, refusal: its sentence, trouble: our word }] }
// photo: { id, draft, bytes, type }: bytes, since old WebKit loses the Blobs it stored.
import "./phone-store.js";

const NAME = "kim-tulisan";

const seen = new Map(); // what this page knows, for a browser that clears its store meanwhile
const held = new Map(); // what it would not keep
const chosen = new Map(); // the photos chosen on this page
const unkept = new Set(); // those of them that the store did not give back

// Opening

const store = self.phoneStore({ name: NAME, version: 2, upgrade, fill: refill });
const transact = (mode, deed) => store(["drafts", "photos"], mode, deed);

function upgrade({ result: base, transaction }, oldVersion) {
  if (!oldVersion) base.createObjectStore("drafts", { keyPath: "uuid" });
  const photos = base.createObjectStore("photos", { keyPath: "id" });
  photos.createIndex("draft", "draft");
  if (!oldVersion) return;
  // Version 1 had the photos within their drafts.
  transaction.objectStore("drafts").openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return;
    const draft = cursor.value;
    for (const photo of draft.photos) {
      if (photo.blob) photos.put({ id: photo.id, draft: draft.uuid, bytes: photo.blob, type: photo.blob.type });
      delete photo.blob;
    }
    cursor.update(draft);
    cursor.continue();
  };
}

function refill(base) {
  if (!seen.size) return;
  const drafts = base.transaction("drafts", "readwrite").objectStore("drafts");
  for (const draft of seen.values()) drafts.put(draft);
}

// Drafts

export async function get(uuid) {
  if (held.has(uuid)) return held.get(uuid);
  try {
    return await transact("readonly", (drafts) => drafts.get(uuid));
  } catch {
    return seen.get(uuid);
  }
}

export async function all() {
  const found = await transact("readonly", (drafts) => drafts.getAll()).catch(() => []);
  const known = new Map((found ?? []).map((draft) => [draft.uuid, draft]));
  for (const [uuid, draft] of held) known.set(uuid, draft);
  return [...known.values()];
}

// One read and one write without a gap: what else is changed meanwhile is not lost. The deed changes the draft it is
// given, or returns the new one where there was none.
export async function change(uuid, deed) {
  let draft;
  let isDone = false;
  const carryOut = (found) => {
    draft = held.get(uuid) ?? found;
    const made = deed(draft);
    draft = draft ?? made;
    isDone = true;
  };
  try {
    await transact("readwrite", (drafts) => {
      const request = drafts.get(uuid);
      request.onsuccess = () => {
        carryOut(request.result);
        if (draft) drafts.put(draft);
      };
      return request;
    });
    if (!draft) return draft;
    if (!(await isGivenBack(draft))) throw new Error("not given back");
    held.delete(uuid);
  } catch {
    if (!isDone) carryOut(seen.get(uuid));
    if (draft) held.set(uuid, draft);
  }
  if (draft) seen.set(uuid, draft);
  if (draft?.isDirty || draft?.wantsSend) note(true);
  tell(uuid);
  return draft;
}

// That some draft may wait here, for the pages that bring it; they say when none does any more.
export function note(isWaiting) {
  try {
    if (isWaiting) localStorage.setItem("draf-menunggu", "1");
    else localStorage.removeItem("draf-menunggu");
  } catch {} // then only the pages of drafts bring it
}

// Whether all of it is on this phone; only what was read again counts.
export const isKept = (uuid) => !held.has(uuid);

async function isGivenBack(draft) {
  let { found, lost } = await readAgain(draft);
  for (const id of lost.filter((one) => chosen.has(one))) await putPhoto(draft.uuid, id, chosen.get(id));
  if (lost.length) ({ found, lost } = await readAgain(draft));
  if (!found || lost.length) return false;
  // What another tab wrote meanwhile is kept as well.
  return found.edit !== draft.edit || JSON.stringify(found.pairs) === JSON.stringify(draft.pairs);
}

async function readAgain({ uuid, photos }) {
  const [found, keys] = await transact("readonly", (drafts, stored) => {
    const requests = [drafts.get(uuid), stored.index("draft").getAllKeys(uuid)];
    return { get result() { return requests.map((request) => request.result); } };
  });
  const needed = photos.filter((photo) => !photo.uuid && !photo.trouble).map(({ id }) => id);
  return { found, lost: needed.filter((id) => !keys?.includes(id) || unkept.has(id)) };
}

// `next` where it was sent: the page of what became of it, for the other tabs that show it.
export async function remove(uuid, next) {
  held.delete(uuid);
  seen.delete(uuid);
  await transact("readwrite", (drafts, photos) => {
    drafts.delete(uuid);
    const request = photos.index("draft").getAllKeys(uuid);
    request.onsuccess = () => request.result.forEach((id) => photos.delete(id));
    return request;
  }).catch(() => {});
  tell(uuid, next);
}

// Photos

// Keep it for its draft, or, where the phone will not, on this page.
export async function putPhoto(draft, id, blob) {
  chosen.set(id, blob);
  try {
    const bytes = await bytesOf(blob);
    await transact("readwrite", (_drafts, photos) => photos.put({ id, draft, bytes, type: blob.type }));
    const found = await transact("readonly", (_drafts, photos) => photos.get(id));
    if (found?.bytes?.byteLength !== bytes.byteLength) throw new Error("not given back");
    unkept.delete(id);
  } catch {
    unkept.add(id);
  }
}

export const isPhotoKept = (id) => !unkept.has(id);

// The photo, or null where nothing has it any more.
export async function photo(id) {
  if (chosen.has(id)) return chosen.get(id);
  const found = await transact("readonly", (_drafts, photos) => photos.get(id)).catch(() => null);
  return found?.bytes ? new Blob([found.bytes], { type: found.type }) : null;
}

export function dropPhoto(id) {
  chosen.delete(id);
  return transact("readwrite", (_drafts, photos) => photos.delete(id)).catch(() => {});
}

export const bytesOf = (blob) => new Response(blob).arrayBuffer();

// Other tabs

const tabs = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;

const tell = (uuid, next) => tabs?.postMessage({ uuid, next });

// Calls the deed with {uuid, next} of each draft that another tab changed, or sent.
export const onChangeElsewhere = (deed) => tabs?.addEventListener("message", ({ data }) => deed(data));

// Who writes on this phone and for which KIM: all that the page opened without a line needs to know.
export function remember(writer) {
  try {
    localStorage.setItem("penulis", JSON.stringify(writer));
  } catch {} // then that page does not know
}

export function forgetWriter() {
  try {
    localStorage.removeItem("penulis");
  } catch {}
}

export function writer() {
  try {
    return JSON.parse(localStorage.getItem("penulis"));
  } catch {
    return null;
  }
}

// Whether this phone keeps what is written: asked by doing it.
export async function keeps() {
  try {
    await transact("readwrite", (_drafts, photos) => photos.put({ id: "coba", draft: "", bytes: new ArrayBuffer(1), type: "" }));
    const found = await transact("readonly", (_drafts, photos) => photos.get("coba"));
    return found?.bytes?.byteLength === 1;
  } catch {
    return false;
  } finally {
    dropPhoto("coba");
  }
}

// What was written when nobody was known here belongs to whoever opens it; any other draft to its writer alone.
export const isOf = (user, draft) => ["", String(user ?? "")].includes(String(draft.user));
