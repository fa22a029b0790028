// A ticked box asks again in place: what stood open stays open, and the focus stays on the box.
(() => {
  // htmx notes the address in the browser's storage, where it would outlast the page.
  const forget = () => {
    try {
      sessionStorage.removeItem("htmx-current-path-for-history");
    } catch {
      // No storage, nothing to forget.
    }
  };
  forget();
  document.addEventListener("htmx:pushedIntoHistory", forget);

  const answer = document.getElementById("answer");
  // Whose day "today" is: only the browser knows, and only that question needs it.
  const sayZone = () => {
    const field = answer.querySelector("[data-own-zone]");
    const isToday = document.getElementById("when")?.value === "today";
    if (field) field.value = isToday ? Intl.DateTimeFormat().resolvedOptions().timeZone || "" : "";
  };
  answer.addEventListener("change", sayZone, true);
  answer.addEventListener("submit", sayZone, true);

  let open = [];
  let focused = "";
  document.addEventListener("htmx:beforeSwap", () => {
    open = [...answer.querySelectorAll("details[id]")].map(({ id, open }) => ({ id, open }));
    focused = answer.contains(document.activeElement) ? document.activeElement.id : "";
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const fold of open) {
      const element = document.getElementById(fold.id);
      if (element) element.open = fold.open;
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  });
  // Where asking in place fails, the whole page says why.
  for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failed, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
  }
})();
