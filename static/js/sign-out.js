// Whoever leaves this phone leaves on it nothing that the server has; and the page to write on without a line no longer
// knows whose it was. What is not yet sent stays, for its writer alone.
import { forgetWriter } from "./draft-store.js";
import "./phone-line.js";
import "./phone-store.js";
import "./kept-forms.js";
import { forgetOpened } from "./opened-bulletins.js";
import { forgetSettled } from "./send-drafts.js";

const form = document.querySelector("main form.form");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  forgetWriter();
  forgetOpened();
  forgetWaiting();
  await forgetSettled({ after: 0 }).catch(() => {});
  await self.keptForms.signOut().catch(() => {});
  await silence().catch(() => {});
  form.submit();
});

function forgetWaiting() {
  try {
    localStorage.removeItem("menunggu");
  } catch {}
}

// What is told to them is not for who uses this phone next.
async function silence() {
  const registration = await navigator.serviceWorker?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}
