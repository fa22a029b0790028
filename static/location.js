// Use my location: two decimals, about half a mile, are all that leaves the phone.
(() => {
  const button = document.querySelector("[data-use-location]");
  const field = document.getElementById("near");
  const status = document.querySelector("[data-location-status]");
  if (!button || !field || !status || !navigator.geolocation) return;
  const rounded = (degrees) => degrees.toFixed(2);
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
})();
