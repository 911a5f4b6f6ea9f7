// The photos of a post, one at a time over the page: arrows, Esc and swipes. Without this, each link opens its photo.
const post = document.querySelector("[data-gallery]");
const links = [...(post?.querySelectorAll("figure > a") ?? [])].filter((link) => link.querySelector("img"));
const SWIPE = 40; // pixels

if (links.length && window.HTMLDialogElement) {
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const button = (text, label, act) => {
    const made = make("button", { type: "button", textContent: text, onclick: act });
    made.setAttribute("aria-label", label);
    return made;
  };
  const { previous, next, close, label } = post.dataset;
  let at = 0;

  const image = make("img", { draggable: false });
  const caption = make("p", { lang: "id" });
  const number = make("p", { className: "viewer-number" });
  number.setAttribute("role", "status");
  const dialog = make("dialog", { className: "viewer" });
  dialog.setAttribute("aria-label", label);
  const back = button("‹", previous, () => show(at - 1));
  const on = button("›", next, () => show(at + 1));
  back.hidden = on.hidden = links.length < 2;
  dialog.append(button("×", close, () => dialog.close()), image, caption, number, back, on);
  document.body.append(dialog);

  const show = (wanted) => {
    at = (wanted + links.length) % links.length;
    const link = links[at];
    const small = link.querySelector("img");
    // Who saves data sees the small copy, which is most likely there already.
    const isSaving = document.documentElement.dataset.saveData === "on";
    image.src = isSaving ? link.href.replace(/1280(?=\.webp$)/, "320") : link.href;
    image.alt = small.alt;
    caption.textContent = link.parentElement.querySelector("figcaption")?.textContent || small.alt;
    number.textContent = `${at + 1} / ${links.length}`;
  };

  links.forEach((link, index) => {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      show(index);
      dialog.showModal();
    });
  });
  // Back to the photo last looked at, which may not be the one first opened.
  dialog.addEventListener("close", () => links[at].focus());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("keydown", ({ key }) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (step) show(at + step);
  });

  let from = null;
  dialog.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 ? touches[0] : null), { passive: true });
  dialog.addEventListener("touchend", ({ changedTouches: [to] }) => {
    const [across, down] = from ? [to.clientX - from.clientX, to.clientY - from.clientY] : [0, 0];
    from = null;
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) show(across < 0 ? at + 1 : at - 1);
  });
}
