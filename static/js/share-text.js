// Where the phone can share, its own list of apps opens instead of WhatsApp alone.
for (const link of document.querySelectorAll("[data-share-text]")) {
  if (!navigator.share) continue;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    // Whoever closes the list without choosing has shared nothing, and is told nothing.
    navigator.share({ text: link.dataset.shareText }).catch(() => {});
  });
}
