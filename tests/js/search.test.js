// The search of an archive, on an index of a few words: cities/archive/searching.py writes such ones.

import assert from "node:assert/strict";
import test from "node:test";

import { Search } from "../../static/js/search.js";

const [TITLE, SUMMARY, TEXT, TOPIC] = [1, 3, 4, 5]; // levels
const WORDS = { tramwaj: [1], autobus: [2], park: [3], droga: [4], carsharing: [5], kotly: [6], kotla: [6], rynek: [7], kolejka: [8] };
const stems = (text) => text.split(" ").map((word) => WORDS[word]);
const phrase = (text) => text.split(" ").map((word) => [word, WORDS[word] ?? []]);
const index = (records, more = {}) =>
  new Search({
    words: WORDS,
    records: Object.fromEntries(
      Object.entries(records).map(([slug, texts]) => [slug, texts.map(([level, text]) => [level, stems(text)])]),
    ),
    synonyms: [],
    stop: ["i", "w"],
    ...more,
  });
const found = (search, question) => {
  const { how, rank } = search.find(question);
  return [how, ...[...rank].sort(([, a], [, b]) => a - b).map(([slug]) => slug)];
};

test("nothing but signs asks nothing", () => {
  assert.deepEqual(index({}).find(" „” "), { how: "unasked" });
});

test("all words must be found, those that stand together first, then those of the title", () => {
  const search = index({
    apart: [[TITLE, "tramwaj rynek droga park"]],
    text: [[TEXT, "tramwaj park"]],
    summary: [[SUMMARY, "tramwaj park"]],
    title: [[TITLE, "tramwaj park"]],
    spread: [[TITLE, "tramwaj"], [TEXT, "park"]],
    half: [[TITLE, "tramwaj"]],
  });
  assert.deepEqual(found(search, "Tramwaj, park!"), ["all", "title", "summary", "text", "apart", "spread"]);
  const { rank } = search.find("tramwaj park");
  assert.deepEqual([...rank.values()], [4, 3, 2, 0, 7]);
});

test("words stand together, too, with one word between them", () => {
  const search = index({ between: [[TITLE, "tramwaj rynek park"]], turned: [[TEXT, "park tramwaj"]] });
  assert.deepEqual([...search.find("tramwaj park").rank], [["between", 0], ["turned", 3]]);
});

test("words said in passing need not be found, unless there are no others", () => {
  const search = index({ park: [[TITLE, "park"]] }, { words: { ...WORDS, i: [9] } });
  assert.deepEqual(found(search, "w i park"), ["all", "park"]);
  assert.deepEqual(search.telling("w i"), ["w", "i"]);
});

test("no more than eight words are asked for", () => {
  assert.equal(index({}).telling(Array(9).fill("park").join(" ")).length, 8);
});

test("what is said of topics counts where no text has all words", () => {
  const search = index({ beside: [[TITLE, "tramwaj"], [TOPIC, "kolejka"]] });
  assert.deepEqual(found(search, "tramwaj kolejka"), ["topic", "beside"]);
});

test("a mistyped word is read as the nearest known one, of those the one found most often", () => {
  const search = index({ one: [[TITLE, "kotly"]], tram: [[TITLE, "tramwaj"]] });
  assert.deepEqual(found(search, "tarmwaj"), ["corrected", "tram"]);
  assert.deepEqual([search.find("tarmwaj kotly").how, search.find("tarmwaj kotly").text], ["any", "tramwaj kotly"]);
  assert.equal(search.find("trmwj").how, "nothing"); // two letters away, of five
  assert.equal(search.find("tramwjx").text, "tramwaj"); // of seven
  assert.equal(search.find("kot").how, "nothing"); // too short to be mistyped
  const both = { words: { parki: [1], parka: [2] } };
  const often = { a: [[TITLE, "parka"]], b: [[TITLE, "parka"]], c: [[TITLE, "parki"]] };
  const records = Object.fromEntries(Object.entries(often).map(([slug, [[level, word]]]) => [slug, [[level, [both.words[word]]]]]));
  assert.equal(index({}, { ...both, records }).find("parke").text, "parka");
});

test("no word of three letters is what a mistyped one meant", () => {
  const short = { words: { kotl: [1], kot: [2] }, records: { cat: [[TITLE, [[2]]]], boiler: [[TITLE, [[1]]]] } };
  assert.equal(index({}, short).find("kott").text, "kotl");
  assert.equal(index({}, { ...short, words: { kot: [2] } }).find("kott").how, "nothing");
});

test("where no record has all words, those that tell most come first, the rest not at all", () => {
  const search = index({
    first: [[TITLE, "park"]],
    second: [[TITLE, "park"]],
    third: [[TITLE, "park"]],
    rare: [[TITLE, "droga"]],
    both: [[TITLE, "droga"], [TEXT, "park"]],
  });
  assert.deepEqual(found(search, "park droga statek"), ["any", "both", "rare"]);
  assert.deepEqual(found(search, "rower"), ["nothing"]);
});

test("what is said for a word is found too, after the word itself", () => {
  const synonyms = [[[phrase("bimba"), phrase("kolejka")], [phrase("tramwaj")]]];
  const search = index({ meant: [[TITLE, "tramwaj"]], said: [[TITLE, "kolejka"]] }, { synonyms });
  assert.deepEqual(found(search, "bimba"), ["all", "meant", "said"]);
  assert.deepEqual(found(search, "kolejka"), ["all", "said", "meant"]);
  assert.deepEqual(found(search, "tramwaj"), ["all", "meant"]);
  assert.equal(search.find("bimbo").how, "corrected");
});

test("the longest known phrase counts, of four words at most", () => {
  const said = phrase("park i ride tam");
  const search = index({ lot: [[TITLE, "rynek"]] }, { synonyms: [[[said], [phrase("rynek")]]], stop: [] });
  assert.deepEqual(found(search, "park i ride tam"), ["all", "lot"]);
  const longer = index({ lot: [[TITLE, "rynek"]] }, { synonyms: [[[[...said, ...phrase("x")]], [phrase("rynek")]]], stop: [] });
  assert.equal(longer.find("park i ride tam x").how, "nothing");
});

test("two words may be written as one", () => {
  assert.deepEqual(found(index({ cars: [[TITLE, "carsharing"]] }), "car sharing"), ["all", "cars"]);
  assert.equal(index({ cars: [[TITLE, "carsharing"]] }).find("car sha ring").how, "nothing");
});
