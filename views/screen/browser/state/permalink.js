// The state as a link says it, by the server's schema: a parser for every kind of value, as `reading.py` has them, and what writes it.

import { calendarDay, isoOf } from "../dates.js";
import { COMPARE, LONGEST_TEXT, MAP } from "./schema.js";

const DAY = /^(\d{4})(-?)(\d\d)\2(\d\d)$/;
const POSITION = /^(\d{1,2}(?:\.\d{1,2})?)_(-?\d{1,2}(?:\.\d{1,5})?)_(-?\d{1,3}(?:\.\d{1,5})?)$/;
const PRINTABLE = /^(?:[^\p{C}\p{Z}]| )+$/u;

const oneOf = (text, allowed) => ((allowed?.has(text) ?? true) ? text : undefined);

/** By kind: the value where nothing is said, what reads one, undefined where it is none of its kind, and what writes it. */
const VALUES = {
  date: { none: null, read: readDay, write: isoOf },
  choice: { none: "", read: oneOf, write: String },
  number: { none: 0, read: (text, allowed) => oneOf(text, allowed) && Number(text), write: String },
  flag: { none: false, read: (text) => (text === "1" ? true : undefined), write: () => "1" },
  position: { none: "", read: (text) => (isPosition(POSITION.exec(text)) ? text : undefined), write: String },
  percent: { none: 0, read: readPercent, write: String },
  text: { none: "", read: (text) => (PRINTABLE.test(text) && [...text].length <= LONGEST_TEXT ? text : undefined), write: String },
};

function readDay(text) {
  const match = DAY.exec(text),
    year = Number(match?.[1]);
  return year > 0 ? (calendarDay(year, Number(match[3]) - 1, Number(match[4])) ?? undefined) : undefined;
}

function isPosition(match) {
  const [, zoom, latitude, longitude] = (match ?? []).map(Number);
  return zoom >= 3 && zoom <= 15 && Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180;
}

function readPercent(text) {
  const number = /^\d+$/.test(text) ? Number(text.slice(0, 9)) : NaN;
  return number <= 100 ? number : undefined;
}

/** The value that a name has where a link does not say it. */
function unsaid({ kind, usual }) {
  const { none, read } = VALUES[kind];
  return usual ? read(usual) : none;
}

/**
 * The value of every name of a page from what a link says: texts by name. A date is a day since 1970-01-01, null for none. `exists`: what
 * the dataset has, as a Set or Map by what the schema calls it, and `span`, the first and last day; of what it does not list anything goes,
 * since the server has looked.
 * @returns {any}
 */
export function read(keys, said, exists = {}) {
  return Object.fromEntries(keys.map((key) => [key.name, readValue(key, said[key.name], exists)]));
}

function readValue(key, text, exists) {
  const allowed = key.of ? exists[key.of] : key.among && new Set(key.among);
  const value = (text ? VALUES[key.kind].read(text, allowed) : undefined) ?? unsaid(key);
  if (!key.within || value === null || !exists.span) return value;
  return Math.min(exists.span[1], Math.max(exists.span[0], value));
}

/** What a link says of the values of a page: a text for every name, "" for what need not be said. */
export function write(keys, values) {
  return Object.fromEntries(
    keys.map((key) => [key.name, values[key.name] === unsaid(key) ? "" : VALUES[key.kind].write(values[key.name])]),
  );
}

/** What an address says of the names of a page, "" for what it does not say. */
export function saidIn(search, keys = MAP) {
  const said = new URLSearchParams(search);
  return Object.fromEntries(keys.map(({ name }) => [name, said.get(name) ?? ""]));
}

/** The query of a link that says so, with its question mark. */
export const queryOf = (said) => `?${new URLSearchParams(Object.entries(said).filter(([, text]) => text))}`;

const keyOf = (name, keys = MAP) => keys.find((key) => key.name === name);

/** Whether a change of this makes an entry of the browser's history. */
export const makesEntry = (name) => Boolean(keyOf(name)?.entry);

/** Names that belong together: "look" or "filter". */
export const namesOf = (group) => MAP.filter((key) => key.group === group).map(({ name }) => name);

const { among, usual } = keyOf("speed");

/** How much faster than usual time can run, the usual speed among them. */
export const SPEEDS = [...among, usual].map(Number).sort((a, b) => a - b);

/** How two maps lie: one over the other, or beside each other. */
export const [SWIPE, SIDE] = keyOf("mode", COMPARE).among;

// -- two sides ----------------------------------------------------------------------------------------------------------------------

const SIDES = { one: 0, other: 1, both: 0 }; // which of the two speaks for what is about one, the other or both
const OWN = COMPARE.filter((key) => !key.side);

/** What the page that compares has of its own, from what a link says of it. */
export const readOwn = (said) => read(OWN, said);

/** What a link to two sides says, from what links to the map would say of each, and the values of what the page has of its own. */
export function writePair(sides, own) {
  const said = write(OWN, own);
  const textOf = (key) => (key.side ? sides[SIDES[key.side]][key.says] : said[key.name]);
  const texts = COMPARE.map((key) => [key.name, textOf(key), key.usual]);
  return Object.fromEntries(texts.filter(([, text, usually]) => text && text !== usually));
}

/** What of one side a link to the map can say of both: not what the map alone has. */
export function ofSide(said) {
  return Object.fromEntries(COMPARE.filter(({ side }) => SIDES[side] === 0).map(({ says }) => [says, said[says]]));
}
