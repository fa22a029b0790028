// When a meeting from home begins on the reader's own clock, where that is not the group's.
(() => {
  const language = document.documentElement.lang;
  const format = (zone) =>
    new Intl.DateTimeFormat(language, {
      weekday: "long",
      hour: "numeric",
      minute: "2-digit",
      timeZone: zone,
    });
  for (const place of document.querySelectorAll("[data-starts-at]")) {
    const { startsAt, zone, words } = place.dataset;
    const starts = new Date(startsAt);
    const here = format(undefined).format(starts);
    if (zone && here === format(zone).format(starts)) continue;
    place.textContent = words.replace("{time}", here);
    place.hidden = false;
  }
})();
