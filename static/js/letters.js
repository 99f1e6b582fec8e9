// Letters as they are compared, as cities/text/alphabet.py folds them.

const UNDECOMPOSED = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", þ: "th", ð: "d", ı: "i", ħ: "h", ŧ: "t", ŋ: "n" };
export const SPELLED_OUT = { ö: "oe", ü: "ue", ä: "ae", å: "aa", ø: "oe" };

// Letter by letter, because a capital sigma is another letter at the end of a word.
export const lower = (text) => Array.from(text, (letter) => letter.toUpperCase().toLowerCase()).join("");

export function fold(text) {
  const known = lower(text).replace(/[łøđßæœþðıħŧŋ]/g, (letter) => UNDECOMPOSED[letter]);
  return lower(known.normalize("NFKD")).replace(/\p{Mn}/gu, "");
}
