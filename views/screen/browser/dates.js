// Dates as days since 1970-01-01, always UTC, so that a day is the same day in every time zone.

import { isEnglish, locale } from "./language.js";

const DAY_MS = 86400000;
const MONTHS = "January February March April May June July August September October November December".split(" ");

export const isoOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
export const dayOf = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
export const today = () => Math.floor(Date.now() / DAY_MS);

const formats = new Map();

/** A format of the present language, always UTC. */
function format(options) {
  const key = `${locale()} ${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }));
  return formats.get(key);
}

const LONG = { day: "numeric", month: "long", year: "numeric" };

export function longDate(day) {
  const date = new Date(day * DAY_MS);
  if (!isEnglish()) return format(LONG).format(date);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** For narrow places. */
export function shortDate(day) {
  const date = new Date(day * DAY_MS);
  if (!isEnglish()) return `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()}`;
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()].slice(0, 3)} ${date.getUTCFullYear()}`;
}

/** A window as people write it: one day, or "5 – 12 Aug 2017". */
export function dateWindow(earliest, latest) {
  if (earliest === latest) return shortDate(latest);
  if (!isEnglish()) return format(LONG).formatRange(new Date(earliest * DAY_MS), new Date(latest * DAY_MS));
  const [d1, m1, y1] = shortDate(earliest).split(" "),
    [d2, m2, y2] = shortDate(latest).split(" ");
  return y1 !== y2 ? `${d1} ${m1} ${y1} – ${d2} ${m2} ${y2}` : m1 !== m2 ? `${d1} ${m1} – ${d2} ${m2} ${y2}` : `${d1} – ${d2} ${m2} ${y2}`;
}

/** The month in which a day lies, by its name alone. */
export const monthName = (day) =>
  isEnglish() ? MONTHS[new Date(day * DAY_MS).getUTCMonth()].slice(0, 3) : format({ month: "long" }).format(new Date(day * DAY_MS));

/** The day that a typed date means, null if it is none: 2015-12-12, 12 Dec 2015, 12 December 2015, December 12, 2015; in Arabic 12/12/2015. */
export function readDate(text) {
  const plain = latinDigits(text).trim().toLowerCase().replace(/[.,]/g, " ").replace(/\s+/g, " ").trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain);
  if (iso) return calendarDay(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]));
  const numbers = !isEnglish() && /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(plain); // in English the month may come first
  if (numbers) return calendarDay(Number(numbers[3]), Number(numbers[2]) - 1, Number(numbers[1]));
  const words = /^(\d{1,2}) ([a-z]{3,}) (\d{4})$/.exec(plain) ?? swapped(/^([a-z]{3,}) (\d{1,2}) (\d{4})$/.exec(plain));
  if (!words) return null;
  const month = MONTHS.findIndex((name) => name.toLowerCase().startsWith(words[2]) || (words[2] === "sept" && name === "September"));
  return calendarDay(Number(words[3]), month, Number(words[1]));
}

const latinDigits = (text) => text.replace(/[٠-٩]/g, (digit) => String("٠١٢٣٤٥٦٧٨٩".indexOf(digit)));

const swapped = (match) => match && [match[0], match[2], match[1], match[3]];

/** A day of the calendar, null for one that there is not, such as 30 February. */
export function calendarDay(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month && date.getUTCDate() === day;
  return same ? date.getTime() / DAY_MS : null;
}
