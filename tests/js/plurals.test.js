import assert from "node:assert/strict";
import test from "node:test";

globalThis.document = { documentElement: { lang: "pl" } };
const { format, sentence } = await import("../../static/js/plurals.js");

const sample = (n, textContent) => ({ dataset: { n }, textContent });
const SAMPLES = {
  content: { children: [sample("1", " 1 miasto "), sample("2", " 2 miasta "), sample("5", " 5 miast ")] },
};

for (const [number, told] of [
  [0, "0 miast"],
  [1, "1 miasto"],
  [3, "3 miasta"],
  [12, "12 miast"],
  [22, "22 miasta"],
  [12345, "12\u00a0345 miast"],
])
  test(`${number} takes its Polish form`, () => assert.equal(sentence(SAMPLES, number), told));

test("thousands stand apart", () => assert.equal(format(1234567), "1\u00a0234\u00a0567"));
