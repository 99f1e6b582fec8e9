// Puts a file together in an archive, as cities/views/file.py does on a server.

const MOST = 12;
const [tools, full, compare, cover, sheets, empty] = ["tools", "is-full", "compare", "cover", "sheets", "is-empty"].map(
  (name) => document.getElementById(`file-${name}`),
);
const params = new URLSearchParams(location.search);
const line = (params.get("title") ?? "").trim();
const asked = [...new Set(params.getAll("p"))].filter((slug) => /^[\w-]+$/.test(slug));

// Returns what the archive has of a practice, or nothing for an address that it does not know.
async function load(slug) {
  const response = await fetch(`${slug}.html`);
  if (!response.ok) return undefined;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { slug, item: page.querySelector("li"), sheet: page.querySelector("article") };
}

const query = (slugs) => `${new URLSearchParams([...slugs.map((slug) => ["p", slug]), ...(line ? [["title", line]] : [])])}`;

const found = (await Promise.all(asked.slice(0, 10 * MOST).map(load))).filter(Boolean).slice(0, MOST);
const slugs = found.map(({ slug }) => slug);
const sooner = document.getElementById("file-sooner");
found.forEach(({ slug, item, sheet }, n) => {
  for (const disc of [item, sheet].map((part) => part.querySelector(".disc"))) disc.textContent = n + 1;
  const remove = item.querySelector("[data-remove]");
  remove.href = `?${query(slugs.filter((other) => other !== slug))}`;
  if (!n) return;
  const up = sooner.content.firstElementChild.cloneNode(true);
  up.href = `?${query([...slugs.slice(0, n - 1), slug, slugs[n - 1], ...slugs.slice(n + 1)])}`;
  up.setAttribute("aria-label", up.getAttribute("aria-label").replace("…", item.querySelector("a").textContent));
  remove.before(up);
});
if (found.length) {
  for (const part of [tools, cover]) part.hidden = false;
  empty.hidden = true;
  full.hidden = asked.length <= MOST;
  compare.href = `${compare.getAttribute("href")}?${query(slugs.slice(0, 4))}`;
  if (line) cover.querySelector("h1").textContent = tools.elements.title.value = line;
  cover.querySelector("ol").replaceChildren(...found.map(({ item }) => item));
  sheets.replaceChildren(...found.map(({ sheet }) => sheet));
  for (const slug of slugs) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "p", value: slug });
    tools.append(field);
  }
}
