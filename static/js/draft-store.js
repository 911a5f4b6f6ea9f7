// The drafts on this phone, with their photos: IndexedDB, each keyed by its uuid and marked with whose it is.
//
// draft: { uuid, user, kim, pairs: [[name, text]], version: what the server had when it was opened, changedAt,
//   isDirty: has words that the server has not, wantsSend, problem: the server's last refusal, isLocalOnly,
//   photos: [{ id, blob, alt, caption, uuid and src once it is on the server, refusal }], removed: [uuid],
//   unanswered: what was sent and never answered }
const NAME = "kim-tulisan";
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "uuid" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function run(mode, deed) {
  const store = (await open()).transaction("drafts", mode).objectStore("drafts");
  return new Promise((resolve, reject) => {
    const request = deed(store);
    store.transaction.oncomplete = () => resolve(request.result);
    store.transaction.onabort = store.transaction.onerror = () => reject(store.transaction.error);
  });
}

export const put = (draft) => run("readwrite", (store) => store.put(draft));
export const get = (uuid) => run("readonly", (store) => store.get(uuid));
export const remove = (uuid) => run("readwrite", (store) => store.delete(uuid));
export const all = () => run("readonly", (store) => store.getAll());

// One read and one write without a gap: what else is changed meanwhile is not lost. The deed changes the draft it is
// given, or returns the new one where there was none.
export async function change(uuid, deed) {
  const store = (await open()).transaction("drafts", "readwrite").objectStore("drafts");
  return new Promise((resolve, reject) => {
    let draft;
    const request = store.get(uuid);
    request.onsuccess = () => {
      draft = request.result;
      const made = deed(draft);
      draft ??= made;
      if (draft) store.put(draft);
    };
    store.transaction.oncomplete = () => resolve(draft);
    store.transaction.onabort = store.transaction.onerror = () => reject(store.transaction.error);
  });
}

// Who writes on this phone and for which KIM: all that the page opened without a line needs to know.
export const remember = (writer) => localStorage.setItem("penulis", JSON.stringify(writer));
export const forgetWriter = () => localStorage.removeItem("penulis");
export function writer() {
  try {
    return JSON.parse(localStorage.getItem("penulis"));
  } catch {
    return null;
  }
}

// What was written when nobody was known here belongs to whoever opens it; any other draft to its writer alone.
export const isOf = (user, draft) => ["", String(user ?? "")].includes(String(draft.user));
