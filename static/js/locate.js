// Asks where the device is, only on a click, and sends the position with the form. Nothing is kept here.
for (const form of document.querySelectorAll("form[data-locate]")) {
  if (!navigator.geolocation) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    const send = (lat, lng) => {
      form.elements.lat.value = lat;
      form.elements.lng.value = lng;
      form.submit();
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => send(coords.latitude.toFixed(5), coords.longitude.toFixed(5)),
      // Refused or without a signal: the server answers with a sentence and the search box.
      () => send("", ""),
      { timeout: 15000, maximumAge: 600000 },
    );
  });
}
