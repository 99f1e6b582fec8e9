// Filters change the list, the map, the counts and the status line in place.
//
// All answers to a search stand in the page without filters; it is read once, and from then on
// nothing is asked of the server until the words searched for change. A list of several pages
// is left to the server.

import { answers, countWith, readQuestion } from "./question.js";

const form = document.getElementById("filters");
const status = document.getElementById("status");
const plural = new Intl.PluralRules(document.documentElement.lang);
const choices = Object.fromEntries(
  [...form.querySelectorAll("select")].map((select) => [
    select.name,
    [...select.options].map((option) => option.value).filter(Boolean),
  ]),
);
const read = () => readQuestion(new URLSearchParams(new FormData(form)), choices);

let everything; // a promise of the records of all that the search finds

const recordOf = (card) => ({
  ...card.dataset,
  card,
  joined: card.dataset.joined.split(" ").filter(Boolean).map((set) => set.split("+")),
});

// Puts all answers to the search into the page, hidden or not; null where they fill several pages.
async function load(search) {
  const response = await fetch(search ? `?q=${encodeURIComponent(search)}` : "?");
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (page.querySelector(".pages")) return null;
  const list = document.getElementById("list");
  const all = page.getElementById("list");
  if (!list || !all) return null;
  const pins = (root) => root.querySelectorAll(".map-pins .pin").length;
  if (pins(document) < pins(page)) return null; // came with filters: the map lacks some
  list.replaceChildren(...all.childNodes);
  return [...list.querySelectorAll("[data-joined]")].map(recordOf);
}

// “5 miast” in the number's own plural form: the server wrote each form once, with a sample number.
function writeStatus(count) {
  const samples = JSON.parse(status.dataset.samples);
  const sample = samples.find(([number]) => plural.select(number) === plural.select(count)) ?? samples.at(-1);
  status.firstElementChild.textContent = sample[1].replace(
    /\d+/,
    count.toLocaleString(document.documentElement.lang),
  );
}

function writeCounts(records, question) {
  for (const input of form.querySelectorAll("input[name=theme]")) {
    const count = countWith(records, question, "theme", input.value);
    const label = input.closest("label");
    label.querySelector(".count").textContent = count;
    label.classList.toggle("is-empty", !count);
  }
  for (const select of form.querySelectorAll("select"))
    for (const option of select.options) {
      if (!option.value) continue;
      const count = countWith(records, question, select.name, option.value);
      option.textContent = option.textContent.replace(/\([^()]*\)$/, `(${count})`);
      option.classList.toggle("is-empty", !count);
    }
}

function show(records, question) {
  let count = 0;
  const slugs = new Set();
  for (const record of records) {
    const isAnswer = answers(record, question);
    record.card.hidden = !isAnswer;
    if (isAnswer) slugs.add(record.slug);
    count += isAnswer;
  }
  for (const section of document.querySelectorAll("#list > section"))
    section.hidden = !section.querySelector("[data-joined]:not([hidden])");
  for (const note of document.querySelectorAll("[data-when]"))
    note.hidden = note.dataset.when === "none" ? count > 0 : !question.theme.length;
  writeStatus(count);
  writeCounts(records, question);
  document.dispatchEvent(new CustomEvent("answers", { detail: slugs }));
}

function queryOf(question) {
  const params = new URLSearchParams();
  for (const theme of question.theme) params.append("theme", theme);
  for (const name of ["country", "role", "stage", "size", "q"])
    if (question[name]) params.set(name, question[name]);
  return params.size ? `?${params}` : location.pathname;
}

let searched = read().q;

async function change() {
  const question = read();
  if (question.q !== searched) return form.requestSubmit();
  try {
    everything ??= load(searched);
    const records = await everything;
    if (!records) return form.requestSubmit();
    show(records, read());
    history.pushState(null, "", queryOf(question));
    for (const link of document.querySelectorAll(".language-switch a"))
      link.search = location.search;
  } catch {
    form.requestSubmit(); // the server answers as it does without this module
  }
}

form.addEventListener("change", (event) => {
  if (event.target.name !== "q") change();
});
form.addEventListener("submit", (event) => {
  // Leave blank filters out of the address.
  for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  setTimeout(() => {
    for (const field of form.elements) field.disabled = false;
  });
});
window.addEventListener("popstate", () => location.reload());
