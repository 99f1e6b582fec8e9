// A map beside two inputs: click it or drag its marker, and they hold the position.

const EXTENT = [[24, -45], [76, 70]]; // of static/img/europe.svg
const SIZE = "0 0 6600 5477";
const EUROPE = [[40, -8], [63, 30]];
const DECIMALS = 5; // about a metre
const STEP = 16; // pixels by which an arrow key moves the map
const CLOSE = 6; // zoom: a town and the coasts and borders around it

function baseMap(url) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "position-base");
  svg.setAttribute("viewBox", SIZE);
  svg.setAttribute("preserveAspectRatio", "none");
  for (const part of ["land", "rivers", "lakes"]) {
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("class", part);
    use.setAttribute("href", `${url}#${part}`);
    svg.append(use);
  }
  return svg;
}

function pickPosition(latitude, longitude) {
  const { positionPicker, mapName, mapHelp, cross, set, zoomIn, zoomOut } = latitude.dataset;
  const box = document.createElement("div");
  box.className = "position-map";
  box.setAttribute("role", "application"); // its arrow keys are those of the map
  box.setAttribute("aria-label", mapName);
  const help = Object.assign(document.createElement("div"), { id: "map-help", className: "help", textContent: mapHelp });
  const where = document.createElement("p");
  where.setAttribute("role", "status");
  box.setAttribute("aria-describedby", help.id);
  latitude.closest(".form-row").append(box, help, where);

  const map = L.map(box, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false,
    minZoom: 4,
    maxZoom: 9,
    keyboardPanDelta: STEP,
    maxBounds: EXTENT,
    maxBoundsViscosity: 1,
  });
  L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  L.svgOverlay(baseMap(positionPicker), EXTENT).addTo(map);
  const marker = L.marker(EXTENT[0], {
    draggable: true,
    keyboard: false, // the map itself is moved
    icon: L.divIcon({ className: "position-marker", iconSize: [24, 24] }),
  });

  const typed = () => {
    if (!latitude.value || !longitude.value) return null;
    const [lat, lng] = [latitude, longitude].map(({ value }) => Number(value.replace(",", ".")));
    return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? [lat, lng] : null;
  };
  const write = ({ lat, lng }) => {
    latitude.value = lat.toFixed(DECIMALS);
    longitude.value = lng.toFixed(DECIMALS);
    marker.setLatLng([lat, lng]).addTo(map);
    ask();
  };
  const follow = () => {
    const position = typed();
    if (!position) return marker.remove();
    marker.setLatLng(position).addTo(map);
    map.panInside(position, { padding: [40, 40], animate: false });
  };

  const doubt = document.createElement("p");
  doubt.className = "position-doubt";
  doubt.setAttribute("role", "status");
  box.after(doubt);
  const country = document.getElementById("id_country");
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (mine !== asked) return; // the marker has moved on
    const query = new URLSearchParams({
      country: country.value, latitude: latitude.value, longitude: longitude.value,
    });
    const answer = await (await fetch(`${latitude.dataset.doubt}?${query}`)).json();
    if (mine !== asked) return;
    doubt.textContent = answer.doubt ?? "";
    if (!answer.latitude) return;
    latitude.value = answer.latitude;
    longitude.value = answer.longitude;
    follow();
    ask();
  };

  const position = typed();
  if (position) map.setView(position, CLOSE);
  else map.fitBounds(EUROPE);
  follow();
  ask();

  map.on("click", (event) => write(event.latlng));
  marker.on("drag", () => write(marker.getLatLng()));
  const tell = (word) => {
    const { lat, lng } = map.getCenter();
    where.textContent = `${word} ${lat.toFixed(2)}, ${lng.toFixed(2)}`;
  };
  map.on("moveend", () => box.matches(":focus-visible") && tell(cross));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== box) return;
    event.preventDefault();
    write(map.getCenter());
    tell(set);
  });
  for (const input of [latitude, longitude]) {
    input.addEventListener("paste", () => input.select()); // what a map gives is the whole of it
    input.addEventListener("input", follow);
    input.addEventListener("input", ask);
  }
  window.django?.jQuery(country).on("change", ask); // Select2 tells nobody but jQuery
  // The wheel scrolls the page until somebody is at work in the map.
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
}

const latitude = document.querySelector("[data-position-picker]");
if (latitude) pickPosition(latitude, document.getElementById("id_longitude"));
