// Answers the form in place from the server's page; the map hears of the filters at once.

import { rewrite } from "./address.js";
import { show as showFile } from "./file.js";
import { MULTIPLE, queryString, read } from "./filters.js";

const form = document.getElementById("filters");
const found = document.getElementById("found");
const fields = [...form.elements].filter(({ name, type }) => name && type !== "hidden");
const read_form = () => read(new FormData(form), choices());
const read_address = () => read(new URLSearchParams(location.search), choices());
const tell = (filters) => document.dispatchEvent(new CustomEvent("filters", { detail: filters }));

// Returns {name: [value, …]} of what can be asked for now: a search adds an order.
function choices() {
  const found = {};
  for (const { name, type, value, options } of fields) {
    if (type === "search" || type === "text") continue;
    const values = options ? [...options].map((option) => option.value) : [value];
    found[name] = [...(found[name] ?? []), ...values].filter(Boolean);
  }
  return found;
}

let waiting = new AbortController();
let last; // which filter was changed

// Shows what the server answers; where it cannot be reached, says so and goes on trying.
async function answer() {
  waiting.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  let text;
  try {
    const response = await fetch(location.search || location.pathname, { signal });
    if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
    text = await response.text();
  } catch (error) {
    if (signal.aborted) return;
    if (navigator.onLine) return location.reload(); // to what the browser has to say
    found.textContent = form.dataset.offline;
    addEventListener("online", answer, { once: true, signal });
    return;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  if (isUnanswered(page.getElementById("filters"))) found.textContent = form.dataset.unanswered;
  else show(page);
}

// A copy by wget has one page for all questions.
function isUnanswered(form) {
  const of = (filters) => queryString({ ...filters, chosen: [] });
  return of(read_address()) && !of(read(new FormData(form), choices()));
}

function show(page) {
  document.title = page.title;
  for (const id of ["found", "chips", "list", "set-count", "apply-count", "elsewhere", "theme-note", "show-all"]) {
    const [here, there] = [document, page].map((each) => each.getElementById(id));
    if (!here) continue;
    here.replaceChildren(...there.childNodes);
    here.hidden = there.hidden;
  }
  showChoices(page.getElementById("filters"));
  const links = page.querySelectorAll(".downloads a");
  document.querySelectorAll(".downloads a").forEach((link, number) => (link.href = links[number].href));
  showFile();
}

// Takes the choices of a list from another form, and of ticks the counts.
function showChoices(anew) {
  for (const select of form.querySelectorAll("select")) {
    const other = anew.elements[select.name];
    if (!other) continue; // of what no city has any more
    const { options, value } = other;
    select.replaceChildren(...options);
    select.value = value;
  }
  const labels = new Map();
  for (const { name, value, parentNode } of anew.querySelectorAll("fieldset input"))
    labels.set(`${name}=${value}`, parentNode);
  for (const { name, value, parentNode } of form.querySelectorAll("fieldset input")) {
    const label = labels.get(`${name}=${value}`);
    if (!label) continue; // which is none any more
    parentNode.className = label.className;
    parentNode.querySelector(".count").textContent = label.querySelector(".count").textContent;
  }
}

function ask(name) {
  const filters = read_form();
  const query = queryString(filters);
  // The server alone knows which cities a search finds; the map asked it for those of its page.
  if (document.querySelector("[data-map]") && filters.search !== read_address().search)
    return location.assign(query ? `?${query}` : location.pathname);
  // One step back takes back all changes of one filter, as with arrow keys in a list.
  rewrite({ search: query && `?${query}` }, { push: name !== last });
  last = name;
  tell(filters);
  return answer();
}

document.addEventListener("change", ({ target }) => {
  if (target.form !== form) return;
  if (target.name !== "p") return ask(target.name);
  rewrite({ search: `?${queryString(read_form())}` });
});

form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return; // to the file
  event.preventDefault();
  document.getElementById("more-filters").open = false;
  ask();
});

addEventListener("popstate", () => {
  const filters = read_address();
  last = undefined;
  for (const field of fields) {
    if (field.type === "checkbox") field.checked = filters[MULTIPLE[field.name]].includes(field.value);
    else field.value = filters[{ q: "search" }[field.name] ?? field.name];
  }
  tell(filters);
  answer();
});

if (queryString(read_form()) !== queryString(read_address())) ask(); // ticked before this came
else tell(read_form());
