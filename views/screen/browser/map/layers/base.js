// The offline base map: land, countries, lakes, rivers and provinces, under everything that is drawn of control.

import { fetchJson } from "../../state/columns.js";

const cached = new Map();

/** The base map of an address, fetched once for all maps of the frame. */
export function fetchBase(url) {
  if (!cached.has(url)) cached.set(url, fetchJson(url));
  return cached.get(url);
}

/** Draw it into a Leaflet map, with one province outlined. */
export function addBase(map, base, colours, province) {
  const renderer = L.canvas({ pane: "base", padding: 0.3 }),
    above = L.canvas({ pane: "lines", padding: 0.3 });
  const add = (features, style, canvas = renderer) => L.geoJSON(features, { renderer: canvas, interactive: false, style }).addTo(map);
  add(base.land, { stroke: false, fillColor: colours.neighbour, fillOpacity: 1 });
  add(base.countries, (feature) => ({
    color: colours.border,
    weight: 1.3,
    fillColor: feature.properties.home ? colours.land : colours.neighbour,
    fillOpacity: 1,
  }));
  add(base.lakes, { color: colours.river, weight: 0.7, fillColor: colours.water, fillOpacity: 1 });
  add(base.rivers, (feature) => ({
    color: colours.river,
    weight: feature.properties.rank === 1 ? 1.7 : 0.9,
    opacity: 0.95,
    fill: false,
  }));
  add(
    base.provinces,
    (feature) => {
      const chosen = feature.properties.iso_3166_2 === province;
      return {
        color: chosen ? colours.ink : colours.province,
        weight: chosen ? 2.2 : 0.9,
        dashArray: chosen ? null : "5 4",
        fill: false,
      };
    },
    above,
  );
}

/** The bounds of a province, undefined for one that there is not. */
export function boundsOf(base, province) {
  const feature = base.provinces.features.find((f) => f.properties.iso_3166_2 === province);
  return feature && L.geoJSON(feature).getBounds();
}
