// What the search field suggests while somebody types: a combobox with a list, as the ARIA
// Authoring Practices describe it. The names come once, in one file, when the field is first used;
// where they are too many for that, those that answer come when somebody pauses.

import { pageAt } from "./address.js";
import { fold } from "./letters.js";

const SHOWN = { topic: 4, practice: 5, city: 4 };
const OTHERS = 2; // of every other kind
const PAUSE = 200; // milliseconds
const WORD = /[\p{L}\p{N}]+/gu;

const words = (text) => [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ folded: fold(word), word, index }));

// How many letters of a word a beginning takes, which may be shorter than it when folded.
function reach(word, typed) {
  let [folded, letters] = ["", 0];
  for (const letter of word) {
    if (folded.length >= typed.length) break;
    folded += fold(letter);
    letters += letter.length;
  }
  return letters;
}

// Where a name begins as each typed word does: [[start, end], …]; nothing if one begins no word of
// it, or of the other names.
export function matching(typed, name, others = "") {
  const [here, beside] = [words(name), words(others)];
  const spans = [];
  for (const { folded } of words(typed)) {
    const hit = here.find((word) => word.folded.startsWith(folded));
    if (hit) spans.push([hit.index, hit.index + reach(hit.word, folded)]);
    else if (!beside.some((word) => word.folded.startsWith(folded))) return undefined;
  }
  return spans.sort(([one], [other]) => one - other);
}

// The names that answer, those first that begin as typed, a few of each kind and the kinds in
// their order: [[kind, [{ name, spans }, …]], …].
export function suggested(typed, names, kinds) {
  if (!words(typed).length) return [];
  const begins = (name) => !fold(name).startsWith(fold(typed.trim()));
  return kinds
    .map((kind) => {
      const found = names
        .filter(([its]) => its === kind)
        .map((name) => ({ name, spans: name.isFound ? matching(typed, name[2]) ?? [] : matching(typed, name[2], name[3]) }))
        .filter(({ spans }) => spans)
        .sort((one, other) => begins(one.name[2]) - begins(other.name[2]) || !one.spans.length - !other.spans.length);
      return [kind, found.slice(0, SHOWN[kind] ?? OTHERS)];
    })
    .filter(([, found]) => found.length);
}

export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function sign(letters) {
  if (letters === "ring") return element("span", { class: "ring-sign" });
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.classList.add("glyph");
  if (letters) {
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#glyph-${letters}`);
    svg.append(use);
  }
  return svg;
}

function marked(name, spans) {
  const runs = [];
  let last = 0;
  for (const [start, end] of spans) {
    if (start < last) continue;
    runs.push(name.slice(last, start), element("b", {}, name.slice(start, end)));
    last = end;
  }
  return element("span", {}, ...runs, name.slice(last));
}

export async function suggest(field) {
  const form = field.form;
  const response = await fetch(form.dataset.suggestions);
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  const known = await response.json();

  const list = element("div", { id: "suggestions", role: "listbox", "aria-label": field.getAttribute("aria-label"), hidden: "" });
  form.append(list);
  let [options, chosen, pausing, asked] = [[], -1, 0, new AbortController()];
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": false }))
    field.setAttribute(name, value);

  function option(attributes, ...children) {
    const made = element("div", { role: "option", id: `suggestion-${options.length}`, "aria-selected": false, ...attributes }, ...children);
    options.push(made);
    return made;
  }

  function show(names) {
    options = [];
    const typed = field.value.trim();
    const groups = suggested(typed, names, Object.keys(known.kinds)).map(([kind, found]) => {
      const label = element("div", { id: `suggested-${kind}`, role: "presentation" }, known.kinds[kind][0]);
      const rows = found.map(({ name: [, address, name, , place, letters], spans }) =>
        option({ "data-href": pageAt(address, response.url) }, sign(letters), marked(name, spans), element("small", {}, place)),
      );
      return element("div", { role: "group", "aria-labelledby": label.id }, label, ...rows);
    });
    const magnifier = form.querySelector(".magnifier").cloneNode(true);
    const everything = option({ class: "everything" }, magnifier, element("span", {}, known.everything.replace("%(words)s", () => typed)), element("kbd", { "aria-hidden": true }, "Enter"));
    list.replaceChildren(...groups, everything);
    open(Boolean(typed));
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", isOpen);
    choose(-1);
  }

  function choose(number) {
    options[chosen]?.setAttribute("aria-selected", false);
    chosen = number;
    options[chosen]?.setAttribute("aria-selected", true);
    options[chosen]?.scrollIntoView({ block: "nearest" });
    if (options[chosen]) field.setAttribute("aria-activedescendant", options[chosen].id);
    else field.removeAttribute("aria-activedescendant");
  }

  function go(to) {
    if (to.dataset.href) location.assign(to.dataset.href);
    else form.requestSubmit();
  }

  function answer() {
    show(known.names);
    if (!known.areMany || !field.value.trim()) return;
    asked.abort();
    asked = new AbortController();
    clearTimeout(pausing);
    pausing = setTimeout(async () => {
      const query = new URLSearchParams({ q: field.value.trim() });
      const more = await fetch(`${suggestions}?${query}`, { signal: asked.signal }).catch(() => undefined);
      if (!more?.ok) return;
      const { names } = await more.json();
      for (const name of names) name.isFound = !known.names.some(([, address]) => address === name[1]);
      if (!list.hidden) show(names);
    }, PAUSE);
  }

  field.addEventListener("input", answer);
  field.addEventListener("blur", () => open(false));
  field.addEventListener("keydown", (event) => {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return answer();
      const step = key === "ArrowDown" ? 1 : -1;
      // One place more than there are: there the field itself is chosen.
      choose(((chosen + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    } else if (key === "Enter" && options[chosen] && !list.hidden) {
      event.preventDefault();
      go(options[chosen]);
    } else if (key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    } else if (key === "Escape") field.value = "";
  });
  // Before the field loses focus, and the list with it.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const to = target.closest("[role=option]");
    if (to) go(to);
  });
  if (field.value) answer(); // typed while this came
}
