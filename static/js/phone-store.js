"use strict";
// A base of this phone (IndexedDB) that a page may lean on: opened when first needed, and again when the browser closed
// it. A plain script, since the service worker takes no modules; pages import it for what it adds to `self`.
//
// upgrade(request, oldVersion) makes its stores; fill(base) puts back what a page still knows into one that is new.
self.phoneStore = ({ name, version, upgrade, fill = () => {} }) => {
  const PATIENCE = 10_000; // some WebKit never answers who opens
  let opened;
  let isMute = false;

  function open() {
    if (isMute) return Promise.reject(new Error("IndexedDB does not answer"));
    opened = opened || opening();
    opened.catch(() => (opened = null));
    return opened;
  }

  function opening() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(name, version);
      const timer = setTimeout(() => {
        isMute = true;
        reject(new Error("IndexedDB does not answer"));
      }, PATIENCE);
      let isNew = false;
      request.onupgradeneeded = ({ oldVersion }) => {
        isNew = !oldVersion;
        upgrade(request, oldVersion);
      };
      request.onsuccess = () => {
        clearTimeout(timer);
        const base = request.result;
        base.onclose = () => (opened = null);
        base.onversionchange = () => {
          opened = null;
          base.close();
        };
        if (isNew) fill(base);
        resolve(base);
        if (isMute) opened = Promise.resolve(base); // late, but here
        isMute = false;
      };
      request.onerror = () => {
        clearTimeout(timer);
        reject(request.error);
      };
    });
  }

  // What the deed, given the stores by their names' order, asked for last; rejected where not all of it was done.
  async function transact(names, mode, deed) {
    let transaction;
    try {
      transaction = (await open()).transaction(names, mode);
    } catch {
      opened = null; // the browser closed it meanwhile
      transaction = (await open()).transaction(names, mode);
    }
    const answer = deed(...names.map((one) => transaction.objectStore(one)));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(answer?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("not kept"));
    });
  }

  return transact;
};
