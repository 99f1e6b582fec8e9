// Leads somebody who edits from a page of the site to its form: edit-mark.js tells where that is.

const { address, words, lang } = JSON.parse(localStorage.editing);
const identifier = document.querySelector("[rel=cite-as]")?.href.split("/").at(-1);

if (identifier && !document.querySelector(".preview")) {
  const line = Object.assign(document.createElement("p"), { className: "preview", lang });
  line.append(Object.assign(document.createElement("a"), { href: `${address}records/${identifier}/`, textContent: words }));
  document.querySelector(".site-header").before(line);
}
