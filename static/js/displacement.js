// Markers that would cover each other move apart; cities/displacement.py does the same.

const MOST_ROUNDS = 100;
const round = (number) => Number(number.toFixed(1)); // as Python rounds

// points: [[x, y], …] in CSS pixels; returns where they stand without overlap.
export function displace(points, gap = 24) {
  const places = points.map(([x, y]) => [x, y]);
  for (let turn = 0; turn < MOST_ROUNDS; turn++) {
    let settled = true;
    for (let i = 0; i < places.length; i++) {
      const a = places[i];
      for (let j = 0; j < i; j++) {
        const b = places[j];
        let dx = a[0] - b[0];
        let dy = a[1] - b[1];
        if (Math.abs(dx) >= gap || Math.abs(dy) >= gap) continue;
        const distance = Math.sqrt(dx * dx + dy * dy);
        if (distance > gap - 0.001) continue;
        let push = gap / 2;
        if (distance === 0) [dx, dy] = [0, 1];
        else push = (gap - distance) / 2 / distance;
        a[0] += dx * push;
        a[1] += dy * push;
        b[0] -= dx * push;
        b[1] -= dy * push;
        settled = false;
      }
    }
    if (settled) break;
  }
  return places.map(([x, y]) => [round(x), round(y)]);
}

const HEIGHT = 14; // of a name

// Returns [left, top, right, bottom] of what has its middle at a point.
export function boxAt(x, y, width, height) {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

export function isFree(box, taken) {
  return !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
}

// Returns [side, box] of the first side of a point where a name has room between left and right.
export function freeSide([x, y], width, gap, taken, left = -Infinity, right = Infinity) {
  const across = gap + width / 2;
  const up = gap + HEIGHT / 2;
  const sides = { end: [x + across, y], start: [x - across, y], above: [x, y - up], below: [x, y + up] };
  for (const side in sides) {
    const box = boxAt(...sides[side], width, HEIGHT);
    if (box[0] > left && box[2] < right && isFree(box, taken)) return [side, box];
  }
  return [];
}

// Returns the side ("start", "end", "above", "below" or "") where each name can stand beside its
// marker at rest, those of the largest first; `taken` takes up what markers and names cover.
// widths: of the names; 0 for a marker whose name waits for hover or focus anyway.
export function labelSides(places, widths, radii, left, right, taken = []) {
  taken.push(...places.map(([x, y], number) => boxAt(x, y, 2 * radii[number], 2 * radii[number])));
  const sides = places.map(() => "");
  const order = [...places.keys()].sort((a, b) => radii[b] - radii[a]);
  for (const number of order.filter((one) => widths[one])) {
    const gap = radii[number] + 2;
    const [side, box] = freeSide(places[number], widths[number], gap, taken, left, right);
    if (!side) continue;
    taken.push(box);
    sides[number] = side;
  }
  return sides;
}
