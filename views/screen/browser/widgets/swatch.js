// What stands for a party in a legend: its symbol on its land.

import { element } from "../drawing/elements.js";
import { mix, paintElement } from "../drawing/patterns.js";
import { symbolElement } from "../drawing/symbols.js";

export function swatch(style, { pattern, payload }) {
  const made = element("i", "swatch", null, symbolElement(style, { size: 15 }));
  paintElement(made, style, pattern, mix(style.colour, payload.colours.land, 0.25)); // as land is on the map
  return made;
}
