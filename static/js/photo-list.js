// The photos of the page: chosen, made small, put in order by buttons or by dragging, each with its own progress.
import * as drafts from "./draft-store.js";
import { reduce } from "./reduce-photo.js";
import { isStuck } from "./send-drafts.js";
import { word } from "./words.js";

// What the script keeps of a photo for the store; the words are in its line.
const KEPT = ["id", "uuid", "src", "refusal", "trouble", "file"];

export class PhotoList {
  constructor(form, { draft, onChange, onRemove, onRetry }) {
    Object.assign(this, { form, draft, onChange, onRemove, onRetry });
    this.list = form.querySelector("[data-photos]");
    this.template = form.querySelector("[data-photo-template]");
    this.input = form.querySelector("input[type=file]");
    this.said = form.querySelector("[data-photos-said]");
    this.most = Number(form.dataset.mostPhotos);
    this.heaviest = Number(form.dataset.mostBytes);
    this.known = new Map();
    for (const line of this.lines()) {
      line.dataset.id = line.dataset.uuid;
      this.known.set(line.dataset.uuid, { id: line.dataset.uuid, uuid: line.dataset.uuid });
    }
    // What cannot be shown, here or by the server, leaves no empty box.
    for (const type of ["load", "error"]) this.list.addEventListener(type, ({ target }) => this.showOrHide(target), true);
    for (const image of this.list.querySelectorAll("img")) if (image.complete) this.showOrHide(image);
    // Settled when every chosen photo is small and known.
    this.ready = Promise.resolve();
  }

  // Take over from the plain form.
  start() {
    if (!this.input) return;
    for (const line of this.lines()) this.makeDraggable(line);
    this.input.addEventListener("change", () => (this.ready = Promise.all([this.ready, this.choose()])));
    this.list.addEventListener("click", (event) => this.press(event));
    this.list.addEventListener("dragover", (event) => this.dragOver(event));
    this.list.addEventListener("input", ({ target }) => this.mend(target.closest(".photo")));
  }

  lines() {
    return [...this.list.children];
  }

  lineOf(id) {
    return this.lines().find((line) => line.dataset.id === id);
  }

  // What the store keeps of each, in order.
  rows() {
    const lines = this.lines().filter((line) => this.known.has(line.dataset.id));
    return lines.map((line) => ({
      ...this.known.get(line.dataset.id),
      alt: this.altOf(line)?.value.trim() ?? "",
      caption: this.captionOf(line)?.value.trim() ?? "",
    }));
  }

  altOf(line) {
    return line.querySelector("[data-alt], input[name$='-alt']");
  }

  captionOf(line) {
    return line.querySelector("[data-caption], input[name$='-caption']");
  }

  // Choosing

  async choose() {
    const files = [...this.input.files];
    this.input.value = "";
    this.sayOfAll("");
    for (const file of files) {
      if (this.list.children.length >= this.most) return this.sayOfAll(word("too_many"));
      await this.add(file);
    }
  }

  async add(file) {
    const id = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    const line = this.line({ id });
    this.sayOn(line, word("reducing"));
    const { blob, trouble } = await this.small(file);
    this.known.set(id, { id, trouble, file: file.name });
    this.picture(line, blob);
    if (blob) await drafts.putPhoto(this.draft, id, blob);
    if (this.lineOf(id)) this.sayStateOf(id);
    this.onChange();
  }

  // Its bytes in memory, since a phone takes files back; or what is the trouble with it.
  async small(file) {
    try {
      const reduced = await reduce(file);
      if (reduced.size > this.heaviest) return { trouble: "too_large" };
      return { blob: new Blob([await drafts.bytesOf(reduced)], { type: reduced.type }) };
    } catch {
      return { trouble: "unreadable" };
    }
  }

  // A new line at the end.
  line({ id, alt = "", caption = "" }) {
    const line = this.template.content.firstElementChild.cloneNode(true);
    line.dataset.id = id;
    this.altOf(line).value = alt;
    this.captionOf(line).value = caption;
    this.makeDraggable(line);
    this.list.append(line);
    return line;
  }

