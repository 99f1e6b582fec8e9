// Offers for a figure the units of what it measures, and proposes the first of them.

function offer(measure) {
  const unit = document.getElementById(measure.id.replace(/measure$/, "unit"));
  const units = JSON.parse(measure.dataset.units)[measure.value];
  for (const option of unit.options) option.hidden = Boolean(units) && !units.includes(option.value);
  if (units && !units.includes(unit.value)) [unit.value] = units;
}

addEventListener("change", ({ target }) => target.dataset?.units && offer(target));
