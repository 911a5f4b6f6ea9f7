// What the reader's own region has to say, fetched by its code: the page around it stays the same for everyone.
import { ownRegion } from "./own-region.js";
import { hideEnded } from "./warnings.js";

const code = ownRegion();

if (code) {
  for (const slot of document.querySelectorAll("[data-my-region]")) {
    fetch(slot.dataset.myRegion.replace("/0/", `/${code}/`))
      .then(async (answer) => {
        if (!answer.ok) return;
        slot.innerHTML = await answer.text();
        hideEnded();
      })
      .catch(() => {
        // Without a signal the invitation stays.
      });
  }
}
