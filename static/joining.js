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
  for (const settled of ["htmx:load", "htmx:afterRequest"]) document.addEventListener(settled, forget);

  // Where opening the part in place fails, the whole page opens it.
  for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failed, ({ detail }) => detail.elt.submit());
  }
})();
