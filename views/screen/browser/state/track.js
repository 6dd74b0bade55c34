// Control in time: the steps of all places in the order of days, and cursors that go along it in both directions.

const SLOWER = 2; // a step on the way costs about this much more than one comparison of a search

/** The steps of one view. Place i has the state `codes[k]` from `days[k]` on, for k from `offsets[i]` up to `offsets[i + 1]`. */
export class Track {
  /**
   * @param {Steps} steps
   * @param {Day} first of the timeline
   * @param {Day} last
   */
  constructor({ offsets, days, codes }, first, last) {
    this.offsets = offsets;
    this.days = days;
    this.codes = codes;
    this.first = first;
    this.last = last;
    this.places = offsets.length - 1;
    this.place = new (this.places < 65536 ? Uint16Array : Uint32Array)(days.length); // of each step
    for (let i = 0; i < this.places; i++) this.place.fill(i, offsets[i], offsets[i + 1]);
    // Sorted by counting: a slot for what reaches back before the first day, one a day, one for what comes after the last.
    this.starts = new Uint32Array(last - first + 4);
    for (const day of days) this.starts[this.slot(day) + 1]++;
    for (let slot = 1; slot < this.starts.length; slot++) this.starts[slot] += this.starts[slot - 1];
    this.order = new Uint32Array(days.length);
    const next = this.starts.slice();
    for (let k = 0; k < days.length; k++) this.order[next[this.slot(days[k])]++] = k;
  }

  slot(day) {
    return Math.min(Math.max(day, this.first - 1), this.last + 1) - this.first + 1;
  }

  /** How many steps, in the order of days, lie at or before a day. */
  reached(day) {
    return this.starts[this.slot(day) + 1];
  }

  /** State code of a step's place before that step. */
  before(step) {
    return step > this.offsets[this.place[step]] ? this.codes[step - 1] : 0;
  }

  /** State code of a place on a day; the eve of the first day stands for all before it. */
  at(place, day) {
    const step = this.stepAt(place, Math.max(day, this.first - 1));
    return step >= this.offsets[place] ? this.codes[step] : 0;
  }

  /** The step that a place has taken last by a day; before its first, the one before that. */
  stepAt(place, day) {
    const { offsets, days } = this;
    let low = offsets[place],
      high = offsets[place + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (days[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** State codes of all places on one day, which can be moved: nearby step by step, far away by a search a place. */
export class Cursor {
  constructor(track) {
    const { places } = track;
    this.track = track;
    this.codes = new Uint16Array(places);
    this.position = 0; // steps taken, in the order of days
    this.round = 0;
    this.seen = new Uint32Array(places); // the round in which a place was last touched
    this.places = new Uint32Array(places);
    this.was = new Uint16Array(places);
    this.jump = places * (1 + Math.log2(1 + track.days.length / Math.max(1, places)));
  }

  /** Go to a day; returns the places that changed and their codes before, in arrays that hold until the next move. */
  moveTo(day) {
    const { track, codes } = this,
      wanted = track.reached(day);
    this.round++;
    this.touched = 0;
    if (SLOWER * Math.abs(wanted - this.position) > this.jump) for (let i = 0; i < codes.length; i++) this.set(i, track.at(i, day));
    else {
      for (let k = this.position; k < wanted; k++) this.set(track.place[track.order[k]], track.codes[track.order[k]]);
      for (let k = this.position - 1; k >= wanted; k--) this.set(track.place[track.order[k]], track.before(track.order[k]));
    }
    this.position = wanted;
    let kept = 0; // what went there and back again did not change
    for (let k = 0; k < this.touched; k++) {
      if (codes[this.places[k]] === this.was[k]) continue;
      this.places[kept] = this.places[k];
      this.was[kept++] = this.was[k];
    }
    return { places: this.places.subarray(0, kept), was: this.was.subarray(0, kept) };
  }

  set(place, code) {
    const { codes } = this;
    if (this.seen[place] !== this.round) {
      if (codes[place] === code) return;
      this.seen[place] = this.round;
      this.places[this.touched] = place;
      this.was[this.touched++] = codes[place];
    }
    codes[place] = code;
  }
}

/** Numbers of places over the whole time: by party, then without a known holder, contested, besieged. */
export class Series {
  constructor(track, states, parties, included) {
    const { order, place, codes, first, last } = track,
      kinds = parties + 3,
      running = new Int32Array(kinds);
    this.kinds = kinds;
    this.total = included.reduce((sum, one) => sum + one, 0);
    this.peak = new Int32Array(kinds);
    this.fought = new Uint8Array(track.places); // places that are contested or besieged at any time
    running[parties] = this.total;
    let rows = 1;
    for (let day = first + 1; day <= last; day++) if (track.reached(day) > track.reached(day - 1)) rows++;
    this.days = new Int32Array(rows);
    this.table = new Int32Array(rows * kinds);
    const bump = (code, by) => {
      const [holder, contested, besieged] = states[code];
      running[holder < 0 ? parties : holder] += by;
      if (contested) running[parties + 1] += by;
      if (besieged) running[parties + 2] += by;
    };
    let k = 0;
    for (let day = first, row = 0; day <= last; day++) {
      const end = track.reached(day);
      if (day > first && end === k) continue;
      for (; k < end; k++) {
        if (!included[place[order[k]]]) continue;
        bump(track.before(order[k]), -1);
        bump(codes[order[k]], 1);
        if (states[codes[order[k]]][1] || states[codes[order[k]]][2]) this.fought[place[order[k]]] = 1;
      }
      this.days[row] = day;
      this.table.set(running, row++ * kinds);
      for (let kind = 0; kind < kinds; kind++) this.peak[kind] = Math.max(this.peak[kind], running[kind]);
    }
  }

  row(k) {
    return this.table.subarray(k * this.kinds, (k + 1) * this.kinds);
  }

  /** The numbers on a day of the timeline. */
  on(day) {
    return this.row(Math.max(0, lastAtOrBefore(this.days, day)));
  }
}

/** Index of the last element at or before `value` in a sorted array, -1 if none. */
export function lastAtOrBefore(sorted, value) {
  let low = 0,
    high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
