// What a visitor asks for, decided as cities/finder.py and cities/facets.py decide it.

const THEMES = ["energy", "mobility", "spatial"];
const ONE_OF = ["country", "role", "stage", "size"];

// Reads a question from a query string (URLSearchParams); `choices` gives the known values of
// each filter, others are ignored. Case does not matter.
export function readQuestion(params, choices) {
  const known = (name, values) => {
    const asked = new Set(params.getAll(name).map((value) => value.toLowerCase()));
    return values.filter((value) => asked.has(value));
  };
  const question = { theme: known("theme", THEMES), q: (params.get("q") ?? "").trim() };
  for (const name of ONE_OF) question[name] = known(name, choices[name] ?? [])[0] ?? "";
  return question;
}

// A record: { joined: [["energy", "mobility"], …], country, role, stage, size }; joined are the
// themes of each of its practices. The themes asked for must be joined by one of them.
export function answers(record, question) {
  return (
    ONE_OF.every((name) => !question[name] || !(name in record) || record[name] === question[name]) &&
    (!question.theme.length ||
      record.joined.some((themes) => question.theme.every((theme) => themes.includes(theme))))
  );
}

// How many records would answer if this choice were made too.
export function countWith(records, question, name, value) {
  const further = { ...question, [name]: value };
  if (name === "theme") further.theme = [...new Set([...question.theme, value])];
  return records.reduce((sum, record) => sum + answers(record, further), 0);
}
