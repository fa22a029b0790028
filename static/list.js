// "Add to list" without leaving the page. Without this script the same button leads there and back.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.id !== "to-list" || !button || event.defaultPrevented) return;
  event.preventDefault();
  button.setAttribute("aria-disabled", "true");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, button)),
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(answer.status);
    const { bar } = await answer.json();
    const link = document.createElement("a");
    link.className = button.className;
    link.href = form.dataset.list;
    link.textContent = `✓ ${form.dataset.listed}`;
    button.replaceWith(link);
    link.focus({ preventScroll: true });
    for (const place of document.querySelectorAll("[data-list-count]")) {
      place.hidden = false;
      place.querySelector("a").textContent = bar;
    }
  } catch {
    // The page that the form leads to says what is wrong.
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    form.append(field);
    form.submit();
  }
});
