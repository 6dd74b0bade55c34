import assert from "node:assert/strict";
import { test } from "node:test";

import { unpacked } from "../../views/screen/browser/state/columns.js";

/** A file as docs/payload.md describes it; `planes` are the bytes of the columns. */
function file(head, described, planes) {
  const text = new TextEncoder().encode(JSON.stringify({ head, columns: described })),
    bytes = new Uint8Array(4 + text.length + planes.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(planes, 4 + text.length);
  return bytes.buffer;
}

test("a file of columns is read: its head, and each column in an array of its kind", () => {
  const { head, columns } = unpacked(file({ first: 7 }, [["rank", 3, "u1", "u1", 0]], [1, 2, 3]));
  assert.deepEqual(head, { first: 7 });
  assert.deepEqual(columns.rank, Uint8Array.of(1, 2, 3));
});

test("the lowest bytes of all numbers come first, and a sign is kept", () => {
  const { columns } = unpacked(file({}, [["day", 3, "i4", "i2", 0]], [0xfe, 0x01, 0x00, 0xff, 0x02, 0x80]));
  assert.deepEqual(columns.day, Int32Array.of(-2, 0x0201, -32768));
});

test("differences are added up, across columns of other widths", () => {
  const described = [
    ["day", 4, "u2", "i1", 1],
    ["place", 2, "u1", "u1", 0],
  ];
  const { columns } = unpacked(file({}, described, [100, 100, 100, 0xff, 5, 6]));
  assert.deepEqual(columns.day, Uint16Array.of(100, 200, 300, 299));
  assert.deepEqual(columns.place, Uint8Array.of(5, 6));
});

test("an empty column is empty", () => {
  assert.deepEqual(unpacked(file({}, [["until", 0, "u1", "u1", 0]], [])).columns.until, new Uint8Array(0));
});
