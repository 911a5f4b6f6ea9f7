// What a field held when its page was left, for who goes back to it: browsers fill in again neither what offers names of
// its own nor what a script put there. It is kept with the page in the history of this tab, and goes with it.
const KEY = "left";
const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
const known = (isBack && history.state?.[KEY]) || {};

export const left = (name) => known[name];

export function leave(name, value) {
  const now = history.state?.[KEY] ?? {};
  if (now[name] !== value) history.replaceState({ ...history.state, [KEY]: { ...now, [name]: value } }, "");
}

// What is sent stays typed for who goes back.
export function stay(input) {
  const before = left(input.name);
  if (before !== undefined && input.value === input.defaultValue) input.value = before;
  for (const type of ["input", "change", "blur"]) input.addEventListener(type, () => leave(input.name, input.value));
}
