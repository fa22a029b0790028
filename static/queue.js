// Works on an item by single keys, if that is switched on, and keeps the item while someone works on it.
(() => {
  const work = document.querySelector(".work");
  const outcome = work?.querySelector(".outcome");
  if (!outcome) return;

  const switched = document.getElementById("single-keys");
  switched.closest("[hidden]").hidden = false;
  try {
    switched.checked = localStorage.getItem("queue-single-keys") === "on";
    switched.addEventListener("change", () => {
      localStorage.setItem("queue-single-keys", switched.checked ? "on" : "off");
    });
  } catch {
    // No storage: the switch holds for this page.
  }

  const results = [...outcome.querySelectorAll("input[name=result]")];
  const isTyping = ({ target }) =>
    target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target.tagName === "INPUT" && !/^(radio|checkbox)$/.test(target.type));
  document.addEventListener("keydown", (event) => {
    if (!switched.checked || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return;
    const chosen = results[Number(event.key) - 1];
    const acts = {
      n: () => outcome.requestSubmit(),
      s: () => work.querySelector("[data-key=s]")?.click(),
      c: () => work.querySelector(".number a")?.click(),
    };
    if (chosen) {
      chosen.checked = true;
      chosen.focus();
      chosen.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (acts[event.key]) acts[event.key]();
    else return;
    event.preventDefault();
  });

  // Five minutes with a sign of life, and the item is kept for twenty more.
  let isAlive = false;
  for (const sign of ["keydown", "pointerdown", "pointermove"]) {
    document.addEventListener(sign, () => { isAlive = true; }, { passive: true });
  }
  const lease = work.querySelector(".lease");
  setInterval(() => {
    if (!isAlive || !lease.querySelector("[value=keep]")) return;
    isAlive = false;
    const kept = new FormData(lease);
    kept.set("verb", "keep");
    fetch(lease.action, { method: "POST", body: kept, redirect: "manual" }).catch(() => {});
  }, 5 * 60 * 1000);
})();
