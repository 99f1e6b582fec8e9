// Leaflet takes over the map that the server drew: the same frame, the same links, no jump.

import { button, viewInAddress } from "./map-view.js";

let loading, filters;

// What finder.js tells, where the page has filters: without it the map would show all cities first.
const asked = new Promise((resolve) => {
  document.addEventListener("filters", ({ detail }) => resolve((filters = detail)));
  if (!document.getElementById("filters")) resolve();
});

// Loads Leaflet, once a page.
function loadLeaflet() {
  loading ??= Promise.all(
    [...document.importNode(document.getElementById("leaflet").content, true).children].map(
      (part) =>
        new Promise((resolve, reject) => {
          part.addEventListener("load", resolve);
          part.addEventListener("error", reject);
          document.head.append(part);
        }),
    ),
  );
  return loading;
}

async function loadCities(box) {
  const response = await fetch(box.dataset.cities);
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  return response.json();
}

async function takeOver(box) {
  try {
    if ("route" in box.dataset) {
      const [{ JourneyMap }] = await Promise.all([import("./journey-map.js"), loadLeaflet()]);
      new JourneyMap(box);
      return;
    }
    const [{ LiveMap, readCities }, data] = await Promise.all([
      import("./live-map.js"), loadCities(box), loadLeaflet(), asked,
    ]);
    new LiveMap(box, readCities(data, box.dataset.profile), filters);
  } catch (error) {
    box.querySelector(".map-live")?.remove(); // the server's map stays
    console.error(error);
  }
}

// What hears of focus is the box: an <svg> that does is a stop for Tab in Chromium.

// Escape hides the name that stands at a marker (WCAG 1.4.13) until one leaves it.
function quietOnEscape(box) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.querySelector(".pin:is(:hover, :focus)")?.classList.add("is-quiet");
  });
  for (const type of ["pointerout", "focusout"])
    box.addEventListener(type, (event) => event.target.closest(".pin")?.classList.remove("is-quiet"));
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
  box.addEventListener("pointerover", show);
  box.addEventListener("focusin", show);
}

for (const box of document.querySelectorAll("[data-map]")) {
  quietOnEscape(box);
  keepNamesInside(box);
  if (viewInAddress()) {
    takeOver(box);
  } else if ("waits" in box.dataset || matchMedia("(pointer: coarse)").matches) {
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
