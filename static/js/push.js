// Asks the browser whether news may be shown on this telephone, and tells the portal where it is reached.
const button = document.querySelector("[data-push]");
const isPossible = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

if (button && isPossible) {
  button.hidden = false;
  button.addEventListener("click", begin);
}

async function begin() {
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") return say(button.dataset.denied);
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: button.dataset.key,
    });
    await tell(subscription);
  } catch {
    say(button.dataset.failed);
  } finally {
    button.disabled = false;
  }
}

async function tell(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const body = new FormData(button.form);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const [name, value] of Object.entries({ endpoint, ...keys, zone })) body.set(name, value);
  const answer = await fetch(button.dataset.push, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) throw new Error(answer.status);
  const { path, sentence } = await answer.json();
  if (path) location.assign(path);
  else say(sentence);
}

function say(sentence) {
  const line = document.querySelector("[data-push-says]");
  line.textContent = sentence;
  line.hidden = false;
}
