// Sets the order of the parts of a form by arrows and by dragging; their numbers follow.

for (const group of document.querySelectorAll(".inline-group:has([data-up])")) {
  const rows = () => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
  const numberOf = (row) => row.querySelector("[data-up]");
  let dragged;

  const count = () =>
    rows().forEach((row, number, { length }) => {
      numberOf(row).value = number + 1;
      for (const button of row.querySelectorAll(".move"))
        button.setAttribute("aria-label", `${numberOf(row).dataset[button.value]} (${number + 1}/${length})`);
    });

  // Lets rows stand as their numbers say: a form that comes back holds another order than was stored.
  const arrange = () =>
    rows()
      .sort((one, other) => (numberOf(one).value || Infinity) - (numberOf(other).value || Infinity))
      .reduce((before, row) => (before.after(row), row));

  // Puts a row before another, or behind the last.
  const put = (row, next) => {
    if (next) next.before(row);
    else rows().at(-1).after(row);
    count();
  };

  const move = (row, by) => {
    const others = rows().filter((one) => one !== row);
    const place = rows().indexOf(row) + by;
    if (place >= 0 && place <= others.length) put(row, others[place]);
  };

  const equip = (row) => {
    const title = row.querySelector("h3");
    title.draggable = true;
    for (const [name, sign, by] of [["up", "↑", -1], ["down", "↓", 1]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "move", value: name, textContent: sign });
      button.addEventListener("click", () => {
        move(row, by);
        button.focus();
      });
      title.append(button);
    }
  };

  group.addEventListener("dragstart", ({ target }) => (dragged = target.closest(".inline-related")));
  group.addEventListener("dragover", (event) => {
    const row = event.target.closest(".inline-related:not(.empty-form)");
    if (!dragged || !row) return;
    event.preventDefault();
    const { top, height } = row.getBoundingClientRect();
    const next = event.clientY < top + height / 2 ? row : rows()[rows().indexOf(row) + 1];
    if (next !== dragged) put(dragged, next);
  });
  group.addEventListener("dragend", () => (dragged = undefined));
  group.addEventListener("formset:added", ({ target }) => {
    equip(target);
    count();
  });
  group.addEventListener("formset:removed", count);
  group.addEventListener("change", ({ target }) => target.matches("[data-up]") && arrange());
  rows().forEach(equip);
  if (rows().length) {
    arrange();
    count();
  }
}
