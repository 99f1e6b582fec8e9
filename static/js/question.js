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

// Returns what tells of a city or a practice, by its traits, whether it answers; search and like
// are not looked at, but `only` may name those that an archive's search has found (archive-finder.js).
export function matcher(question) {
  const { only } = question;
  const combination = question.themes.reduce((sum, theme) => sum | (1 << THEMES.indexOf(theme)), 0);
  const asked = SINGLE.filter((name) => question[name]);
  return (traits) =>
    Boolean((traits.joined >> combination) & 1) &&
    asked.every((name) => (traits[name] ?? question[name]) === question[name]) &&
    (!only || !traits.slug || only.has(traits.slug));
}

export function queryString(question) {
  const asked = question.themes.map((theme) => ["theme", theme]);
  asked.push(...SINGLE.map((name) => [name, question[name]]), ["q", question.search], ["like", question.like]);
  return String(new URLSearchParams(asked.filter(([, value]) => value)));
}
