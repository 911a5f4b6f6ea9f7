// What the scripts of a page say, in its language: the template #kata holds the sentences by name.
const words = {};
for (const line of document.getElementById("kata")?.content.querySelectorAll("[data-word]") ?? []) {
  words[line.dataset.word] = line.textContent;
}

export const word = (name) => words[name] ?? "";
