// Markers that stand too close together become one, at the place of the first of them.

// points: [[x, y], …] in CSS pixels, in order of weight; returns groups of their numbers. The
// first of each group stands at least `gap` from the first of every other: none overlap.
export function cluster(points, gap) {
  const cells = new Map(); // of a grid: its key, and the firsts of groups that stand in it
  const groups = [];
  points.forEach(([x, y], number) => {
    const [column, row] = [Math.floor(x / gap), Math.floor(y / gap)];
    for (let cx = column - 1; cx <= column + 1; cx++)
      for (let cy = row - 1; cy <= row + 1; cy++)
        for (const group of cells.get(cx * 100003 + cy) ?? []) {
          const [dx, dy] = [points[group[0]][0] - x, points[group[0]][1] - y];
          if (dx * dx + dy * dy < gap * gap) return group.push(number);
        }
    const group = [number];
    groups.push(group);
    const key = column * 100003 + row;
    if (cells.has(key)) cells.get(key).push(group);
    else cells.set(key, [group]);
  });
  return groups;
}
