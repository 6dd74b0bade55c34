// The language of what the browser says: messages from the catalogue, and numbers as the language writes them.
//
// Messages are looked up when something is drawn, never when a module is loaded: the catalogue comes later, and the language can change.

import { inflated } from "./gzip.js";

const CATEGORIES = ["zero", "one", "two", "few", "many", "other"]; // of plurals, in the order of a catalogue's forms

const NEUTRAL = /^(?:[\d.,/]*|[\u0600-\u06FF][\u0600-\u06FF\s\d]*)$/; // values that are read alike wherever they stand in an Arabic line

let spoken = { locale: "en", name: "en", direction: "ltr", messages: "" },
  catalogue = {},
  forms = [],
  plural = null;
let asked = null;

/** Speak a language: { name, locale, direction, messages }, the last the address of its catalogue, '' for English. */
export function speak(language) {
  if (asked?.messages !== language.messages) {
    asked = { messages: language.messages, ready: fetchCatalogue(language) };
  }
  return asked.ready;
}

async function fetchCatalogue(language) {
  catalogue = language.messages ? await (await inflated(language.messages)).json() : {};
  spoken = language;
  plural = new Intl.PluralRules(language.name);
  const { pluralCategories } = plural.resolvedOptions();
  forms = CATEGORIES.filter((category) => pluralCategories.includes(category));
}

export const isEnglish = () => !spoken.messages;
export const name = () => spoken.name;
/** What a link to another page must say of the language. */
export const languageQuery = () => (isEnglish() ? {} : { lang: spoken.name });

export const direction = () => spoken.direction;

/** The CLDR's name of the language, with Latin digits. */
export const locale = () => `${spoken.locale}-u-nu-latn`;

/** A message in the present language, with values in the place of its {names}. */
export function t(message, values = {}) {
  return filled(catalogue[message] || message, values);
}

/** The form of a message that fits the number `n`; {n} is the number. */
export function tn(one, many, n, values = {}) {
  const strings = catalogue[one] ?? [];
  const english = n === 1 ? one : many;
  return filled((plural && strings[forms.indexOf(plural.select(n))]) || english, { n: number(n), ...values });
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? isolated(String(values[name])) : whole));

/** A value of a message, whose own direction does not touch what stands around it. */
const isolated = (value) => (spoken.direction === "ltr" || NEUTRAL.test(value) ? value : `\u2068${value}\u2069`);

/** A number with groups of thousands, in Latin digits. */
export const number = (value) => value.toLocaleString(isEnglish() ? "en" : locale());

/** A figure to two digits, with groups of thousands. */
export const rounded = (figure) => number(Number(figure.toPrecision(2)));

/** A sentence of the data in the present language: { text, message, many, n, parts }; the text alone is English. */
export function said({ text, message, many, n, parts = {} }) {
  if (isEnglish() || !message) return text;
  const values = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, saidPart(part)]));
  return many ? tn(message, many, n, values) : t(message, values);
}

/** What stands for a name in a message: names with how many others there are, or another sentence. */
function saidPart(part) {
  if (!part.names) return said(part);
  return list([...part.names.map(nameOf), ...(part.others ? [tn("{n} other", "{n} others", part.others)] : [])]);
}

/** The name of a place, a party or a province in the present language, where there is one, else the English one. */
export const nameOf = ({ name, name_ar: arabic }) => (spoken.name === "ar" && arabic) || name;

export const placeName = (places, i) => nameOf({ name: places.name[i], name_ar: places.name_ar[i] });

/** A list in words: "a, b and c". */
export const list = (words) => new Intl.ListFormat(isEnglish() ? "en-GB" : locale(), { type: "conjunction" }).format(words);

/** An arrow from what is read first to what is read next. */
export const onwards = () => (spoken.direction === "ltr" ? "→" : "←");

/** Text that keeps its order inside a line of any direction: figures with a sign, English, identifiers. */
export const leftToRight = (text) => (spoken.direction === "ltr" || !text ? text : `\u2066${text}\u2069`);
