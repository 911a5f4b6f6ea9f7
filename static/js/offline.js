// Asks the browser to keep what was read for times without a network.
const { worker } = document.querySelector("script[data-worker]").dataset;

if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(worker, { scope: "/" }).catch(() => {}));
}
