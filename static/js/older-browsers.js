// What browsers from Chrome 70, Firefox 78 and Safari 14 on lack of what our scripts ask for, each only where it is
// missing. No module: the service worker reads it too.
(() => {
  const lacks = (thing, name, make) => {
    if (thing && !(name in thing)) Object.defineProperty(thing, name, { value: make, writable: true, configurable: true });
  };
  const prototypeOf = (name) => (self[name] ? self[name].prototype : null);

  lacks(Object, "fromEntries", (pairs) => {
    const made = {};
    for (const [name, value] of pairs) made[name] = value;
    return made;
  });

  lacks(self.AbortSignal, "timeout", (milliseconds) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), milliseconds);
    return controller.signal;
  });

  for (const kind of ["Element", "DocumentFragment"]) {
    lacks(prototypeOf(kind), "replaceChildren", function (...nodes) {
      this.textContent = "";
      this.append(...nodes);
    });
  }

  lacks(prototypeOf("Element"), "checkVisibility", function () {
    return this.getClientRects().length > 0;
  });

  lacks(prototypeOf("HTMLFormElement"), "requestSubmit", function (submitter) {
    const button = submitter || this.appendChild(Object.assign(document.createElement("button"), { hidden: true }));
    button.click();
    if (!submitter) button.remove();
  });

  // Which button sends: the one that was pressed last, and, with Enter in a field, the form's first.
  if (self.document && !("submitter" in (prototypeOf("SubmitEvent") || {}))) {
    let pressed = null;
    document.addEventListener("click", ({ target }) => (pressed = target.closest("button, input[type=submit]")), true);
    Object.defineProperty(Event.prototype, "submitter", {
      configurable: true,
      get() {
        return this.type === "submit" && pressed && pressed.form === this.target ? pressed : null;
      },
    });
  }
})();
