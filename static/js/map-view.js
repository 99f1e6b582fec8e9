// What a map needs before Leaflet: how far the base map reaches, the view of an address, buttons.

// static/img/europe.svg: longitudes -45 to 70, latitudes 24 to 76, 6600 units wide (projection.py).
export const [WEST, SOUTH, EAST, NORTH] = [-45, 24, 70, 76];
export const BOUNDS = [[SOUTH, WEST], [NORTH, EAST]];

// Returns [zoom, latitude, longitude] of an address such as …#map=5.5/52.1/19.4, if the base map
// reaches there.
export function viewInAddress() {
  const view = location.hash.match(/^#map=(\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/);
  const [zoom, latitude, longitude] = view?.slice(1).map(Number) ?? [];
  if (latitude >= SOUTH && latitude <= NORTH && longitude >= WEST && longitude <= EAST)
    return [zoom, latitude, longitude];
}

export function button(label, sign, onClick) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "map-button";
  element.textContent = sign;
  if (sign !== label) element.setAttribute("aria-label", label);
  element.addEventListener("click", onClick);
  return element;
}
