// The search of an archive, on an index of a few words: cities/archive/searching.py writes such ones.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { fold } from "../../static/js/letters.js";
import { Search, answered, distance, highlight } from "../../static/js/search.js";

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

// Each word of these is a stem of its own, and few are said in passing.
const CASES = JSON.parse(readFileSync(new URL("../finder/search_cases.json", import.meta.url))).answers;
const PASSING = ["i", "na", "w"];
const LEVEL_OF = { title: TITLE, summary: SUMMARY, text: TEXT };

function archived(records, synonyms) {
  const words = {};
  const number = (word) => (words[fold(word)] ??= [Object.keys(words).length + 1]);
  const read = (text) => text.split(" ").map((word) => (PASSING.includes(word) ? [number(word)] : number(word)));
  const phrases = (text) =>
    text.split(", ").map((said) =>
      said
        .split(" ")
        .filter((word) => !PASSING.includes(word))
        .map((word) => [fold(word), number(word)]),
    );
  const texts = (record) => Object.entries(record).map(([part, text]) => [LEVEL_OF[part], read(text)]);
  return new Search({
    records: Object.fromEntries(Object.entries(records).map(([slug, record]) => [slug, texts(record)])),
    synonyms: synonyms.map((row) => row.map(phrases)),
    stop: PASSING,
    words,
  });
}

for (const { claim, question, records, synonyms = [], how, found: slugs } of CASES)
  test(`as the site does: ${claim}`, () => {
    assert.deepEqual(found(archived(records, synonyms), question), [how, ...slugs]);
  });

for (const [one, other, most, away] of [
  ["kot", "kot", 0, 0],
  ["kot", "kos", 1, 1],
  ["kot", "kot", 1, 0],
  ["kot", "kto", 1, 1], // neighbours that changed places
  ["okt", "kot", 1, 1],
  ["kot", "okot", 1, 1],
  ["okot", "kot", 1, 1],
  ["kot", "kotek", 2, 2],
  ["kotek", "kot", 2, 2],
  ["kotek", "kot", 1, Infinity],
  ["kot", "kotek", 1, Infinity],
  ["abcd", "badc", 2, 2],
  ["abcd", "dcba", 3, 3],
  ["abcd", "cdab", 4, 4],
  ["abc", "ca", 3, 3], // what changed places stays as it is
  ["a", "b", 1, 1],
  ["aa", "ab", 1, 1],
  ["ab", "bb", 1, 1],
  ["abab", "baba", 2, 2],
  ["", "ab", 2, 2],
])
  test(`${one || "nothing"} is ${away} from ${other}, up to ${most}`, () => {
    assert.equal(distance(one, other, most), away);
  });

test("a word has the best level on which it stands", () => {
  const search = index({ title: [[TEXT, "park"], [TITLE, "park"], [SUMMARY, "park"]], text: [[TEXT, "park"]] });
  assert.deepEqual([...search.find("park").rank], [["title", 0], ["text", 3]]);
});

test("words stand together, too, with words said in passing between them, which do not count", () => {
  const passing = new Search({
    words: { ...WORDS, i: [9], w: [10] },
    records: {
      near: [[TITLE, [[1], [[9]], [[10]], [[9]], [3]]]],
      far: [[TITLE, [[1], [2], [4], [3]]]],
      word: [[TITLE, [[[9]]]]],
    },
    synonyms: [],
    stop: ["i", "w"],
  });
  assert.deepEqual([...passing.find("tramwaj park").rank], [["near", 0], ["far", 4]]);
  assert.deepEqual([...passing.find("i").rank], [["near", 0], ["word", 0]]);
});

test("a word of several stems is found by each, beside another by each pair", () => {
  const words = { zamek: [1, 2], stary: [3], dom: [4] };
  const records = {
    castle: [[TITLE, [[1], [3]]]],
    zip: [[TITLE, [[3], [2, 4]]]],
    apart: [[TITLE, [[2], [4], [4], [3]]]],
    house: [[TITLE, [[4]]]],
  };
  const search = new Search({ words, records, synonyms: [], stop: [] });
  assert.deepEqual([...search.find("stary zamek").rank], [["castle", 0], ["zip", 0], ["apart", 4]]);
  assert.deepEqual([...search.find("zamek").rank.keys()], ["castle", "zip", "apart"]);
});

