// Answers the form in an archive, where no server does: counts, list, status and address.

import { rewrite } from "./address.js";
import * as archive from "./archive-finder.js";
import * as likeness from "./archive-likeness.js";
import { save } from "./archive-rows.js";
import { MULTIPLE, matcher, queryString, read } from "./filters.js";
import { format, sentence } from "./plurals.js";

const form = document.getElementById("filters");
const list = document.getElementById("list");
const found = document.getElementById("found");
const rowsShown = document.getElementById("rows-shown");
const { like: likeField, sort: sortField } = form.elements; // where a list has them
const boxes = [...form.querySelectorAll("[type=checkbox]")];
const selects = [...form.querySelectorAll("select")];
const choices = {};
for (const { name, value } of boxes) choices[name] = [...(choices[name] ?? []), value];
for (const { name, options } of selects) choices[name] = [...options].map(({ value }) => value).filter(Boolean);

// No server has read the address. Where nothing is asked, somebody may be ticking and typing already.
const asked = read(new URLSearchParams(location.search), choices);
if (queryString(asked)) fill(asked);
if (asked.search) form.elements.q.value = form.elements.q.defaultValue = asked.search;
const search = form.elements.q.defaultValue; // another one is another page
const alphabet = [...list.querySelectorAll(".card")];
const only = await archive.search(list, search);
// An archive’s list is whole, and its cards know their topics.
const best = [...list.querySelectorAll(".card")];
const rows = best.map(({ dataset }) => ({ ...dataset, n: 1 }));
for (const card of alphabet.filter((each) => !each.isConnected)) keepTick(card);
const byAlphabet = sortField?.options[0].textContent;
const readForm = () => ({ ...read(new FormData(form), choices), search, only });

let answered; // the filters that were asked for last
async function answer(filters) {
  answered = filters;
  if (filters.like) filters.town = await likeness.find(filters.like, likeField.dataset);
  if (answered !== filters) return;
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
  if (sortField) showOrder(filters);
  showCards(filters);
  rowsShown.hidden = !all || all === alphabet.length;
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

// A search and a town have an order of their own.
function showOrder(filters) {
  const [first, byName] = sortField.options;
  const isBest = search || filters.like;
  first.textContent = isBest ? first.dataset.best : byAlphabet;
  byName.hidden = !isBest;
  likeness.tell(document.getElementById("likeness"), filters);
}

function showCards(filters) {
  if (sortField) sortCards(filters);
  const matches = matcher(filters);
  for (const card of list.querySelectorAll(".card")) card.hidden = !matches(card.dataset);
  for (const section of list.querySelectorAll("section"))
    section.hidden = !section.querySelector(".card:not([hidden])");
  for (const other of list.querySelectorAll(".no-answer")) other.remove();
}

// What is ticked stays so where another search does not find it.
function keepTick(card) {
  const box = card.querySelector("[name=p]:checked");
  if (!box) return;
  const label = box.closest("label");
  label.replaceChildren(box, ` ${card.querySelector("h3").textContent}`);
  document.getElementById("elsewhere").append(label);
}

// Of practices, which alone have an order.
function sortCards({ sort, town }) {
  const number = (card) => Number(card.getAttribute(`data-order-${sort}`)); // 0 by the alphabet
  const rank = (card) => only?.get(archive.slugOf(card)) ?? 0;
  const scores = new Map(best.map((card) => [card, likeness.compare(town, card)]));
  const byBest = (one, other) => rank(one) - rank(other) || scores.get(other) - scores.get(one);
  const left = alphabet.filter((card) => scores.has(card));
  list.querySelector(".rows").append(...left.sort(sort ? (one, other) => number(one) - number(other) : byBest));
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
  const filters = read(new FormData(form), choices);
  const query = queryString(filters); // without the names of what is not asked
  if (filters.search !== search) return location.assign(query ? `?${query}` : location.pathname);
  document.getElementById("more-filters").open = false;
  ask(last);
});

addEventListener("popstate", () => {
  const params = new URLSearchParams(location.search);
  if ((params.get("q") ?? "") !== search) return location.reload();
  fill(read(params, choices));
  last = undefined;
  answer(readForm());
});

rowsShown.querySelector("button").addEventListener("click", ({ target }) => {
  const shown = [...list.querySelectorAll(".card:not([hidden])")];
  save(target.dataset.csv, new Set(shown.map(archive.slugOf)), queryString(answered));
});

// Shows in the form what is asked.
function fill(filters) {
  if (likeField) likeField.value = filters.like;
  for (const box of boxes) box.checked = filters[MULTIPLE[box.name]].includes(box.value);
  for (const select of selects) select.value = filters[select.name];
  for (const box of document.querySelectorAll("[name=p]")) box.checked = filters.chosen.includes(box.value);
}

if (queryString(readForm()) !== queryString(asked)) ask(""); // ticked before this came
else {
  answer(readForm());
  rewrite({}); // the other language keeps the query too
}
