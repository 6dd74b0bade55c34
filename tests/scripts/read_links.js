// A line of JSON in, a line out: how the browser reads and writes a link. For the test that holds it against the server.

import { createInterface } from "node:readline";

import { dayOf } from "../../views/screen/browser/dates.js";
import { read, write } from "../../views/screen/browser/state/permalink.js";
import { COMPARE, MAP } from "../../views/screen/browser/state/schema.js";

const KEYS = { map: MAP, compare: COMPARE };

for await (const line of createInterface({ input: process.stdin })) {
  const { page, said, lists, span } = JSON.parse(line);
  const exists = { ...Object.fromEntries(Object.entries(lists).map(([sort, names]) => [sort, new Set(names)])), span: span.map(dayOf) };
  console.log(JSON.stringify(write(KEYS[page], read(KEYS[page], said, exists))));
}
