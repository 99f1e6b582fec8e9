// The rows of an archive's CSV that are shown.

import assert from "node:assert/strict";
import test from "node:test";

import { chosen, nameOf } from "../../static/js/archive-rows.js";

const HEADER = "id,slug,title,changed_on\r\n";
const [ONE, TWO, THREE] = [
  "1,one,One,2026-01-02\r\n",
  '2,two,"Two, ""too"",\r\nof two lines",2026-03-04\r\n',
  '3,"three","",2026-02-03\r\n',
];

for (const [slugs, rows, day] of [
  [["one", "three"], [ONE, THREE], "2026-02-03"],
  [["two"], [TWO], "2026-03-04"],
  [["too", "of two lines"], [], ""],
])
  test(`the header and the rows of ${slugs} are kept to the letter`, () => {
    const text = `\ufeff${HEADER}${rows.join("")}`;
    const csv = HEADER + ONE + TWO + THREE;
    assert.deepEqual(chosen(csv, new Set(slugs)), { text, day });
    assert.deepEqual(chosen(`\ufeff${csv}`, new Set(slugs)), { text, day });
  });

test("a last row without an end is a row", () => {
  assert.equal(chosen("slug,changed_on\none,1\ntwo,2", new Set(["two"])).text, "\ufeffslug,changed_on\ntwo,2");
});

for (const [asked, day, name] of [
  ["theme=energy&theme=spatial&country=pl", "2026-11-28", "cities-pl-theme-energy-theme-spatial-country-pl-2026-11-28.csv"],
  ["q=Łódź + tramwaj!&like=16000&sort=new&p=one", "2026-11-28", "cities-pl-q-lodz-tramwaj-2026-11-28.csv"],
  ["like=Weiz", "", "cities-pl.csv"],
  [`q=${"a".repeat(200)}`, "2026-11-28", `cities-pl-q-${"a".repeat(108)}-2026-11-28.csv`],
])
  test(`the file is called ${name.slice(0, 40)}`, () => {
    const query = asked.replace("+", "%2B"); // as a form writes it
    assert.equal(nameOf("cities", "pl", query, day), name);
  });
