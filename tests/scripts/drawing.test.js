import assert from "node:assert/strict";
import { test } from "node:test";

import { Grid } from "../../views/screen/browser/drawing/grid.js";
import { eastOf, southOf } from "../../views/screen/browser/drawing/mercator.js";
import { mix } from "../../views/screen/browser/drawing/patterns.js";
import { Rectangles } from "../../views/screen/browser/drawing/rectangles.js";

test("the Mercator square has the equator and Greenwich in its middle, and north above", () => {
  assert.deepEqual([eastOf(-180), eastOf(0), eastOf(180), southOf(0)], [0, 0.5, 1, 0.5]);
  assert.ok(Math.abs(southOf(85.0511287798)) < 1e-9);
  assert.ok(southOf(35) < southOf(34));
});

test("a rectangle finds no place where one is taken, and is free beside it", () => {
  const taken = new Rectangles();
  taken.take([10, 10, 200, 30]);
  assert.equal(taken.has([190, 25, 300, 60]), false);
  assert.equal(taken.has([200, 10, 300, 30]), true);
  assert.equal(taken.has([10, 31, 200, 50]), true);
});

test("every point on the canvas lies in the cell of its pixel, and in no other", () => {
  const east = Float64Array.of(0.1, 0.1005, 0.12, 0.9),
    grid = new Grid(east, east, 48);
  grid.lay({ x: 90, y: 90 }, { x: 100, y: 100 }, 1000);
  assert.deepEqual(Array.from(grid.x), [10, 11, 30, 810]);
  assert.equal(grid.visible, 3);
  assert.equal(grid.cellOf[3], -1);
  for (const i of grid.inSight) {
    assert.equal(grid.cellOf[i], grid.cell(grid.x[i], grid.y[i]));
    assert.ok(grid.in(grid.cellOf[i]).includes(i));
    const [left, top] = grid.corner(grid.cellOf[i]);
    assert.ok(left <= grid.x[i] && grid.x[i] < left + 48 && top <= grid.y[i] && grid.y[i] < top + 48);
  }
});

test("the grid belongs to the world: moving the map does not regroup the points", () => {
  const east = Float64Array.from({ length: 60 }, (_, k) => 0.1 + k / 1200),
    grid = new Grid(east, east, 48);
  const groups = (x) => {
    grid.lay({ x, y: 80 }, { x: 200, y: 200 }, 1000);
    return Array.from(grid.inSight, (i) => Array.from(grid.in(grid.cellOf[i])).join());
  };
  assert.deepEqual(groups(80), groups(97));
});

test("a colour is mixed of two", () => {
  assert.equal(mix("#000000", "#FFFFFF", 0.5), "#808080");
  assert.equal(mix("#102030", "#FFFFFF", 0), "#102030");
});
