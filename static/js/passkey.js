// What went wrong with a passkey is said on the page; allauth's script tells only the console.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelector("[data-passkey-failed]").hidden = false;
});
