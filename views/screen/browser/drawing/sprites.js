// Symbols of places on the map, with the rings of fighting, siege and change: drawn once for each look and size, copied from then on.

import { trace } from "./symbols.js";

const REACH_PX = 16; // a symbol with its ring reaches no farther
const CHANGE = "#1D5E8C";

/** What a symbol says, as one number. */
export function lookOf(holder, contested, besieged, fading, flagged, included, ringed) {
  return [contested, besieged, fading, flagged, included, ringed].reduce((number, flag) => number * 2 + (flag ? 1 : 0), holder + 1);
}

export class Sprites {
  /** `payload` has the parties and colours. */
  constructor(payload) {
    this.payload = payload;
    this.made = new Map();
    this.scale = 1;
  }

  /** Draw at a scale from now on. */
  at(scale) {
    if (scale !== this.scale) this.made.clear();
    this.scale = scale;
  }

  /** The canvas of a look; the rings of a `small` one lie closer. */
  of(look, radius, small = false) {
    const key = `${look}/${radius}/${small}`;
    if (!this.made.has(key)) this.made.set(key, this.drawn(look, radius, small));
    return this.made.get(key);
  }

  drawn(look, radius, small) {
    const { payload } = this,
      holder = (look >> 6) - 1,
      style = holder < 0 ? payload.unknown : payload.parties[holder];
    const [contested, besieged, fading, flagged, included, ringed] = [32, 16, 8, 4, 2, 1].map((bit) => look & bit);
    const gap = small ? 2.6 : 4.5,
      line = small ? 0.7 : 1;
    const half = ringed
      ? Math.ceil(radius) + 12
      : contested || besieged
        ? Math.max(REACH_PX, Math.ceil(radius) + 7)
        : Math.ceil(radius * 1.2) + 2;
    const canvas = document.createElement("canvas"),
      context = canvas.getContext("2d");
    canvas.width = canvas.height = 2 * half * this.scale;
    context.scale(this.scale, this.scale);
    context.lineJoin = "round";
    context.globalAlpha = included ? 1 : 0.45;
    const circle = (by, colour, width, dashed = false) => {
      context.beginPath();
      context.arc(half, half, radius + by, 0, 2 * Math.PI);
      context.setLineDash(dashed ? [3.2, 2.6] : []);
      context.strokeStyle = colour;
      context.lineWidth = width * line;
      context.stroke();
      context.setLineDash([]);
    };
    if (contested || besieged) {
      circle(gap, "rgba(255,255,255,.9)", 4);
      circle(gap, payload.colours.ink, 1.7, contested && !besieged);
    }
    if (contested && besieged) circle(gap, payload.colours.contested, 1.7, true);
    if (ringed) {
      circle(8.5, "rgba(255,255,255,.9)", 4.5);
      circle(8.5, CHANGE, 2.5);
    }
    const shape = (colour, width) => {
      trace(context, style.symbol, half, half, radius);
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke();
    };
    shape(style.edge === "#FFFFFF" || holder < 0 ? "#FFFFFF" : style.edge, 3);
    if (style.edge !== "#FFFFFF" && holder >= 0) shape("#FFFFFF", 1);
    trace(context, style.symbol, half, half, radius);
    context.fillStyle = flagged || fading ? "#FFFFFF" : style.colour;
    context.fill();
    if (fading) {
      context.globalAlpha *= 0.4;
      context.fillStyle = style.colour;
      context.fill();
      context.globalAlpha /= 0.4;
    }
    if (flagged || fading) {
      trace(context, style.symbol, half, half, radius - 0.6);
      context.strokeStyle = style.edge === "#FFFFFF" ? style.colour : style.edge;
      context.lineWidth = 2.2;
      context.stroke();
    }
    if (holder < 0) shape(style.edge, 1);
    return canvas;
  }
}
