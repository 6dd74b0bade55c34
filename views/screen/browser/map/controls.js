// What stands on the map: the date chip, the scale, the ways home, and how territory is drawn.

import { direction, placeName, t, tn } from "../language.js";
import { reducedMotion } from "./frame.js";

/** The corner that dates every crop of the map. */
export const DateChip = L.Control.extend({
  options: { position: "topright", letter: "" },
  onAdd() {
    const chip = L.DomUtil.create("div", "atlas-chip");
    chip.dir = direction();
    if (this.options.letter) chip.appendChild(document.createElement("b")).textContent = this.options.letter;
    this.marking = chip.appendChild(document.createElement("div"));
    this.date = chip.appendChild(document.createElement("strong"));
    this.last = chip.appendChild(document.createElement("div"));
    chip.setAttribute("aria-live", "off");
    return chip;
  },
  show(atlas) {
    const { payload } = atlas;
    const known = atlas.known === null ? "" : t("known on {day}", { day: atlas.shortDate(atlas.known) });
    const marking = atlas.voiceName || (atlas.view === "claimed" ? t("As claimed") : t("Corroborated only"));
    this.marking.textContent = [marking, known].filter(Boolean).join(" · ");
    this.date.textContent = atlas.longDate(atlas.day);
    const { from, day } = atlas,
      last = atlas.feed?.lastChange(day);
    const said = last && { place: placeName(payload.places, last.place), day: atlas.shortDate(last.day) };
    if (from !== null) this.last.textContent = t("Ringed: changed since {day}", { day: atlas.shortDate(from) });
    else if (last?.count > 1)
      this.last.textContent = tn(
        "Last change: {place} and {n} more, {day}",
        "Last change: {place} and {n} more, {day}",
        last.count - 1,
        said,
      );
    else if (last) this.last.textContent = t("Last change: {place}, {day}", said);
    else this.last.textContent = atlas.feed ? t("No change before this date") : "";
  },
});

export const Scale = L.Control.Scale.extend({
  onAdd(map) {
    const scale = L.Control.Scale.prototype.onAdd.call(this, map);
    scale.dir = direction();
    return scale;
  },

  _updateMetric(metres) {
    const round = this._getRoundNum(metres);
    const label = round < 1000 ? t("{m} m", { m: round }) : t("{km} km", { km: round / 1000 });
    this._updateScale(this._mScale, label, round / metres);
  },

  _updateImperial(metres) {
    const feet = metres * 3.2808399,
      whole = this._getRoundNum(feet > 5280 ? feet / 5280 : feet);
    if (feet > 5280) this._updateScale(this._iScale, t("{mi} mi", { mi: whole }), whole / (feet / 5280));
    else this._updateScale(this._iScale, t("{ft} ft", { ft: whole }), whole / feet);
  },
});

/** Two ways home: the province that the page is about, and the whole country. */
export const HomeControl = L.Control.extend({
  options: { position: "topleft" },
  initialize(views) {
    this.views = views;
  },
  onAdd(map) {
    const bar = L.DomUtil.create("div", "leaflet-bar atlas-home");
    for (const [label, bounds] of this.views) {
      const link = bar.appendChild(document.createElement("a"));
      link.href = "#";
      link.textContent = label;
      link.title = t("Show {area}", { area: label });
      link.setAttribute("role", "button");
      L.DomEvent.on(link, "click", (event) => {
        L.DomEvent.stop(event);
        map.fitBounds(bounds, { padding: [10, 10], animate: !reducedMotion() });
      });
    }
    return bar;
  },
});

/** Which territory is drawn: none, by which method, and how far a place may speak for the land around it. */
export const LandControl = L.Control.extend({
  options: { position: "topleft" },
  initialize(atlas) {
    this.atlas = atlas;
  },
  onAdd() {
    const { atlas } = this,
      box = L.DomUtil.create("details", "leaflet-bar atlas-land"),
      [usual, usualKm] = ["nearest", "20"];
    box.dir = direction();
    const add = (parent, tag, text = "") => {
      const node = parent.appendChild(document.createElement(tag));
      node.textContent = text;
      return node;
    };
    add(box, "summary", t("Territory")).title = t("How territory is drawn");
    const parts = () => (atlas.land && atlas.land !== "off" ? atlas.land.split("-") : [usual, usualKm]);
    const chooser = (label, options) => {
      const line = add(box, "label", label),
        select = add(line, "select");
      for (const [value, words] of options) add(select, "option", words).value = value;
      return select;
    };
    const methods = chooser(t("Land is held by"), [
      ["nearest", t("the nearest place")],
      ["weighted", t("the 8 nearest, weighted")],
      ["off", t("nobody: do not draw it")],
    ]);
    const limits = chooser(
      t("A place speaks for"),
      ["10", "20", "30"].map((km) => [km, t("{km} km around", { km })]),
    );
    const note = add(box, "p");
    const say = () => {
      const { territory, land } = atlas;
      [methods.value, limits.value] = land === "off" ? [land, usualKm] : parts();
      limits.disabled = land === "off";
      note.textContent = territory
        ? tn(
            "An estimate from {n} place, not a survey. Grey: no place near. Outlines: {origin}.",
            "An estimate from {n} places, not a survey. Grey: no place near. Outlines: {origin}.",
            territory.placesCount,
            { origin: territory.origin },
          )
        : t("An estimate from places, not a survey.");
    };
    const choose = () => {
      const wanted = `${methods.value}-${limits.value}`;
      atlas.setLand(methods.value === "off" ? "off" : wanted === `${usual}-${usualKm}` ? "" : wanted);
    };
    for (const select of [methods, limits]) select.addEventListener("change", choose);
    say();
    this.off = atlas.on("territory", say);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return box;
  },
  onRemove() {
    this.off();
  },
});

/** Leaflet's own two buttons, in the language of the page. */
export function nameZoom({ zoomControl }) {
  if (!zoomControl) return; // the second of a pair goes along with the first
  for (const [button, title] of [
    [zoomControl._zoomInButton, t("Zoom in")],
    [zoomControl._zoomOutButton, t("Zoom out")],
  ]) {
    button.title = title;
    button.setAttribute("aria-label", title);
  }
}
