// The photos of the page: chosen, made small, put in order by buttons or by dragging, each with its own progress.
import { reduce } from "./reduce-photo.js";
import { send } from "./send-drafts.js";
import { word } from "./words.js";

export class PhotoList {
  constructor(form, { onChange, onRemove }) {
    Object.assign(this, { form, onChange, onRemove });
    this.list = form.querySelector("[data-photos]");
    this.template = form.querySelector("[data-photo-template]");
    this.input = form.querySelector("input[type=file]");
    this.most = Number(form.dataset.mostPhotos);
    this.known = new Map();
    for (const line of this.list.children) {
      line.dataset.id = line.dataset.uuid;
      this.known.set(line.dataset.uuid, { id: line.dataset.uuid, uuid: line.dataset.uuid });
      if (this.input) this.makeDraggable(line);
    }
    // Settled when every chosen photo is small and known.
    this.ready = Promise.resolve();
    this.input?.addEventListener("change", () => (this.ready = Promise.all([this.ready, this.choose()])));
    this.list.addEventListener("click", (event) => this.press(event));
    this.list.addEventListener("dragover", (event) => this.dragOver(event));
  }

  // What the store keeps of each, in order.
  rows() {
    const lines = [...this.list.children].filter((line) => this.known.has(line.dataset.id));
    return lines.map((line) => ({
      ...this.known.get(line.dataset.id),
      alt: this.altOf(line).value.trim(),
      caption: line.querySelector("input[name$='-caption']")?.value.trim() ?? "",
    }));
  }

  altOf(line) {
    return line.querySelector("[data-alt], input[name$='-alt']") ?? { value: "" };
  }

  async choose() {
    const files = [...this.input.files];
    this.input.value = "";
    for (const file of files) {
      if (this.list.children.length >= this.most) {
        this.sayOn(this.list.lastElementChild, word("too_many"));
        break;
      }
      await this.add(file);
    }
  }

  async add(file) {
    const id = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    const line = this.line({ id });
    this.sayOn(line, word("reducing"));
    const blob = await reduce(file);
    this.known.set(id, { id, blob });
    this.picture(line, blob);
    this.sayOn(line, word("waiting"));
    this.onChange();
  }

  // A new line at the end.
  line({ id, alt = "" }) {
    const line = this.template.content.firstElementChild.cloneNode(true);
    line.dataset.id = id;
    this.altOf(line).value = alt;
    this.makeDraggable(line);
    this.list.append(line);
    return line;
  }

  picture(line, blob) {
    const image = line.querySelector("img");
    image.src = URL.createObjectURL(blob);
    image.addEventListener("error", () => this.sayOn(line, word("unreadable")), { once: true });
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  }

  // What the store has and this page has not; without a line, all of it.
  restore(draft, { isAll }) {
    for (const photo of draft.photos) {
      const shown = [...this.list.children].find((line) => photo.uuid && line.dataset.uuid === photo.uuid);
      if (shown) {
        if (draft.isDirty && photo.alt) this.altOf(shown).value = photo.alt;
        continue;
      }
      if (!photo.blob || (photo.uuid && !isAll)) continue;
      this.known.set(photo.id, photo);
      const line = this.line(photo);
      this.picture(line, photo.blob);
      this.sayOn(line, photo.uuid ? word("uploaded") : (photo.refusal ?? word("waiting")));
    }
  }

  tell({ photo, state, part, name, src, error }) {
    const line = [...this.list.children].find((one) => one.dataset.id === photo);
    if (!line) return;
    const bar = line.querySelector("progress");
    bar.hidden = state !== "uploading";
    if (part !== undefined) bar.value = part;
    line.querySelector("[data-photo-deed=retry]").hidden = state !== "broken";
    if (state === "uploaded") {
      Object.assign(this.known.get(photo), { uuid: name, src });
      line.dataset.uuid = name;
    }
    const said = { uploading: `${word("uploading")} ${Math.round(100 * (part ?? 0))}%`, uploaded: word("uploaded"), broken: word("broken") };
    this.sayOn(line, said[state] ?? error ?? "", { isError: state === "unfit" });
  }

  sayOn(line, text, { isError = false } = {}) {
    const place = line?.querySelector("[data-photo-state]");
    if (!place) return;
    place.textContent = text;
    place.classList.toggle("error", isError);
  }

  haveWords() {
    const silent = [...this.list.children].filter((line) => !this.altOf(line).value.trim());
    for (const line of this.list.children) {
      if (silent.includes(line)) this.sayOn(line, word("alt_needed"), { isError: true });
      else if (line.querySelector(".error[data-photo-state]")) this.sayOn(line, "");
    }
    if (silent.length) this.altOf(silent[0]).focus();
    return !silent.length || !this.input;
  }

  press(event) {
    const deed = event.target.closest("[data-photo-deed]")?.dataset.photoDeed;
    if (!deed) return;
    event.preventDefault();
    const line = event.target.closest(".photo");
    if (deed === "retry") return send({ key: this.form.dataset.key, write: this.form.dataset.write });
    if (deed === "up") line.previousElementSibling?.before(line);
    if (deed === "down") line.nextElementSibling?.after(line);
    if (deed === "cover") this.list.prepend(line);
    if (deed === "remove") this.remove(line);
    else event.target.closest("button").focus();
    this.onChange();
  }

  remove(line) {
    const uuid = line.dataset.uuid || this.known.get(line.dataset.id)?.uuid;
    if (uuid) this.onRemove(uuid);
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
}
