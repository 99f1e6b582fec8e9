// What a search finds; cities/finder/search.py decides the same (tests/finder/search_cases.json).

const UNDECOMPOSED = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", þ: "th", ð: "d", ı: "i", ħ: "h", ŧ: "t", ŋ: "n" };
const STEM_FROM = 6;
const MOST_WORDS = 8;
const SHORTEST_MARKED = 3;

// Letter by letter, because a capital sigma is another letter at the end of a word.
const lower = (text) => Array.from(text, (letter) => letter.toUpperCase().toLowerCase()).join("");

export function fold(text) {
  const known = lower(text).replace(/[łøđßæœþðıħŧŋ]/g, (letter) => UNDECOMPOSED[letter]);
  return lower(known.normalize("NFKD")).replace(/\p{Mn}/gu, "");
}

export function stems(query) {
  const words = fold(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean).slice(0, MOST_WORDS);
  return words.map((word) => [...word]).map((word) => (word.length < STEM_FROM ? word : word.slice(0, -2)).join(""));
}

export const finds = (words, text) => words.every((word) => text.includes(word));

// Marks in an element what the words of a query hit, except in words of one or two letters.
export function highlight(element, words) {
  const long = words.filter((word) => word.length >= SHORTEST_MARKED);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const letters = [...node.data];
    const folded = letters.map(fold);
    const origin = folded.flatMap((part, number) => Array(part.length).fill(number));
    const text = folded.join("");
    const hit = new Set();
    for (const word of long)
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
        origin.slice(at, at + word.length).forEach((number) => hit.add(number));
    const runs = [];
    letters.forEach((letter, number) => {
      const last = runs.at(-1);
      if (last && last.hit === hit.has(number)) last.text += letter;
      else runs.push({ hit: hit.has(number), text: letter });
    });
    node.replaceWith(
      ...runs.map((run) => (run.hit ? Object.assign(document.createElement("mark"), { textContent: run.text }) : run.text)),
    );
  }
}
