// A town like mine, in an archive: what is typed is a number of people, or a place.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { Gazetteer, likeness, nameAndCountry, people, townOf } from "../../static/js/towns.js";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const gazetteer = new Gazetteer(read("cities/data/gazetteer.csv"));
const nowhere = async () => new Gazetteer("names;country;population\n");

for (const { text, people: number, place } of JSON.parse(read("tests/finder/like_questions.json")))
  test(`what is typed is understood: ${text.slice(0, 20)}`, () => {
    assert.equal(people(text), number ?? undefined);
    const found = number ? undefined : gazetteer.place(...nameAndCountry(text));
    assert.deepEqual(found && [found.name, found.country], place ?? undefined);
  });

for (const text of ["10²", "100000001", "9".repeat(80), "%", "names", "constructor"])
  test(`${text.slice(0, 20)} is no town`, async () => {
    assert.equal(await townOf(text, { cities: [], words: {} }, async () => gazetteer), undefined);
  });

const WEIZ = { slug: "weiz", country: "at", forms: ["weiz"], stems: ["weiz"] };
const NEW_LODZ = { slug: "nowa-lodz", country: "pl", forms: ["nowalodz"], stems: ["now", "lodz"] };
const KNOWN = { cities: [WEIZ, NEW_LODZ], words: { weiz: ["weiz"], nowa: ["now"], lodz: ["lodz"], lodzi: ["lodz"] } };
for (const [asked, city] of [
  ["Weiz", WEIZ],
  ["WEIZ, Austria", WEIZ],
  ["Weiz, Polska", undefined],
  ["we", WEIZ],
  ["Nowa Ł", NEW_LODZ],
  ["now łódź", undefined], // no word but the last may be a beginning
  ["Łodzi", NEW_LODZ],
  ["Weiz Łódź", undefined],
])
  test(`${asked} is a town of the programme or none`, async () => {
    assert.equal(await townOf(asked, KNOWN, nowhere), city);
  });

test("a place that is called so comes before a town that begins so", async () => {
  assert.equal((await townOf("Łódź", KNOWN, async () => gazetteer)).name, "Łódź");
});

test("a town of the programme and a number ask for no gazetteer", async () => {
  const refuse = () => assert.fail("asks for it");
  assert.equal(await townOf("Weiz", KNOWN, refuse), WEIZ);
  assert.deepEqual(await townOf("ok. 16 tys.", KNOWN, refuse), { population: 16_000 });
});

const TOWN = { population: 20_000, country: "pl" };
for (const [population, country, score, reasons] of [
  [20_000, "at", 3, ["about"]],
  [25_000, "at", 2.7093, ["about"]],
  [16_000, "pl", 3.7093, ["about", "country"]],
  [63_246, "at", 1.5, []],
  [60_000, "at", 1.5686, ["larger"]],
  [10_000, "at", 2.0969, ["smaller"]],
  [6_325, "at", 1.5001, []],
  [200_000, "at", 0, []],
  [2_000, "pl", 1, ["country"]],
  [Infinity, "at", 0, []],
  [0, "at", 0, []],
])
  test(`a town of ${population} in ${country} is so much like one of 20,000`, () => {
    const found = likeness(TOWN, country, population);
    assert.equal(Number(found.score.toFixed(4)), score);
    assert.deepEqual(found.reasons, reasons);
  });

test("without a country or a population neither counts", () => {
  assert.deepEqual(likeness({ population: 500 }, "pl", 500), { score: 3, reasons: ["about"] });
  assert.deepEqual(likeness({ country: "pl" }, "pl", 500), { score: 1, reasons: ["country"] });
});
