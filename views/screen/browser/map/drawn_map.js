// One atlas drawn into one map: its layers and controls, which follow the atlas, and the hand on the map, which the atlas follows.

import { direction, nameOf, t } from "../language.js";
import { DateChip, HomeControl, LandControl, Scale, nameZoom } from "./controls.js";
import { reducedMotion } from "./frame.js";
import { addBase, boundsOf } from "./layers/base.js";
import { NamesLayer } from "./layers/names.js";
import { PlacesLayer } from "./layers/places.js";
import { TerritoryLayer } from "./layers/territory.js";
import { aboveBoth } from "./pair_stage.js";
import { hover } from "./tip.js";

const PANES = { base: 200, territory: 300, lines: 310, places: 420, names: 430 };
const ZOOMS = [6, 13];
const CLOSE = 8; // that a place is shown from at least, when the map flies to it

/**
 * Draw an atlas into a map that may hold another drawing; returns what ends it. `options`: home (province shown when the address names no
 * position); of a pair also its stage, and which side this is.
 */
export function drawMap(map, atlas, base, options) {
  document.documentElement.classList.add("atlas");
  clear(map);
  map.invalidateSize({ animate: false, pan: false }); // the map was made before its frame had its height
  const home = () => place(map, atlas, base, options.home);
  home();
  map.setMinZoom(ZOOMS[0]).setMaxZoom(ZOOMS[1]);
  map.setMaxBounds(L.geoJSON(base.land).getBounds()); // only now: Leaflet pans into its bounds at every step until the place is right
  addBase(map, base, atlas.payload.colours, atlas.province || options.home);
  const chip = furnish(map, atlas, base, options);
  const territory = new TerritoryLayer(atlas).addTo(map),
    places = new PlacesLayer(atlas).addTo(map),
    names = new NamesLayer(places, base).addTo(map);
  const ground = options.stage ?? map.getContainer(),
    tip = L.DomUtil.create("div", "atlas-tip", ground);
  tip.hidden = true;
  tip.dir = direction();
  const hand = new Hand(map, atlas, ground, { places, tip, home });
  const offs = follow(map, atlas, { territory, places, names, chip, tip, hand, home, options });
  return () => {
    offs.forEach((off) => off());
    hand.end();
    for (const part of [territory, places, names, tip]) part.remove();
  };
}

/** Take away what was drawn before, and have a pane for each layer. */
function clear(map) {
  map.eachLayer((layer) => map.removeLayer(layer));
  for (const [pane, z] of Object.entries(PANES)) {
    if (map.getPane(pane)) map.getPane(pane).replaceChildren();
    else map.createPane(pane).style.zIndex = z;
    if (pane !== "base") map.getPane(pane).style.pointerEvents = "none";
  }
}

/** Put the controls on the map, in the place of those before; of a pair the first map has those that move both. Returns the date chip. */
function furnish(map, atlas, base, { stage, side, home }) {
  map.atlasControls?.forEach((control) => control.remove());
  const chip = new DateChip(stage ? { letter: "AB"[side], position: ["topleft", "topright"][side] } : {});
  const here = base.provinces.features.find((f) => f.properties.iso_3166_2 === (atlas.province || home));
  const country = base.countries.features.find((f) => f.properties.home);
  const homes = [here, country].filter(Boolean).map((feature) => [nameOf(feature.properties), L.geoJSON(feature).getBounds()]);
  const land = atlas.payload.land ? [new LandControl(atlas)] : [],
    scale = new Scale({ position: "bottomleft", maxWidth: 110 });
  const furniture = side ? [] : [new HomeControl(homes), ...land, scale];
  map.atlasControls = [chip, ...furniture].map((control) => control.addTo(map));
  if (stage && !side) aboveBoth(map, stage, furniture);
  chip.show(atlas);
  nameZoom(map);
  return chip;
}

