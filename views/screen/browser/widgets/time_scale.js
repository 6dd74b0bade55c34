// Where a day stands on a strip of time, and which day a spot on the strip means.
//
// A day is a stretch, the last one, too; what happens on a day stands at its start. So a strip goes from the start of its first day to the
// end of its last.

export class TimeScale {
  constructor({ first, last }) {
    this.first = first;
    this.last = last;
  }

  /** The end of the strip, as a day: that after the last. */
  get end() {
    return this.last + 1;
  }

  /** How far along the strip a day starts: 0 to 1. */
  part(day) {
    return (day - this.first) / (this.end - this.first);
  }

  /** The same for a style, in percent. */
  percent(day) {
    return `${100 * this.part(day)}%`;
  }

  /** The day that starts nearest to a spot, so far along the strip, as a slider takes it; outside it the first or the last. */
  dayAt(part) {
    return Math.min(this.last, Math.max(this.first, Math.round(this.first + part * (this.end - this.first))));
  }

  /** The day at a pointer, on an element that is a strip. */
  dayUnder({ clientX }, strip) {
    const { left, width } = strip.getBoundingClientRect();
    return this.dayAt((clientX - left) / width);
  }
}
