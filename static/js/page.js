// What a page can do better with JavaScript; without it, everything still works by links and forms.

const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([0-9.]+)`)?.[1];

for (const slot of document.querySelectorAll("[data-my-region]")) {
  const code = cookie("wilayah");
  if (!code) continue;
  const answer = await fetch(slot.dataset.myRegion.replace("0", code));
  if (answer.ok) slot.innerHTML = await answer.text();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("span").textContent = button.dataset.done;
  });
}

for (const form of document.querySelectorAll("form[data-locate]")) {
  if (!navigator.geolocation) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.elements.lat.value) return;
    event.preventDefault();
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.lat.value = coords.latitude.toFixed(5);
      form.elements.lng.value = coords.longitude.toFixed(5);
      form.submit();
    });
  });
}

for (const input of document.querySelectorAll("[data-region-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-saran`;
  input.after(list);
  input.setAttribute("list", list.id);
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (input.value.trim().length < 3) return;
    waiting = setTimeout(async () => {
      const answer = await fetch(`/wilayah/saran/?q=${encodeURIComponent(input.value)}`);
      if (!answer.ok) return;
      const places = await answer.json();
      list.replaceChildren(...places.map((place) => new Option(place.address, place.address)));
    }, 200);
  });
}
