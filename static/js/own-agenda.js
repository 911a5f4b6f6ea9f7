// The agenda opens on the reader's own region, which only the cookie knows; an address that says a region stays on it.
import { ownRegion } from "./own-region.js";

const page = document.querySelector("[data-own-agenda]");
const code = ownRegion();

if (page && code && !location.search) location.replace(page.dataset.ownAgenda + code);
