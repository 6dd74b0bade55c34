// What each party gained and lost between an earlier day and the present one, kept up to date as both move.

import { Cursor } from "./track.js";

/** The present day beside an earlier one: what every place is now, and what each party gained since. */
export class Comparison {
  constructor(track, states, parties, included) {
    this.holders = Int8Array.from(states, (state) => state[0]);
    this.included = included;
    this.now = new Cursor(track);
    this.then = new Cursor(track);
    this.gains = new Int32Array(parties); // counting only places whose holder is known on both days
  }

  /** Go to a day and an earlier one; returns what changed on the present day, as `Cursor.moveTo` does. */
  moveTo(day, earlier) {
    const { now, then, holders } = this,
      changed = now.moveTo(day);
    changed.places.forEach((place, k) => {
      const before = holders[then.codes[place]];
      this.count(place, holders[changed.was[k]], before, -1);
      this.count(place, holders[now.codes[place]], before, 1);
    });
    const moved = then.moveTo(earlier);
    moved.places.forEach((place, k) => {
      const present = holders[now.codes[place]];
      this.count(place, present, holders[moved.was[k]], -1);
      this.count(place, present, holders[then.codes[place]], 1);
    });
    return changed;
  }

  count(place, now, then, by) {
    if (now === then || now < 0 || then < 0 || !this.included[place]) return;
    this.gains[now] += by;
    this.gains[then] -= by;
  }
}
