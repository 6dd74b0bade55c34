// A control ribbon: who held a place over the whole time, in one strip.

import { fillOf } from "../drawing/patterns.js";
import { TimeScale } from "./time_scale.js";

const HATCH_PX = 6;

/** Draw the ribbon of a place onto a canvas of a width and height in pixels: holders in colour, contested hatched, date windows pale. */
export function drawRibbon(canvas, atlas, place, width, height) {
  const { payload } = atlas,
    { unknown, parties, states } = payload;
  const { offsets, days, codes } = payload.views[atlas.view];
  canvas.width = width;
  canvas.height = height;
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  const scale = new TimeScale(payload),
    x = (day) => scale.part(Math.min(Math.max(day, scale.first), scale.end)) * width;
  context.fillStyle = unknown.colour;
  context.fillRect(0, 0, width, height);
  for (let k = offsets[place]; k < offsets[place + 1]; k++) {
    const [holder, contested, besieged, fading] = states[codes[k]],
      left = x(days[k]);
    const right = k + 1 < offsets[place + 1] ? x(days[k + 1]) : width;
    context.globalAlpha = fading ? 0.45 : 1;
    context.fillStyle = holder < 0 ? unknown.colour : fillOf(context, parties[holder], atlas.pattern);
    context.fillRect(left, 0, right - left, height);
    context.globalAlpha = 1;
    if (contested) hatch(context, left, Math.max(right - left, 1.5), height);
    if (besieged) {
      context.fillStyle = "#FFFFFF";
      context.fillRect(left, height - 3, right - left, 1.5);
    }
  }
}

function hatch(context, left, width, height) {
  context.save();
  context.beginPath();
  context.rect(left, 0, width, height);
  context.clip();
  context.strokeStyle = "#FFFFFF";
  context.lineWidth = 2;
  // From a fixed origin, so that hatches of neighbouring rows line up.
  for (let at = Math.floor((left - height) / HATCH_PX) * HATCH_PX; at < left + width; at += HATCH_PX) {
    context.beginPath();
    context.moveTo(at, height);
    context.lineTo(at + height, 0);
    context.stroke();
  }
  context.restore();
}
