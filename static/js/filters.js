// What a visitor asks for; cities/finder/filters.py reads and decides the same (tests/finder/finder_cases.json).

const THEMES = ["energy", "mobility", "spatial"]; // bits 0, 1, 2 of a combination
const LONGEST_SEARCH = 200;
const LONGEST_NAME = 80;
const MOST_CHOSEN = 12;
const MOST_TOPICS = 5;
const SINGLE = ["country", "role", "stage", "size"];
export const MULTIPLE = { theme: "themes", topic: "topics", p: "chosen" }; // ticks, and where they stand in filters

// params: URLSearchParams or FormData; choices: {name: [value, …]} of what can be asked for.
export function read(params, choices) {
  const known = (name) => {
    const asked = new Set(params.getAll(name).map((value) => value.toLowerCase()));
    return (choices[name] ?? []).filter((value) => asked.has(value));
  };
  const words = (name, longest) =>
    (params.get(name) ?? "").split(/[\s\0]+/).filter(Boolean).join(" ").slice(0, longest);
  const filters = { themes: known("theme"), topics: known("topic").slice(0, MOST_TOPICS) };
  filters.search = words("q", LONGEST_SEARCH);
  filters.like = words("like", LONGEST_NAME);
  for (const name of [...SINGLE, "sort"]) filters[name] = known(name)[0] ?? "";
  const chosen = params.getAll("p").filter((slug) => /^[a-z0-9-]{1,80}$/.test(slug));
  filters.chosen = [...new Set(chosen)].slice(0, MOST_CHOSEN);
  return filters;
}

// Returns what tells of a city or a practice, by its filterValues, whether it answers; search and like
// are not looked at, but `only` may name those that an archive's search has found (archive-finder.js).
export function matcher(filters) {
  const { only } = filters;
  const combination = filters.themes.reduce((sum, theme) => sum | (1 << THEMES.indexOf(theme)), 0);
  const asked = SINGLE.filter((name) => filters[name]);
  return (filterValues) =>
    Boolean((filterValues.mask >> combination) & 1) &&
    filters.topics.every((topic) => filterValues.topics?.split(" ").includes(topic) ?? true) &&
    asked.every((name) => (filterValues[name] ?? filters[name]) === filters[name]) &&
    (!only || !filterValues.slug || only.has(filterValues.slug));
}

export function queryString(filters) {
  const asked = filters.themes.map((theme) => ["theme", theme]);
  asked.push(...filters.topics.map((topic) => ["topic", topic]));
  asked.push(...SINGLE.map((name) => [name, filters[name]]), ["q", filters.search], ["like", filters.like]);
  asked.push(["sort", filters.sort], ...filters.chosen.map((slug) => ["p", slug]));
  return String(new URLSearchParams(asked.filter(([, value]) => value)));
}
