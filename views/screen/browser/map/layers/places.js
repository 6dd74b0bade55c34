// All places on one canvas. A change of date repaints only the cells of a grid in which something shows differently.

import { Grid } from "../../drawing/grid.js";
import { eastOf, southOf } from "../../drawing/mercator.js";
import { Sprites, lookOf } from "../../drawing/sprites.js";
import { SINGLES } from "../../drawing/symbols.js";
import { CanvasLayer } from "./canvas.js";
import { Crowds } from "./crowds.js";

const SYMBOL_RADIUS = [0, 7.5, 6.5, 5.5]; // by rank
const OUTSIDE = 0.8; // how large a symbol is outside the province that the page is about
const HIT_PX = 14;
const CELL_PX = 48;
const RING_REACH_PX = 19; // a symbol with the ring of a change reaches no farther
const SLICE_MS = 8;

export const PlacesLayer = CanvasLayer.extend({
  initialize(atlas) {
    CanvasLayer.prototype.initialize.call(this, "places");
    const { longitude, latitude } = atlas.payload.places;
    this.atlas = atlas;
    this.radius = SYMBOL_RADIUS;
    this.sprites = new Sprites(atlas.payload);
    this.grid = new Grid(Float64Array.from(longitude, eastOf), Float64Array.from(latitude, southOf), CELL_PX);
  },

  _initContainer() {
    CanvasLayer.prototype._initContainer.call(this);
    this._container.setAttribute("role", "img");
  },

  onRemove() {
    cancelAnimationFrame(this.slice);
    CanvasLayer.prototype.onRemove.call(this);
  },

  _update() {
    const moving = this._map._animatingZoom && this._bounds;
    if (!moving && this.grid.visible > SINGLES) this.before = this.pictureNow();
    CanvasLayer.prototype._update.call(this);
  },

  paint() {
    cancelAnimationFrame(this.slice);
    this.sprites.at(this.scale);
    this.project();
    if (this.grid.visible <= SINGLES) this.drawAll();
    else this.drawInSlices();
    this.before = null;
  },

  pictureNow() {
    const canvas = document.createElement("canvas");
    canvas.width = this._container.width;
    canvas.height = this._container.height;
    canvas.getContext("2d").drawImage(this._container, 0, 0);
    return { canvas, origin: this.origin, zoomed: this.zoomed };
  },

  /** Take the canvas as it lies over the world, and see which places have a symbol of their own there. */
  project() {
    const { atlas, grid, _map: map } = this;
    this.zoomed = 256 * 2 ** map.getZoom();
    this.origin = map.getPixelOrigin().add(this._bounds.min);
    grid.lay(this.origin, this._bounds.getSize(), this.zoomed);
    this.crowds = new Crowds(atlas, grid, grid.visible <= SINGLES || map.getZoom() >= map.getMaxZoom());
    // Major ones come on top; among equals the southern one, as on paper.
    const { rank } = atlas.payload.places,
      { y } = grid;
    this.order = Array.from(grid.inSight).filter((i) => !this.crowds.has(i));
    this.order.sort((a, b) => rank[b] - rank[a] || y[a] - y[b] || a - b);
    this.position = new Int32Array(y.length).fill(-1);
    this.order.forEach((i, k) => (this.position[i] = k));
  },

  // -- drawing --------------------------------------------------------------------------------------------------------------------

  drawAll() {
    if (!this.order) return;
    cancelAnimationFrame(this.slice);
    this.waiting = [];
    this._context.clearRect(0, 0, this._container.width, this._container.height);
    for (const cell of this.crowds.symbols.keys()) this.stampCrowd(cell);
    for (const i of this.order) this.stamp(i);
    this.stampChosen();
  },

  /** Row by row of the grid, from the middle, in turns with the browser; the picture before stands until a row's turn comes. */
  drawInSlices() {
    if (this.before) {
      const { canvas, origin, zoomed } = this.before,
        by = this.zoomed / zoomed,
        { scale } = this;
      const left = (origin.x * by - this.origin.x) * scale,
        top = (origin.y * by - this.origin.y) * scale;
      this._context.drawImage(canvas, left, top, canvas.width * by, canvas.height * by);
    }
    const { rows, columns } = this.grid,
      middle = rows >> 1,
      waiting = Array.from({ length: rows }, (_, row) => row);
    this.waiting = waiting;
    waiting.sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    const turn = () => {
      const start = performance.now();
      while (waiting.length && performance.now() - start < SLICE_MS) {
        const first = waiting.pop() * columns;
        this.drawCells(Array.from({ length: columns }, (_, column) => first + column));
      }
      if (waiting.length) this.slice = requestAnimationFrame(turn);
    };
    turn();
  },

  /** Every state may look different now: another view, or other events. */
  renew() {
    if (!this.order) return;
    this.crowds.renew();
    this.drawAll();
  },

  /** Repaint the places that changed, of which `was` gives the states before, and those that have a ring or have none now. */
  redraw(changed, was, ringed) {
    if (!this.order) return;
    const { atlas, grid, crowds } = this,
      dirty = new Set(),
      stale = new Set();
    const touch = (i) => {
      for (const x of [grid.x[i] - RING_REACH_PX, grid.x[i] + RING_REACH_PX])
        for (const y of [grid.y[i] - RING_REACH_PX, grid.y[i] + RING_REACH_PX]) dirty.add(grid.cell(x, y));
    };
    const note = (i, count) => {
      if (grid.cellOf[i] < 0) return;
      if (!crowds.has(i) || i === atlas.place) touch(i);
      if (!crowds.has(i)) return;
      stale.add(grid.cellOf[i]);
      count();
    };
    changed.forEach((i, k) => note(i, () => crowds.turned(i, was[k])));
    ringed.forEach((i) => note(i, () => crowds.ringed(i)));
    for (const cell of stale) if (crowds.update(cell)) dirty.add(cell);
    if (!dirty.size) return;
    if (dirty.size > 0.5 * grid.count) this.drawAll();
    else this.drawCells(dirty);
  },

  /** Another place was chosen: in a crowd it has a symbol of its own. */
  choose(before, now) {
    const hidden = [before, now].filter((i) => i >= 0 && this.crowds.has(i));
    if (hidden.length) this.drawCells(new Set(hidden.flatMap((i) => this.grid.near(this.grid.cellOf[i]))));
  },

  /** Clear some cells and stamp whatever reaches into them. */
  drawCells(cells) {
    const context = this._context,
      { scale, grid, crowds } = this,
      single = new Set();
    context.save();
    context.beginPath();
    for (const cell of cells) {
      const [left, top] = grid.corner(cell);
      // Whole pixels, so that neighbouring cells leave no seam.
      const x = Math.floor(left * scale),
        y = Math.floor(top * scale);
      context.rect(x, y, Math.floor((left + CELL_PX) * scale) - x, Math.floor((top + CELL_PX) * scale) - y);
      for (const near of grid.near(cell)) if (!crowds.crowded[near]) for (const i of grid.in(near)) single.add(i);
    }
    context.clip();
    context.clearRect(0, 0, this._container.width, this._container.height);
    for (const cell of cells) this.stampCrowd(cell);
    for (const i of [...single].sort((one, other) => this.position[one] - this.position[other])) this.stamp(i);
    this.stampChosen();
    context.restore();
  },

  stamp(i) {
    const { atlas, grid } = this,
      { rank } = atlas.payload.places,
      [holder, ...rest] = atlas.state(i);
    const radius = SYMBOL_RADIUS[rank[i]] * (atlas.included[i] ? 1 : OUTSIDE);
    this.copy(this.sprites.of(lookOf(holder, ...rest, atlas.included[i], atlas.ringed(i)), radius), grid.x[i], grid.y[i]);
  },

  stampChosen() {
    const i = this.atlas.place;
    if (i >= 0 && this.crowds.has(i)) this.stamp(i);
  },

  /** Stamp the symbols of a cell, if it is crowded. */
  stampCrowd(cell) {
    const [x, y] = this.grid.middle(cell);
    this.crowds.symbols
      .get(cell)
      ?.forEach(({ look, radius, dx, dy }, k) => this.copy(this.sprites.of(look, radius, k > 0), x + dx, y + dy));
  },

  copy(sprite, x, y) {
    this._context.drawImage(sprite, Math.round(x * this.scale - sprite.width / 2), Math.round(y * this.scale - sprite.height / 2));
  },

  // -- for names ------------------------------------------------------------------------------------------------------------------

  /** Symbols on the canvas: [x, y, radius]. */
  *symbols() {
    const { grid } = this,
      { rank } = this.atlas.payload.places;
    for (const i of this.order) yield [grid.x[i], grid.y[i], SYMBOL_RADIUS[rank[i]]];
    for (const [cell, symbols] of this.crowds.symbols) {
      const [x, y] = grid.middle(cell);
      for (const { radius, dx, dy } of symbols) yield [x + dx, y + dy, radius];
    }
  },

  /** Places that a name may stand beside: those with a symbol of their own, and cities. */
  nameable() {
    const { rank } = this.atlas.payload.places,
      hidden = this.grid.inSight.filter((i) => this.crowds.has(i));
    return [...this.order, ...hidden.filter((i) => rank[i] === 1 || i === this.atlas.place)];
  },

  // -- the pointer ----------------------------------------------------------------------------------------------------------------

  /** What is under a point of the map: { place }, of which major ones win; { crowd: its places, landmark, parties }; or null. */
  hit(layerPoint) {
    const { grid, crowds } = this,
      { rank } = this.atlas.payload.places;
    const x = layerPoint.x - this._bounds.min.x,
      y = layerPoint.y - this._bounds.min.y,
      cell = grid.cell(x, y);
    let best = -1,
      least = Infinity;
    for (const near of grid.near(cell)) {
      if (crowds.crowded[near]) continue;
      for (const i of grid.in(near)) {
        const distance = Math.hypot(grid.x[i] - x, grid.y[i] - y),
          score = distance + 2 * rank[i];
        if (distance > HIT_PX || score >= least) continue;
        least = score;
        best = i;
      }
    }
    if (best >= 0) return { place: best };
    if (!crowds.crowded[cell]) return null;
    return { crowd: grid.in(cell), landmark: crowds.landmark(cell), parties: crowds.parties(cell) };
  },
});
