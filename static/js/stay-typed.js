// Fields that no browser may remember for others keep for who goes back what was typed in them.
import { stay } from "./left-behind.js";

document.querySelectorAll("[data-stay]").forEach(stay);
