// Promises to keep what is written only where this phone does.
import { keeps } from "./draft-store.js";

keeps().then((does) => (document.querySelector("[data-if-kept]").hidden = !does));
