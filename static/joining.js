// Where opening the part in place fails, the whole page opens it.
for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failed, ({ detail }) => detail.elt.submit());
}