  // Shows the photo of this phone, or the server's; the server may read what this browser cannot show.
  picture(line, blob, src) {
    const image = line.querySelector("img");
    const address = blob ? URL.createObjectURL(blob) : src;
    if (!address) return this.showOrHide(image);
    image.src = address;
    if (!blob) return;
    for (const type of ["load", "error"]) image.addEventListener(type, () => URL.revokeObjectURL(address), { once: true });
  }

  showOrHide(image) {
    image.hidden = !image.naturalWidth;
    if (image.hidden) image.removeAttribute("src");
  }

  // What the store has and this page has not, in the order of the store, without what was taken away here and not yet on
  // the server; without a line, and of a change of a published post, which this phone alone has, all of it.
  async restore(draft, { isAll }) {
    const names = draft.photos.map(({ uuid }) => uuid);
    const gone = draft.isDirty ? (draft.removed ?? []).filter((name) => !names.includes(name)) : [];
    for (const line of this.lines()) if (gone.includes(line.dataset.uuid)) this.forget(line.dataset.id);
    for (const photo of draft.photos) {
      const known = this.lineOf(photo.id) ?? this.lines().find((line) => photo.uuid && line.dataset.uuid === photo.uuid);
      if (known && draft.isDirty) {
        if (photo.alt && this.altOf(known)) this.altOf(known).value = photo.alt;
        if (photo.caption && this.captionOf(known)) this.captionOf(known).value = photo.caption;
      }
      const line = known ?? (!photo.uuid || isAll ? await this.show(photo) : null);
      if (line) this.list.append(line);
    }
  }

  update(line, photo) {
    this.learn(photo);
    this.altOf(line).value = photo.alt;
    this.captionOf(line).value = photo.caption ?? "";
    this.sayStateOf(photo.id);
  }

  learn(photo) {
    this.known.set(photo.id, Object.fromEntries(KEPT.map((name) => [name, photo[name]])));
  }

  async show(photo) {
    this.learn(photo);
    const line = this.line(photo);
    if (photo.uuid) line.dataset.uuid = photo.uuid;
    this.sayStateOf(photo.id);
    const blob = await drafts.photo(photo.id);
    this.picture(line, blob, photo.src);
    return line;
  }

  forget(id) {
    this.known.delete(id);
    this.lineOf(id)?.remove();
  }

  // As another tab of this phone left them.
  async follow({ photos }) {
    for (const [id] of this.known) if (!photos.some((photo) => photo.id === id)) this.forget(id);
    for (const photo of photos) {
      const line = this.lineOf(photo.id) ?? (await this.show(photo));
      if (this.altOf(line)) this.update(line, photo);
      this.list.append(line);
    }
  }

  // Saying

  tell({ photo, state, part, told }) {
    const line = this.lineOf(photo);
    if (!line) return;
    const bar = line.querySelector("progress");
    bar.hidden = state !== "uploading";
    if (part !== undefined) bar.value = part;
    if (told) {
      Object.assign(this.known.get(photo), told);
      if (told.uuid) line.dataset.uuid = told.uuid;
      if (told.src && !line.querySelector("img").naturalWidth) line.querySelector("img").src = told.src;
      return this.sayStateOf(photo);
    }
    this.retryOf(line).hidden = state !== "broken";
    this.sayOn(line, state === "uploading" ? `${word("uploading")} ${Math.round(100 * (part ?? 0))}%` : word(state));
  }

  retryOf(line) {
    return line.querySelector("[data-photo-deed=retry]");
  }

  sayStateOf(id) {
    const { uuid, refusal, trouble, file } = this.known.get(id);
    const line = this.lineOf(id);
    const isLost = trouble === "gone_photo";
    const isError = isStuck({ refusal, trouble });
    this.retryOf(line).hidden = !isLost;
    // Nothing but to take it away is left to do with what is no photo; its name says which it was.
    line.classList.toggle("is-refused", isError && !isLost);
    const said = refusal || word(trouble || (uuid ? "uploaded" : this.waiting(id)));
    this.sayOn(line, isError && file ? `${file}: ${said}` : said, { isError });
  }

  waiting(id) {
    return drafts.isPhotoKept(id) ? "waiting" : "waiting_unstored";
  }

