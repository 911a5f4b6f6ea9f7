// Sharing is counted, and then the phone's own list of apps opens, or WhatsApp. Without this the next page leads there.
for (const form of document.querySelectorAll("[data-share-text]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = form.dataset.shareText;
    // The page may be left before the answer comes, and who is without a line may share all the same.
    const told = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, keepalive: true };
    fetch(form.action, told).catch(() => {});
    if (navigator.share) {
      navigator.share({ text }).catch(() => {});
    } else {
      location.assign(`https://wa.me/?text=${encodeURIComponent(text)}`);
    }
  });
}
