// Hands an address to whatever the phone shares with; without that a button stays hidden, and a link stays a link.
for (const control of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  control.hidden = false;
  control.addEventListener("click", (event) => {
    event.preventDefault();
    navigator.share({ title: control.dataset.title, url: control.dataset.share }).catch(() => {});
  });
}
