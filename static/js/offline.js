// Asks the browser to keep what was read for times without a network.
const { worker } = document.querySelector("script[data-worker]").dataset;

if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(worker, { scope: "/" }).catch(() => {}));
}

// What waits on this phone is brought by any page; where nothing does, nothing is loaded for it.
try {
  if (localStorage.getItem("belum-terkirim")) import("./waiting-forms.js");
} catch {} // a phone that keeps nothing
