// Territory under the places: land around each place in the colour of whoever holds it, repainted as the date moves.
//
// The shapes come once, as cells around places; a change of date repaints only the cells whose state changed and their neighbours.

import { Paints } from "../../drawing/paints.js";
import { mix } from "../../drawing/patterns.js";
import { CanvasLayer } from "./canvas.js";

const TURN_MS = 6; // of a frame; land that needs longer follows the places in the next frames
const BATCH = 60;

export const TerritoryLayer = CanvasLayer.extend({
  initialize(atlas) {
    CanvasLayer.prototype.initialize.call(this, "territory");
    this.atlas = atlas;
  },

  _initContainer() {
    CanvasLayer.prototype._initContainer.call(this);
    this._container.setAttribute("aria-hidden", "true");
  },

  /** Draw all again, for other shapes or another view. */
  renew() {
    this.paths = null;
    this.drawAll();
  },

  paint() {
    this.paths = null;
    this.paints = new Paints(this._context, this.atlas, this.scale);
    this.drawAll();
  },

  /** Paths of all cells and borders at the present zoom, made when they are first needed. */
  project() {
    const { territory } = this.atlas,
      { scale } = this,
      origin = this._map.getPixelOrigin().add(this._bounds.min);
    const size = 256 * 2 ** this._map.getZoom() * scale,
      left = origin.x * scale,
      top = origin.y * scale;
    // Shapes come in parts of the Mercator square, so that a zoom is one multiplication a corner.
    const trace = (path, from, to, { x, y }) => {
      path.moveTo(x[from] * size - left, y[from] * size - top);
      for (let k = from + 1; k < to; k++) path.lineTo(x[k] * size - left, y[k] * size - top);
    };
    const width = this._container.width,
      height = this._container.height,
      { pieces, borders } = territory;
    this.paths = pieces.firstOfSite.map(() => null);
    this.outside = new Path2D();
    for (let piece = 0; piece < pieces.site.length; piece++) {
      const bounds = pieces.bounds,
        at = 4 * piece;
      if (
        bounds[at + 2] * size - left < 0 ||
        bounds[at] * size - left > width ||
        bounds[at + 3] * size - top < 0 ||
        bounds[at + 1] * size - top > height
      )
        continue;
      const site = pieces.site[piece],
        path = site < 0 ? this.outside : (this.paths[site] ??= new Path2D());
      for (let ring = pieces.firstRing[piece]; ring < pieces.firstRing[piece + 1]; ring++) {
        trace(path, pieces.firstPoint[ring], pieces.firstPoint[ring + 1], pieces);
        path.closePath();
      }
    }
    this.borderPaths = borders.one.map((_, k) => {
      if (!this.paths[borders.one[k]] && !this.paths[borders.other[k]]) return null;
      const path = new Path2D();
      trace(path, borders.firstPoint[k], borders.firstPoint[k + 1], borders);
      return path;
    });
  },

  onRemove() {
    cancelAnimationFrame(this.turn);
    CanvasLayer.prototype.onRemove.call(this);
  },

  drawAll() {
    const { atlas, _context: context } = this;
    this.waiting = new Set(); // sites that changed and are still to be drawn
    context.clearRect(0, 0, this._container.width, this._container.height);
    if (!this.shown()) return;
    if (!this.paths) this.project();
    context.globalAlpha = 0.16; // the rivers under it stay to be seen
    context.fillStyle = "#8E8A83";
    context.fill(this.outside, "evenodd");
    context.globalAlpha = 1;
    this.cells(atlas.territory.sites);
    this.lines(atlas.territory.borders.one.keys());
  },

  shown() {
    return Boolean(this.atlas.territory) && this.atlas.land !== "off" && Boolean(this._bounds);
  },

  /** Repaint the cells of sites that changed, and the borders around them; many of them in turns with the browser. */
  redraw(sites) {
    if (!this.shown()) return;
    if (!this.paths) this.project();
    for (const site of sites) this.waiting.add(site);
    cancelAnimationFrame(this.turn);
    const start = performance.now();
    while (this.waiting.size && performance.now() - start < TURN_MS) {
      const batch = Array.from(this.waiting).slice(0, BATCH);
      batch.forEach((site) => this.waiting.delete(site));
      this.renewCells(batch);
    }
    if (this.waiting.size) this.turn = requestAnimationFrame(() => this.redraw([]));
  },

  renewCells(sites) {
    const { territory } = this.atlas;
    const around = new Set(sites),
      borders = new Set();
    for (const site of sites)
      for (const k of territory.bordersOf(site)) around.add(territory.borders.one[k]).add(territory.borders.other[k]);
    for (const site of around) for (const k of territory.bordersOf(site)) borders.add(k);
    this.cells(around);
    this.lines(borders);
  },

  cells(sites) {
    const { atlas, _context: context, scale } = this;
    context.lineWidth = 0.8 * scale; // hides the seam between cells of one colour
    context.lineJoin = "round";
    for (const site of sites) {
      const path = this.paths[site];
      if (!path) continue;
      const paint = this.paints.of(atlas.territory.code(site));
      context.fillStyle = context.strokeStyle = paint;
      context.fill(path, "evenodd");
      context.stroke(path);
    }
  },

  /** Borders between cells: a front between two holders, a broken line around what is contested or besieged. */
  lines(borders) {
    const { atlas, _context: context, scale } = this,
      { states, colours } = atlas.payload,
      { territory } = atlas;
    context.lineCap = "round";
    for (const k of borders) {
      const path = this.borderPaths[k];
      if (!path) continue;
      const one = states[territory.code(territory.borders.one[k])],
        other = states[territory.code(territory.borders.other[k])];
      const front = one[0] !== other[0] && one[0] >= 0 && other[0] >= 0;
      if (front) {
        context.setLineDash([]);
        context.strokeStyle = colours.ink;
        context.lineWidth = 1.6 * scale;
        context.stroke(path);
      } else if (one[1] !== other[1] || one[0] !== other[0]) {
        context.setLineDash([3 * scale, 4 * scale]);
        context.strokeStyle = mix(colours.ink, colours.land, 0.45);
        context.lineWidth = scale;
        context.stroke(path);
      }
      if (one[2] !== other[2]) {
        context.setLineDash([]);
        context.strokeStyle = "#FFFFFF";
        context.lineWidth = 3.4 * scale;
        context.stroke(path);
        context.strokeStyle = colours.ink;
        context.lineWidth = 2 * scale;
        context.stroke(path);
      }
    }
    context.setLineDash([]);
  },
});
