// Draws what the page holds, one atlas or a pair of them, into the map of the frame.

import { fetchBase } from "./layers/base.js";
import { drawMap } from "./drawn_map.js";
import { speakAs, styled } from "./frame.js";
import { lock } from "./pair_lock.js";
import { layOut, partner } from "./pair_stage.js";

/** Draw into a Leaflet map; `options`: language, base (address of the base map), home (province shown when the address names no position). */
export async function attach(map, options) {
  const base = await prepared("controlAtlas", "control-atlas", options),
    atlas = window.parent.controlAtlas;
  keepDrawn(atlas, () => [drawMap(map, atlas, base, options), listen(atlas)]);
}

/** Draw both sides of the page's pair into two maps that move as one: over each other with a divider, or beside each other. */
export async function attachPair(map, options) {
  const base = await prepared("controlPair", "control-pair", options),
    pair = window.parent.controlPair;
  const stage = map.getContainer().parentElement,
    maps = (window.atlasMaps = [map, partner(map, stage)]);
  layOut(stage, pair, maps);
  lock(...maps);
  keepDrawn(pair, () => [...maps.map((one, side) => drawMap(one, pair.sides[side], base, { ...options, stage, side })), listen(pair)]);
}

/** The base map, once all that drawing needs is here: the styles, the language, and what the page holds under a name. */
async function prepared(name, event, options) {
  const page = window.parent;
  const met = page[name] ? null : new Promise((resolve) => page.addEventListener(event, resolve, { once: true }));
  // Names keep clear of the map's furniture, so its size must be known.
  const [base] = await Promise.all([fetchBase(options.base), met, styled(), speakAs(options.language)]);
  return base;
}

/** Draw at every change of the data of an atlas or pair until the frame goes; `drawn` draws and returns what ends it. */
function keepDrawn(source, drawn) {
  let ends = [];
  const end = () => ends.forEach((one) => one());
  const off = source.whenReady(() => {
    end();
    ends = drawn();
    window.atlasDrawn = true;
    source.emit("drawn");
  });
  window.addEventListener("pagehide", () => {
    off();
    end();
  });
}

/** Keys act wherever the focus is. */
function listen(target) {
  const keys = (event) => target.key(event);
  document.addEventListener("keydown", keys, true);
  return () => document.removeEventListener("keydown", keys, true);
}
