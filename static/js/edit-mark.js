// Marks the browser of somebody who edits, so that pages of the site lead to their forms; a log-out
// takes the mark away. It says where the admin is, which no page for visitors does.

const { content: person, dataset } = document.querySelector("meta[name=person]");

try {
  if (person === "nobody") delete localStorage.editing;
  else if (person) localStorage.editing = JSON.stringify({ ...dataset, lang: document.documentElement.lang });
} catch {} // the browser keeps nothing
