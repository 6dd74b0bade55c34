// The bold date of the timeline, which becomes a field to type another date, or a range of dates, into.

import { isoOf, longDate, readDate } from "../dates.js";
import { isEnglish, t } from "../language.js";
import { element } from "../drawing/elements.js";

const BETWEEN = /\s+(?:to|إلى)\s+|\s*\.\.+\s*|\s*[–—]\s*/i; // of the two dates of a range

export class DateField {
  /** `set(day, from)` takes what was typed; `from` is undefined for a single date. */
  constructor(atlas, set = (day, from) => atlas.jump(from ?? atlas.from, day)) {
    this.atlas = atlas;
    this.set = set;
    this.text = element("strong");
    this.text.setAttribute("role", "status");
    this.button = element("button", "date", null, this.text);
    this.button.type = "button";
    this.button.title = t("Type a date (D)");
    this.button.addEventListener("click", () => this.open());
    this.input = element("input");
    this.input.type = "text";
    this.input.hidden = true;
    this.input.autocomplete = "off";
    this.input.spellcheck = false;
    this.input.setAttribute("aria-label", t("Date, such as 2015-12-12 or 12 Dec 2015, or a range of two with “to” between them"));
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.take();
      else if (event.key === "Escape") this.close();
    });
    // Who clicks elsewhere means what was typed; what cannot be meant stays, with the reason.
    this.input.addEventListener("blur", () => (this.input.value === this.given ? this.close() : this.take()));
    this.wrong = element("span", "wrong");
    this.wrong.setAttribute("role", "alert");
    this.element = element("span", "date-field", null, this.button, this.input, this.wrong);
  }

  /** Show the present date, or range of dates. */
  show(text) {
    if (this.text.textContent !== text) this.text.textContent = text;
  }

  open() {
    const { day, from } = this.atlas;
    this.atlas.pause();
    if (this.input.hidden) {
      this.given = this.input.value = from === null ? isoOf(day) : `${isoOf(from)} ${isEnglish() ? "to" : "–"} ${isoOf(day)}`;
      this.input.hidden = false;
      this.button.hidden = true;
    }
    window.focus(); // the key may have been pressed in the map's frame
    this.input.focus();
    this.input.select();
  }

  close() {
    this.say("");
    this.input.hidden = true;
    this.button.hidden = false;
  }

  say(problem) {
    this.wrong.textContent = this.wrong.title = problem;
    this.input.setAttribute("aria-invalid", String(Boolean(problem)));
  }

  take() {
    if (this.input.hidden) return; // closing takes the focus away, too
    const read = readRange(this.input.value, this.atlas.payload);
    if (read.problem) {
      this.say(read.problem);
      return;
    }
    this.close();
    this.set(read.day, read.from);
  }
}

/** { day, from } of a typed date or range, `from` undefined for a single date; or { problem }: one sentence. */
export function readRange(text, { first, last }) {
  const parts = text.trim().split(BETWEEN);
  if (parts.length > 2) return { problem: t("That is more than two dates.") };
  const days = parts.map(readDate);
  for (const [k, day] of days.entries()) {
    if (day === null) return { problem: t("“{text}” is not a date: write 2015-12-12 or 12 Dec 2015.", { text: parts[k].trim() }) };
    if (day > last)
      return { problem: t("The data end on {last}: nothing is known of {day}.", { last: longDate(last), day: longDate(day) }) };
    if (day < first) return { problem: t("The timeline begins on {first}, after {day}.", { first: longDate(first), day: longDate(day) }) };
  }
  if (days.length === 1) return { day: days[0] };
  return days[0] > days[1] ? { problem: t("The range ends before it begins.") } : { from: days[0], day: days[1] };
}
