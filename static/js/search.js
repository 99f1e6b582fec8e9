// What a question finds, in an archive; cities/finder/search.py and question.py decide the same
// (tests/finder/search_questions.json). The file that is searched knows the stem of every word.

import { SPELLED_OUT, fold, lower } from "./letters.js";

export const WORD = /[\p{L}\p{N}]+/gu;
export const MOST_WORDS = 8;
const LONGEST_PHRASE = 4;
const MOST_TRIED = 20; // words of one distance
const LEVELS = [1, 2, 3, 4];
const [TEXT, BESIDE] = [4, 5];
const SHARE = 0.5;

export const form = (word) => fold(word).match(WORD)?.join("") ?? "";
export const spelledOut = (text) => lower(text).replace(/[öüäåø]/g, (letter) => SPELLED_OUT[letter]);
export const forms = (word) => [form(word), form(spelledOut(word))];
const pair = (one, other) => (one < other ? `${one}·${other}` : `${other}·${one}`);
const meet = (some, others) => some.some((one) => others.includes(one));

// How many letters a word needs to be changed in, swaps of neighbours counted once; Infinity above most.
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  const rows = [Array.from({ length: other.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= one.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = rows[i - 1][j - 1] + (one[i - 1] !== other[j - 1]);
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  const found = rows[one.length][other.length];
  return found <= most ? found : Infinity;
}

// texts: [level, words], a word being the numbers of its stems; one said in passing stands in [].
// Returns all that can be asked for, as tokens, each with its best level.
function tokens(texts) {
  const best = new Map();
  const add = (level, token) => best.get(token) <= level || best.set(token, level);
  for (const [level, words] of texts) {
    const telling = words.filter((word) => !Array.isArray(word[0]));
    for (const word of words) for (const stem of word.flat()) add(level, stem);
    telling.forEach((these, n) => {
      for (const those of telling.slice(n + 1, n + 3))
        for (const one of these) for (const other of those) add(level, pair(one, other));
    });
  }
  return best;
}

export class Search {
  // words: {form: stems}; records: {slug: texts}; synonyms: [phrases, phrases of words for them];
  // stop: words said in passing.
  constructor({ words, records, synonyms, stop }) {
    Object.assign(this, { words: new Map(Object.entries(words)), synonyms, stop: new Set(stop) });
    this.records = new Map(Object.entries(records).map(([slug, texts]) => [slug, tokens(texts)]));
    const said = synonyms.flatMap(([phrases]) => phrases).flat();
    this.said = new Map(said.map(([written, stems]) => [written, stems]));
  }

  stems(word) {
    return [...new Set(forms(word).flatMap((written) => this.words.get(written) ?? []))];
  }

  // The words of a question, without those said in passing unless there are no others.
  telling(text) {
    const words = text.normalize("NFC").match(WORD) ?? [];
    const telling = words.filter((word) => !this.stop.has(form(word)));
    return (telling.length ? telling : words).slice(0, MOST_WORDS);
  }

  wanted(words) {
    let terms = words.map((word) => [form(word), this.stems(word)]);
    const found = [];
    while (terms.length) {
      found.push(this.firstOf(terms));
      terms = terms.slice(found.at(-1).typed.length);
    }
    return found;
  }

  // What the longest known phrase wants with which a question begins.
  firstOf(terms) {
    for (let size = Math.min(LONGEST_PHRASE, terms.length); size; size--) {
      const typed = terms.slice(0, size);
      const alike = (one) =>
        one.length === size && one.every(([written, stems], n) => written === typed[n][0] || meet(stems, typed[n][1]));
      const others = this.synonyms.filter(([said]) => said.some(alike)).flatMap(([said, also]) => [...said, ...also]);
      const joined = typed.map(([written]) => written).join("");
      if (size === 2 && this.words.has(joined)) others.push([[joined, this.words.get(joined)]]);
      if (others.length || size === 1) return { typed, others };
    }
    return undefined;
  }

  // The answer: {how, text, wanted, rank}, rank telling of an address how good it is, if it is one.
  find(text) {
    const words = this.telling(text);
    if (!words.length) return { how: "unasked" };
    let wanted = this.wanted(words);
    for (const [how, level] of [["all", TEXT], ["topic", BESIDE]])
      if (this.some((at) => all(wanted, at, level))) return this.ranked(how, text, wanted, level);
    const better = words.map((word) => (this.isUnknown(word) && this.corrected(word)) || word);
    if (better.some((word, n) => word !== words[n])) {
      wanted = this.wanted(better);
      text = better.join(" ");
      if (this.some((at) => all(wanted, at, TEXT))) return this.ranked("corrected", text, wanted, TEXT);
    }
    return this.any(text, wanted);
  }

  some(test) {
    return [...this.records.values()].some(test);
  }

  count(test) {
    return [...this.records.values()].filter(test).length;
  }

  isUnknown(word) {
    return !this.stems(word).length && !this.said.has(form(word));
  }

  // The nearest known word, of those near the one found most often.
  corrected(word) {
    const mistyped = form(word);
    const most = mistyped.length < 4 || /^\d+$/.test(mistyped) ? 0 : mistyped.length < 7 ? 1 : 2;
    const near = Array.from({ length: most }, () => []);
    for (const known of most ? new Set([...this.words.keys(), ...this.said.keys()]) : [])
      if (known.length > 3 && known[0] === mistyped[0]) near[distance(mistyped, known, most) - 1]?.push(known);
    for (const forms of near) {
      const tried = forms.sort().slice(0, MOST_TRIED);
      const counts = tried.flatMap((known) => this.wanted([known])).map((want) => this.count((at) => one(want, at, TEXT, apart)));
      const best = Math.max(...counts);
      if (best > 0) return tried[counts.indexOf(best)];
    }
    return undefined;
  }

  ranked(how, text, wanted, level) {
    const whole = wanted.flatMap(({ typed }) => typed);
    const ranks = [
      ...LEVELS.map((reach) => (at) => together(whole, at, reach)),
      ...LEVELS.map((reach) => (at) => wanted.every(({ typed }) => together(typed, at, reach))),
      ...LEVELS.map((reach) => (at) => wanted.every((want) => one(want, at, reach, together))),
    ];
    const rank = new Map();
    for (const [slug, at] of this.records)
      if (all(wanted, at, level)) {
        const best = ranks.findIndex((test) => test(at));
        rank.set(slug, best < 0 ? ranks.length : best);
      }
    return { how, text, wanted, rank };
  }

  any(text, wanted) {
    const weights = wanted.map((want) => {
      const n = this.count((at) => one(want, at, TEXT, apart));
      return n ? Math.log(1 + this.records.size / n) : 0;
    });
    const told = [...this.records].map(([slug, at]) => [
      slug,
      wanted.reduce((sum, want, n) => sum + (one(want, at, TEXT, apart) ? weights[n] : 0), 0),
    ]);
    const best = Math.max(0, ...told.map(([, sum]) => sum));
    if (!best) return { how: "nothing", text, wanted, rank: new Map() };
    return { how: "any", text, wanted, rank: new Map(told.filter(([, sum]) => sum >= SHARE * best).map(([slug, sum]) => [slug, -sum])) };
  }
}

// Whether a record, given as its `tokens`, holds what is asked for.
const held = (stems, at, level) => stems.some((stem) => at.get(stem) <= level);
const apart = (phrase, at, level) => phrase.every(([, stems]) => held(stems, at, level));
const together = (phrase, at, level) =>
  phrase.length === 1
    ? held(phrase[0][1], at, level)
    : phrase.slice(1).every(([, stems], n) => held(phrase[n][1].flatMap((one) => stems.map((other) => pair(one, other))), at, level));
const one = ({ typed, others }, at, level, how) => how(typed, at, level) || others.some((other) => together(other, at, level));
const all = (wanted, at, level) => wanted.every((want) => one(want, at, level, apart));

// How many of the things that are wanted a text holds.
export function answered(text, search, wanted) {
  const stems = (text.match(WORD) ?? []).flatMap((word) => search.stems(word));
  const has = (phrase) => phrase.every(([, those]) => meet(those, stems));
  return wanted.filter(({ typed, others }) => [...typed.map((term) => [term]), ...others].some(has)).length;
}

// Marks in an element the words that an answer is made of.
export function highlight(element, search, { wanted }) {
  const phrases = wanted.flatMap(({ typed, others }) => [typed, ...others.filter(({ length }) => length === 1)]);
  const stems = phrases.flat().flatMap(([, those]) => those);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes)
    node.replaceWith(
      ...node.data.split(/([\p{L}\p{N}]+)/u).map((run, n) =>
        n % 2 && meet(search.stems(run), stems) ? Object.assign(document.createElement("mark"), { textContent: run }) : run,
      ),
    );
}
