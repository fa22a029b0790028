// Keys for people who run many searches; "?" lists them. Everything here can be done without them.
//
// Single letters disturb whoever speaks to the browser or reads by its keys (WCAG 2.1.4). So they can be turned
// off for good in the list of keys, act only on the page itself and its results, never in a field, a menu or a
// map, and never with Ctrl, Alt or Meta. Arrows move between places only once a place has the focus: before
// that they scroll, as everywhere. Shift stays with the quick exit, and the list of keys covers nothing that
// leads away: it is no modal dialog, so that "Leave this site" can always be pressed.
(() => {
  const part = document.querySelector("[data-keys]");
  if (!part) return;
  const opener = part.querySelector("[data-keys-open]");
  const dialog = part.querySelector("dialog");
  const switched = document.getElementById("keys-on");
  const said = part.querySelector("[data-keys-said]");
  const main = document.querySelector("main");
  const NAME = "keys";
  const words = { on: opener.textContent, off: opener.dataset.off };
  part.hidden = false;

  const showSwitch = () => {
    opener.textContent = switched.checked ? words.on : words.off;
  };
  try {
    switched.checked = localStorage.getItem(NAME) !== "off";
  } catch {
    // No storage: the switch holds for this page.
  }
  switched.addEventListener("change", () => {
    showSwitch();
    try {
      if (switched.checked) localStorage.removeItem(NAME);
      else localStorage.setItem(NAME, "off");
    } catch {
      // As above.
    }
  });
  showSwitch();

  let before = null;
  const open = () => {
    before = document.activeElement;
    dialog.show();
    opener.setAttribute("aria-expanded", "true");
    dialog.querySelector("[data-keys-close]").focus();
  };
  const close = () => {
    dialog.close();
    opener.setAttribute("aria-expanded", "false");
    (before && before !== document.body ? before : opener).focus();
  };
  const toggle = () => (dialog.open ? close() : open());
  opener.addEventListener("click", toggle);
  part.querySelector("[data-keys-close]").addEventListener("click", close);

  // A place is a card, or the head of a column; its link is where the focus goes. Read anew each time: htmx
  // swaps results.
  const links = () =>
    [...main.querySelectorAll(".result-head h3 a, [data-card-link]")].filter((link) => link.checkVisibility());
  const cardOf = (element) => element.closest("article, .own-item, [data-card]");
  const linkOf = (element) => {
    const card = cardOf(element);
    return card && links().find((link) => card.contains(link));
  };
  const move = (steps) => {
    const all = links();
    const here = all.indexOf(linkOf(document.activeElement));
    const next = all[here === -1 ? (steps > 0 ? 0 : -1) : here + steps];
    if (!next) return;
    next.focus({ preventScroll: true });
    cardOf(next).scrollIntoView({ block: "nearest" });
  };

  const goToField = () => {
    const field = main.querySelector("input[name=near]:not([type=hidden])");
    if (!field) return location.assign(part.dataset.search);
    for (let fold = field.closest("details"); fold && !field.checkVisibility(); ) {
      fold.open = true;
      fold = fold.parentElement.closest("details");
    }
    field.focus();
    field.select();
  };
  const add = () => {
    const card = cardOf(document.activeElement);
    if (!card) return;
    const button = card.dataset.card
      ? document.querySelector(`[form=to-list][value="${card.dataset.card}"]`)
      : card.querySelector("[form=to-list]");
    if (button) return button.click();
    const { list } = part.dataset;
    const isListed = card.dataset.card || location.pathname === list || card.querySelector(`a[href="${list}"]`);
    // Emptied first, so that it is said each time.
    said.textContent = "";
    setTimeout(() => { said.textContent = isListed ? part.dataset.listed : part.dataset.none; }, 50);
  };

  const acts = {
    "/": goToField,
    "?": toggle,
    j: () => move(1),
    k: () => move(-1),
    a: add,
    o: () => linkOf(document.activeElement)?.click(),
    l: () => location.assign(part.dataset.list),
  };
  const arrows = { ArrowDown: () => move(1), ArrowUp: () => move(-1) };
  const isHere = (target) =>
    target === document.body || target === main || dialog.contains(target) ||
    target.matches("[type=checkbox], [type=radio]") || Boolean(target.closest("article, .own-item, .compare-region"));
  const isField = (target) =>
    target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])");

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (key === "Escape" && dialog.open) {
      close();
      return;
    }
    if (!switched.checked || isField(target) || !isHere(target)) return;
    const isArrow = key in arrows;
    if (isArrow && (event.shiftKey || dialog.open || !linkOf(target))) return;
    const act = isArrow ? arrows[key] : Object.hasOwn(acts, key) && acts[key];
    if (!act || (dialog.open && key !== "?") || (event.repeat && !isArrow && !"jk".includes(key))) return;
    event.preventDefault();
    act();
  });
})();
