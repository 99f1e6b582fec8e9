// Where names stand beside their markers, and what they leave free.

import assert from "node:assert/strict";
import test from "node:test";

import { boxAt, displace, freeSide, isFree, labelSides } from "../../static/js/displacement.js";

const OTHER = [10, 20, 30, 40];
const BOXES = [
  ["left of it, at its edge", [0, 20, 10, 40], true],
  ["a little over its left edge", [0, 20, 10.1, 40], false],
  ["right of it, at its edge", [30, 20, 50, 40], true],
  ["a little over its right edge", [29.9, 20, 50, 40], false],
  ["above it, at its edge", [10, 0, 30, 20], true],
  ["a little over its upper edge", [10, 0, 30, 20.1], false],
  ["below it, at its edge", [10, 40, 30, 60], true],
  ["a little over its lower edge", [10, 39.9, 30, 60], false],
  ["within it", [15, 25, 16, 26], false],
  ["around it", [0, 0, 100, 100], false],
];
for (const [where, box, free] of BOXES)
  test(`a box ${where} is ${free ? "free" : "taken"}`, () => {
    assert.equal(isFree(box, [OTHER]), free);
    assert.equal(isFree(box, [[200, 200, 210, 210], OTHER]), free);
  });

test("all is free where nothing stands", () => assert.equal(isFree(OTHER, []), true));

test("a box has its middle at its point", () => assert.deepEqual(boxAt(100, 50, 30, 8), [85, 46, 115, 54]));

// A name 30 pixels wide and 14 high, 8 from a marker at (100, 50).
const BOX_OF = { end: [108, 43, 138, 57], start: [62, 43, 92, 57], above: [85, 28, 115, 42], below: [85, 58, 115, 72] };
const at = (...sides) => sides.map((side) => BOX_OF[side]);
const ROOM = [
  ["after its marker first", [], [], "end"],
  ["before it where that is taken", at("end"), [], "start"],
  ["above it where both are", at("end", "start"), [], "above"],
  ["below it where all others are", at("end", "start", "above"), [], "below"],
  ["nowhere without room", at("end", "start", "above", "below"), [], undefined],
  ["after it, short of the right edge", [], [0, 138.1], "end"],
  ["before it at the right edge", [], [0, 138], "start"],
  ["before it, short of the left edge", at("end"), [61.9, 200], "start"],
  ["above it at the left edge", at("end"), [62, 200], "above"],
];
for (const [where, taken, edges, side] of ROOM)
  test(`a name stands ${where}`, () =>
    assert.deepEqual(freeSide([100, 50], 30, 8, taken, ...edges), side ? [side, BOX_OF[side]] : []));

test("the name of the larger marker has the room that two names want", () => {
  const places = [[0, 0], [60, 0]];
  assert.deepEqual(labelSides(places, [30, 30], [6, 12], -10, 75), ["", "start"]);
  assert.deepEqual(labelSides(places, [30, 30], [12, 6], -10, 75), ["end", ""]);
  assert.deepEqual(labelSides(places, [0, 30], [12, 6], -10, 75), ["", "start"]);
});

test("what markers and names cover is told to those who ask for more room", () => {
  const taken = [OTHER];
  assert.deepEqual(labelSides([[100, 50], [300, 50]], [30, 0], [6, 10], 0, 500, taken), ["end", ""]);
  assert.deepEqual(taken, [OTHER, [94, 44, 106, 56], [290, 40, 310, 60], BOX_OF.end]);
});

test("markers stand apart by the gap that is asked for, moved along their own line", () => {
  assert.deepEqual(displace([[0, 0], [10, 0]], 12), [[-1, 0], [11, 0]]);
  assert.deepEqual(displace([[5, 5], [5, 5]]), [[5, -7], [5, 17]]);
  assert.deepEqual(displace([[0, 0], [17, 17], [24, -24]]), [[0, 0], [17, 17], [24, -24]]);
});
