// Which town is asked for, and how like it others are, in an archive; cities/finder/similarity.py and
// gazetteer.py decide the same (tests/finder/like_questions.json).

import { fold } from "./letters.js";
import { MOST_WORDS, WORD, form, forms, spelledOut } from "./search.js";

const LONGEST = 80; // characters of what is asked
const MOST_PEOPLE = 100_000_000;
const TIMES = { t: 1000, k: 1000, m: 1_000_000 };
const BEFORE = "ok\\.|okolo|ponad|prawie|blisko|mniej wiecej|about|around|almost|over|circa|ca\\.|c\\.|~";
const DIGITS = "(?<digits>[0-9]{1,3}(?:[ .,][0-9]{3})+|[0-9]{1,9})(?:[.,](?<part>[0-9]{1,2}))?";
const THOUSANDS = "(?<times>tys(?:\\.|iac|iace|iecy)?|k|thousand|mln|mio|million|m)?";
const AFTER = "mieszk(?:ancow|\\.)?|osob|ludzi|people|inhabitants|residents|souls|pop\\.?";
const NUMBER = new RegExp(`^(?:${BEFORE})? ?${DIGITS} ?${THOUSANDS}\\.? ?(?:${AFTER})?\\.?$`);
const COUNTRIES = {
  pl: ["pl", "polska", "polsce", "poland"],
  de: ["de", "niemcy", "germany", "deutschland"],
  at: ["at", "austria", "osterreich"],
  it: ["it", "wlochy", "italy", "italia"],
  se: ["se", "szwecja", "sweden", "sverige"],
  hu: ["hu", "wegry", "hungary", "magyarorszag"],
};
const [SIZE, COUNTRY] = [3, 1]; // the weights
const NEAR = 1.25; // times

// The number of people that “ok. 16 tys. mieszkańców” means, or nothing.
export function people(asked) {
  const { digits, part, times } = fold(asked.slice(0, LONGEST)).trim().replace(/\s+/g, " ").match(NUMBER)?.groups ?? {};
  const each = times ? TIMES[times[0]] : 1;
  if (!digits || /\p{No}/u.test(asked) || (part && each === 1)) return undefined; // 10², 16.5 people
  const number = Math.round(Number(`${digits.replace(/\D/g, "")}.${part ?? 0}`) * each);
  return number && number <= MOST_PEOPLE ? number : undefined;
}

// The name in “Piastów, Polska”, and the code of the country if one is named.
export function nameAndCountry(asked) {
  const parts = asked.slice(0, LONGEST).split(/[,;(]/);
  const last = parts.length > 1 ? fold(parts.at(-1)).replace(/^[ )]+|[ )]+$/g, "") : "";
  const country = Object.keys(COUNTRIES).find((code) => COUNTRIES[code].includes(last));
  return [(country ? parts[0] : asked.slice(0, LONGEST)).trim(), country];
}

// The places of the programme’s countries: the text of cities/data/gazetteer.csv.
export class Gazetteer {
  constructor(text) {
    this.lines = text.trimEnd().split("\n");
    const named = [text, spelledOut(text)].map((each) => fold(each).split("\n"));
    this.named = this.lines.map((_, n) => named.flatMap((those) => those[n].split(";")[0].split("|")).map(spaced));
  }

  // The largest place of that name, or nothing; hyphens count as spaces.
  place(name, country) {
    const wanted = spaced(fold(name).trim().replace(/\s+/g, " "));
    const isIt = (known) => known === wanted || known.replace(/ \([^|]*\)$/, "") === wanted;
    const numbers = [...this.lines.keys()].filter((n) => n && this.named[n].some(isIt)); // the first names the columns
    const found = numbers.map((n) => {
      const [names, code, population] = this.lines[n].split(";");
      return { name: names.split("|")[0], country: code, population: Number(population) };
    });
    const there = found.filter((one) => !country || one.country === country);
    return there.sort((one, other) => other.population - one.population)[0];
  }
}

const spaced = (name) => name.replaceAll("-", " ");

// The town that is asked for as { name, country, population, slug }, or nothing; known is what
// cities/archive/towns.py writes, gazetteer a function that promises one.
export async function townOf(asked, known, gazetteer) {
  const population = people(asked);
  if (population) return { population };
  const [name, country] = nameAndCountry(asked);
  const city = called(name, country, known);
  if (city && forms(name).some((written) => city.forms.includes(written))) return city;
  return (await gazetteer()).place(name, country) ?? city;
}

// The city of the programme whose names have all these words, the last of which may be a beginning.
function called(name, country, { cities, words }) {
  const typed = (name.normalize("NFC").match(WORD) ?? []).slice(0, MOST_WORDS);
  if (!typed.length) return undefined;
  const begun = Object.keys(words).filter((known) => known.startsWith(form(typed.at(-1))));
  const wanted = [...typed.slice(0, -1).map(forms), begun].map((those) => those.flatMap((each) => words[each] ?? []));
  const has = (city) => wanted.every((stems) => stems.some((stem) => city.stems.includes(stem)));
  return cities.find((city) => (!country || city.country === country) && has(city));
}

// How like a town another is, and why: “about”, “smaller”, “larger”, “country”.
export function likeness(town, country, population) {
  const ratio = population / town.population;
  const distance = Math.abs(Math.log(ratio)) / Math.log(10);
  const isThere = Boolean(town.country) && town.country === country;
  const size = (ratio >= 1 / NEAR && ratio <= NEAR && "about") || (ratio >= 1 / 3 && ratio < 1 && "smaller");
  const reasons = [size || (ratio > 1 && ratio <= 3 && "larger"), isThere && "country"];
  return { score: (distance < 1 ? SIZE * (1 - distance) : 0) + COUNTRY * isThere, reasons: reasons.filter(Boolean) };
}