/** Let what is drawn follow the atlas; returns what ends it. */
function follow(map, atlas, { territory, places, names, chip, tip, hand, home, options: { stage, side } }) {
  let chosen = atlas.place;
  const describe = () => {
    const said = t("Map of control on {day}; the places and their holders are listed beside it", { day: atlas.longDate(atlas.day) });
    places._container.setAttribute("aria-label", stage ? t("Side {side}: {map}", { side: "AB"[side], map: said }) : said);
  };
  describe();
  return [
    atlas.on("day", ({ changed, was, ringed, sites }) => {
      territory.redraw(sites);
      places.redraw(changed, was, ringed);
      chip.show(atlas);
      if (!atlas.playing) describe();
      tip.hidden = true;
    }),
    atlas.on("marks", (toggled) => places.redraw([], [], toggled)),
    atlas.on("territory", () => territory.renew()),
    atlas.on("look", () => territory.paint()),
    atlas.on("view", () => {
      territory.renew();
      places.renew();
      chip.show(atlas);
    }),
    atlas.on("feed", () => {
      places.renew();
      chip.show(atlas);
    }),
    atlas.on("place", () => {
      places.choose(chosen, atlas.place);
      chosen = atlas.place;
      names.draw();
    }),
    atlas.on("position", () => {
      hand.touched = Boolean(atlas.mapView);
      home();
    }),
    atlas.on("fly", ({ longitude, latitude }) => {
      hand.touched = true;
      const there = L.latLng(latitude, longitude);
      if (!map.getBounds().pad(-0.15).contains(there))
        map.flyTo(there, Math.max(map.getZoom(), CLOSE), { animate: !reducedMotion(), duration: 0.7 });
    }),
  ];
}

/** What a hand does on the map: it chooses places, looks into crowds, and moves the map, which from then on is where it was left. */
class Hand {
  constructor(map, atlas, ground, { places, tip, home }) {
    this.touched = false; // whether somebody has moved the map
    const touch = () => (this.touched = true);
    const on = {
      click: (event) => {
        const found = places.hit(event.layerPoint);
        if (found?.crowd)
          map.flyToBounds(boundsOfPlaces(atlas, found.crowd), { padding: [30, 30], animate: !reducedMotion(), duration: 0.5 });
        else atlas.select(found?.place ?? -1);
      },
      mousemove: (event) => hover(event, map, places, atlas, tip),
      mouseout: () => (tip.hidden = true),
      movestart: () => (tip.hidden = true),
      moveend: () => {
        const centre = map.getCenter();
        if (this.touched) atlas.setMapView([Number(map.getZoom().toFixed(2)), centre.lat.toFixed(3), centre.lng.toFixed(3)].join("_"));
      },
      // Until somebody moves the map it shows what it should, in whatever size its frame has.
      resize: () => {
        tip.hidden = true;
        if (!this.touched) home();
      },
    };
    map.on(on);
    for (const type of ["pointerdown", "wheel"]) ground.addEventListener(type, touch, { capture: true, passive: true });
    this.end = () => {
      map.off(on);
      for (const type of ["pointerdown", "wheel"]) ground.removeEventListener(type, touch, { capture: true });
    };
  }
}

/** Show what the address says, else the province with the chosen place. */
function place(map, atlas, base, home) {
  const [zoom, latitude, longitude] = atlas.mapView.split("_").map(Number);
  if (atlas.mapView && [zoom, latitude, longitude].every(Number.isFinite)) {
    map.setView([latitude, longitude], zoom, { animate: false });
    return;
  }
  const bounds = boundsOf(base, atlas.province || home);
  if (!bounds) return;
  if (atlas.place >= 0) {
    const { latitude: latitudes, longitude: longitudes } = atlas.payload.places; // a link to a place shows the place
    bounds.extend([latitudes[atlas.place], longitudes[atlas.place]]);
  }
  map.fitBounds(bounds, { animate: false, padding: [10, 10] });
}

function boundsOfPlaces(atlas, places) {
  const { longitude, latitude } = atlas.payload.places,
    bounds = L.latLngBounds([]);
  for (const i of places) bounds.extend([latitude[i], longitude[i]]);
  return bounds;
}
