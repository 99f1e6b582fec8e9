// Does in an archive what a server does for the finder: searches, and says which filter to lift.

import { sentence } from "./plurals.js";
import { MULTIPLE, queryString } from "./filters.js";
import { finds, highlight, stems } from "./search.js";

const slugOf = (card) => card.querySelector("h3 a").getAttribute("href").split("/").at(-2);

// Takes from the list what a search does not find, puts hits in titles first and marks them;
// returns the addresses found, or nothing where nothing is asked.
export async function search(list, query) {
  const words = stems(query);
  if (!words.length) return undefined;
  const response = await fetch("search.json");
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  const texts = await response.json(); // {slug: [title, text]}
  const found = new Set();
  const later = [];
  for (const card of list.querySelectorAll(".card")) {
    const slug = slugOf(card);
    const [title, text] = texts[slug];
    if (!finds(words, text)) {
      card.remove();
      continue;
    }
    found.add(slug);
    if (!finds(words, title)) later.push(card);
    for (const part of card.querySelectorAll("h3 a, p:not([class])")) highlight(part, words);
  }
  list.querySelector(".rows")?.append(...later);
  return found;
}

// Returns {label, changes that lift it} for each filter that is set.
export function setFilters(filters, form) {
  const found = ["theme", "topic"].flatMap((name) =>
    filters[MULTIPLE[name]].map((value) => {
      const box = form.querySelector(`[name=${name}][value="${value}"]`);
      const label = box.closest("label").querySelector(".count").previousSibling.data;
      return { label, changes: { [MULTIPLE[name]]: filters[MULTIPLE[name]].filter((other) => other !== value) } };
    }),
  );
  for (const name of ["role", "stage", "size", "country"])
    if (filters[name]) {
      const [option] = form.elements[name].selectedOptions;
      found.push({ label: option.textContent.replace(/\([^(]*\)$/, ""), changes: { [name]: "" } });
    }
  return found;
}

// count: how many answer a filters with changes; form: where the filters have their names.
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
