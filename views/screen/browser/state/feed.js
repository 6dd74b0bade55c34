// The events that the present view and page show, in the order of time: for the feed, the ticks, and the steps from change to change.

import { lastAtOrBefore } from "./track.js";

export class Feed {
  /**
   * @param {import("./payload.js").Events} events
   * @param {string} view
   * @param {Uint8Array} included whether the page is about a place
   * @param {Day} first of the timeline
   * @param {Day} last
   */
  constructor(events, view, included, first, last) {
    this.events = events;
    this.first = first;
    this.followed = events.types.map(
      (type) => type.kind === "control" && (view === "claimed" ? type.prevails : type.status === "corroborated"),
    );
    const shown = events.types.map((type) => Boolean(type.date && isShown(type, view)));
    const numbers = new Uint32Array(events.length),
      changes = new Uint32Array(events.length);
    this.named = new Uint8Array(129); // whether a party appears in any event; entry 0 is nobody
    const sides = new Set();
    let n = 0,
      m = 0;
    for (let k = 0; k < events.length; k++) {
      if (!shown[events.type[k]] || !included[events.place[k]]) continue;
      this.named[events.party[k] + 1] = this.named[events.previous[k] + 1] = 1;
      sides.add(events.type[k]);
      numbers[n++] = k;
      if (this.followed[events.type[k]]) changes[m++] = k;
    }
    for (const type of sides) for (const party of events.types[type].sides) this.named[party + 1] = 1;
    this.shown = shown;
    this.all = numbers.slice(0, n);
    this.changes = changes.slice(0, m); // of those that changed the holder
    this.narrow(this.all);
    this.changedOn = distinctDays(events, this.changes).days;
    this.spans(last - first + 1);
  }

  /** List only these events; spans of days and changes of hands stay those of all. */
  narrow(numbers) {
    this.numbers = numbers;
    const { days, counts } = distinctDays(this.events, numbers);
    this.days = days; // on which anything happened
    this.perDay = counts; // how many events
  }

  get length() {
    return this.numbers.length;
  }

  shows(k) {
    return this.shown[this.events.type[k]];
  }

  follows(k) {
    return this.followed[this.events.type[k]];
  }

  /** Whether a party appears in any event shown. */
  names(party) {
    return Boolean(this.named[party + 1]);
  }

  /** Position in the feed of the last event at or before a day, -1 before the first. */
  position(day) {
    return upTo(this.events, this.numbers, day) - 1;
  }

  /** How many events there are from a day to another, both inclusive, whether they are listed or not. */
  within(from, to) {
    return upTo(this.events, this.all, to) - upTo(this.events, this.all, from - 1);
  }

  /** The changes of the last day on which there was one, at or before a day: the day, the first place, and how many there were. */
  lastChange(day) {
    const at = lastAtOrBefore(this.changedOn, day);
    if (at < 0) return null;
    const end = upTo(this.events, this.changes, this.changedOn[at]),
      start = upTo(this.events, this.changes, this.changedOn[at] - 1);
    return { day: this.changedOn[at], place: this.events.place[this.changes[start]], count: end - start };
  }

  /** Days on which a place changes or is fought for. */
  daysOf(place) {
    return this.events
      .of(place)
      .filter((k) => this.shows(k))
      .map((k) => this.events.day[k]);
  }

  /** For each day, how many changes it may have been the day of: the sources give only a span. */
  spans(days) {
    const { events, first } = this;
    this.moving = new Int32Array(days + 1);
    // The sum of the numbers of those changes: where there is but one, that is the one.
    this.movingSum = new Float64Array(days + 1);
    const bump = (day, by, k) => {
      const at = Math.min(Math.max(day - first, 0), days);
      this.moving[at] += by;
      this.movingSum[at] += by * k;
    };
    for (const k of this.all) {
      if (events.typeOf(k).kind !== "control" || events.date_earliest[k] === events.date_latest[k]) continue;
      bump(events.earliest(k), 1, k);
      bump(events.latest(k) + 1, -1, k);
    }
    for (let day = 1; day <= days; day++) {
      this.moving[day] += this.moving[day - 1];
      this.movingSum[day] += this.movingSum[day - 1];
    }
  }

  /** The changes that may have happened on a day: how many, and the number of one if there is but one. */
  uncertain(day) {
    const count = this.moving[day - this.first];
    return { count, one: count === 1 ? this.movingSum[day - this.first] : -1 };
  }
}

function isShown(type, view) {
  if (type.kind !== "control") return !type.disputed;
  if (view === "corroborated" && type.status !== "corroborated") return false;
  return type.basis === "change" || type.basis === "implied";
}

/** The days of some events, each once, and how many events there are on each. */
function distinctDays(events, numbers) {
  const days = [],
    counts = [];
  for (let i = 0; i < numbers.length; i++) {
    const day = events.day[numbers[i]];
    if (day !== days.at(-1)) {
      days.push(day);
      counts.push(0);
    }
    counts[counts.length - 1]++;
  }
  return { days: Int32Array.from(days), counts: Uint32Array.from(counts) };
}

/** How many of some events, sorted by day, lie at or before a day. */
function upTo(events, numbers, day) {
  let low = 0,
    high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events.day[numbers[middle]] <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Which places changed hands within a range of days; the range grows and shrinks at both ends. */
export class ChangedPlaces {
  constructor(feed, places) {
    this.feed = feed;
    this.times = new Uint16Array(places);
    this.low = this.high = 0;
  }

  /** Go to the range from..to, both inclusive, or to none where `from` is null; returns the places that are in it or out of it now. */
  moveTo(from, to) {
    const { feed, times } = this,
      { events, changes } = feed,
      before = new Map();
    const low = from === null ? 0 : upTo(events, changes, from - 1),
      high = from === null ? 0 : upTo(events, changes, to);
    const bump = (k, by) => {
      const place = events.place[changes[k]];
      if (!before.has(place)) before.set(place, times[place]);
      times[place] += by;
    };
    // What is new comes first, so that no number falls below nothing on the way.
    for (let k = low; k < Math.min(this.low, high); k++) bump(k, 1);
    for (let k = Math.max(this.high, low); k < high; k++) bump(k, 1);
    for (let k = this.low; k < Math.min(low, this.high); k++) bump(k, -1);
    for (let k = Math.max(high, this.low); k < this.high; k++) bump(k, -1);
    this.low = low;
    this.high = high;
    return [...before].filter(([place, count]) => !count !== !times[place]).map(([place]) => place);
  }
}
