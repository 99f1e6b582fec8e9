// Answers the filters in place: counts, list, status and address; the map hears of it.

import { rewrite } from "./address.js";
import { format, sentence } from "./plurals.js";
import { matcher, queryString, read } from "./filters.js";

const form = document.getElementById("filters");
const list = document.getElementById("list");
let rows = JSON.parse(document.getElementById("facets").textContent);
const boxes = [...form.querySelectorAll("[type=checkbox]")];
const selects = [...form.querySelectorAll("select")];
const choices = { theme: boxes.map(({ value }) => value) };
for (const { name, options } of selects) choices[name] = [...options].map(({ value }) => value).filter(Boolean);

// In an archive no server has read the address: this does, before anything else.
const inArchive = "archive" in document.documentElement.dataset;
const archive = inArchive && (await import("./archive-finder.js"));
let only; // what the archive's search has found
if (archive) {
  const filters = read(new URLSearchParams(location.search), choices);
  // Where nothing is asked, somebody may be ticking and typing already.
  if (queryString(filters)) fill(filters);
  if (filters.search) form.elements.q.value = form.elements.q.defaultValue = filters.search;
  only = await archive.search(list, filters.search);
  if (only) rows = [...list.querySelectorAll(".card")].map(({ dataset }) => ({ ...dataset, n: 1 }));
}

// Another search or town is the server's to answer, so these stay what they were when the page came.
const texts = [form.elements.q, form.elements.like].filter(Boolean);
const search = form.elements.q.defaultValue;
const like = form.elements.like?.defaultValue ?? "";
const readKnown = (params) => ({ ...read(params, choices), search, like, only });

const tell = (filters) => document.dispatchEvent(new CustomEvent("filters", { detail: filters }));

let waiting = new AbortController();

function answer(filters) {
  waiting.abort();
  const answering = (changes) => rows.filter(matcher({ ...filters, ...changes }));
  const count = (changes) => answering(changes).reduce((sum, { n }) => sum + n, 0);
  for (const box of boxes) {
    const n = count({ themes: [...filters.themes, box.value] });
    const label = box.closest("label");
    label.classList.toggle("is-empty", !n);
    label.querySelector(".count").textContent = format(n);
  }
  for (const { name, options } of selects) {
    const left = {}; // by each choice
    for (const row of answering({ [name]: "" })) left[row[name]] = (left[row[name]] ?? 0) + row.n;
    for (const option of [...options].filter(({ value }) => value)) {
      const n = left[option.value] ?? 0;
      option.classList.toggle("is-empty", !n);
      option.textContent = option.textContent.replace(/\([^(]*\)$/, `(${format(n)})`);
    }
  }
  const found = count({});
  document.getElementById("found").textContent = sentence(document.getElementById("found-forms"), found);
  if (!archive)
    for (const link of document.querySelectorAll(".downloads a")) link.search = queryString(filters);
  document.getElementById("show-all").hidden = !queryString(filters);
  const note = document.getElementById("theme-note");
  if (note) note.hidden = !filters.themes.length;
  const shown = showCards(filters);
  tell(filters);
  if (!archive) {
    if (shown < found || !found) renew(filters);
  } else if (!found) archive.sayNothing(list, filters, form, count);
}

// Leaves in the list what answers, and returns how many that are.
function showCards(filters) {
  const matches = matcher(filters);
  let shown = 0;
  for (const card of list.querySelectorAll(".card")) {
    card.hidden = !matches(card.dataset);
    shown += !card.hidden;
  }
  for (const section of list.querySelectorAll("section"))
    section.hidden = !section.querySelector(".card:not([hidden])");
  for (const other of list.querySelectorAll(".pages, .no-answer")) other.remove();
  return shown;
}

// Gets from the server what this page does not hold: more cards, or which filter to lift.
async function renew(filters) {
  waiting = new AbortController();
  const { signal } = waiting;
  try {
    const response = await fetch(`?${queryString(filters)}`, { signal });
    if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    list.replaceChildren(...page.getElementById("list").children);
  } catch (error) {
    if (!signal.aborted) location.reload(); // to what the browser has to say
  }
}

let last;
function ask(name) {
  const filters = readKnown(new FormData(form));
  const query = queryString(filters);
  // One step back takes back all changes of one filter, as with arrow keys in a list.
  rewrite({ search: query && `?${query}` }, { push: name !== last });
  last = name;
  answer(filters);
}
form.addEventListener("change", ({ target }) => {
  if (!texts.includes(target)) ask(target.name);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (texts.every(({ value, defaultValue }) => value === defaultValue)) return;
  const query = queryString(read(new FormData(form), choices)); // without the names of what is not asked
  location.assign(query ? `?${query}` : location.pathname);
});

addEventListener("popstate", () => {
  const params = new URLSearchParams(location.search);
  if (texts.some(({ name, defaultValue }) => (params.get(name) ?? "") !== defaultValue)) return location.reload();
  const filters = readKnown(params);
  last = undefined;
  fill(filters);
  answer(filters);
});

// Shows in the form what is asked.
function fill(filters) {
  for (const box of boxes) box.checked = filters.themes.includes(box.value);
  for (const select of selects) select.value = filters[select.name];
}

const now = readKnown(new FormData(form));
if (queryString(now) !== queryString(readKnown(new URLSearchParams(location.search)))) ask(); // ticked before this came
else if (archive) {
  answer(now);
  rewrite({}); // the other language keeps the query too
} else tell(now);
