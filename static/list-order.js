// Places are dragged into another order; the buttons "Up" and "Down" do the same without a script.
for (const list of document.querySelectorAll("[data-sortable]")) {
  let dragged = null;
  for (const item of list.children) item.draggable = true;
  list.addEventListener("dragstart", (event) => {
    if (event.target.closest("input, textarea, select, summary")) return event.preventDefault();
    dragged = event.target.closest("li");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged || !over || over === dragged || over.parentNode !== list) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    over[event.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
  });
  list.addEventListener("dragend", async () => {
    if (!dragged) return;
    dragged = null;
    const order = new URLSearchParams();
    for (const item of document.querySelectorAll("[data-listing]")) order.append("listing", item.dataset.listing);
    const answer = await fetch(list.dataset.sortable, {
      method: "POST",
      body: order,
      headers: { Accept: "application/json" },
    }).catch(() => null);
    // The page then shows how it stands, moved or not.
    if (!answer?.ok) location.reload();
    else for (const each of document.querySelectorAll("[data-sortable]")) setEnds(each);
  });
}
// The first cannot go up, the last not down.
function setEnds(list) {
  const items = [...list.children];
  items.forEach((item, place) => {
    for (const button of item.querySelectorAll("button[name=way]")) {
      button.disabled = button.value === "up" ? place === 0 : place === items.length - 1;
    }
  });
}
