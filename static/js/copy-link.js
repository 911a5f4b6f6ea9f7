// Copies the address of the page, and says so.
for (const button of document.querySelectorAll("[data-copy-link]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const words = button.querySelector("span");
  const before = words.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copyLink);
    words.textContent = button.dataset.done;
    setTimeout(() => (words.textContent = before), 3000);
  });
}
