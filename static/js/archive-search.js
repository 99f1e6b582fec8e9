// Searches an archive, where no server does: as cities/views/site_search.py, with the names of the
// suggestions and the vocabulary that cities/archive/searching.py writes.

import { pageAt } from "./address.js";
import { excerpt } from "./archive-excerpts.js";
import { tellHow } from "./archive-finder.js";
import { format, sentence } from "./plurals.js";
import { Search, highlight } from "./search.js";
import { element, sign } from "./suggestions.js";

const SHOWN = 4; // of a kind

async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  return [await response.json(), response.url];
}

async function answerTo(query) {
  const { suggestions } = document.querySelector(".site-search").dataset;
  const [[index], [{ kinds, names }, start]] = await Promise.all([load("search.json"), load(suggestions)]);
  const search = new Search(index);
  const answer = search.find(query);
  tellHow(document.getElementById("answered"), answer, query);
  if (!answer.rank?.size) return;
  document.getElementById("otherwise").hidden = true;
  for (const [kind, [label, list]] of Object.entries(kinds)) {
    const found = names
      .filter(([its, address]) => its === kind && answer.rank.has(address))
      .sort(([, one], [, other]) => answer.rank.get(one) - answer.rank.get(other))
      .map(([, address, name, , place, letters]) => card(pageAt(address, start), name, place, letters, search, answer));
    if (!found.length) continue;
    const [shown, rest] = [found.slice(0, SHOWN), found.slice(SHOWN)];
    const rows = element("div", {}, ...shown);
    const more = sentence(document.getElementById("more-found"), rest.length);
    const query = new URLSearchParams({ q: answer.text });
    if (rest.length && list) rows.append(element("p", {}, element("a", { href: `${pageAt(list, start)}?${query}` }, more)));
    else if (rest.length) rows.append(element("details", {}, element("summary", {}, more), ...rest));
    const heading = element("h2", { id: `kind-${kind}` }, `${label} `, element("small", {}, format(found.length)));
    document.getElementById("found").append(element("section", { "aria-labelledby": heading.id }, heading, rows));
  }
}

function card(address, name, place, letters, search, answer) {
  const title = element("h3", {}, element("a", { href: address }, name));
  highlight(title, search, answer);
  const text = element("div", {}, title);
  excerpt(address, search, answer).then((paragraph) => text.append(paragraph));
  const picture = letters ? [sign(letters)] : [];
  return element("article", { class: "card found-card" }, ...picture, text, element("p", {}, place));
}

const query = new URLSearchParams(location.search).get("q")?.trim();
if (query) {
  const field = document.querySelector("main [name=q]");
  field.value = field.defaultValue = query;
  document.title = document.title.replace(" – ", `: ${query} – `);
  answerTo(query);
}
