// Knows in an archive, where no server does, the town whose like is asked for, and says what comes of it.

import { load } from "./archive-finder.js";
import { sentence } from "./plurals.js";
import { Gazetteer, likeness, townOf } from "./towns.js";

const kept = new Map(); // what was fetched, and towns, by what was typed

function once(name, ask) {
  if (!kept.has(name)) kept.set(name, ask());
  return kept.get(name);
}

// Returns the town that is named or told by its population; nothing for one that nobody knows.
export function find(like, { gazetteer }) {
  const known = () => once("towns", async () => (await load("towns.json")).json());
  const places = () => once("places", async () => new Gazetteer(await (await load(gazetteer)).text()));
  return once(`town ${like}`, async () => townOf(like, await known(), places));
}

// Says above the list which practices come first.
export function tell(note, { like, town }) {
  note.hidden = !like;
  if (!like) return;
  const part = (id) => document.getElementById(id);
  if (town && !town.name) note.textContent = sentence(part("like-people"), town.population);
  else {
    const { textContent } = part(town ? (town.slug ? "like-city" : "like-place") : "like-nothing").content;
    note.textContent = textContent.trim().replace("…", () => town?.name ?? like);
  }
}

// Returns how like the town the place of a practice is, and says why on its card.
export function compare(town, card) {
  card.querySelector(".reasons")?.remove();
  if (!town) return 0;
  const { score, reasons } = likeness(town, card.dataset.country, Number(card.dataset.orderPeople));
  if (!reasons.length) return score;
  const words = document.getElementById("like-reasons").content;
  const told = reasons.map((reason) => words.querySelector(`.${reason}`).textContent);
  const paragraph = Object.assign(document.createElement("p"), { className: "reasons", textContent: told.join(" · ") });
  card.querySelector("h3").parentElement.append(paragraph);
  return score;
}
