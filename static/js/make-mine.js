// Says on the page of a region whether it is the reader's own.
import { ownRegion } from "./own-region.js";

const show = () => {
  for (const form of document.querySelectorAll("form[data-region]")) {
    form.dataset.isMine = form.dataset.region === ownRegion() ? "yes" : "no";
  }
};

show();
// Back from choosing another one, the page may come from memory.
addEventListener("pageshow", show);
