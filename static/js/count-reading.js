// Says once a day, from each phone, that the post on this page was read: after some seconds before somebody's eyes.
// The phone remembers what it told today; nobody else does.
const { read: url } = document.querySelector("script[data-read]").dataset;
const AFTER = 5000;
const NAME = "dibaca-hari-ini";
const today = new Date().toDateString();
let timer;

function told() {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME));
    return kept?.day === today ? kept.urls : [];
  } catch {
    return []; // a phone that keeps nothing
  }
}

function tell() {
  document.removeEventListener("visibilitychange", wait);
  const urls = told();
  if (urls.includes(url)) return;
  navigator.sendBeacon?.(url);
  try {
    localStorage.setItem(NAME, JSON.stringify({ day: today, urls: [...urls, url] }));
  } catch {}
}

function wait() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(tell, AFTER);
}

document.addEventListener("visibilitychange", wait);
wait();
