// Answers the form in an archive, where no server does: counts, list, status and address.

import { rewrite } from "./address.js";
import * as archive from "./archive-finder.js";
import { MULTIPLE, matcher, queryString, read } from "./filters.js";
import { format, sentence } from "./plurals.js";

const form = document.getElementById("filters");
const list = document.getElementById("list");
const found = document.getElementById("found");
const boxes = [...form.querySelectorAll("[type=checkbox]")];
const selects = [...form.querySelectorAll("select")];
const choices = {};
for (const { name, value } of boxes) choices[name] = [...(choices[name] ?? []), value];
for (const { name, options } of selects) choices[name] = [...options].map(({ value }) => value).filter(Boolean);

// No server has read the address. Where nothing is asked, somebody may be ticking and typing already.
const asked = read(new URLSearchParams(location.search), choices);
if (queryString(asked)) fill(asked);
document.getElementById("no-likeness").hidden = !asked.like;
if (asked.search) form.elements.q.value = form.elements.q.defaultValue = asked.search;
const search = form.elements.q.defaultValue; // another one is another page
const only = await archive.search(list, search);
// An archive’s list is whole, and its cards know their topics.
const rows = [...list.querySelectorAll(".card")].map(({ dataset }) => ({ ...dataset, n: 1 }));
const readForm = () => ({ ...read(new FormData(form), choices), search, only });

function answer(filters) {
  const answering = (changes) => rows.filter(matcher({ ...filters, ...changes }));
  const count = (changes) => answering(changes).reduce((sum, { n }) => sum + n, 0);
  for (const box of boxes) {
    const kind = MULTIPLE[box.name];
    const n = count({ [kind]: [...filters[kind], box.value] });
    const label = box.closest("label");
    label.classList.toggle("is-empty", !n);
    label.querySelector(".count").textContent = format(n);
  }
  for (const { name, options } of selects.filter(({ name }) => name !== "sort")) {
    const left = {}; // by each choice
    for (const row of answering({ [name]: "" }))
      for (const value of row[name].split(" ")) left[value] = (left[value] ?? 0) + row.n;
    for (const option of [...options].filter(({ value }) => value)) {
      const n = left[option.value] ?? 0;
      option.classList.toggle("is-empty", !n);
      option.textContent = option.textContent.replace(/\([^(]*\)$/, `(${format(n)})`);
    }
  }
  const all = count({});
  found.textContent = sentence(document.getElementById("found-forms"), all);
  document.getElementById("apply-count").textContent = format(all);
  document.getElementById("show-all").hidden = !queryString(filters);
  showChips(filters);
  const note = document.getElementById("theme-note");
  if (note) note.hidden = !filters.themes.length;
  showCards(filters);
  document.dispatchEvent(new CustomEvent("filters", { detail: filters }));
  if (!all) archive.sayNothing(list, filters, form, count);
}

// Shows what is set, each with the way to take it off.
function showChips(filters) {
  const chips = document.getElementById("chips");
  const set = archive.setFilters(filters, form).map(({ label, changes }) => {
    const chip = document.getElementById("chip").content.cloneNode(true);
    chip.querySelector("a").href = `?${queryString({ ...filters, ...changes })}`;
    chip.querySelector("a > :nth-child(2)").textContent = label.trim();
    return chip;
  });
  document.getElementById("set-count").textContent = set.length ? `(${set.length})` : "";
  chips.replaceChildren(...set);
  chips.hidden = !set.length;
}

function showCards(filters) {
  const matches = matcher(filters);
  for (const card of list.querySelectorAll(".card")) card.hidden = !matches(card.dataset);
  for (const section of list.querySelectorAll("section"))
    section.hidden = !section.querySelector(".card:not([hidden])");
  for (const other of list.querySelectorAll(".no-answer")) other.remove();
}

let last;
function ask(name) {
  const filters = readForm();
  const query = queryString(filters);
  // One step back takes back all changes of one filter, as with arrow keys in a list.
  rewrite({ search: query && `?${query}` }, { push: name !== "p" && name !== last });
  if (name !== "p") last = name;
  answer(filters);
}
document.addEventListener("change", ({ target }) => {
  if (target.form === form && target.name !== "q") ask(target.name);
});

form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return; // to compare
  event.preventDefault();
  const query = queryString(read(new FormData(form), choices)); // without the names of what is not asked
  location.assign(query ? `?${query}` : location.pathname);
});

addEventListener("popstate", () => {
  const params = new URLSearchParams(location.search);
  if ((params.get("q") ?? "") !== search) return location.reload();
  fill(read(params, choices));
  last = undefined;
  answer(readForm());
});

// Shows in the form what is asked.
function fill(filters) {
  for (const box of boxes) box.checked = filters[MULTIPLE[box.name]].includes(box.value);
  for (const select of selects) select.value = filters[select.name];
  for (const box of document.querySelectorAll("[name=p]")) box.checked = filters.chosen.includes(box.value);
}

if (queryString(readForm()) !== queryString({ ...asked, like: "" })) ask(""); // ticked before this came
else {
  answer(readForm());
  rewrite({}); // the other language keeps the query too
}
