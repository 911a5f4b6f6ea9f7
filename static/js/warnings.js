// A page that was opened or kept before a warning ended does not show it any longer, by the clock of the device.
const LONGEST = 2 ** 31 - 1; // of what a browser can wait for

export function hideEnded() {
  const now = Date.now();
  let next = Infinity;
  for (const warning of document.querySelectorAll("[data-ends]")) {
    const end = Date.parse(warning.dataset.ends);
    warning.hidden = end <= now;
    if (!warning.hidden) next = Math.min(next, end);
  }
  for (const section of document.querySelectorAll(".warnings")) {
    section.hidden = !section.querySelector("[data-ends]:not([hidden])");
  }
  if (next < Infinity) setTimeout(hideEnded, Math.min(next - now, LONGEST));
}

hideEnded();
addEventListener("pageshow", hideEnded);
