import assert from "node:assert/strict";
import { test } from "node:test";

import { ChangedPlaces, Feed } from "../../views/screen/browser/state/feed.js";
import { filtersOf, isNarrowed, passing, toldIn } from "../../views/screen/browser/state/filters.js";
import { Events } from "../../views/screen/browser/state/payload.js";

const SHARED = { confidence: "B2", sides: [], prevails: 1, flagged: 0, disputed: 0, date: 1, date_earliest: 1, date_latest: 1, until: 0 };
const TYPES = [
  { ...SHARED, kind: "control", basis: "change", status: "corroborated" },
  { ...SHARED, kind: "control", basis: "change", status: "claimed" },
  { ...SHARED, kind: "siege", basis: "change", status: "claimed", sides: [1] },
  { ...SHARED, kind: "control", basis: "state", status: "corroborated" },
];
// [place, party, previous, day, type, group, days before it, days after it]
const ROWS = [
  [0, 0, -1, 100, 3, 0, 0, 0],
  [0, 1, 0, 110, 0, 0, -2, 3],
  [1, 0, 1, 110, 1, 1, 0, 0],
  [1, -1, -1, 115, 2, 1, 0, 0],
  [0, 0, 1, 120, 0, 1, 0, 0],
];
const CLAIMANTS = [
  { id: "sohr", name: "SOHR", name_ar: "" },
  { id: "sana", name: "SANA", name_ar: "" },
];
const PAYLOAD = { parties: [{ id: "government" }, { id: "sdf" }], places: { admin1: ["SY-HI", "SY-HL"] } };

function events() {
  const column = (k) => Int32Array.from(ROWS, (row) => row[k]);
  const [place, party, previous, day, type, group, before, after] = ROWS[0].map((_, k) => column(k));
  const columns = { place, party, previous, day, type, group, date_earliest: before, date_latest: after, until: column(6).fill(0) };
  return new Events({ head: { types: TYPES, claimants: CLAIMANTS, groups: [[0], [0, 1]] }, columns });
}

const feedOf = (view = "claimed", included = [1, 1]) => new Feed(events(), view, Uint8Array.from(included), 100, 130);

test("a feed lists changes and fighting in their order, not who was found first", () => {
  const feed = feedOf();
  assert.deepEqual(Array.from(feed.all), [1, 2, 3, 4]);
  assert.deepEqual(Array.from(feed.days), [110, 115, 120]);
  assert.deepEqual(Array.from(feed.perDay), [2, 1, 1]);
});

test("a feed follows the view and the province of the page", () => {
  assert.deepEqual(Array.from(feedOf("corroborated").all), [1, 3, 4]);
  assert.deepEqual(Array.from(feedOf("claimed", [1, 0]).all), [1, 4]);
});

test("the position in a feed is that of the last event by a day", () => {
  const feed = feedOf();
  assert.deepEqual(
    [109, 110, 114, 115, 130].map((day) => feed.position(day)),
    [-1, 1, 1, 2, 3],
  );
  assert.equal(feed.within(110, 115), 3);
});

test("the last change says its day, its first place, and how many there were", () => {
  assert.equal(feedOf().lastChange(109), null);
  assert.deepEqual(feedOf().lastChange(112), { day: 110, place: 0, count: 2 });
  assert.deepEqual(feedOf().lastChange(130), { day: 120, place: 0, count: 1 });
});

test("a change may have been on any day of its span", () => {
  const counts = [107, 108, 113, 114].map((day) => feedOf().uncertain(day).count);
  assert.deepEqual(counts, [0, 1, 1, 0]);
  assert.equal(feedOf().uncertain(110).one, 1);
});

test("what changed within a range is the same, whatever way its ends have come", () => {
  const walked = new ChangedPlaces(feedOf(), 2);
  const ringed = () => [0, 1].filter((place) => walked.times[place]);
  for (const [from, to, expected] of [
    [100, 130, [0, 1]],
    [111, 119, []],
    [111, 120, [0]],
    [110, 110, [0, 1]],
    [null, 120, []],
  ]) {
    const before = ringed(),
      toggled = walked.moveTo(from, to);
    assert.deepEqual(ringed(), expected);
    assert.deepEqual(
      [...toggled].sort(),
      [0, 1].filter((place) => before.includes(place) !== expected.includes(place)),
    );
  }
});

test("an event tells its days from what its type knows", () => {
  const { day, earliest, latest, until, kind } = events().at(1);
  assert.deepEqual([day, earliest, latest, until, kind], [110, 108, 113, null, "control"]);
  assert.equal(events().firstAfter(110), 3);
  assert.deepEqual(events().of(1), [2, 3]);
});

test("events pass filters by party, kind, status, claimant and province", () => {
  const feed = feedOf();
  const passed = (said) => Array.from(passing(feed.events, feed.all, filtersOf(said), PAYLOAD, [["homs"], ["aleppo"]], new Set()));
  assert.deepEqual(passed({}), [1, 2, 3, 4]);
  assert.deepEqual(passed({ party: "sdf" }), [1, 2, 3, 4]); // as gaining, losing, or a side of the siege
  assert.deepEqual(passed({ kind: "siege" }), [3]);
  assert.deepEqual(passed({ status: "claimed" }), [2, 3]);
  assert.deepEqual(passed({ by: "sana" }), [2, 3, 4]);
  assert.deepEqual(passed({ area: "SY-HL", kind: "control" }), [2]);
  assert.deepEqual(passed({ q: "Halab" }), []);
  assert.deepEqual(passed({ q: "Homs" }), [1, 4]);
});

test("a text is found in the words of the evidence, too", () => {
  const claims = [{ statement: "The army took the hill", written: "", note: "" }];
  const said = new Map([
    [3, { reason: { text: "" }, supporting: [0], opposing: [] }],
    [4, { reason: { text: "Agreed by two" }, supporting: [], opposing: [] }],
  ]);
  assert.deepEqual([...toldIn([{ said, claims }], "hill")], [3]);
  assert.deepEqual([...toldIn([{ said, claims }], "agreed BY")], [4]);
  assert.deepEqual([...toldIn([{ said, claims }], "")], []);
});

test("no filter narrows nothing", () => {
  assert.equal(isNarrowed(filtersOf({})), false);
  assert.equal(isNarrowed(filtersOf({ kind: "siege" })), true);
});
