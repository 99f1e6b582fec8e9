// The sentence where a question was answered, in an archive: read from the page of what was found.

import { answered, highlight } from "./search.js";

const SENTENCE = /(?<=[.!?…])\s+(?=[„“"\p{Lu}])/u;
const LONGEST = 240; // characters of a sentence that is shown

// Returns a paragraph with the sentence, marked, and muted where it stands; or with the summary,
// where that and the name hold as much as any sentence.
export async function excerpt(address, search, answer) {
  const paragraph = document.createElement("p");
  const response = await fetch(address);
  if (!response.ok) return paragraph;
  const main = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main");
  const [name, intro] = ["h1", ".lead"].map((part) => main.querySelector(part)?.textContent.trim() ?? "");
  const lead = intro.length > LONGEST ? "" : intro; // a long one is looked through
  const { wanted } = answer;
  const missing = wanted.filter((want) => !answered(`${name} · ${lead}`, search, [want]));
  let [best, where, most, heading] = [intro, "", 0, ""];
  for (const block of missing.length ? main.querySelectorAll("h2, p, li, dt, dd, th, td") : []) {
    if (block.matches("h2")) heading = block.textContent.trim();
    if (block.matches("h2, :has(p, li)") || (lead && block.matches(".lead")) || block.closest("nav, .card, figure")) continue;
    for (const sentence of block.textContent.replace(/\s+/g, " ").trim().split(SENTENCE)) {
      const number = answered(sentence, search, missing);
      if (number > most) [best, where, most] = [sentence, heading, number];
    }
  }
  paragraph.textContent = best.length > LONGEST ? `${best.slice(0, LONGEST).replace(/\s\S*$/, "")} …` : best;
  highlight(paragraph, search, answer);
  if (where) paragraph.append(" ", Object.assign(document.createElement("small"), { textContent: where }));
  return paragraph;
}
