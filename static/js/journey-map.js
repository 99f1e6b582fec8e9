// A journey under Leaflet: numbered stops and the legs between, as the server drew them until somebody
// zooms; then the stops move apart as far as they must at that size.

import { displace, labelSides } from "./displacement.js";
import { LiveMap } from "./live-map.js";
import { NEAR } from "./near.js";

const GAP = 30; // CSS pixels between the centres of two stops; cities/mapping/route.py keeps it too
const RADIUS = 13; // CSS pixels of a stop

const share = (node, name) => parseFloat(node.getAttribute(name)) / 100;

export class JourneyMap extends LiveMap {
  constructor(box) {
    const [x, y, width, height] = box.dataset.frame.split(" ").map(Number);
    const at = (node, left, top) => ({ x: x + width * share(node, left), y: y + height * share(node, top) });
    const trueAt = [...box.querySelectorAll(".hairline")].map((line) => at(line, "x1", "y1"));
    const stops = [...box.querySelectorAll(".pin-stop")].map((node, number) => ({
      ...trueAt[number],
      node,
      drawn: at(node.querySelector("svg"), "x", "y"),
    }));
    super(box, stops);
  }

  adopt() {
    this.found = this.cities;
    this.marks = this.cities.map((city) => {
      const group = city.node.querySelector("g");
      return { node: city.node, city, group, named: group.getAttribute("class") };
    });
    this.legs = this.svg.querySelectorAll(".leg");
    this.hairlines = this.svg.querySelectorAll(".hairline");
    this.lay(this.inPixels(this.cities.map(({ drawn }) => drawn)));
  }

  draw() {
    this.drawn = this.view();
    this.lay(displace(this.inPixels(this.cities), GAP));
    this.name();
  }

  // Puts the stops at these places in pixels, with their legs and what leads to their true places.
  lay(places) {
    this.places = places;
    const set = (node, ...values) =>
      ["x1", "y1", "x2", "y2"].forEach((name, number) => node.setAttribute(name, values[number]));
    this.inPixels(this.cities).forEach((point, number) => {
      const [x, y] = places[number];
      const anchor = this.marks[number].node.querySelector("svg");
      anchor.setAttribute("x", x);
      anchor.setAttribute("y", y);
      set(this.hairlines[number], ...point, x, y);
      if (number) set(this.legs[number - 1], ...places[number - 1], x, y);
    });
  }

  printable() {
    return this.printed;
  }

  // From afar the names stand where the server found room for them, near by where there is room now.
  name() {
    const isNear = this.map.getZoom() >= NEAR;
    this.stage.classList.toggle("is-near", isNear);
    const widths = this.marks.map(({ group }) => group.querySelector(".label").getComputedTextLength());
    const radii = this.marks.map(() => RADIUS);
    const taken = [];
    const sides = labelSides(this.places, widths, radii, -Infinity, Infinity, taken);
    this.marks.forEach(({ group, named }, number) => {
      const now = sides[number] ? `named-${sides[number]}` : "";
      group.setAttribute("class", isNear ? now : named);
    });
    this.near.show(taken, this.cities);
  }
}
