// The markers of cities: links, as templates/includes/map.html draws them.

// Keeps the placement for the size shown now, which Leaflet changes from here on, and returns it.
export function onlyVisible(link) {
  const [group, ...others] = [...link.querySelectorAll("[class^=at-]")].sort(
    (a, b) => b.getClientRects().length - a.getClientRects().length,
  );
  others.forEach((other) => other.remove());
  group.setAttribute("class", group.getAttribute("class").replace(/at-\w+/, "at-live"));
  return group;
}

// The name of a theme glyph, as City.glyph in cities/models/city.py has it.
function glyph(mask) {
  if ((mask >> 7) & 1) return "ems";
  const letters = ["e", "m", "s"].filter((_, bit) => (mask >> (1 << bit)) & 1).join("");
  return letters === "ems" ? "all" : letters || "none";
}

// Makes of the template's link that of a city; returns it with the group that shows its place.
export function makePin(node, city) {
  node.setAttribute("href", city.href);
  node.classList.add(`pin-${city.role}`);
  node.querySelector("title").textContent = city.title;
  node.querySelector("text").textContent = city.name;
  if (city.role === "precursor") {
    node.querySelector("use").setAttribute("href", `#glyph-${glyph(city.mask)}`);
    node.querySelector(".ring").remove();
  } else node.querySelector("use").remove();
  return { node, group: node.querySelector(".at-live") };
}

// Moves a marker from its true place, with a hairline back.
export function moveBy(group, dx, dy) {
  group.querySelector(".marker").setAttribute("transform", `translate(${dx} ${dy})`);
  let hairline = group.querySelector(".hairline");
  if (!hairline) {
    hairline = document.createElementNS("http://www.w3.org/2000/svg", "path");
    hairline.setAttribute("class", "hairline");
    group.prepend(hairline);
  }
  hairline.setAttribute("d", Math.abs(dx) + Math.abs(dy) > 4 ? `M0 0L${dx} ${dy}` : "");
}
