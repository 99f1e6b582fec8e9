// Keeps the practices that somebody chose for the file: in this browser, once they have pressed for it.

const MOST = 12;
const link = document.getElementById("file");
const { pathname } = link;

function kept() {
  try {
    return JSON.parse(localStorage.getItem("file")) ?? [];
  } catch {
    return []; // the browser keeps nothing: the address does it
  }
}

function keep(slugs) {
  try {
    if (slugs.length) localStorage.setItem("file", JSON.stringify(slugs));
    else localStorage.removeItem("file");
  } catch {} // as above
  show();
}

const put = (slug, is) => keep([...kept().filter((other) => other !== slug), ...(is ? [slug] : [])]);
const addressOf = (slugs) => `${pathname}?${new URLSearchParams(slugs.map((slug) => ["p", slug]))}`;

// Shows on this page what is kept.
export function show() {
  const slugs = kept();
  const isFull = slugs.length >= MOST;
  link.hidden = !slugs.length;
  link.href = addressOf(slugs);
  link.querySelector("span").textContent = slugs.length;
  for (const button of document.querySelectorAll("[data-file]")) {
    const is = slugs.includes(button.dataset.file);
    button.setAttribute("role", "button");
    button.setAttribute("aria-pressed", is);
    button.toggleAttribute("aria-disabled", isFull && !is);
  }
  for (const box of document.querySelectorAll("[type=checkbox][name=p]")) {
    if (slugs.includes(box.value)) box.checked = true;
    box.disabled = isFull && !box.checked;
  }
}

const press = {
  file: ({ file, isOn }) => put(file, !isOn),
  remove: ({ remove }) => put(remove, false),
  empty: () => keep([]),
  print: () => print(),
  copy: async ({ copied }, button) => {
    const text = button.closest("details")?.querySelector("pre").textContent ?? location.href;
    await navigator.clipboard.writeText(text);
    button.textContent = copied;
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-file], [data-remove], [data-empty], [data-print], [data-copy]");
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if ("file" in button.dataset) event.preventDefault();
  if (button.hasAttribute("aria-disabled")) return;
  const action = Object.keys(press).find((name) => name in button.dataset);
  press[action]({ ...button.dataset, isOn: button.getAttribute("aria-pressed") === "true" }, button);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.("a[data-file]")) return;
  event.preventDefault();
  event.target.click();
});

document.addEventListener("change", ({ target }) => {
  if (target.name === "p" && target.type === "checkbox") put(target.value, target.checked);
});

addEventListener("storage", show); // another window of this browser
addEventListener("pageshow", ({ persisted }) => persisted && show());

const asked = new URLSearchParams(location.search).getAll("p");
if (document.getElementById("file-is-empty") && !asked.length && kept().length) {
  location.replace(addressOf(kept()));
}
if (document.getElementById("file-tools") && asked.length && asked.every((slug) => kept().includes(slug))) {
  keep(asked); // in the order that was chosen here
}
for (const button of document.querySelectorAll("[data-print], [data-copy]")) {
  button.hidden = "copy" in button.dataset && !navigator.clipboard;
}
show();
