import assert from "node:assert/strict";
import { test } from "node:test";

import { TimeScale } from "../../views/screen/browser/widgets/time_scale.js";

const week = new TimeScale({ first: 100, last: 106 });

test("a strip goes from the start of its first day to the end of its last", () => {
  assert.equal(week.part(100), 0);
  assert.equal(week.part(106), 6 / 7);
  assert.equal(week.part(week.end), 1);
  assert.equal(week.percent(week.end), "100%");
});

test("every day is as wide as any other, the last one too", () => {
  const widths = [100, 101, 102, 103, 104, 105, 106].map((day) => week.part(day + 1) - week.part(day));
  for (const width of widths) assert.ok(Math.abs(width - 1 / 7) < 1e-12);
});

test("the spot on which a day starts means that day", () => {
  const long = new TimeScale({ first: 15_340, last: 17_674 });
  for (let day = long.first; day <= long.last; day++) assert.equal(long.dayAt(long.part(day)), day);
});

test("a spot outside the strip means its first or last day, and the end of the strip its last", () => {
  assert.deepEqual(
    [-0.5, 0, 0.999, 1, 3].map((part) => week.dayAt(part)),
    [100, 100, 106, 106, 106],
  );
});

test("a pointer means the day that starts nearest to it", () => {
  const strip = { getBoundingClientRect: () => ({ left: 50, width: 700 }) };
  assert.deepEqual(
    [50, 149, 151, 249, 750, 20].map((clientX) => week.dayUnder({ clientX }, strip)),
    [100, 101, 101, 102, 106, 100],
  );
});

test("a timeline of a single day has a length", () => {
  const day = new TimeScale({ first: 5, last: 5 });
  assert.deepEqual([day.part(5), day.part(day.end), day.dayAt(0.7)], [0, 1, 5]);
});
