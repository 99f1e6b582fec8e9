// Hands over the rows of an archive's CSV whose records are shown, as cities/publishing/open_data.py
// serves what a query asks for.

import { fold } from "./letters.js";

const CELL = /("[^"]*(?:""[^"]*)*"|[^",\r\n]*)(,|\r?\n|$)/y; // RFC 4180: and what ends it
const MARK = "\ufeff"; // tells Excel that it is UTF-8; what reads a file as text takes it off
const LONGEST_NAME = 120; // characters, without the day and how it ends
const KEPT = 60_000; // milliseconds in which a browser takes up a file

// The rows of a CSV, each as it is written and as its cells.
function* rowsOf(csv) {
  CELL.lastIndex = 0;
  for (let [start, cells] = [0, []]; CELL.lastIndex < csv.length; ) {
    const [, cell, end] = CELL.exec(csv) ?? ["", "", ""];
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === ",") continue;
    yield { written: csv.slice(start, CELL.lastIndex), cells };
    [start, cells] = [CELL.lastIndex, []];
  }
}

// Returns the header of a CSV and the rows of these addresses, and the day of the last change in them.
export function chosen(csv, slugs) {
  const [header, ...rows] = rowsOf(csv.replace(MARK, ""));
  const [slug, day] = ["slug", "changed_on"].map((name) => header.cells.indexOf(name));
  const kept = rows.filter(({ cells }) => slugs.has(cells[slug]));
  const days = kept.map(({ cells }) => cells[day]).sort();
  return { text: MARK + [header, ...kept].map(({ written }) => written).join(""), day: days.at(-1) ?? "" };
}

const slugify = (text) =>
  fold(text).replace(/[^a-z0-9_\s-]/g, "").trim().replace(/[-\s]+/g, "-").replace(/^[-_]+|[-_]+$/g, "");

// asked: the filters, as a query string; table: the name of the whole file.
export function nameOf(table, language, asked, day) {
  const values = [...new URLSearchParams(asked)].filter(([name]) => !["like", "sort", "p"].includes(name));
  const words = [table, language, ...values.map(([name, value]) => `${name}-${slugify(value)}`)];
  return `${words.join("-").slice(0, LONGEST_NAME)}${day && `-${day}`}.csv`;
}

// address: of the whole file.
export async function save(address, slugs, asked) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  const { text, day } = chosen(await response.text(), slugs);
  const table = address.split("/").at(-1).replace(/\.csv$/, "");
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const download = nameOf(table, document.documentElement.lang, asked, day);
  Object.assign(document.createElement("a"), { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT);
}
