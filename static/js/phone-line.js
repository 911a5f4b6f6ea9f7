"use strict";
// Asking the portal over a line that may break. A plain script, since the service worker takes no modules; pages import it
// for what it adds to `self`.
self.phoneLine = (() => {
  const LIMIT = 90_000;

  class SignInNeeded extends Error {}
  class Offline extends Error {}
  class Busy extends Offline {} // the line is there, the portal has no time

  const isBusy = (status) => status >= 500 || status === 429;

  // The answer of whoever is asked as a script; one of the errors above where there is none.
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
    if (isBusy(answer.status)) throw new Busy();
    return answer;
  }

  // Who is signed in, and the key to sending: asked for each time, since the session may have expired and begun again.
  async function key(address) {
    const answer = await ask(address);
    if (!answer.ok) throw new SignInNeeded();
    return answer.json();
  }

  // What kept something from being sent, in a word; null for an error that is none of these.
  function reasonOf(error) {
    if (error instanceof SignInNeeded) return "signin";
    if (error instanceof Busy) return "busy";
    return error instanceof Offline ? "offline" : null;
  }

  return { Busy, LIMIT, Offline, ask, isBusy, key, reasonOf };
})();
