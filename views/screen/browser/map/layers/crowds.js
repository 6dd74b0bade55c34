// Where places crowd, a cell of the grid shows one symbol a party instead of one a place: the largest in the middle, every other party
// around it and on top, however few its places are, so that none is ever hidden by another.

import { lookOf } from "../../drawing/sprites.js";

const CROWD = 4; // up to so many places in a cell each has a symbol of its own
const ORBIT_PX = 15; // of the smaller parties of a crowd around the largest

export class Crowds {
  /** The crowds of a grid as it lies now; none where all places are drawn `apart`. */
  constructor(atlas, grid, apart) {
    this.atlas = atlas;
    this.grid = grid;
    this.crowded = new Uint8Array(grid.count);
    if (!apart) for (let cell = 0; cell < grid.count; cell++) this.crowded[cell] = Number(grid.in(cell).length > CROWD);
    this.symbols = new Map(); // by cell, of those that are crowded
    this.renew();
  }

  /** Take every place as it is now. */
  renew() {
    this.tally();
    for (let cell = 0; cell < this.crowded.length; cell++) if (this.crowded[cell]) this.symbols.set(cell, this.drawn(cell));
  }

  /** Whether a place has no symbol of its own, since it stands in a crowd. */
  has(i) {
    return this.grid.cellOf[i] >= 0 && Boolean(this.crowded[this.grid.cellOf[i]]);
  }

  /** Numbers of places in each crowd by state, those that the page is about apart; and of those with a ring. */
  tally() {
    const { atlas, grid } = this;
    this.kinds = 2 * atlas.payload.states.length;
    this.counts = new Uint32Array(this.crowded.length * this.kinds);
    this.rings = new Uint32Array(this.crowded.length);
    for (const i of grid.inSight) {
      if (!this.has(i)) continue;
      this.counts[this.kind(i, atlas.codes[i])]++;
      if (atlas.ringed(i)) this.rings[grid.cellOf[i]]++;
    }
  }

  kind(i, code) {
    return this.grid.cellOf[i] * this.kinds + 2 * code + this.atlas.included[i];
  }

  /** A place of a crowd had another state before. */
  turned(i, was) {
    this.counts[this.kind(i, was)]--;
    this.counts[this.kind(i, this.atlas.codes[i])]++;
  }

  /** A place of a crowd has a ring now, or has none any longer. */
  ringed(i) {
    this.rings[this.grid.cellOf[i]] += this.atlas.ringed(i) ? 1 : -1;
  }

  /** Take a crowd as it is now; returns whether anything shows differently. */
  update(cell) {
    const before = this.symbols.get(cell),
      symbols = this.drawn(cell);
    this.symbols.set(cell, symbols);
    return symbols.key !== before.key;
  }

  /** Parties of a crowd, most places first: { holder, count, and what its symbol says }. */
  parties(cell) {
    const { states } = this.atlas.payload,
      found = new Map();
    for (let kind = 0; kind < this.kinds; kind++) {
      const count = this.counts[cell * this.kinds + kind];
      if (!count) continue;
      const [holder, contested, besieged, fading, flagged] = states[kind >> 1];
      const party = found.get(holder) ?? { holder, count: 0, contested: 0, besieged: 0, fading: 0, flagged: 0, included: 0 };
      found.set(holder, party);
      party.count += count;
      party.contested += contested * count;
      party.besieged += besieged * count;
      party.fading += fading * count;
      party.flagged += flagged * count;
      party.included |= kind & 1;
    }
    return [...found.values()].sort((a, b) => b.count - a.count || a.holder - b.holder);
  }

  /** The symbols of a crowd, and a key that tells whether anything shows differently. */
  drawn(cell) {
    const all = this.parties(cell),
      turn = (2 * Math.PI) / (this.atlas.payload.parties.length + 1);
    const symbols = all.map(({ holder, count, contested, besieged, fading, flagged, included }, k) => {
      const radius = k === 0 ? Math.min(10, 4 + Math.log2(count)) : Math.min(5.5, 3 + Math.log2(count) / 2);
      // Fighting anywhere in the crowd shows; a weak or unsure holder where that is so of most of its places.
      const look = lookOf(holder, contested, besieged, 2 * fading > count, 2 * flagged > count, included, k === 0 && this.rings[cell]);
      const angle = turn * (holder + 1); // a party's place in the orbit is always the same
      const [dx, dy] = k === 0 ? [0, 0] : [ORBIT_PX * Math.sin(angle), -ORBIT_PX * Math.cos(angle)];
      return { look, radius: Math.round(2 * radius) / 2, dx, dy };
    });
    return Object.assign(symbols, { key: symbols.map((symbol) => `${symbol.look}:${symbol.radius}`).join() });
  }

  /** The best known place of a crowd. */
  landmark(cell) {
    const { rank } = this.atlas.payload.places,
      places = this.grid.in(cell);
    return places.reduce((best, i) => (rank[i] < rank[best] ? i : best), places[0]);
  }
}
