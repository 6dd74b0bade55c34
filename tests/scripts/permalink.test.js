// Links are read and written in the browser as on the server: links that people have kept, of which tests/views/old_links.json says what they say.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { dayOf } from "../../views/screen/browser/dates.js";
import { Atlas } from "../../views/screen/browser/state/atlas.js";
import {
  SIDE,
  SPEEDS,
  SWIPE,
  makesEntry,
  namesOf,
  ofSide,
  queryOf,
  read,
  readOwn,
  saidIn,
  write,
  writePair,
} from "../../views/screen/browser/state/permalink.js";
import { COMPARE, MAP } from "../../views/screen/browser/state/schema.js";

const kept = JSON.parse(readFileSync(new URL("../views/old_links.json", import.meta.url), "utf8"));
const { span, ...lists } = kept["there is"];
const EXISTS = { ...Object.fromEntries(Object.entries(lists).map(([sort, names]) => [sort, new Set(names)])), span: span.map(dayOf) };
const KEYS = { map: MAP, compare: COMPARE };
const onlySaid = (texts) => Object.fromEntries(Object.entries(texts).filter(([, text]) => text));

/** Dates in the wrong order are for the server to put right, which reads a link first. */
const inOrder = ({ date, from, to }) => !(from > date) && !(to < date);

for (const { page, about, link, read: expected } of kept.links) {
  const keys = KEYS[page],
    usual = Object.fromEntries(keys.map((key) => [key.name, key.usual]));

  test(`${page}: ${about}: what the server has read comes back`, () => {
    const said = Object.fromEntries(Object.entries(expected).filter(([name, text]) => text !== usual[name]));
    assert.deepEqual(onlySaid(write(keys, read(keys, expected, EXISTS))), said);
    if (inOrder(saidIn(link, keys))) assert.deepEqual(onlySaid(write(keys, read(keys, saidIn(link, keys), EXISTS))), said);
  });

  test(`${page}: ${about}: what is written is what is read`, () => {
    assert.deepEqual(onlySaid(saidIn(queryOf(expected), keys)), expected);
  });
}

test("what is not said has the value that goes without saying", () => {
  const values = read(MAP, {});
  assert.deepEqual([values.date, values.place, values.speed, values.loop, values.lang], [null, "", 1, false, "en"]);
  assert.deepEqual(readOwn({}), { mode: SWIPE, split: 50 });
  assert.deepEqual(onlySaid(write(MAP, values)), {});
});

test("of what the dataset does not list anything goes, since the server has looked", () => {
  assert.equal(read(MAP, { voice: "sana" }).voice, "sana");
  assert.equal(read(MAP, { voice: "sana" }, EXISTS).voice, "sana");
  assert.equal(read(MAP, { voice: "nobody" }, EXISTS).voice, "");
});

test("both sides stand in one link, and each again in a link to the map", () => {
  const map = Object.fromEntries(MAP.map(({ name }) => [name, ""]));
  const one = { ...map, date: "2015-11-01", view: "claimed", voice: "sohr", place: "mahin", speed: "2", q: "x", lang: "ar" };
  const other = { ...one, date: "2015-11-23", view: "corroborated", voice: "" };
  const said = writePair([one, other], { mode: SIDE, split: 35 });
  assert.equal(queryOf(said), "?date=2015-11-01&to=2015-11-23&view2=corroborated&voice=sohr&place=mahin&lang=ar&mode=side&split=35");
  assert.deepEqual(onlySaid(ofSide(other)), { date: "2015-11-23", view: "corroborated", place: "mahin", lang: "ar" });
  assert.equal(queryOf(writePair([map, map], { mode: SWIPE, split: 50 })), "?");
});

test("a deliberate act makes an entry of the history, playing and moving do not", () => {
  assert.deepEqual(
    ["place", "view", "land", "voice", "known", "theme", "party", "q"].filter((name) => !makesEntry(name)),
    [],
  );
  assert.deepEqual(["date", "from", "map", "speed", "loop", "lang", "nonsense"].filter(makesEntry), []);
});

test("what the schema lists is found by what it is for", () => {
  assert.deepEqual(namesOf("look"), ["theme", "pattern"]);
  assert.deepEqual(namesOf("filter"), ["party", "kind", "status", "by", "area", "q"]);
  assert.deepEqual(SPEEDS, [0.5, 1, 2, 4]);
});

for (const { about, read: expected } of kept.links.filter(({ page }) => page === "map")) {
  test(`an atlas stands where a link has led it: ${about}`, () => {
    globalThis.window = { location: { search: queryOf(expected) } };
    const atlas = new Atlas(),
      [first, last] = EXISTS.span;
    atlas.payload = { places: { id: lists.places, admin1: lists.places }, views: { claimed: {}, corroborated: {} }, first, last };
    atlas.about("");
    atlas.province = expected.province ?? "";
    atlas.take(expected);
    atlas.view = atlas.named(expected.view);
    assert.deepEqual(onlySaid(atlas.permalink()), { date: span[1], view: "claimed", ...expected });
  });
}
