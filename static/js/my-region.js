// The news of the reader's own region, fetched by the code in the cookie: the page around it stays the same for everyone.
const code = document.cookie.match(/(?:^|; )wilayah=([0-9.]+)/)?.[1];

if (code) {
  for (const slot of document.querySelectorAll("[data-my-region]")) {
    fetch(slot.dataset.myRegion.replace("/0/", `/${code}/`))
      .then(async (answer) => {
        if (answer.ok) slot.innerHTML = await answer.text();
      })
      .catch(() => {
        // Without a signal the invitation stays.
      });
  }
}
