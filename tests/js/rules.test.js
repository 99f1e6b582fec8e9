// The rules that Python and JavaScript share: the cases of tests/, which pytest asks Python too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { displace, labelSides } from "../../static/js/displacement.js";
import { matcher, queryString, read } from "../../static/js/filters.js";
import { fold } from "../../static/js/letters.js";
import { distance } from "../../static/js/search.js";

const cases = (path) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url)));
const FINDER = cases("finder/finder_cases.json");
const SEARCH = cases("finder/search_cases.json");
const MAP = cases("mapping/displacement_cases.json");
const CHOICES = {
  theme: ["energy", "mobility", "spatial"],
  topic: ["cycling", "rain"],
  country: ["at", "pl"],
  role: ["precursor", "committed"],
  stage: ["planned", "underway", "operation", "completed"],
  size: ["under-5k", "5k-20k", "20k-100k", "over-100k", "unknown"],
  visits: ["yes"],
  tells: ["cost", "result"],
  payer: ["own", "region", "state", "eu", "eea", "company", "residents"],
  measure: ["whole-cost", "grant", "grant-share", "co2-avoided"],
  sort: ["name", "themes", "new", "people", "figure"],
};
const NOTHING = { themes: [], topics: [], tells: [], country: "", role: "", stage: "", size: "", visits: "", payer: "", measure: "" };
Object.assign(NOTHING, { search: "", like: "", sort: "", chosen: [] });
const asked = (query) => read(new URLSearchParams(query), CHOICES);

for (const { query, asks, writes } of FINDER.questions)
  test(`a query string is read and written: ${query}`, () => {
    assert.deepEqual(asked(query), { ...NOTHING, ...asks });
    assert.equal(queryString(asked(query)), writes);
  });

for (const { query, filter_values, matches } of FINDER.answers)
  test(`a record answers or does not: ${query}`, () => {
    assert.equal(matcher(asked(query))(filter_values), matches);
  });

test("what is too long or too much is not read", () => {
  const topics = Array.from({ length: 7 }, (_, n) => `t${n}`);
  const query = new URLSearchParams([...topics.map((topic) => ["topic", topic]), ["q", ` ${"a".repeat(199)}\0bc`]]);
  query.append("like", `${"a".repeat(79)} bc`);
  for (const slug of ["a", "a".repeat(80), "a".repeat(81), "ą"]) query.append("p", slug);
  const filters = read(query, { topic: topics });
  assert.deepEqual(filters.topics, topics.slice(0, 5));
  assert.equal(filters.search, `${"a".repeat(199)} `);
  assert.equal(filters.like, `${"a".repeat(79)} `);
  assert.deepEqual(filters.chosen, ["a", "a".repeat(80)]);
  assert.equal(read(new URLSearchParams(`q=${"a".repeat(201)}&like=${"a".repeat(81)}`), {}).search.length, 200);
  assert.equal(read(new URLSearchParams(`q=${"a".repeat(201)}&like=${"a".repeat(81)}`), {}).like.length, 80);
});

test("of what a search has found the others do not answer, unless they have no address", () => {
  const only = new Set(["tram"]);
  const answers = [{ slug: "tram" }, { slug: "bus" }, {}].map((values) => matcher({ ...asked(""), only })({ mask: 1, ...values }));
  assert.deepEqual(answers, [true, false, true]);
  assert.equal(matcher(asked(""))({ mask: 1, slug: "bus" }), true);
});

for (const [text, folded] of SEARCH.folds) test(`a text is folded: ${text}`, () => assert.equal(fold(text), folded));

for (const [one, other, away] of SEARCH.distances)
  test(`${one} is ${away} from ${other}`, () => assert.equal(distance(one, other, 2), away ?? Infinity));

for (const { points, places, widths, sides } of MAP)
  test(`${points.length} markers move apart, with names at their sides`, () => {
    assert.deepEqual(displace(points), places);
    const radii = widths.map((width) => (width ? 12 : 6));
    assert.deepEqual(labelSides(places, widths, radii, -200, 200), sides);
  });
