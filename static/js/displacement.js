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

const HEIGHT = 14;
const GAP = 14;
const GLYPH_RADIUS = 12;
const RING_RADIUS = 6;

// Returns the side ("start", "end" or "") where each name can stand beside its marker at rest.
// widths: of the names; 0 for a marker whose name waits for hover or focus anyway.
export function labelSides(places, widths, left, right) {
  const taken = places.map(([x, y], number) => {
    const radius = widths[number] ? GLYPH_RADIUS : RING_RADIUS;
    return [x - radius, y - radius, x + radius, y + radius];
  });
  const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return places.map(([x, y], number) => {
    const width = widths[number];
    if (!width) return "";
    for (const [side, start] of [["end", x + GAP], ["start", x - GAP - width]]) {
      const box = [start, y - HEIGHT / 2, start + width, y + HEIGHT / 2];
      if (box[0] > left && box[2] < right && !taken.some((other) => overlap(box, other))) {
        taken.push(box);
        return side;
      }
    }
    return "";
  });
}
