import assert from "node:assert/strict";
import { test } from "node:test";

import { Comparison } from "../../views/screen/browser/state/gains.js";
import { Cursor, Series, Track, lastAtOrBefore } from "../../views/screen/browser/state/track.js";

// State 0: nothing known; 1 and 2: held by party 0 and 1; 3: by party 1, contested.
const STATES = [
  [-1, 0, 0, 0, 0],
  [0, 0, 0, 0, 0],
  [1, 0, 0, 0, 0],
  [1, 1, 0, 0, 0],
];
const PARTIES = 2,
  FIRST = 100,
  LAST = 140;

/** A track of the steps of each place: [[day, code], ...]. */
function trackOf(...places) {
  const steps = places.flat();
  let at = 0;
  return new Track(
    {
      offsets: Int32Array.from([0, ...places.map((one) => (at += one.length))]),
      days: Int32Array.from(steps, ([day]) => day),
      codes: Uint16Array.from(steps, ([, code]) => code),
    },
    FIRST,
    LAST,
  );
}

// The first place is held since before the timeline and changes hands twice; the second one is heard of late; of the third nothing is known.
const three = () =>
  trackOf(
    [
      [FIRST - 1, 1],
      [110, 2],
      [120, 1],
    ],
    [
      [115, 2],
      [130, 3],
    ],
    [],
  );

/** Pseudo-random numbers below n, the same ones every time. */
function chance(seed) {
  let state = seed;
  return (n) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * n);
  };
}

function randomTrack(seed) {
  const next = chance(seed);
  const places = Array.from({ length: 12 }, () => {
    const days = [...new Set(Array.from({ length: next(6) }, () => FIRST - 1 + next(LAST - FIRST + 2)))].sort((a, b) => a - b);
    return days.map((day) => [day, next(STATES.length)]);
  });
  return trackOf(...places);
}

test("a place has the state of its last step", () => {
  const track = three();
  assert.deepEqual(
    [FIRST, 109, 110, 119, 120, LAST].map((day) => track.at(0, day)),
    [1, 1, 2, 2, 1, 1],
  );
  assert.deepEqual(
    [114, 115, 130].map((day) => track.at(1, day)),
    [0, 2, 3],
  );
  assert.equal(track.at(2, LAST), 0);
});

test("wherever a cursor goes, every place stands where a search finds it, and it tells what changed", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const track = randomTrack(seed),
      cursor = new Cursor(track),
      next = chance(seed);
    let before = Array.from(cursor.codes);
    for (let move = 0; move < 30; move++) {
      const day = FIRST + next(LAST - FIRST + 1),
        { places, was } = cursor.moveTo(day);
      const now = Array.from(cursor.codes);
      assert.deepEqual(
        now,
        Array.from(now, (_, place) => track.at(place, day)),
      );
      const changed = now.flatMap((code, place) => (code === before[place] ? [] : [place]));
      assert.deepEqual(
        Array.from(places).sort((a, b) => a - b),
        changed,
      );
      places.forEach((place, k) => assert.equal(was[k], before[place]));
      before = now;
    }
  }
});

test("gains are counted among places whose holder is known on both days", () => {
  const compared = new Comparison(three(), STATES, PARTIES, Uint8Array.of(1, 1, 1));
  compared.moveTo(112, 105); // the first place went from party 0 to party 1
  assert.deepEqual(Array.from(compared.gains), [-1, 1]);
  compared.moveTo(116, 105); // the second was unknown before, and counts for nobody
  assert.deepEqual(Array.from(compared.gains), [-1, 1]);
  compared.moveTo(125, 105); // the first is back
  assert.deepEqual(Array.from(compared.gains), [0, 0]);
});

test("gains do not count places that the page is not about", () => {
  const compared = new Comparison(three(), STATES, PARTIES, Uint8Array.of(0, 1, 1));
  compared.moveTo(112, 105);
  assert.deepEqual(Array.from(compared.gains), [0, 0]);
});

test("gains are the same whatever way the two days have come", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const track = randomTrack(seed),
      included = Uint8Array.from({ length: track.places }, (_, i) => Number(i % 3 > 0)),
      next = chance(seed + 100),
      walked = new Comparison(track, STATES, PARTIES, included);
    for (let move = 0; move < 20; move++) {
      const day = FIRST + next(LAST - FIRST + 1),
        earlier = day - next(30),
        fresh = new Comparison(track, STATES, PARTIES, included);
      walked.moveTo(day, earlier);
      fresh.moveTo(day, earlier);
      assert.deepEqual(walked.gains, fresh.gains);
    }
  }
});

test("a series counts places by holder, then those that are not known, contested and besieged", () => {
  const series = new Series(three(), STATES, PARTIES, Uint8Array.of(1, 1, 1));
  assert.deepEqual(Array.from(series.on(FIRST)), [1, 0, 2, 0, 0]);
  assert.deepEqual(Array.from(series.on(118)), [0, 2, 1, 0, 0]);
  assert.deepEqual(Array.from(series.on(LAST)), [1, 1, 1, 1, 0]);
  assert.deepEqual(Array.from(series.peak), [1, 2, 2, 1, 0]);
  assert.deepEqual(Array.from(series.fought), [0, 1, 0]);
});

test("the last at or before is found in a sorted list", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 9].map((value) => lastAtOrBefore([1, 3, 3, 8], value)),
    [-1, 0, 0, 2, 3],
  );
});