test("a name is found in either spelling of a keyboard", () => {
  const words = { boblingen: [1], boeblingen: [1] };
  const search = new Search({ words, records: { town: [[TITLE, [[1]]]] }, synonyms: [], stop: [] });
  for (const question of ["Böblingen", "boblingen", "BOEBLINGEN", "Bo\u0308blingen"])
    assert.deepEqual(found(search, question), ["all", "town"]);
  assert.deepEqual(search.stems("Böblingen"), [1]);
});

test("a phrase is said by form or by stem, word for word", () => {
  const row = [[[["zielona", [3]], ["energia", [4]]]], [phrase("kolejka")]];
  const search = index({ rail: [[TITLE, "kolejka"]] }, { synonyms: [row], words: { ...WORDS, zielonej: [3], energia: [40] } });
  const said = ["zielonej energia", "zielona energia", "zielona zielona", "energia zielona", "zielona", "zielona droga"];
  assert.deepEqual(said.map((question) => search.find(question).how), ["all", "all", "nothing", "nothing", "nothing", "all"]);
});

test("a question is read once for each word of it that was mistyped", () => {
  const search = index({ both: [[TITLE, "tramwaj park"]], tram: [[TITLE, "tramwaj"]] });
  const { how, text } = search.find("tramwej parx");
  assert.deepEqual([how, text], ["corrected", "tramwaj park"]);
  assert.deepEqual([search.find("tramwaj statek").how, search.find("tramwaj statek").text], ["any", "tramwaj statek"]);
});

test("of as many letters, the first twenty words by the alphabet are tried", () => {
  const letters = [..."abcdefghijklmnopqrstu"];
  const words = Object.fromEntries(letters.toReversed().map((letter, n) => [`tramwa${letter}`, [n]]));
  const only = (letter) => new Search({ words, records: { it: [[TITLE, [words[`tramwa${letter}`]]]] }, synonyms: [], stop: [] });
  assert.equal(only("a").find("tramwa1").text, "tramwaa");
  assert.equal(only("t").find("tramwa1").text, "tramwat");
  assert.equal(only("u").find("tramwa1").how, "nothing");
});

test("how many of the things that are wanted a text holds", () => {
  const search = index({}, { synonyms: [[[phrase("bimba")], [phrase("tramwaj park")]]] });
  const wanted = search.wanted(["bimba", "droga", "rynek"]);
  const texts = ["", "Droga!", "droga, rynek", "rynek tramwaj", "park (tramwaj) droga", "droga droga"];
  assert.deepEqual(texts.map((text) => answered(text, search, wanted)), [0, 1, 2, 1, 2, 1]);
});

test("words are marked that answer, and no others", () => {
  const search = index({}, { synonyms: [[[phrase("bimba")], [phrase("tramwaj"), phrase("park droga")]]] });
  const nodes = ["Tramwaj, park i rynek.", "Nic"].map((data) => ({ data, replaceWith: (...runs) => shown.push(runs) }));
  const shown = [];
  const left = [...nodes];
  globalThis.NodeFilter = { SHOW_TEXT: 4 };
  globalThis.document = {
    createElement: (name) => ({ name }),
    createTreeWalker: (root, kinds) => ({
      nextNode() {
        this.currentNode = root === "element" && kinds === 4 ? left.shift() : null;
        return this.currentNode;
      },
    }),
  };
  highlight("element", search, { wanted: search.wanted(["bimba", "rynek"]) });
  const mark = (textContent) => ({ name: "mark", textContent });
  assert.deepEqual(shown, [["", mark("Tramwaj"), ", ", "park", " ", "i", " ", mark("rynek"), "."], ["", "Nic", ""]]);
});
