// Renews the numbers of a page that stays open. What is marked `data-live="URL"` asks there every four seconds; the
// portal answers with nothing while nothing changed; with `data-live-own` it is told who asks. Of an answer each
// `data-number` and `data-part` takes the place of its namesake; whatever had the focus keeps it, and what changed of
// the numbers is told to who hears the page. While nobody sees the page it asks nothing; where the portal does not answer
// it asks ever more seldom, and no sooner than the portal says (Retry-After).
const EVERY = 4_000;
const LONGEST = 60_000;
const PATIENCE = 15_000; // for one answer
const QUIET = 12_000; // between two announcements

for (const place of document.querySelectorAll("[data-live]")) watch(place);

function watch(place) {
  const state = { place, seen: "", failures: 0, timer: 0, isAsking: false, told: 0, news: new Map() };
  const ask = async () => {
    if (document.hidden || state.isAsking) return;
    clearTimeout(state.timer);
    state.isAsking = true;
    const pause = await renew(state);
    state.isAsking = false;
    state.timer = setTimeout(ask, pause);
  };
  document.addEventListener("visibilitychange", ask);
  addEventListener("online", ask);
  state.timer = setTimeout(ask, EVERY);
}

// How long to wait until the next time.
async function renew(state) {
  const answer = await answered(state).catch(() => null);
  const isThere = answer?.ok || answer?.status === 304;
  state.failures = isThere ? 0 : state.failures + 1;
  say(state.place, isThere ? "" : state.place.dataset.liveLost);
  if (answer?.ok) {
    state.seen = answer.tag;
    replace(state, new DOMParser().parseFromString(answer.text, "text/html"));
  }
  announce(state);
  return Math.min(Math.max(EVERY * 2 ** state.failures, (answer?.retryAfter || 0) * 1000), LONGEST);
}

async function answered({ place, seen }) {
  const headers = seen ? { "If-None-Match": seen } : {};
  const signal = AbortSignal.timeout(PATIENCE);
  const credentials = "liveOwn" in place.dataset ? "same-origin" : "omit";
  const answer = await fetch(place.dataset.live, { headers, signal, cache: "no-store", credentials });
  const { ok, status } = answer;
  const [tag, retryAfter] = ["ETag", "Retry-After"].map((name) => answer.headers.get(name) ?? "");
  return { ok, status, tag, retryAfter: Number(retryAfter), text: ok ? await answer.text() : "" };
}

function replace(state, fresh) {
  for (const kind of ["number", "part"]) {
    for (const part of state.place.querySelectorAll(`[data-${kind}]`)) {
      const newer = fresh.querySelector(`[data-${kind}="${part.dataset[kind]}"]`);
      if (!newer || newer.innerHTML === part.innerHTML) continue;
      const was = part.textContent;
      keepingFocus(part, () => part.replaceChildren(...newer.cloneNode(true).childNodes));
      if (kind === "number" && part.textContent !== was) tell(state, part);
    }
  }
}

// A link that had the focus is the same link afterwards: the one with its address, else the first that is seen.
function keepingFocus(part, change) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const address = focused?.getAttribute("href");
  change();
  if (!focused) return;
  const links = [...part.querySelectorAll("a, button, summary, [tabindex]")].filter((link) => link.checkVisibility());
  (links.find((link) => link.getAttribute("href") === address) ?? links[0])?.focus({ preventScroll: true });
}

function tell(state, part) {
  part.classList.remove("is-new");
  void part.offsetWidth; // begins the animation anew
  part.classList.add("is-new");
  const words = (name) => part.querySelector(name)?.textContent.trim() ?? "";
  state.news.set(part.dataset.number, `${words("dt")}: ${words("dd")}`);
}

function announce(state) {
  const line = state.place.querySelector("[data-live-news]");
  if (!line || !state.news.size || Date.now() - state.told < QUIET) return;
  line.textContent = `${[...state.news.values()].join(", ")}.`;
  state.news.clear();
  state.told = Date.now();
}

function say(place, sentence) {
  let line = place.querySelector(":scope > .lost");
  if (!sentence) return line?.remove();
  if (line) return;
  line = document.createElement("p");
  line.className = "lost";
  line.setAttribute("role", "status");
  line.textContent = sentence;
  place.prepend(line);
}
