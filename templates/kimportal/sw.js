// Answers when the network does not, in words of ES2018: nobody says them differently for older browsers. Kept are our own files and public pages that were read; never a page that knows
// the person (it says no-store), never an answer to a form, never anything from elsewhere.
const { version, files, scripts, shells, offline, icon } = JSON.parse("{{ facts_json|escapejs }}");
const FILES = `berkas-${version}`;
const PAGES = "halaman";
const MOST_PAGES = 60;
const PATIENCE = 6000;
const RESTING = [502, 503, 504]; // the line is there, the portal is not
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

importScripts(...scripts);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(event));
});

self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => event.waitUntil(lead(event.notification)));

// What was filled in without a line goes when the browser says that there is one; where it fails the browser asks again.
self.addEventListener("sync", (event) => event.waitUntil(bring()));

async function bring() {
  const told = Object.values(await self.keptForms.send());
  if (told.some(({ state }) => ["offline", "busy"].includes(state))) throw new Error("not sent yet");
}

// What came by Web Push; a repetition, or a newer word on the same, takes the place of the former.
async function show(data) {
  let told = {};
  try {
    told = Object(data.json());
  } catch {
    // A browser takes the right away from who shows nothing.
  }
  const { title, text = "", url = "/", tag = "kabar", isUrgent = false } = told;
  const options = { body: text, tag, icon, badge: icon, lang: "id", data: { url }, requireInteraction: isUrgent };
  await self.registration.showNotification(title || "Portal KIM", options);
}

// Of a URL what may follow the name of the portal, whatever stood before it.
function ofThePortal(told) {
  try {
    const { pathname, search } = new URL(told, location.origin);
    return new URL(`/${pathname.replace(/^\/+/, "")}${search}`, location.origin).href;
  } catch {
    return `${location.origin}/`;
  }
}

// To a page that is open there already, or else in a new one; never away from the portal.
async function lead(notification) {
  notification.close();
  const wanted = ofThePortal(notification.data ? notification.data.url : "/");
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((client) => client.url === wanted);
  return page ? page.focus() : self.clients.openWindow(wanted);
}

async function install() {
  const cache = await caches.open(FILES);
  const pages = [offline, ...shells.map(({ page }) => page)].flatMap((page) => Object.values(page));
  const wanted = [...files, ...pages];
  await cache.addAll(wanted.map((url) => new Request(url, { cache: "reload", credentials: "omit" })));
  await self.skipWaiting();
}

async function tidy() {
  for (const name of await caches.keys()) if (name !== FILES && name !== PAGES) await caches.delete(name);
  await self.clients.claim();
}

// A name with a hash never changes its content; any other is asked for first.
async function file(event) {
  const kept = await caches.match(event.request, { ignoreSearch: true });
  if (kept && HASHED.test(new URL(event.request.url).pathname)) return kept;
  try {
    return await fetch(event.request);
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function page(event, url) {
  const network = fetch(event.request).then((answer) => keep(event, answer));
  const kept = () => instead(event.request, url);
  network.catch(() => {});
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(async () => {
    const found = await kept();
    return found.isOfflinePage ? network : found.answer;
  });
  try {
    const answer = (await Promise.race([network, late])) || (await network);
    if (!RESTING.includes(answer.status)) return answer;
    const found = await kept();
    return (!found.isOfflinePage && found.answer) || answer;
  } catch {
    return (await kept()).answer;
  }
}

async function instead(request, url) {
  const language = url.pathname.startsWith("/en/") ? "en" : "id";
  const shell = shells.find(({ pattern }) => new RegExp(pattern).test(url.pathname));
  if (shell) return { answer: await caches.match(shell.page[language], { ignoreVary: true }) };
  const answer = await (await caches.open(PAGES)).match(request, { ignoreVary: true });
  return answer ? { answer } : { answer: await caches.match(offline[language], { ignoreVary: true }), isOfflinePage: true };
}

function keep(event, answer) {
  const rule = answer.headers.get("Cache-Control") || "";
  const isForEveryone = /\bpublic\b/.test(rule) && !/no-store|private/.test(rule);
  const isPage = (answer.headers.get("Content-Type") || "").startsWith("text/html");
  if (answer.ok && answer.type === "basic" && !answer.redirected && isForEveryone && isPage) {
    const copy = answer.clone();
    event.waitUntil(
      caches.open(PAGES).then(async (cache) => {
        await cache.delete(event.request);
        await cache.put(event.request, copy);
        for (const old of (await cache.keys()).slice(0, -MOST_PAGES)) await cache.delete(old);
      }),
    );
  }
  return answer;
}
