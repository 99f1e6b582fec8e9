// A “/” puts the cursor in the search field, unless somebody is typing or has turned that off:
// who speaks to the computer may say one by mistake (WCAG 2.1.4). The field in the header
// suggests; what does so comes when it is used.

const field = document.querySelector("[aria-keyshortcuts='/']");
const choice = document.getElementById("search-key"); // in the accessibility statement

document
  .querySelector(".site-search input")
  .addEventListener("focus", ({ target }) => import("./suggestions.js").then(({ suggest }) => suggest(target)), { once: true });

function isOn() {
  try {
    return localStorage.searchKey !== "off";
  } catch {
    return true; // this browser stores nothing
  }
}

if (choice) {
  choice.checked = isOn();
  choice.closest("[hidden]").hidden = false;
  choice.addEventListener("change", () => (localStorage.searchKey = choice.checked ? "on" : "off"));
}

try {
  if (localStorage.editing) import("./edit-page.js");
} catch {} // as above

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || !isOn()) return;
  if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
  event.preventDefault();
  // On a phone the header has no field, but a way to the page with one.
  const target = field.checkVisibility() ? field : document.querySelector(".search-link");
  target.focus();
  target.select?.();
});
