// What a visitor asks for; cities/finder/filters.py reads and decides the same (tests/finder/finder_cases.json).

const THEMES = ["energy", "mobility", "spatial"]; // bits 0, 1, 2 of a combination
const LONGEST_SEARCH = 200;
const LONGEST_NAME = 80;
const MOST_CHOSEN = 12;
const MOST_TOPICS = 5;
const OF_ONE = ["country", "role", "stage", "size", "visits"];
const OF_MANY = ["payer", "measure"]; // of which a practice may have several
const SINGLE = [...OF_ONE, ...OF_MANY];
export const MULTIPLE = { theme: "themes", topic: "topics", tells: "tells", p: "chosen" }; // ticks, and where they stand in filters

// params: URLSearchParams or FormData; choices: {name: [value, …]} of what can be asked for.
export function read(params, choices) {
  const known = (name) => {
    const asked = new Set(params.getAll(name).map((value) => value.toLowerCase()));
    return (choices[name] ?? []).filter((value) => asked.has(value));
  };
  const words = (name, longest) =>
    (params.get(name) ?? "").split(/[\s\0]+/).filter(Boolean).join(" ").slice(0, longest);
  const filters = { themes: known("theme"), topics: known("topic").slice(0, MOST_TOPICS) };
  filters.tells = known("tells");
  filters.search = words("q", LONGEST_SEARCH);
  filters.like = words("like", LONGEST_NAME);
  for (const name of [...SINGLE, "sort"]) filters[name] = known(name)[0] ?? "";
  const chosen = params.getAll("p").filter((slug) => /^[a-z0-9-]{1,80}$/.test(slug));
  filters.chosen = [...new Set(chosen)].slice(0, MOST_CHOSEN);
  return filters;
}

// Returns what tells of a city or a practice, by its filterValues, whether it answers; search and like
// are not looked at, but `only` may have those that an archive's search has found (archive-finder.js), and
// practices of `town`, the one whose like is asked for, do not answer (archive-likeness.js).
export function matcher(filters) {
  const { only, town } = filters;
  const combination = filters.themes.reduce((sum, theme) => sum | (1 << THEMES.indexOf(theme)), 0);
  const asked = OF_ONE.filter((name) => filters[name]);
  const ofMany = { topics: filters.topics, tells: filters.tells };
  for (const name of OF_MANY) ofMany[name] = filters[name] ? [filters[name]] : [];
  const holds = (values, wanted) => wanted.every((value) => values?.split(" ").includes(value) ?? true);
  return (filterValues) =>
    Boolean((filterValues.mask >> combination) & 1) &&
    Object.entries(ofMany).every(([name, wanted]) => holds(filterValues[name], wanted)) &&
    asked.every((name) => (filterValues[name] ?? filters[name]) === filters[name]) &&
    (!only || !filterValues.slug || only.has(filterValues.slug)) &&
    (!town?.slug || filterValues.city !== town.slug);
}

export function queryString(filters) {
  const asked = filters.themes.map((theme) => ["theme", theme]);
  asked.push(...filters.topics.map((topic) => ["topic", topic]));
  asked.push(...filters.tells.map((told) => ["tells", told]));
  asked.push(...SINGLE.map((name) => [name, filters[name]]), ["q", filters.search], ["like", filters.like]);
  asked.push(["sort", filters.sort], ...filters.chosen.map((slug) => ["p", slug]));
  return String(new URLSearchParams(asked.filter(([, value]) => value)));
}
