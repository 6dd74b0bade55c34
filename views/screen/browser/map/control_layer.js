// What folium loads into the map's frame, as a classic script: it calls the modules that draw the map, and lets the map wait for them.
//
// Leaflet is L. The data and the date come from the page's atlas.
"use strict";

(() => {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches)
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, inertia: false });

  // All that they import, too, is asked for at once, or each would be found only after the one that imports it.
  const MODULES = [
    ...["gzip", "language", "state/columns"].map((name) => `../${name}`),
    ...["grid", "mercator", "paints", "patterns", "rectangles", "sprites", "symbols"].map((name) => `../drawing/${name}`),
    ...["base", "canvas", "crowds", "names", "places", "territory"].map((name) => `layers/${name}`),
    ...["attach", "controls", "drawn_map", "frame", "pair_lock", "pair_stage", "points", "tip"],
  ];
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const address = (name) => new URL(`${name}.js`, src).href;
  for (const name of MODULES)
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: address(name) }));

  /** A function of a module, to be called before the module is here. */
  const later = (module, name) => async (map, options) => (await import(address(module)))[name](map, options);
  window.controlLayer = {
    attach: later("attach", "attach"),
    attachPair: later("attach", "attachPair"),
    attachPoints: later("points", "attachPoints"),
  };
})();
