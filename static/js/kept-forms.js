"use strict";
// Forms that were filled in where no answer came: kept on this phone with their photos, and brought to the server once.
// A plain script on top of phone-store.js and phone-line.js: pages import it, and the service worker reads it for Background Sync.
//
// row: { uuid: the form's client_uuid, user: whose it is, "" for a visitor, title, address: where it goes, back: the page
//   to mend it on, key: who answers with the user and a token, where the form needs one, pairs: [[name, text]],
//   files: [{ field, name, type, bytes }], keptAt, problem: the server's refusal, wantsReceipt }
// Once it is sent nothing of it stays but, where it has a receipt, { uuid, user, title, next, keptAt }.
self.keptForms = (() => {
  const NAME = "kim-formulir";
  const FLAG = "belum-terkirim";
  const PERSON = "orang";
  const { Offline, ask, key, reasonOf } = self.phoneLine;
  const WEEK = 7 * 24 * 3600 * 1000;

  const held = new Map(); // what the phone would not keep, for as long as this page is open
  const store = self.phoneStore({
    name: NAME,
    version: 1,
    upgrade: ({ result: base }) => base.createObjectStore("forms", { keyPath: "uuid" }),
  });
  const transact = (mode, deed) => store(["forms"], mode, deed);

  // Keeping

  async function keep(row) {
    held.set(row.uuid, row);
    states.delete(row.uuid);
    try {
      await transact("readwrite", (forms) => forms.put(row));
      if ((await transact("readonly", (forms) => forms.get(row.uuid)))?.keptAt !== row.keptAt) throw new Error("not kept");
      held.delete(row.uuid);
    } catch {} // then this page holds it
    changed(row.uuid);
  }

  const isKept = (uuid) => !held.has(uuid);

  async function get(uuid) {
    return held.get(uuid) ?? (await transact("readonly", (forms) => forms.get(uuid)).catch(() => undefined));
  }

  async function all() {
    const found = (await transact("readonly", (forms) => forms.getAll()).catch(() => [])) ?? [];
    return [...found.filter(({ uuid }) => !held.has(uuid)), ...held.values()].sort((one, other) => one.keptAt - other.keptAt);
  }

  // Of what waits here each sees their own and what a visitor left.
  const ownRows = async () => (await all()).filter(({ user }) => !user || user === person());

  async function remove(uuid) {
    held.delete(uuid);
    await transact("readwrite", (forms) => forms.delete(uuid)).catch(() => {});
    changed(uuid);
  }

  async function forgetOld() {
    for (const { uuid, user, keptAt, next } of await all()) {
      if ((!user || next) && Date.now() - keptAt > WEEK) await remove(uuid);
    }
  }

  // Who uses this phone, as far as its pages were told; a worker is told nothing.
  function rememberPerson(user) {
    try {
      if (user) self.localStorage?.setItem(PERSON, user);
      else self.localStorage?.removeItem(PERSON);
    } catch {} // then it is nobody
  }

  function person() {
    try {
      return self.localStorage?.getItem(PERSON) ?? "";
    } catch {
      return "";
    }
  }

  // Whoever signs out takes along what is done; what is not yet sent stays, for them alone.
  async function signOut() {
    for (const { uuid, user, next } of await ownRows()) if (user && next) await remove(uuid);
    rememberPerson("");
  }

  // Sending

  async function personOf(row) {
    const found = await key(row.key);
    rememberPerson(String(found.user));
    return found;
  }

  // What the server says to it: {state: sent with `next`, refused with `errors`, or gone}.
  async function post(row, token) {
    const form = new FormData();
    for (const [name, text] of row.pairs) form.append(name, text);
    for (const { field, name, type, bytes } of row.files) form.append(field, new File([bytes], name, { type }));
    // How long ago, since the clock of a phone says little.
    form.append("seconds_ago", Math.round((Date.now() - row.keptAt) / 1000));
    form.append("writer", row.user);
    if (token) form.append("csrfmiddlewaretoken", token);
    const answer = await ask(row.address, { method: "POST", body: form });
    if (answer.status === 404 || answer.status === 410) return { state: "gone" };
    if (answer.status === 413) return { state: "too_large" };
    const told = await answer.json().catch(() => null);
    // Something between here and the portal spoke, or a token was too old.
    if (!told?.state) throw new Offline();
    return told;
  }

  const needsSending = ({ next, problem }) => !next && !problem;

  async function bring(row) {
    const now = row.key && (await personOf(row));
    if (row.user && String(now?.user ?? "") !== row.user) return { state: "other" };
    const told = await post(row, now?.token);
    if (told.state !== "sent") await keep({ ...row, problem: told });
    else if (row.wantsReceipt) await keep(receiptOf(row, told));
    else await remove(row.uuid);
    return told;
  }

  const receiptOf = ({ uuid, user, title }, { next }) => ({ uuid, user, title, next, keptAt: Date.now() });

  const states = new Map(); // what the last try on this page came to

  async function tried(row) {
    const told = await outcome(row);
    states.set(row.uuid, told.state);
    for (const listener of listeners) listener(row.uuid);
    return told;
  }

  async function outcome(row) {
    try {
      return await bring(row);
    } catch (error) {
      const state = reasonOf(error);
      if (!state) throw error;
      return { state };
    }
  }

  function stateOf({ uuid, next, problem }) {
    if (next) return "sent";
    return problem?.state ?? states.get(uuid) ?? "offline";
  }

  // One after the other, also between tabs and the worker where the browser can lock. What is sent already is found so.
  const alone = (deed) => (self.navigator.locks ? self.navigator.locks.request(NAME, deed) : deed());

  // Bring one of them; {state} tells what became of it.
  const sendOne = (uuid) =>
    alone(async () => {
      const row = await get(uuid);
      if (!row) return { state: "sent" };
      return row.next ? { state: "sent", next: row.next } : row.problem ?? tried(row);
    });

  // Bring all that wait; {uuid: what became of it}.
  const send = () =>
    alone(async () => {
      await forgetOld();
      const told = {};
      for (const row of (await all()).filter(needsSending)) {
        told[row.uuid] = await tried(row);
        if (told[row.uuid].state === "offline") break;
      }
      await note(); // the worker, which cannot, may have sent the last of them
      return told;
    });

  // Telling

  const tabs = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;
  const listeners = [];

  function changed(uuid) {
    tabs?.postMessage(uuid);
    for (const listener of listeners) listener(uuid);
    note();
  }

  // Pages read from this whether there is anything to load for; the worker has no such memory.
  async function note() {
    if (!self.localStorage) return;
    const isAny = (await all()).length > 0;
    try {
      if (isAny) self.localStorage.setItem(FLAG, "1");
      else self.localStorage.removeItem(FLAG);
    } catch {} // then only their own pages show them
  }

  // What this tab read while another changed it may be old.
  tabs?.addEventListener("message", note);

  function onChange(deed) {
    listeners.push(deed);
    tabs?.addEventListener("message", ({ data }) => deed(data));
  }

  return { get, isKept, keep, note, onChange, ownRows, person, rememberPerson, remove, send, sendOne, signOut, stateOf };
})();
