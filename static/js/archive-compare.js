// Puts practices side by side in an archive, as cities/evidence/comparison.py does on a server.

const FEWEST = 2;
const MOST = 4;
const few = document.getElementById("too-few");
const many = document.getElementById("too-many");
const nothing = document.getElementById("nothing");
const sample = document.getElementById("bar");

// Returns the comparison of one practice, or nothing for an address that the archive does not know.
async function load(slug) {
  const response = await fetch(`${slug}.html`);
  if (!response.ok) return undefined;
  return new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".comparison");
}

function join(comparisons) {
  const whole = comparisons[0].cloneNode(true);
  whole.className = `comparison of-${comparisons.length}`;
  const parts = (selector) => comparisons.map((each) => [...each.querySelectorAll(selector)]);
  whole.querySelector(".compared").replaceChildren(...parts(".compared > li").flat());
  const questions = parts(".question");
  whole.querySelectorAll(".question").forEach((question, number) => {
    const lines = new Map(); // by key: the first of its kind, and the cell of each practice
    questions.forEach((asked, place) => {
      for (const line of asked[number].querySelectorAll(".line")) {
        const { line: key } = line.dataset;
        if (!lines.has(key)) lines.set(key, { line, cells: [] });
        lines.get(key).cells[place] = line.querySelector(".columns > li");
      }
    });
    const told = ({ cells }) => cells.filter(Boolean).length;
    const rank = (each) => each.line.dataset.order - 100 * each.line.matches(".is-figures") * told(each);
    const sorted = [...lines.values()].sort((a, b) => rank(a) - rank(b));
    for (const { line, cells } of sorted) {
      const shown = comparisons.map((_, place) => cells[place] ?? nothing.content.cloneNode(true));
      line.querySelector(".columns").replaceChildren(...shown);
      draw(line, cells.filter(Boolean));
    }
    question.querySelector(".lines").replaceChildren(...sorted.map(({ line }) => line));
    question.hidden = !sorted.length;
  });
  return whole;
}

function draw(line, cells) {
  const figures = [...line.querySelectorAll("[data-length]")];
  if (cells.length < FEWEST || figures.length < line.querySelectorAll(".told").length) return;
  const largest = Math.max(...figures.map(({ dataset }) => Number(dataset.length))) || 1;
  for (const figure of figures) {
    figure.querySelector("strong").after(sample.content.cloneNode(true));
    figure.querySelector("rect").setAttribute("width", `${((100 * figure.dataset.length) / largest).toFixed(1)}%`);
  }
}

const asked = new Set(new URLSearchParams(location.search).getAll("p"));
const slugs = [...asked].filter((slug) => /^[\w-]+$/.test(slug)).slice(0, 10 * MOST);
const comparisons = (await Promise.all(slugs.map(load))).filter(Boolean).slice(0, MOST);
few.hidden = comparisons.length >= FEWEST;
many.hidden = !few.hidden || asked.size <= MOST;
if (comparisons.length) document.getElementById("comparison").replaceWith(join(comparisons));
