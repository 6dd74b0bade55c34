// Fills of land by the state of the place that speaks for it.

import { fillOf, mix } from "./patterns.js";

const STRIPE_PX = 7;

/** Colours and patterns for every state of a cell; made anew for each canvas context. */
export class Paints {
  constructor(context, { payload, pattern }, scale) {
    this.context = context;
    this.payload = payload;
    this.pattern = pattern;
    this.scale = scale;
    this.made = new Map();
  }

  /** Fill for a state: the holder's colour, paler where weak, striped where contested. */
  of(code) {
    if (!this.made.has(code)) this.made.set(code, this.make(this.payload.states[code]));
    return this.made.get(code);
  }

  make([holder, contested, , fading, flagged]) {
    const { parties, unknown, colours } = this.payload;
    const colour = mix(
      holder < 0 ? unknown.colour : parties[holder].colour,
      colours.land,
      holder < 0 ? 0.55 : fading ? 0.6 : flagged ? 0.45 : 0,
    );
    if (contested) return this.stripes(colour, mix(colour, "#FFFFFF", 0.72));
    return holder < 0 ? colour : fillOf(this.context, parties[holder], this.pattern, { colour, scale: this.scale });
  }

  stripes(one, other) {
    const size = Math.round(2 * STRIPE_PX * this.scale),
      tile = document.createElement("canvas");
    tile.width = tile.height = size;
    const context = tile.getContext("2d");
    context.fillStyle = other;
    context.fillRect(0, 0, size, size);
    context.strokeStyle = one;
    context.lineWidth = size * 0.36;
    for (const at of [-size, 0, size]) {
      context.beginPath();
      context.moveTo(at - size / 2, size * 1.5);
      context.lineTo(at + size * 1.5, -size / 2);
      context.stroke();
    }
    return this.context.createPattern(tile, "repeat");
  }
}
