// The map under Leaflet: markers, clusters where they are too many, buttons, the view.

import { rewrite } from "./address.js";
import { BOUNDS, button, EAST, NORTH, SOUTH, viewInAddress, WEST } from "./map-view.js";
import { cluster } from "./cluster.js";
import { displace, labelSides } from "./displacement.js";
import { NEAR, NEARER, NearMap } from "./near.js";
import { makePin, moveBy, onlyVisible } from "./pins.js";
import { sentence } from "./plurals.js";
import { matcher } from "./filters.js";

const UNITS = 6600 / (EAST - WEST);
const WORLD = 360 * UNITS;
const MAX_ZOOM = 9;
const MOST_PINS = 150; // more become clusters, as on the server: cities/map.py
const CLUSTER_GAP = 44; // CSS pixels
const INSET = 0.03; // of a frame's height: how far within it that stands which is beyond it
const RADII = { precursor: 12, committed: 6, cluster: 20 }; // CSS pixels of markers
const EDGE = 6; // CSS pixels that a name keeps from the edge of the map
const radians = Math.PI / 180;
const mercator = (latitude) => Math.log(Math.tan(Math.PI / 4 + (latitude * radians) / 2)) / radians;
const latitudeAt = (y) =>
  (2 * Math.atan(Math.exp((mercator(NORTH) - y / UNITS) * radians)) - Math.PI / 2) / radians;
const longitudeAt = (x) => x / UNITS + WEST;
const latLngAt = ({ x, y }) => L.latLng(latitudeAt(y), longitudeAt(x));

// data: what /map.json holds, in columns; returns the cities from north to south.
export function readCities(data, profile) {
  const { countries, roles, ...columns } = data;
  return data.slug
    .map((slug, number) => {
      const city = { href: profile.replace("SLUG", slug) };
      for (const name in columns) city[name] = columns[name][number];
      city.title = `${city.name}, ${countries[city.country]} (${roles[city.role]})`;
      return city;
    })
    .sort((a, b) => a.y - b.y || a.x - b.x);
}

// Moves cities that lie beyond a frame to within its edge, as Frame.nearest in projection.py does.
export function keepInFrame(cities, [x, y, width, height]) {
  const inset = INSET * height;
  const within = (value, from, size) => Math.min(Math.max(value, from + inset), from + size - inset);
  for (const city of cities) {
    city.x = within(city.x, x, width);
    city.y = within(city.y, y, height);
  }
}

export class LiveMap {
  // filters: what the filters ask for, where the page has some.
  constructor(box, cities, filters) {
    this.box = box;
    this.frame = box.querySelector(".map-frame");
    this.svg = box.querySelector(".map-pins");
    this.cities = cities;
    keepInFrame(cities, this.bounds());
    this.printed = this.svg.cloneNode(true);
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
      zoomSnap: 0, // the frame has its own scale
      maxZoom: MAX_ZOOM,
      maxBoundsViscosity: 1,
      inertia: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    this.showWhole();
    this.setLimits();
    const base = box.querySelector(".map-base").cloneNode(true);
    base.setAttribute("viewBox", `0 0 6600 ${(mercator(NORTH) - mercator(SOUTH)) * UNITS}`);
    base.setAttribute("preserveAspectRatio", "none");
    L.svgOverlay(base, BOUNDS).addTo(this.map);
    this.near = new NearMap(this.map, base, (points) => this.inPixels(points), box.dataset.near);
    this.map.getPane("markerPane").append(this.svg);
    this.adopt(filters);
    this.addButtons();
    this.listen();
    this.showView();
    if (this.map.getZoom() >= NEAR) this.draw();
    if (focused) (focused.isConnected ? focused : this.marks[0]?.node)?.focus({ preventScroll: true });
    box.dataset.map = "live";
  }

  // Takes the server's markers as they stand, as far as they answer.
  adopt(filters) {
    const links = new Map(
      [...this.svg.querySelectorAll("a.pin")].map((link) => [link.getAttribute("href"), link]),
    );
    for (const city of this.cities) {
      const node = links.get(city.href);
      if (node) city.pin = { node, group: onlyVisible(node) };
    }
    this.choose(filters);
    if (!this.found.every(({ pin }) => pin)) return this.draw();
    this.marks = this.found.map((city) => ({ ...city.pin, city }));
    this.place();
    this.sync();
  }

  // Keeps the cities that answer the filters; without any, all.
  choose(filters) {
    this.found = filters ? this.cities.filter(matcher(filters)) : this.cities;
  }

  // Returns [x, y, width, height] of the server's frame, in base map units.
  bounds() {
    return this.box.dataset.frame.split(" ").map(Number);
  }

  // Shows what the server's frame shows, at the size it has in the box.
  showWhole() {
    const [x, y, width] = this.bounds();
    const outer = this.box.getBoundingClientRect();
    const inner = this.frame.getBoundingClientRect();
    const scale = inner.width / width;
    const centre = latLngAt({
      x: x + (outer.width / 2 - inner.left + outer.left) / scale,
      y: y + (outer.height / 2 - inner.top + outer.top) / scale,
    });
    this.map.setView(centre, Math.log2((WORLD * scale) / 256), { animate: false });
  }

