// Asks the browser to keep what was read for times without a network.
const { worker } = document.querySelector("script[data-worker]").dataset;

if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(worker, { scope: "/" }).catch(() => {}));
}

// What waits on this phone is brought by any page; where nothing does, nothing is loaded for it.
try {
  if (localStorage.getItem("belum-terkirim")) import("./waiting-forms.js");
  // What waits in the room of whoever is signed in here; a page that knows the person shows it by itself.
  if (localStorage.getItem("menunggu") && !document.querySelector("script[data-waits]")) import("./room-badge.js");
  const isHere = document.querySelector("#tulis, [data-local-drafts]");
  if (localStorage.getItem("draf-menunggu") && !isHere) import("./bring-drafts.js");
} catch {} // a phone that keeps nothing
