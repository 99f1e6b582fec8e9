// What a visitor asks for; cities/finder.py reads and decides the same (tests/finder_cases.json).

const THEMES = ["energy", "mobility", "spatial"]; // bits 0, 1, 2 of a combination
const LONGEST_SEARCH = 200;
const LONGEST_NAME = 80;
const SINGLE = ["country", "role", "stage", "size"];

// params: URLSearchParams or FormData; choices: {name: [value, …]} of what can be asked for.
export function read(params, choices) {
  const known = (name) => {
    const asked = new Set(params.getAll(name).map((value) => value.toLowerCase()));
    return (choices[name] ?? []).filter((value) => asked.has(value));
  };
  const words = (name, longest) =>
    (params.get(name) ?? "").split(/[\s\0]+/).filter(Boolean).join(" ").slice(0, longest);
  const question = { themes: known("theme"), search: words("q", LONGEST_SEARCH), like: words("like", LONGEST_NAME) };
  for (const name of SINGLE) question[name] = known(name)[0] ?? "";
  return question;
}

// traits: of a city or a practice; search and like are not looked at, but `only` may name those
// that an archive's search has found (archive-finder.js).
export function matches(question, traits) {
  const combination = question.themes.reduce((sum, theme) => sum | (1 << THEMES.indexOf(theme)), 0);
  return (
    (!question.only || !traits.slug || question.only.has(traits.slug)) &&
    SINGLE.every((name) => !question[name] || (traits[name] ?? question[name]) === question[name]) &&
    Boolean((traits.joined >> combination) & 1)
  );
}

export function queryString(question) {
  const asked = question.themes.map((theme) => ["theme", theme]);
  asked.push(...SINGLE.map((name) => [name, question[name]]), ["q", question.search], ["like", question.like]);
  return String(new URLSearchParams(asked.filter(([, value]) => value)));
}
