// Warns before the page is left while the form holds something that is not saved.

const form = document.querySelector("#content-main form[id$=_form]");
const state = () => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));

if (form) {
  // What was refused is not saved, whatever is done to it.
  const before = document.querySelector(".errornote") ? "" : state();
  let isSent = false;
  form.addEventListener("submit", () => (isSent = true));
  addEventListener("beforeunload", (event) => {
    if (!isSent && state() !== before) event.preventDefault();
  });
}
