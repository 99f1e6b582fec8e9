// Sets the order of the parts of a form by arrows and by dragging; their numbers follow.

for (const group of document.querySelectorAll(".inline-group:has([data-up])")) {
  const isTable = Boolean(group.querySelector(".tabular"));
  const part = `${isTable ? "tr.form-row" : ".inline-related"}:not(.empty-form)`;
  const rows = () => [...group.querySelectorAll(part)];
  const numberOf = (row) => row.querySelector("[data-up]");
  // What is wrong with a row of a table stands in a row before it.
  const withErrors = (row) => [row.previousElementSibling, row].filter((one) => one === row || one?.matches(".row-form-errors"));
  let dragged;

  const name = () =>
    rows().forEach((row, number, { length }) => {
      for (const button of row.querySelectorAll(".move"))
        button.setAttribute("aria-label", `${numberOf(row).dataset[button.value]} (${number + 1}/${length})`);
    });

  // Lets rows stand as their numbers say: a form that comes back holds another order than was stored.
  const arrange = () => {
    rows()
      .sort((one, other) => (numberOf(one).value || Infinity) - (numberOf(other).value || Infinity))
      .reduce((before, row) => (before.after(...withErrors(row)), row));
    name();
  };

  // Puts a row before another, or behind the last.
  const put = (row, next) => {
    const moved = withErrors(row);
    if (next) withErrors(next)[0].before(...moved);
    else rows().at(-1).after(...moved);
    rows().forEach((one, number) => (numberOf(one).value = number + 1));
    name();
  };

  const move = (row, by) => {
    const others = rows().filter((one) => one !== row);
    const place = rows().indexOf(row) + by;
    if (place >= 0 && place <= others.length) put(row, others[place]);
  };

  const equip = (row) => {
    let handle = row.querySelector("h3");
    if (isTable) {
      handle = document.createElement("span");
      Object.assign(handle, { className: "grip", textContent: "⠿", ariaHidden: true });
      numberOf(row).before(handle);
    }
    handle.draggable = true;
    for (const [way, sign, by] of [["up", "↑", -1], ["down", "↓", 1]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "move", value: way, textContent: sign });
      button.addEventListener("click", () => {
        move(row, by);
        button.focus();
      });
      (isTable ? numberOf(row).parentElement : handle).append(button);
    }
  };

  group.addEventListener("dragstart", ({ target }) => (dragged = target.closest?.(part)));
  group.addEventListener("dragover", (event) => {
    const row = event.target.closest(part);
    if (!dragged || !row) return;
    event.preventDefault();
    const { top, height } = row.getBoundingClientRect();
    const next = event.clientY < top + height / 2 ? row : rows()[rows().indexOf(row) + 1];
    if (next !== dragged) put(dragged, next);
  });
  group.addEventListener("dragend", () => (dragged = undefined));
  group.addEventListener("formset:added", ({ target }) => {
    numberOf(target).value = 1 + Math.max(...rows().map((row) => (row === target ? 0 : numberOf(row).value)));
    equip(target);
    name();
  });
  group.addEventListener("formset:removed", name);
  group.addEventListener("change", ({ target }) => target.matches("[data-up]") && arrange());
  rows().forEach(equip);
  if (rows().length) arrange();
}
