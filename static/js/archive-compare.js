// Puts practices side by side in an archive, as cities/comparison.py does on a server.

const FEWEST = 2;
const MOST = 4;
const few = document.getElementById("too-few");
const many = document.getElementById("too-many");
const scroller = document.querySelector(".scroller");
const nothing = document.getElementById("no-figure");
const sample = document.getElementById("bar");

// Returns the table of one practice, or nothing for an address that the archive does not know.
async function load(slug) {
  const response = await fetch(`${slug}.html`);
  if (!response.ok) return undefined;
  return new DOMParser().parseFromString(await response.text(), "text/html").querySelector("table");
}

function join(tables) {
  const [whole, ...others] = tables.map((table) => table.cloneNode(true));
  const plain = (table) => [...table.querySelectorAll("tr:not([data-unit])")];
  for (const other of others)
    plain(other).forEach((row, number) => plain(whole)[number].append(row.lastElementChild));
  const units = new Map();
  tables.forEach((table, number) => {
    for (const row of table.querySelectorAll("[data-unit]")) {
      const { unit } = row.dataset;
      if (!units.has(unit)) units.set(unit, { name: row.firstElementChild, cells: [] });
      units.get(unit).cells[number] = row.lastElementChild;
    }
  });
  const filled = ({ cells }) => cells.filter(Boolean).length;
  const rows = [...units.values()].sort((a, b) => filled(b) - filled(a)).map(({ name, cells }) => {
    const row = document.createElement("tr");
    row.append(name);
    for (let number = 0; number < tables.length; number++) row.append(cells[number] ?? nothing.content.cloneNode(true));
    const bars = [...row.querySelectorAll("[data-length]")];
    const largest = bars.length > 1 && Math.max(...bars.map(({ dataset }) => Number(dataset.length)));
    for (const bar of bars) {
      bar.querySelector("svg")?.remove();
      if (!largest) continue;
      bar.querySelector("strong").after(sample.content.cloneNode(true));
      bar.querySelector("rect").setAttribute("width", `${((100 * bar.dataset.length) / largest).toFixed(1)}%`);
    }
    return row;
  });
  whole.querySelectorAll("[data-unit]").forEach((row) => row.remove());
  whole.tBodies[0].append(...rows);
  return whole;
}

const asked = new Set(new URLSearchParams(location.search).getAll("p"));
const slugs = [...asked].filter((slug) => /^[\w-]+$/.test(slug)).slice(0, 10 * MOST);
const tables = (await Promise.all(slugs.map(load))).filter(Boolean).slice(0, MOST);
few.hidden = tables.length >= FEWEST;
many.hidden = !few.hidden || asked.size <= MOST;
if (tables.length) {
  scroller.replaceChildren(join(tables));
  for (const part of [scroller, scroller.nextElementSibling]) part.hidden = false;
}
