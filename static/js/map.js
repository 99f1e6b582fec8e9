// Leaflet takes over the map that the server drew: the same frame, the same links, no jump.

import { displace, labelSides } from "./displacement.js";

// static/img/europe.svg: longitudes -45 to 70, latitudes 24 to 76, 6600 units wide (projection.py).
const [WEST, SOUTH, EAST, NORTH] = [-45, 24, 70, 76];
const BOUNDS = [[SOUTH, WEST], [NORTH, EAST]];
const UNITS = 6600 / (EAST - WEST);
const WORLD = 360 * UNITS;
const radians = Math.PI / 180;
const mercator = (latitude) => Math.log(Math.tan(Math.PI / 4 + (latitude * radians) / 2)) / radians;
const latitudeAt = (y) =>
  (2 * Math.atan(Math.exp((mercator(NORTH) - y / UNITS) * radians)) - Math.PI / 2) / radians;
const longitudeAt = (x) => x / UNITS + WEST;

let loading;

// Loads what {% leaflet_css %} and {% leaflet_js %} name, once a page and in their order.
function loadLeaflet() {
  loading ??= (async () => {
    const parts = document.importNode(document.getElementById("leaflet").content, true);
    for (const part of [...parts.children]) {
      if (part.src) part.async = false;
      const loaded = (part.src || part.href) && new Promise((resolve, reject) => {
        part.addEventListener("load", resolve);
        part.addEventListener("error", reject);
      });
      document.head.append(part);
      await loaded;
    }
  })();
  return loading;
}

function button(label, sign, onClick) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "map-button";
  element.textContent = sign;
  if (sign !== label) element.setAttribute("aria-label", label);
  element.addEventListener("click", onClick);
  return element;
}

// Keeps the placement for the size shown now, which Leaflet changes from here on, and returns it.
function onlyVisible(link) {
  const [group, ...others] = [...link.querySelectorAll("[class^=at-]")].sort(
    (a, b) => b.getClientRects().length - a.getClientRects().length,
  );
  others.forEach((other) => other.remove());
  group.setAttribute("class", group.getAttribute("class").replace(/at-\w+/, "at-live"));
  return group;
}

