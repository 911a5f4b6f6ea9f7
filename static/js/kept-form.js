// A form that is not lost where no answer comes: what is in it is kept on this phone, with its photos made small, and
// then sent; the page says which of the two it came to. Where the script fails the browser sends the form.
import { clearError, showErrors } from "./field-errors.js";
import { fill, pairsOf } from "./form-pairs.js";
import { newUuid } from "./new-uuid.js";
import { reduce } from "./reduce-photo.js";
import { bring } from "./waiting-forms.js";
import { word } from "./words.js";

const { keptForms } = self;
const { person } = keptForms;
const form = document.querySelector("form[data-kept-form]");
const { dataset } = form;
const state = form.querySelector("[data-kept-state]");
const uuidField = form.elements.client_uuid;
const isMeant = (name) => name && name !== "csrfmiddlewaretoken" && name !== "client_uuid";
const isShell = "shell" in dataset;

let isSending = false;
let isPlain = false;
let former = null; // the uuid of what waited on this phone, and does so until it is sent or thrown away

// Saying where it is

function show(is, ...parts) {
  state.hidden = false;
  state.dataset.is = is;
  state.classList.toggle("box--bad", is === "problem");
  state.textContent = "";
  state.append(...parts.flatMap((part) => [part, " "]));
}

const link = (text, address) => Object.assign(document.createElement("a"), { href: address, textContent: text });

// Keeping

async function rowNow() {
  const choice = form.querySelector("select")?.selectedOptions[0]?.text.replace(/^./, (letter) => letter.toUpperCase());
  return {
    uuid: uuidField.value,
    user: person(),
    title: [choice, dataset.title ?? form.elements.title.value.trim()].filter(Boolean).join(": "),
    address: form.getAttribute("action").split("#")[0],
    back: dataset.back ?? location.pathname,
    key: person() || !("visitors" in dataset) ? dataset.key : "",
    pairs: [["client_uuid", uuidField.value], ...pairsOf(form, isMeant)],
    files: await files(),
    keptAt: Date.now(),
    wantsReceipt: "receipt" in dataset,
  };
}

async function files() {
  const found = [];
  for (const input of form.querySelectorAll("input[type=file]")) {
    for (const file of input.files) {
      const small = await reduce(file);
      // As bytes, since old WebKit loses the Blobs it stored.
      found.push({ field: input.name, name: file.name, type: small.type, bytes: await new Response(small).arrayBuffer() });
    }
  }
  return found;
}

// What is missing so plainly that no server is needed to see it.
function tellMissing() {
  const missing = [...form.elements].filter((field) => field.required && !field.value.trim());
  if (!missing.length) return false;
  refuse({ errors: Object.fromEntries(missing.map(({ name }) => [name, [word("kept_required")]])) });
  return true;
}

// Sending

async function submit(event) {
  if (isPlain || event.defaultPrevented) return;
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  try {
    await carryOut();
  } catch (error) {
    console.error(error);
    isPlain = true;
    form.submit();
  } finally {
    isSending = false;
  }
}

async function carryOut() {
  if (!navigator.onLine && tellMissing()) return;
  show("saving", word("kept_reducing"));
  const row = await rowNow();
  await keptForms.keep(row);
  if (former && former !== row.uuid) await keptForms.remove(former);
  show("saving", word("kept_sending"));
  await settle(row.uuid, navigator.onLine ? await keptForms.sendOne(row.uuid) : { state: "offline" });
}

async function settle(uuid, told) {
  const wasAnswered = ["sent", "refused", "gone", "too_large"].includes(told.state);
  if (told.state === "sent") return leave(told.next ?? dataset.back ?? location.pathname, uuid);
  if (!wasAnswered && tellMissing()) return keptForms.remove(uuid);
  if (!wasAnswered) return wait(uuid, told.state);
  // Here it stands with all that was typed and chosen; a phone that others use keeps no copy of it.
  if (uuid !== former) await keptForms.remove(uuid);
  if (told.client_uuid) uuidField.value = told.client_uuid;
  if (told.state === "refused") refuse(told);
  else show("problem", word(`kept_${told.state}`));
}

function leave(next, uuid) {
  const address = new URL("receipt" in dataset ? `${next}#terkirim-${uuid}` : next, location.href);
  if (address.pathname !== location.pathname) return location.assign(address);
  history.replaceState(null, "", address);
  location.reload();
}

// `step` in words where nothing is wrong, but there is something to look at before it is sent.
function refuse({ errors, offered, step }) {
  if (step) show("step", step);
  else show("problem", word("kept_refused"));
  showErrors(form, errors, state, offered);
  form.dispatchEvent(new CustomEvent("refused", { detail: { step } }));
  if (!form.querySelector("[aria-invalid]")) state.focus();
}

// It is out of the hand of who filled it in: another may be begun.
function wait(uuid, reason) {
  const isKept = keptForms.isKept(uuid);
  for (const part of form.children) if (part !== state) part.hidden = true;
  const login = reason === "signin" ? [link(word("kept_login"), `${dataset.login}?next=${encodeURIComponent(location.pathname)}`)] : [];
  show(isKept ? "here" : "problem", word(isKept ? `kept_${reason}` : "kept_unstored"), ...login);
  const again = Object.assign(document.createElement("a"), { href: dataset.back ?? location.pathname, textContent: word("kept_again") });
  if (isKept) state.append(link(word("kept_see"), dataset.keptForm), " · ", again);
  state.focus();
  keptForms.onChange(async (name) => {
    if (name !== uuid) return;
    const row = await keptForms.get(uuid);
    if (!row || row.next) leave(row?.next ?? dataset.back ?? location.pathname, uuid);
  });
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("formulir")).catch(() => {});
  if (navigator.onLine) setTimeout(bring, 5000);
}

// Beginning

async function bringBack() {
  const uuid = location.hash.match(/^#simpanan-([0-9a-f-]{36})$/)?.[1];
  const row = uuid && (await keptForms.get(uuid));
  if (!row?.pairs || (row.user && row.user !== person())) return;
  former = uuid;
  uuidField.value = row.problem?.client_uuid || uuid;
  // The words of photos that the server showed already have no field here.
  const known = new Set([...form.elements].map(({ name }) => name));
  for (const [name, value] of row.pairs.filter(([one]) => one.startsWith("foto-") && !known.has(one))) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  fill(form, row.pairs, isMeant);
  chooseAgain(row.files);
  if (row.problem?.errors) refuse(row.problem);
  else if (row.problem) show("problem", word(`kept_${row.problem.state}`));
}

function chooseAgain(kept) {
  for (const input of form.querySelectorAll("input[type=file]")) {
    const chosen = new DataTransfer();
    for (const { name, type, bytes } of kept.filter(({ field }) => field === input.name)) {
      chosen.items.add(new File([bytes], name, { type }));
    }
    input.files = chosen.files;
    if (chosen.files.length) input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

async function begin() {
  if (isShell) uuidField.value = newUuid();
  else keptForms.rememberPerson(dataset.user);
  form.addEventListener("submit", submit);
  form.addEventListener("input", ({ target }) => clearError(target));
  addEventListener("beforeunload", (event) => keptForms.isKept(uuidField.value) || event.preventDefault());
  await bringBack();
  form.dataset.isReady = "";
}

begin();
