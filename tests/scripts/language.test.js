import assert from "node:assert/strict";
import { test } from "node:test";

import { list, nameOf, number, rounded, said, t, tn } from "../../views/screen/browser/language.js";

test("a message takes values in the place of its names, and keeps what it is not told", () => {
  assert.equal(t("Last change: {place}, {day}", { place: "Mahin", day: "1 Nov 2015" }), "Last change: Mahin, 1 Nov 2015");
  assert.equal(t("{a} and {b}", { a: "{b}" }), "{b} and {b}");
});

test("a number decides the form of a message", () => {
  assert.equal(tn("{n} place", "{n} places", 1), "1 place");
  assert.equal(tn("{n} place", "{n} places", 12_000), "12,000 places");
});

test("figures have groups of thousands, rounded ones two digits", () => {
  assert.equal(number(1234567), "1,234,567");
  assert.deepEqual([8123, 151, 7.26].map(rounded), ["8,100", "150", "7.3"]);
});

test("names, lists and sentences of the data are English before another language is spoken", () => {
  assert.equal(nameOf({ name: "Homs", name_ar: "حمص" }), "Homs");
  assert.equal(list(["a", "b", "c"]), "a, b and c");
  assert.equal(said({ text: "Two agree.", message: "{n} agree.", parts: {} }), "Two agree.");
});