  // Keeps the view on the base map, and where the first view is larger, within that.
  setLimits() {
    const { map } = this;
    map.setMinZoom(Math.min(map.getZoom(), map.getBoundsZoom(BOUNDS, true)));
    map.setMaxBounds(L.latLngBounds(BOUNDS).extend(map.getBounds()));
  }

  // Shows the view that the address names, if it does.
  showView() {
    const [zoom, ...centre] = viewInAddress() ?? [];
    if (!centre.length) return;
    this.map.setView(centre, zoom, { animate: false });
    clearTimeout(this.keeping); // the address has it already
    rewrite({});
  }

  // Writes the view into the address once it rests: browsers allow few changes a second.
  // Who went on to another place of the page meanwhile, as to a stop, stays there.
  keepView() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => {
      if (location.hash !== this.placeBefore) return;
      const { lat, lng } = this.map.getCenter();
      rewrite({ hash: `#map=${this.map.getZoom().toFixed(2)}/${lat.toFixed(3)}/${lng.toFixed(3)}` });
      this.placeBefore = location.hash;
    }, 200);
  }

  // Returns where points of the base map are now, in pixels of Leaflet's pane.
  inPixels(points) {
    const { map } = this;
    const scale = (256 * 2 ** map.getZoom()) / WORLD;
    const corner = map.project([NORTH, WEST]).subtract(map.getPixelOrigin());
    return points.map(({ x, y }) => [corner.x + x * scale, corner.y + y * scale]);
  }

  // Puts the markers where the map is now, without moving them against each other.
  place() {
    this.inPixels(this.marks.map(({ city }) => city)).forEach(([x, y], number) => {
      const anchor = this.marks[number].node.querySelector("svg");
      anchor.setAttribute("x", x);
      anchor.setAttribute("y", y);
    });
  }

  // Draws a marker for each city, moved apart where they crowd, or clusters of too many.
  draw() {
    const { map, found } = this;
    this.drawn = this.view();
    const focused = this.marks?.find(({ node }) => node === document.activeElement);
    const points = this.inPixels(found);
    const isCrowded = found.length > MOST_PINS;
    const isNear = isCrowded ? this.nearView() : () => true;
    const isClustered = isCrowded && map.getZoom() < MAX_ZOOM;
    const groups = isClustered ? cluster(points, CLUSTER_GAP) : found.map((_, number) => [number]);
    this.marks = groups
      .filter(([number]) => isNear(points[number]))
      .map((group) => this.markOf(group.map((number) => found[number])));
    this.place();
    this.sync();
    this.spread(isClustered ? (places) => places : displace);
    if (focused && !focused.node.isConnected) this.focusNear(focused.city);
  }

  view() {
    return `${this.map.getZoom()} ${this.map.getPixelBounds().min}`;
  }

  // Returns what tells whether a point in pixels is in the view or just outside.
  nearView() {
    const { min, max } = this.map.getPixelBounds();
    const origin = this.map.getPixelOrigin();
    const from = min.subtract(origin).subtract([60, 60]);
    const to = max.subtract(origin).add([60, 60]);
    return ([x, y]) => x > from.x && x < to.x && y > from.y && y < to.y;
  }

  // Returns {node, city, group or members} of the marker for a city, or for several at the first.
  markOf([city, ...others]) {
    if (!others.length) return { ...(city.pin ??= makePin(this.clone("a.pin"), city)), city };
    city.cluster ??= this.clone(".pin-count");
    const members = [city, ...others];
    city.cluster.querySelector("title").textContent = sentence(this.template("cluster-names"), members.length);
    city.cluster.querySelector("text").textContent = members.length;
    return { node: city.cluster, city, members };
  }

  template(name) {
    return this.box.parentElement.querySelector(`template.${name}`);
  }

  clone(selector) {
    return document.importNode(this.template("marks").content.querySelector(selector), true);
  }

  // Moves crowded markers apart, as the server does for its own size; clusters leave room.
  spread(apart) {
    const points = this.inPixels(this.marks.map(({ city }) => city));
    apart(points).forEach((place, number) => {
      const mark = this.marks[number];
      const [x, y] = points[number];
      mark.place = place;
      if (mark.group) moveBy(mark.group, place[0] - x, place[1] - y);
    });
    this.name();
  }

  // Names the precursors that have room beside their marker, near by all cities; none among
  // clusters. From afar a name keeps within the view, near by it stays where it is in every view.
  name() {
    const marks = this.marks.filter(({ place }) => place); // until then, as the server named them
    const isNear = this.map.getZoom() >= NEAR;
    this.stage.classList.toggle("is-near", isNear);
    const left = this.map.getPixelBounds().min.x - this.map.getPixelOrigin().x + EDGE;
    const right = left + this.map.getSize().x - 2 * EDGE;
    const hasClusters = marks.some(({ members }) => members);
    const waits = ({ role }) => hasClusters || (role === "committed" && this.map.getZoom() < NEARER);
    const places = marks.map(({ place }) => place);
    const widths = marks.map(({ city, group }) =>
      waits(city) ? 0 : group.querySelector("text").getComputedTextLength(),
    );
    const radii = marks.map(({ city, members }) => RADII[members ? "cluster" : city.role]);
    const taken = [];
    const sides = labelSides(places, widths, radii, ...(isNear ? [-Infinity, Infinity] : [left, right]), taken);
    sides.forEach((side, number) => {
      marks[number].group?.setAttribute("class", side ? `at-live named-${side}` : "at-live");
    });
    this.near.show(taken, this.found);
  }

  // Puts the markers' elements in their order without moving one that stays: it may have focus.
  sync() {
    const nodes = this.marks.map(({ node }) => node);
    const kept = new Set(nodes);
    for (const node of [...this.svg.children]) if (!kept.has(node)) node.remove();
    let next = this.svg.firstElementChild;
    for (const node of nodes)
      if (node === next) next = next.nextElementSibling;
      else this.svg.insertBefore(node, next);
  }

  // Returns the server's markers of the cities that answer, with those that it did not draw.
  printable() {
    const { found, printed } = this;
    const [left, top, width, height] = this.bounds();
    const links = new Map([...printed.querySelectorAll("a.pin")].map((link) => [link.getAttribute("href"), link]));
    for (const city of found.length > MOST_PINS ? [] : found) {
      if (links.delete(city.href)) continue;
      const { node } = makePin(this.clone("a.pin"), city);
      node.querySelector("svg").setAttribute("x", `${((city.x - left) / width) * 100}%`);
      node.querySelector("svg").setAttribute("y", `${((city.y - top) / height) * 100}%`);
      printed.append(node);
    }
    if (found.length <= MOST_PINS) for (const link of links.values()) link.remove();
    return printed;
  }

  focusNear({ x, y }) {
    const distance = ({ city }) => Math.hypot(city.x - x, city.y - y);
    const [nearest] = [...this.marks].sort((a, b) => distance(a) - distance(b));
    (nearest?.node ?? this.box.querySelector(".map-button")).focus({ preventScroll: true });
  }

  // Shows the cities of a cluster as large as they fit.
  open({ members }) {
    const { map } = this;
    const bounds = L.latLngBounds(members.map(latLngAt));
    const zoom = Math.max(map.getBoundsZoom(bounds.pad(0.2)), map.getZoom() + 1);
    map.setView(bounds.getCenter(), Math.min(zoom, MAX_ZOOM), { animate: false });
  }

  addButtons() {
    const { zoomIn, zoomOut, whole } = this.box.dataset;
    const buttons = document.createElement("div");
    buttons.className = "map-buttons";
    this.zoomInButton = button(zoomIn, "+", () => this.map.zoomIn(1));
    this.zoomOutButton = button(zoomOut, "−", () => this.map.zoomOut(1));
    const wholeButton = button(whole, "⤢", () => {
      this.showWhole();
      clearTimeout(this.keeping);
      rewrite({ hash: "" });
    });
    buttons.append(this.zoomInButton, this.zoomOutButton, wholeButton);
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
    const markAt = ({ target }) => this.marks.find(({ node }) => node === target.closest(".pin"));
    // Too many cities are drawn for the view alone, so a shift of it shows others.
    const drawAnew = () => this.view() !== this.drawn && this.draw();
    map.on("zoom viewreset", drawAnew);
    map.on("moveend", () => (this.found.length > MOST_PINS ? drawAnew() : this.name()));
    map.on("zoomstart dragstart", () => (this.placeBefore = location.hash));
    map.on("zoomend", () => {
      this.tellLimits();
      this.keepView();
    });
    map.on("dragend", () => map.once("moveend", () => this.keepView()));
    this.tellLimits();
    document.addEventListener("filters", ({ detail }) => {
      this.choose(detail);
      this.draw();
    });
    addEventListener("popstate", () => this.showView());
    // On paper stands what the server drew, of the cities that answer.
    addEventListener("beforeprint", () => this.frame.append(this.printable()));
    addEventListener("afterprint", () => this.printed.remove());
    // The wheel scrolls the page until somebody is at work in the map.
    stage.addEventListener("click", () => map.scrollWheelZoom.enable());
    stage.addEventListener("focusin", (event) => {
      map.scrollWheelZoom.enable();
      const mark = markAt(event);
      if (mark) map.panInside(latLngAt(mark.city), { padding: [60, 60], animate: false });
    });
    stage.addEventListener("mouseleave", () => map.scrollWheelZoom.disable());
    svg.addEventListener("click", (event) => {
      const mark = markAt(event);
      // A drag that begins and ends on a marker is not a click; a key press (detail 0) always is.
      if (event.detail && map.dragging.moved()) event.preventDefault();
      else if (mark?.members) this.open(mark);
    });
    svg.addEventListener("keydown", (event) => {
      const mark = markAt(event);
      if (!mark?.members || ![" ", "Enter"].includes(event.key)) return;
      event.preventDefault();
      this.open(mark);
    });
  }
}
