// What the base map shows near by: rivers, lakes, and the names of countries, towns and waters.

import { boxAt, freeSide, isFree } from "./displacement.js";

export const NEAR = 6; // the zoom from which it is shown
export const NEARER = 7; // from which all cities are named, and towns marked "near" too
const GRID = 2; // units of its file in one of the base map
const SAME = 4; // base map units between a city of the programme and itself as a town
const ROOM = 4; // CSS pixels between the end of a name and what is beside it
const GAPS = { town: 5, capital: 7 }; // CSS pixels from the middle of a dot to its name
const SVG = "http://www.w3.org/2000/svg";
let loading;

// Returns the root of static/img/europe-near.svg (docs/basemap/), fetched once a page.
async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "image/svg+xml").documentElement;
}

function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...children);
  return made;
}

// Returns {kind, isNear, x, y, turn, node} of a name in the file, in the page's language.
function labelOf(text) {
  const { lang } = document.documentElement;
  const [kind] = text.classList;
  const isCapital = text.classList.contains("capital");
  const words = kind === "country" ? text.textContent : (text.dataset[lang] ?? text.textContent);
  const name = kind === "country" ? new Intl.DisplayNames(lang, { type: "region" }).of(words) : words;
  const node = element("g", { class: kind }, element("text", {}, name));
  if (kind === "town") node.prepend(element("circle", { r: isCapital ? 3.5 : 2 }));
  if (isCapital) node.classList.add("capital");
  return {
    kind,
    node,
    gap: GAPS[isCapital ? "capital" : "town"],
    isNear: text.classList.contains("near"),
    x: text.getAttribute("x") / GRID,
    y: text.getAttribute("y") / GRID,
    turn: Number(text.dataset.turn ?? 0),
    most: Number(text.dataset.wide ?? Infinity), // base map units that it may be wide
  };
}

export class NearMap {
  // base: the <svg> of the base map under Leaflet; inPixels: from its units to Leaflet's pane.
  constructor(map, base, inPixels, address) {
    Object.assign(this, { map, base, inPixels, address });
    this.names = element("svg", { class: "map-names", "aria-hidden": "true", focusable: "false" });
    map.createPane("names").append(this.names);
  }

  // Shows what there is room for beside what the map's cities take, and hides it from afar.
  async show(taken, cities) {
    this.shown = { taken, cities };
    const isNear = () => this.map.getZoom() >= NEAR;
    if (!isNear()) return this.names.replaceChildren();
    try {
      this.add(await (loading ??= load(this.address)));
      if (isNear()) this.arrange();
    } catch (error) {
      loading = undefined; // the next zoom tries again
      console.error(error);
    }
  }

  add(file) {
    if (this.labels) return;
    const waters = element("g", { class: "waters", transform: `scale(${1 / GRID})` });
    waters.append(...[...file.querySelectorAll("path")].map((one) => document.importNode(one)));
    this.base.append(waters);
    this.labels = [...file.querySelectorAll("text")].map(labelOf);
    this.names.replaceChildren(...this.labels.map(({ node }) => node));
    for (const label of this.labels) label.width = label.node.lastChild.getComputedTextLength() + ROOM;
  }

  arrange() {
    const isNearer = this.map.getZoom() >= NEARER;
    const { cities } = this.shown;
    const taken = [...this.shown.taken];
    const [[from], [to]] = this.inPixels([{ x: 0, y: 0 }, { x: 1, y: 0 }]);
    const isCity = ({ x, y }) => cities.some((city) => Math.hypot(city.x - x, city.y - y) < SAME);
    const places = this.inPixels(this.labels);
    const shown = this.labels.filter((label, number) => {
      if (label.isNear && !isNearer) return false;
      if (label.width > label.most * (to - from)) return false;
      if (label.kind === "town" && isCity(label)) return false;
      return this.place(label, places[number], taken);
    });
    this.names.replaceChildren(...shown.map(({ node }) => node));
  }

  // Puts a name where it has room and returns whether it has.
  place({ kind, node, width, gap, turn }, [x, y], taken) {
    if (kind === "town") {
      const dot = boxAt(x, y, 2 * (gap - 3), 2 * (gap - 3));
      const [side, box] = isFree(dot, taken) ? freeSide([x, y], width, gap, taken) : [];
      if (!side) return false;
      taken.push(dot, box);
      node.setAttribute("class", node.getAttribute("class").replace(/( named-\w+)?$/, ` named-${side}`));
    } else {
      const [sin, cos] = [Math.sin, Math.cos].map((of) => Math.abs(of((turn * Math.PI) / 180)));
      const height = kind === "country" ? 22 : 12;
      const box = boxAt(x, y, width * cos + height * sin, width * sin + height * cos);
      if (!isFree(box, taken)) return false;
      taken.push(box);
    }
    node.setAttribute("transform", `translate(${x} ${y}) rotate(${turn})`);
    return true;
  }
}
