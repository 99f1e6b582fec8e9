// Does in an archive what a server does for the finder: searches, and says which filter to lift.

import { excerpt } from "./archive-excerpts.js";
import { sentence } from "./plurals.js";
import { MULTIPLE, queryString } from "./filters.js";
import { Search, highlight } from "./search.js";

const EXCERPTS = 24; // of the first cards, since each is read from a page of its own
export const slugOf = (card) => card.querySelector("h3 a").getAttribute("href").split("/").at(-2);

export async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  return response;
}

// Takes from the list what a search does not find, puts the best first and marks the words;
// returns how good the addresses found are, or nothing where nothing is asked.
export async function search(list, query) {
  if (!query.trim()) return undefined;
  const known = new Search(await (await load("search.json")).json());
  const answer = known.find(query);
  if (!answer.rank) return undefined;
  const told = document.createElement("div");
  tellHow(told, answer, query);
  list.prepend(...told.childNodes);
  const cards = [...list.querySelectorAll(".card")].map((card) => [answer.rank.get(slugOf(card)), card]);
  for (const [rank, card] of cards) {
    if (rank === undefined) card.remove();
    else for (const part of card.querySelectorAll("h3 a, p:not([class])")) highlight(part, known, answer);
  }
  const found = cards.filter(([rank]) => rank !== undefined).sort(([one], [other]) => one - other);
  list.querySelector(".rows")?.append(...found.map(([, card]) => card));
  for (const [, card] of found.slice(0, EXCERPTS)) tellWhere(card, known, answer);
  return answer.rank;
}

// Puts the sentence that answers on a card, in place of the summary if it has that already.
async function tellWhere(card, known, answer) {
  const paragraph = await excerpt(card.querySelector("h3 a").href, known, answer);
  const text = card.querySelector("h3").parentElement;
  paragraph.className = "excerpt";
  if ([...text.children].every(({ textContent }) => textContent.trim() !== paragraph.textContent))
    text.insertBefore(paragraph, text.querySelector(".reasons"));
}

// Says above the answers that a word was read as another, or that no answer has all words.
export function tellHow(place, { how, text }, asked) {
  const note = document.getElementById(`how-${how}`)?.content.firstElementChild.cloneNode(true);
  if (!note) return;
  note.firstChild.data = note.firstChild.data.replace("…", () => asked);
  const link = note.querySelector("a");
  if (link) {
    link.href = `?${new URLSearchParams({ q: text })}`;
    link.textContent = text;
  }
  place.append(note);
}

// Returns {label, changes that lift it} for each filter that is set.
export function setFilters(filters, form) {
  const found = ["theme", "topic", "tells"].flatMap((name) =>
    filters[MULTIPLE[name]].map((value) => {
      const box = form.querySelector(`[name=${name}][value="${value}"]`);
      const label = box.closest("label").querySelector(".count").previousSibling.data;
      return { label, changes: { [MULTIPLE[name]]: filters[MULTIPLE[name]].filter((other) => other !== value) } };
    }),
  );
  for (const name of ["country", "role", "stage", "size", "visits", "payer", "measure"])
    if (filters[name]) {
      const [option] = form.elements[name].selectedOptions;
      found.push({ label: option.textContent.replace(/\([^(]*\)$/, ""), changes: { [name]: "" } });
    }
  return found;
}

// count: how many answer the filters with changes; form: where the filters have their names.
export function sayNothing(list, filters, form, count) {
  const note = document.getElementById("no-answer").content.cloneNode(true);
  const samples = document.getElementById("relaxations");
  const told = setFilters(filters, form).map((each) => ({ ...each, n: count(each.changes) })).filter(({ n }) => n);
  const items = told.sort((a, b) => b.n - a.n).map(({ label, changes, n }) => {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = `?${queryString({ ...filters, ...changes })}`;
    link.textContent = sentence(samples, n).replace("…", label.trim());
    return item;
  });
  if (items.length) note.querySelector("ul").append(...items);
  else note.querySelector("ul").remove();
  if (!filters.search) note.querySelector("p:last-child").remove();
  (list.querySelector(".rows") ?? list).append(note);
}
