// Makes the photos of a paper's pages small before a form is sent; the server takes them as they are where this cannot.
import { reduce } from "./reduce-photo.js";

// Small print stays legible.
const PAGE = { longest: 2400, enough: 700_000 };

for (const form of document.querySelectorAll("form[enctype='multipart/form-data']")) reduceBeforeSending(form);

function reduceBeforeSending(form) {
  let isReduced = false, isBusy = false;
  form.addEventListener("change", () => { isReduced = false; });
  form.addEventListener("submit", async (event) => {
    if (isReduced) return;
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    form.setAttribute("aria-busy", "true");
    try {
      for (const input of form.querySelectorAll("input[type=file]")) input.files = await reduced(input.files);
    } catch {} // as they are
    form.removeAttribute("aria-busy");
    isBusy = false;
    isReduced = true;
    // Later: while the first submit is still being told, a second is dropped.
    setTimeout(() => form.requestSubmit(event.submitter));
  });
}

async function reduced(files) {
  const small = new DataTransfer();
  for (const file of files) {
    const content = file.type.startsWith("image/") ? await reduce(file, PAGE) : file;
    small.items.add(content === file ? file : new File([content], file.name, { type: content.type }));
  }
  return small.files;
}
