// The listings of this page on a map, when asked for. The list stays the truth: the map shows what it says.
(() => {
  const part = document.getElementById("map-part");
  if (!part) return;
  const { leafletScript, leafletCss, states, counties, tiles, credit, about, outlines } = part.dataset;
  const button = part.querySelector("button");
  const frame = part.querySelector("[data-map]");
  const COUNTY_ZOOM = 7;
  const CLOSEST_ZOOM = 13;
  const METERS_AROUND_A_ZIP = 3200; // half of the points of a ZIP code lie closer to its middle than 1.2 miles
  let map;
  let pins;
  let taken;

  const cards = () => [...document.querySelectorAll("[data-latitude]")];
  const offer = () => { button.hidden = cards().length === 0; };

  const load = (element) => new Promise((done, failed) => {
    element.addEventListener("load", done);
    element.addEventListener("error", failed);
    document.head.append(element);
  });
  const bringLeaflet = async () => {
    if (window.L) return;
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: leafletCss });
    const script = Object.assign(document.createElement("script"), { src: leafletScript });
    await Promise.all([load(style), load(script)]);
  };

  // TopoJSON: a line is steps on a grid.
  const degrees = ({ transform: { scale, translate }, lines }) => lines.map((steps) => {
    let [x, y] = [0, 0];
    return steps.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [y * scale[1] + translate[1], x * scale[0] + translate[0]];
    });
  });
  const drawn = async (url, look) => {
    const outline = await (await fetch(url)).json();
    return L.polyline(degrees(outline), { interactive: false, smoothFactor: 1.5, ...look });
  };
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const drawOutlines = async () => {
    (await drawn(states, { color: color("--edge"), weight: 1.5 })).addTo(map);
    let countyLines;
    const fit = async () => {
      if (map.getZoom() < COUNTY_ZOOM) return countyLines?.remove();
      countyLines ??= drawn(counties, { color: color("--line"), weight: 1 });
      countyLines = await countyLines;
      countyLines.addTo(map);
    };
    map.on("zoomend", fit);
    await fit();
  };

  const popup = (card, link, isAbout) => {
    const box = document.createElement("div");
    const name = Object.assign(document.createElement("a"), { href: link.href, textContent: link.textContent });
    name.lang = link.lang;
    const where = document.createElement("p");
    where.textContent = card.querySelector(".result-head p").textContent;
    box.append(name, where);
    if (isAbout) box.append(Object.assign(document.createElement("p"), { textContent: about }));
    return box;
  };
  const place = ({ dataset }) => [Number(dataset.latitude), Number(dataset.longitude)];
  const pin = (card) => {
    const { approximate, category, sign } = card.dataset;
    const link = card.querySelector("h3 a");
    const point = place(card);
    const isAbout = approximate !== undefined;
    if (isAbout) {
      L.circle(point, { radius: METERS_AROUND_A_ZIP, color: color("--soft"), weight: 1, dashArray: "4 4", fillOpacity: 0.08, interactive: false }).addTo(pins);
    }
    const before = taken.get(`${point}`) ?? 0; // what shares a point stands side by side
    taken.set(`${point}`, before + 1);
    const className = `pin ${category}${isAbout ? " about" : ""}`;
    const icon = L.divIcon({ className, html: "", iconSize: [32, 32], iconAnchor: [16 - 20 * before, 16] });
    const marker = L.marker(point, { icon, alt: link.textContent, title: link.textContent, riseOnHover: true });
    marker.bindPopup(popup(card, link, isAbout)).addTo(pins);
    marker.getElement().textContent = sign;
    marker.getElement().setAttribute("aria-label", link.textContent);
  };
  const show = () => {
    pins.clearLayers();
    taken = new Map();
    const found = cards();
    if (!found.length) return;
    map.fitBounds(L.latLngBounds(found.map(place)).pad(0.2), { maxZoom: CLOSEST_ZOOM, animate: false });
    found.forEach(pin);
  };

  const open = async () => {
    await bringLeaflet();
    frame.hidden = false;
    map = L.map(frame, { preferCanvas: true, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, maxZoom: 17 });
    map.attributionControl.setPrefix(false).addAttribution(outlines);
    if (tiles) L.tileLayer(tiles, { attribution: credit, maxZoom: 17, referrerPolicy: "no-referrer" }).addTo(map);
    pins = L.layerGroup().addTo(map);
    show();
    frame.focus({ preventScroll: true });
    await drawOutlines();
  };

  button.addEventListener("click", async () => {
    const isOpening = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(isOpening));
    button.textContent = isOpening ? button.dataset.hide : button.dataset.show;
    if (isOpening && !map) {
      try {
        await open();
      } catch {
        frame.hidden = false;
        frame.textContent = button.dataset.failed;
        button.hidden = true;
      }
    } else {
      frame.hidden = !isOpening;
      if (isOpening) map.invalidateSize();
      if (isOpening) frame.focus({ preventScroll: true });
    }
  });
  document.addEventListener("htmx:afterSettle", () => {
    offer();
    if (map) show();
  });
  offer();
})();
