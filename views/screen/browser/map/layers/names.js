// Names on the map, none over another nor over a symbol; and the ring around what is selected.

import { Rectangles } from "../../drawing/rectangles.js";
import { isEnglish, nameOf, placeName } from "../../language.js";
import { CanvasLayer } from "./canvas.js";

const FONT = "'Source Sans', 'Noto Sans', 'Segoe UI', system-ui, -apple-system, 'DejaVu Sans', 'Noto Sans Arabic', sans-serif";

/** Names of places and provinces and the ring around the selected place; drawn when the map rests, not at a change of date. */
export const NamesLayer = CanvasLayer.extend({
  initialize(places, base) {
    CanvasLayer.prototype.initialize.call(this, "names");
    this.places = places;
    this.atlas = places.atlas;
    this.base = base;
  },

  _initContainer() {
    CanvasLayer.prototype._initContainer.call(this);
    this._container.setAttribute("aria-hidden", "true");
  },

  paint() {
    this._context.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    this.draw();
  },

  draw() {
    const context = this._context,
      { payload } = this.atlas,
      { places } = payload,
      zoom = this._map.getZoom();
    const size = this._bounds.getSize(),
      origin = this._bounds.min;
    context.clearRect(0, 0, size.x, size.y);
    const free = this.blocked();
    this.selection();
    const chosen = this.atlas.place,
      ranks = places.rank;
    // First who matters most: the selected place, then by rank; a place outside the page's province has no name before zoom 9.
    const named = (i) =>
      i === chosen ||
      ((ranks[i] === 3 ? zoom >= 7.75 : ranks[i] === 2 ? zoom >= 6.75 : zoom >= 5.5) &&
        (this.atlas.included[i] || zoom >= 9 || ranks[i] === 1));
    const order = this.places.nameable().filter(named);
    order.sort((a, b) => Number(b === chosen) - Number(a === chosen) || ranks[a] - ranks[b] || a - b);
    const visible = this.view();
    for (const i of order) {
      const rank = ranks[i];
      const px = rank === 1 ? 14 : rank === 2 ? 13 : 12,
        weight = rank === 3 ? 500 : 700;
      this.name(i, px, weight, rank < 3 ? 2 : 1, free, visible);
    }
    for (const label of this.base.labels) {
      const { longitude, latitude, country } = label;
      if (!country && zoom < 6.5) continue;
      const point = this._map.latLngToLayerPoint([latitude, longitude]).subtract(origin);
      context.font = `${country ? 600 : 500} ${country ? 12 : 11}px ${FONT}`;
      context.letterSpacing = isEnglish() ? "1.6px" : "0px"; // letters of Arabic are joined
      const text = nameOf(label).toUpperCase(),
        width = context.measureText(text).width;
      const box = [point.x - width / 2, point.y - 8, point.x + width / 2, point.y + 8];
      if (!free.has(box) || box[0] < visible[0] || box[2] > visible[2]) continue;
      this.write(text, box[0], point.y, payload.colours.muted, "rgba(244,242,236,.75)");
      context.letterSpacing = "0px";
    }
    context.letterSpacing = "0px";
  },

  /** Part of the canvas that the map's window shows: [left, top, right, bottom]. */
  view() {
    const min = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min),
      size = this._map.getSize();
    return [min.x + 2, min.y + 2, min.x + size.x - 2, min.y + size.y - 2];
  },

  /** Rectangles that names must not cover: the symbols and the map's own furniture. */
  blocked() {
    const taken = new Rectangles(),
      origin = this.view(),
      corner = this._map.getContainer().getBoundingClientRect();
    for (const [x, y, radius] of this.places.symbols()) taken.take([x - radius - 1, y - radius - 1, x + radius + 1, y + radius + 1]);
    // Of all maps in the frame: where two lie on each other their names must not jump at the divider.
    for (const node of document.querySelectorAll(".leaflet-control")) {
      const a = node.getBoundingClientRect(),
        left = origin[0] + a.left - corner.left,
        top = origin[1] + a.top - corner.top;
      taken.take([left - 4, top - 4, left + a.width + 4, top + a.height + 4]);
    }
    return taken;
  },

  name(i, px, weight, scripts, free, visible) {
    const { places } = this.atlas.payload,
      context = this._context,
      x = this.places.grid.x[i],
      y = this.places.grid.y[i];
    const reach = this.places.radius[places.rank[i]] + (this.atlas.series.fought[i] || i === this.atlas.place ? 8 : 4);
    const own = placeName(places, i),
      both = `${places.name[i]}  \u2067${places.name_ar[i]}\u2069`;
    for (const text of scripts > 1 && places.name_ar[i] && isEnglish() ? [both, own] : [own]) {
      context.font = `${weight} ${px}px ${FONT}`;
      const w = context.measureText(text).width,
        h = px + 2;
      const spots = [
        [x + reach, y],
        [x - reach - w, y],
        [x - w / 2, y - reach - h / 2],
        [x - w / 2, y + reach + h / 2],
        [x + reach * 0.7, y - reach * 0.9 - 2],
        [x + reach * 0.7, y + reach * 0.9 + 2],
        [x - reach * 0.7 - w, y - reach * 0.9 - 2],
        [x - reach * 0.7 - w, y + reach * 0.9 + 2],
      ];
      for (const [left, middle] of spots) {
        const box = [left - 1, middle - h / 2, left + w + 1, middle + h / 2];
        if (box[0] < visible[0] || box[1] < visible[1] || box[2] > visible[2] || box[3] > visible[3] || !free.has(box)) continue;
        free.take(box);
        this.write(
          text,
          left,
          middle,
          this.atlas.included[i] ? this.atlas.payload.colours.ink : this.atlas.payload.colours.muted,
          "rgba(250,248,243,.92)",
        );
        return;
      }
    }
  },

  write(text, x, y, colour, halo) {
    const context = this._context;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = halo;
    context.lineWidth = 3.4;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  },

  selection() {
    const { atlas, _context: context } = this;
    let x, y;
    if (atlas.place >= 0) [x, y] = [this.places.grid.x[atlas.place], this.places.grid.y[atlas.place]];
    else if (atlas.visitor) {
      const point = this._map.latLngToLayerPoint([atlas.visitor.latitude, atlas.visitor.longitude]).subtract(this._bounds.min);
      [x, y] = [point.x, point.y];
    } else return;
    for (const [colour, width] of [
      ["#FFFFFF", 6],
      ["#1D5E8C", 3],
    ]) {
      context.beginPath();
      context.arc(x, y, 14, 0, 2 * Math.PI);
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke();
    }
  },
});