  sayOn(line, text, { isError = false } = {}) {
    const place = line.querySelector("[data-photo-state]");
    place.textContent = text;
    place.classList.toggle("error", isError);
    this.mark(line);
  }

  // What its words lack, below their field; nothing once it is there.
  sayOfWords(line, text) {
    line.querySelector("[data-alt-said]").textContent = text;
    this.mark(line);
  }

  mark(line) {
    line.classList.toggle("is-wrong", Boolean(line.querySelector(".photo__state.error:not(:empty)")));
  }

  sayOfAll(text) {
    this.said.textContent = text;
    this.said.hidden = !text;
  }

  // Whether each may be sent; a sentence on each that may not, and the first of them under the finger.
  areFine() {
    const wrong = this.lines().filter((line) => this.altOf(line) && this.isWrong(line));
    const first = wrong[0];
    if (first) (first.querySelector("[aria-invalid]") ?? first.querySelector("[data-photo-deed=remove]")).focus();
    return !wrong.length;
  }

  areStuck() {
    return this.lines().some((line) => isStuck(this.known.get(line.dataset.id) ?? {}));
  }

  isWrong(line) {
    const photo = this.known.get(line.dataset.id) ?? {};
    const alt = this.altOf(line);
    const isSilent = !isStuck(photo) && !alt.value.trim();
    if (isSilent) alt.setAttribute("aria-invalid", "true");
    else alt.removeAttribute("aria-invalid");
    this.sayOfWords(line, isSilent ? word("alt_needed") : "");
    return isSilent || isStuck(photo);
  }

  mend(line) {
    if (line && this.altOf(line)?.value.trim()) this.sayOfWords(line, "");
  }

  // Changing

  press(event) {
    const button = event.target.closest("[data-photo-deed]");
    if (!button) return;
    event.preventDefault();
    const line = button.closest(".photo");
    const deed = button.dataset.photoDeed;
    if (deed === "retry") this.retry(line);
    if (deed === "up") line.previousElementSibling?.before(line);
    if (deed === "down") line.nextElementSibling?.after(line);
    if (deed === "cover") this.list.prepend(line);
    if (deed === "remove") this.remove(line);
    else button.focus();
    if (deed !== "retry") this.onChange();
  }

  retry(line) {
    const photo = this.known.get(line.dataset.id);
    photo.trouble = null;
    delete line.dataset.uuid;
    this.onRetry();
  }

  remove(line) {
    const { id } = line.dataset;
    const uuid = line.dataset.uuid || this.known.get(id)?.uuid;
    if (uuid) this.onRemove(uuid);
    this.known.delete(id);
    drafts.dropPhoto(id);
    this.sayOfAll("");
    const next = line.nextElementSibling ?? line.previousElementSibling;
    line.remove();
    (next?.querySelector("input:not([type=hidden])") ?? this.input).focus();
  }

  makeDraggable(line) {
    line.addEventListener("pointerdown", (event) => (line.draggable = event.target.tagName === "IMG"));
    line.addEventListener("dragstart", () => ((this.dragged = line), line.classList.add("is-dragged")));
    line.addEventListener("dragend", () => {
      line.classList.remove("is-dragged");
      line.draggable = false;
      this.dragged = null;
      this.onChange();
    });
  }

  dragOver(event) {
    const over = event.target.closest(".photo");
    if (!this.dragged || !over) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    if (over !== this.dragged) over[event.clientY < top + height / 2 ? "before" : "after"](this.dragged);
  }

  // For a form that the browser sends after all: what the server has not goes with it. The rows of these, in order,
  // or null where they cannot go.
  async giveBack() {
    const unsent = this.rows().filter((photo) => !photo.uuid && !isStuck(photo));
    if (!unsent.length) return [];
    try {
      const files = new DataTransfer();
      for (const { id } of unsent) {
        const blob = await drafts.photo(id);
        if (!blob) return null;
        files.items.add(new File([blob], "foto", { type: blob.type }));
      }
      this.input.files = files.files;
      return this.input.files.length === unsent.length ? unsent : null;
    } catch {
      return null;
    }
  }
}
