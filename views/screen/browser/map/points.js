// A plain map of found places: numbered points, no date.

import { addBase, boundsOf, fetchBase } from "./layers/base.js";
import { Scale, nameZoom } from "./controls.js";
import { speakAs, styled } from "./frame.js";

/** A plain map of found places: base map and numbered points, no date. `options`: language, base, points of {name, longitude, latitude, radius_km}. */
export async function attachPoints(map, options) {
  document.documentElement.classList.add("atlas");
  const base = await fetchBase(options.base),
    { colours } = base;
  await Promise.all([styled(), speakAs(options.language)]);
  nameZoom(map);
  map.invalidateSize({ animate: false, pan: false });
  for (const [pane, z] of [
    ["base", 200],
    ["lines", 310],
    ["places", 420],
  ])
    map.createPane(pane).style.zIndex = z;
  addBase(map, base, colours, options.outlined);
  new Scale({ position: "bottomleft", maxWidth: 110 }).addTo(map);
  const bounds = L.latLngBounds([]);
  options.points.forEach(({ name, longitude, latitude, radius_km: km }, k) => {
    const here = [latitude, longitude],
      first = k === 0;
    bounds.extend(here);
    if (first && km > 3 && !options.outlined)
      L.circle(here, { radius: 1000 * km, color: "#1D5E8C", weight: 1, fillOpacity: 0.08, interactive: false }).addTo(map);
    const label = document.createElement("span");
    label.textContent = `${k + 1}  ${name}`;
    L.circleMarker(here, { radius: first ? 8 : 6, color: "#FFFFFF", weight: 2, fillColor: first ? "#1D5E8C" : "#6B675F", fillOpacity: 1 })
      .bindTooltip(label, { permanent: options.points.length < 9, direction: "right", offset: [8, 0] })
      .addTo(map);
  });
  if (options.outlined) map.fitBounds(boundsOf(base, options.outlined), { animate: false });
  else if (bounds.isValid()) map.fitBounds(bounds.pad(0.25), { maxZoom: 9, animate: false });
  else map.fitBounds(boundsOf(base, options.home), { animate: false });
  window.atlasDrawn = true;
}
