import assert from "node:assert/strict";
import { test } from "node:test";

import { likeness, plain, skeleton } from "../../views/screen/browser/state/spelling.js";

test("a name is bare of articles, marks and signs that are not heard", () => {
  assert.equal(plain("al-Qaryatayn"), "qaryatayn");
  assert.equal(plain("  As-Sukhnah "), "sukhnah");
  assert.equal(plain("Ma‘arrat an-Nu‘mān"), "maarrat numan");
  assert.equal(plain("القَرْيَتَيْن"), plain("القريتين"));
});

test("romanisations of one name have one skeleton", () => {
  for (const names of [
    ["Qusayr", "Kusair"],
    ["Tadmur", "Tadmor"],
    ["Khan Shaykhun", "Khan Sheikhoun"],
    ["Homs", "Hums"],
  ])
    assert.equal(new Set(names.map((name) => skeleton(plain(name)))).size, 1, String(names));
});

test("a text is like a name that contains it, or that begins with its consonants", () => {
  const names = ["al-Qaryatayn", "القريتين"].map(plain);
  for (const text of ["Qaryatayn", "karyatein", "qarya", "القريتين", "قريتين"]) assert.ok(likeness(text)(names), text);
  for (const text of ["Palmyra", "", "  ", "q"]) assert.equal(likeness(text)(names), text === "q", text);
});
