// Offers names while someone types into an input[data-suggest="address"]: a combobox as WAI-ARIA describes it.
// The address answers `?q=` with a list of {label, url}; {note} is a line to read, not to choose. Without it the same input is sent as typed, and the server finds.
import { stay } from "./left-behind.js";

const PAUSE = 200;
const SHORTEST = 3;

class Suggestions {
  constructor(input, number) {
    this.input = input;
    this.active = -1;
    this.offers = [];
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `saran-${number}`, className: "suggest__list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");

    const box = document.createElement("div");
    box.className = "suggest";
    input.replaceWith(box);
    box.append(input, this.list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) {
      input.setAttribute(name, value);
    }

    if (input.form?.method === "post") stay(input);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // Before the input loses its focus.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const words = this.input.value.trim();
    if (words.length < SHORTEST) return this.close();
    try {
      const answer = await fetch(`${this.input.dataset.suggest}?q=${encodeURIComponent(words)}`);
      const offers = answer.ok ? await answer.json() : [];
      // An answer to words that were typed over meanwhile is late.
      if (this.isAbout(words) && document.activeElement === this.input) this.show(offers);
    } catch {
      if (this.isAbout(words)) this.close();
    }
  }

  isAbout(words) {
    return words === this.input.value.trim();
  }

  show(offers) {
    this.offers = offers;
    this.list.textContent = "";
    this.list.append(
      ...offers.map((offer, index) => {
        const option = document.createElement("li");
        Object.assign(option, { id: `${this.list.id}-${index}`, className: "suggest__option" });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        if (offer.note) option.setAttribute("aria-disabled", "true");
        option.textContent = offer.note ?? offer.label;
        return option;
      }),
    );
    this.open(offers.length > 0);
    this.mark(-1);
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", isOpen);
  }

  close() {
    clearTimeout(this.timer);
    this.open(false);
    this.mark(-1);
  }

  mark(index) {
    this.active = index;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", at === index));
    const option = this.list.children[index];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (this.list.hidden) return;
    const number = this.offers.length;
    const steps = { ArrowDown: this.active + 1, ArrowUp: this.active < 0 ? number - 1 : this.active - 1 };
    if (event.key in steps) {
      event.preventDefault();
      this.mark((steps[event.key] + number) % number);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  choose(index) {
    const offer = this.offers[index];
    if (offer.note) return;
    this.input.value = offer.label;
    this.close();
    const form = this.input.form;
    // A search for a page has found it; a search for a choice goes on with the full name; a filter waits for its button.
    if (form.dataset.finds === "page") location.assign(offer.url);
    else if (form.dataset.finds === "choice") form.requestSubmit();
  }
}

document.querySelectorAll("input[data-suggest]").forEach((input, number) => new Suggestions(input, number));