class LiveMap {
  constructor(box) {
    this.box = box;
    this.frame = box.querySelector(".map-frame");
    this.svg = box.querySelector(".map-pins");
    this.pins = [...this.svg.querySelectorAll(".pin")].map((link) => ({
      link,
      at: L.latLng(latitudeAt(link.dataset.y), longitudeAt(link.dataset.x)),
      anchor: link.querySelector("svg"),
      group: onlyVisible(link),
    }));
    const focused = this.svg.contains(document.activeElement) && document.activeElement;
    this.stage = document.createElement("div");
    this.stage.className = "map-live";
    box.append(this.stage);
    this.map = L.map(this.stage, {
      attributionControl: false,
      zoomControl: false,
      zoomAnimation: false,
      scrollWheelZoom: false,
      keyboard: false,
      zoomSnap: 0,
      maxZoom: 9,
      maxBoundsViscosity: 1,
      inertia: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    this.showWhole();
    this.setLimits();
    const base = box.querySelector(".map-base").cloneNode(true);
    base.setAttribute("viewBox", `0 0 6600 ${(mercator(NORTH) - mercator(SOUTH)) * UNITS}`);
    base.setAttribute("preserveAspectRatio", "none");
    L.svgOverlay(base, BOUNDS).addTo(this.map);
    this.map.getPane("markerPane").append(this.svg);
    this.place();
    this.addButtons();
    this.listen();
    if (focused) focused.focus({ preventScroll: true });
    box.dataset.map = "live";
  }

  // Shows what the server's frame shows, at the size it has in the box.
  showWhole() {
    const [x, y, width] = this.box.dataset.frame.split(" ").map(Number);
    const outer = this.box.getBoundingClientRect();
    const inner = this.frame.getBoundingClientRect();
    const scale = inner.width / width;
    const centre = [
      latitudeAt(y + (outer.height / 2 - inner.top + outer.top) / scale),
      longitudeAt(x + (outer.width / 2 - inner.left + outer.left) / scale),
    ];
    this.map.options.zoomSnap = 0; // the frame's own scale, not the next half step
    this.map.setView(centre, Math.log2((WORLD * scale) / 256), { animate: false });
    this.map.options.zoomSnap = 0.5;
  }

  // Keeps the view on the base map, and where the first view is larger, within that.
  setLimits() {
    const { map } = this;
    map.setMinZoom(Math.min(map.getZoom(), map.getBoundsZoom(BOUNDS, true)));
    map.setMaxBounds(L.latLngBounds(BOUNDS).extend(map.getBounds()));
  }

  // Puts the markers where the map is now, without moving them against each other.
  place() {
    const origin = this.map.getPixelOrigin();
    for (const pin of this.pins) {
      pin.point = this.map.project(pin.at).subtract(origin);
      pin.anchor.setAttribute("x", pin.point.x);
      pin.anchor.setAttribute("y", pin.point.y);
    }
  }

  // Moves crowded markers apart anew, as the server does for its own size.
  spread() {
    this.place();
    const points = this.pins.map(({ point }) => [point.x, point.y]);
    const places = displace(points);
    const names = this.pins.map(({ link, group }) =>
      link.classList.contains("pin-precursor") ? group.querySelector("text").textContent : "",
    );
    const sides = labelSides(places, names, -Infinity, Infinity);
    this.pins.forEach(({ group }, number) => {
      const dx = places[number][0] - points[number][0];
      const dy = places[number][1] - points[number][1];
      group.setAttribute("class", `at-live ${sides[number] && `named-${sides[number]}`}`);
      group.querySelector(".marker").setAttribute("transform", `translate(${dx} ${dy})`);
      let hairline = group.querySelector(".hairline");
      if (!hairline) {
        hairline = document.createElementNS("http://www.w3.org/2000/svg", "path");
        hairline.setAttribute("class", "hairline");
        group.prepend(hairline);
      }
      hairline.setAttribute("d", Math.abs(dx) + Math.abs(dy) > 4 ? `M0 0L${dx} ${dy}` : "");
    });
  }

  addButtons() {
    const { zoomIn, zoomOut, whole } = this.box.dataset;
    const buttons = document.createElement("div");
    buttons.className = "map-buttons";
    this.zoomInButton = button(zoomIn, "+", () => this.map.zoomIn(1));
    this.zoomOutButton = button(zoomOut, "−", () => this.map.zoomOut(1));
    buttons.append(
      this.zoomInButton,
      this.zoomOutButton,
      button(whole, "⤢", () => this.showWhole()),
    );
    L.DomEvent.disableClickPropagation(buttons);
    this.stage.before(buttons);
  }

  tellLimits() {
    const { map } = this;
    this.zoomInButton.setAttribute("aria-disabled", map.getZoom() >= map.getMaxZoom());
    this.zoomOutButton.setAttribute("aria-disabled", map.getZoom() <= map.getMinZoom());
  }

  listen() {
    const { map, stage, svg } = this;
    map.on("zoom viewreset", () => this.spread());
    map.on("zoomend", () => this.tellLimits());
    this.tellLimits();
    // The wheel scrolls the page until somebody is at work in the map.
    stage.addEventListener("click", () => map.scrollWheelZoom.enable());
    stage.addEventListener("focusin", () => map.scrollWheelZoom.enable());
    stage.addEventListener("mouseleave", () => map.scrollWheelZoom.disable());
    // A drag that begins and ends on a marker is not a click; a key press (detail 0) always is.
    svg.addEventListener("click", (event) => {
      if (event.detail && map.dragging.moved()) event.preventDefault();
    });
    svg.addEventListener("focusin", (event) => {
      const pin = this.pins.find(({ link }) => link === event.target);
      if (pin) map.panInside(pin.at, { padding: [60, 60], animate: false });
    });
  }
}

async function takeOver(box) {
  try {
    await loadLeaflet();
    new LiveMap(box);
  } catch (error) {
    box.querySelector(".map-live")?.remove(); // the server's map stays
    console.error(error);
  }
}

// Escape hides the name that stands at a marker (WCAG 1.4.13) until one leaves it.
function quietOnEscape(box) {
  const pins = box.querySelector(".map-pins");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") pins.querySelector(".pin:is(:hover, :focus)")?.classList.add("is-quiet");
  });
  for (const type of ["pointerout", "focusout"])
    pins.addEventListener(type, (event) => event.target.closest(".pin")?.classList.remove("is-quiet"));
}

// A name that would be cut off at the edge of the map stands above its marker instead.
function keepNamesInside(box) {
  const show = ({ target }) => {
    const names = target.closest(".pin")?.querySelectorAll(".label") ?? [];
    const name = [...names].find((one) => one.getClientRects().length);
    if (!name) return;
    name.removeAttribute("dx");
    name.setAttribute("y", 4);
    const { left, right } = name.getBoundingClientRect();
    const edge = box.getBoundingClientRect();
    const shift = Math.min(0, edge.right - 4 - right) || Math.max(0, edge.left + 4 - left);
    if (!shift) return;
    name.setAttribute("dx", shift);
    name.setAttribute("y", -18);
  };
  const pins = box.querySelector(".map-pins");
  pins.addEventListener("pointerover", show);
  pins.addEventListener("focusin", show);
}

for (const box of document.querySelectorAll("[data-map]")) {
  quietOnEscape(box);
  keepNamesInside(box);
  if (matchMedia("(pointer: coarse)").matches) {
    const explore = button(box.dataset.explore, box.dataset.explore, async () => {
      await takeOver(box);
      const hadFocus = explore === document.activeElement;
      explore.remove();
      if (hadFocus) box.querySelector(".map-button")?.focus({ preventScroll: true });
    });
    explore.classList.add("map-explore");
    box.append(explore);
  } else {
    new IntersectionObserver(([entry], observer) => {
      if (!entry.isIntersecting) return;
      observer.disconnect();
      takeOver(box);
    }, { rootMargin: "200px" }).observe(box);
  }
}
