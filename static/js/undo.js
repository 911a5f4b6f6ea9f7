// What was decided just now may be taken back while its seconds run; then the button goes, for it would only say no.
for (const form of document.querySelectorAll("[data-undo]")) {
  const ends = performance.now() + Number(form.dataset.undo) * 1000;
  const told = form.querySelector("small");
  const timer = setInterval(() => {
    const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
    told.textContent = told.textContent.replace(/\d+/, left);
    if (left) return;
    clearInterval(timer);
    form.remove();
    // Any request to the desk does what is due.
    fetch(form.dataset.desk, { method: "HEAD" }).catch(() => {});
  }, 1000);
}
