// A “/” puts the cursor in the search field, unless somebody is typing.

const field = document.querySelector("[aria-keyshortcuts='/']");

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input:not([type=checkbox]), select, textarea")) return;
  event.preventDefault();
  field.focus();
  field.select();
});
