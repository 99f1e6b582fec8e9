import assert from "node:assert/strict";
import test from "node:test";

import { cluster } from "../../static/js/cluster.js";

const GAP = 40;
const POINTS = Array.from({ length: 300 }, (_, n) => [(n * 7919) % 500, (n * 104729) % 500]);

test("markers that stand apart stay single, in their order", () => {
  assert.deepEqual(cluster([[0, 0], [GAP, 0], [0, 2 * GAP]], GAP), [[0], [1], [2]]);
});

test("a marker joins the one that counts more", () => {
  assert.deepEqual(cluster([[0, 0], [GAP - 1, 0], [GAP, GAP]], GAP), [[0, 1], [2]]);
});

for (const [dx, dy] of [[39, 0], [-39, 0], [0, 39], [0, -39], [28, 28], [28, -28], [-28, 28], [-28, -28]])
  test(`a marker ${dx} and ${dy} pixels away joins, one twice as far does not`, () => {
    for (const [x, y] of [[60, 60], [-20, 380]]) {
      assert.deepEqual(cluster([[x, y], [x + dx, y + dy]], GAP), [[0, 1]]);
      assert.deepEqual(cluster([[x, y], [x + 2 * dx, y + 2 * dy]], GAP), [[0], [1]]);
    }
  });

test("two markers apart in one cell of the grid each take in those beside them", () => {
  assert.deepEqual(cluster([[1, 1], [39, 39], [38, 38], [2, 2]], GAP), [[0, 3], [1, 2]]);
});

test("every marker is in one group, and the first of no two overlap", () => {
  const groups = cluster(POINTS, GAP);
  assert.deepEqual(groups.flat().sort((a, b) => a - b), [...POINTS.keys()]);
  const firsts = groups.map(([first]) => POINTS[first]);
  const closest = Math.min(...firsts.flatMap(([x, y], i) => firsts.slice(0, i).map(([u, v]) => Math.hypot(x - u, y - v))));
  assert.ok(closest >= GAP);
});
