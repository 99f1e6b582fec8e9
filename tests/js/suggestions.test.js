// What is suggested for which letters.

import assert from "node:assert/strict";
import { test } from "node:test";

import { matching, suggested } from "../../static/js/suggestions.js";

const CASES = [
  ["ciep", "Ciepło z biomasy", "", [[0, 4]]],
  ["lodz", "Łódź", "", [[0, 4]]],
  ["bio ciep", "Ciepło z biomasy", "", [[0, 4], [9, 12]]],
  ["autob", "Transport publiczny", "autobus, tramwaj", []],
  ["autob transp", "Transport publiczny", "autobus, tramwaj", [[0, 6]]],
  ["łódź", "Młodzi planują", "", undefined],
  ["strasse", "Straße", "", [[0, 6]]],
];
for (const [typed, name, others, spans] of CASES)
  test(`${typed} in ${name}`, () => assert.deepEqual(matching(typed, name, others), spans));

test("names that begin as typed come first, kinds in their order", () => {
  const names = [
    ["city", "a/", "Nowy Sztum", ""],
    ["city", "b/", "Sztum", ""],
    ["topic", "c/", "Zamki", "sztum"],
  ];
  const found = suggested("szt", names, ["topic", "city"]).map(([kind, rows]) => [kind, rows.map(({ name }) => name[2])]);
  assert.deepEqual(found, [["topic", ["Zamki"]], ["city", ["Sztum", "Nowy Sztum"]]]);
});
