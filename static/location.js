// Use my location: two decimals, about half a mile, are all that leaves the phone.
(() => {
  if (!navigator.geolocation) return;
  const rounded = (degrees) => degrees.toFixed(2);
  for (const button of document.querySelectorAll("[data-use-location]")) {
    const field = button.form.elements.near;
    const status = button.form.querySelector("[data-location-status]");
    button.hidden = false;
    button.addEventListener("click", () => {
      status.textContent = button.dataset.looking;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          field.value = `${rounded(coords.latitude)}, ${rounded(coords.longitude)}`;
          status.textContent = button.dataset.found;
        },
        () => {
          status.textContent = button.dataset.failed;
          field.focus();
        },
        { enableHighAccuracy: false, timeout: 10000, maximumAge: 300000 },
      );
    });
  }
})();
