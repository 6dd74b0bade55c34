// All places on one canvas. A change of date repaints only the cells of a grid in which something shows differently.
//
// Where places crowd, a cell of the grid shows one symbol a party instead of one a place: the largest in the middle, every other party
// around it and on top, however few its places are, so that none is ever hidden by another.

import { SINGLES, trace } from "../drawing/shapes.js";

const SYMBOL_RADIUS = [0, 7.5, 6.5, 5.5]; // by rank
const HIT_PX = 14;
const CELL_PX = 48;
const REACH_PX = 16; // a symbol with its ring reaches no farther
const RING_REACH_PX = 19; // nor with the ring of a change
const CROWD = 4; // up to so many places in a cell each has a symbol of its own
const SLICE_MS = 8;
const ORBIT_PX = 15; // of the smaller parties of a crowd around the largest
const CHANGE = "#1D5E8C";

/** What a symbol says, as one number. */
function lookOf(holder, contested, besieged, fading, flagged, included, ringed) {
  return [contested, besieged, fading, flagged, included, ringed].reduce((number, flag) => number * 2 + (flag ? 1 : 0), holder + 1);
}

/** The class of the layer; `CanvasLayer` is Leaflet's renderer with a canvas of its own. */
export function placesLayer(CanvasLayer) {
  return CanvasLayer.extend({
    initialize(atlas) {
      CanvasLayer.prototype.initialize.call(this, "places");
      this.atlas = atlas;
      this.radius = SYMBOL_RADIUS;
      this.sprites = new Map();
      this.mercator(atlas.payload.places);
    },

    _initContainer() {
      CanvasLayer.prototype._initContainer.call(this);
      this._container.setAttribute("role", "img");
    },

    onRemove() {
      cancelAnimationFrame(this.slice);
      CanvasLayer.prototype.onRemove.call(this);
    },

    /** Positions in the square of web Mercator, 0 to 1, computed once. */
    mercator({ longitude, latitude }) {
      this.east = Float64Array.from(longitude, (value) => value / 360 + 0.5);
      this.south = Float64Array.from(latitude, (value) => {
        const sine = Math.sin((value * Math.PI) / 180);
        return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
      });
      this.x = new Float32Array(longitude.length);
      this.y = new Float32Array(longitude.length);
      this.cellOf = new Int32Array(longitude.length); // -1 outside the canvas
      this.members = new Uint32Array(longitude.length); // of cell 0, then of cell 1 ...
    },

    _update() {
      const moving = this._map._animatingZoom && this._bounds;
      if (!moving && this.visible > SINGLES) this.before = this.pictureNow();
      CanvasLayer.prototype._update.call(this);
    },

    paint() {
      cancelAnimationFrame(this.slice);
      this.project();
      if (this.visible <= SINGLES) this.drawAll();
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

    /** Positions of all places in canvas pixels, and a grid over them that does not move when the map is moved. */
    project() {
      const { atlas, _map: map, x, y, east, south, cellOf } = this,
        size = this._bounds.getSize(),
        n = x.length;
      const scale = 256 * 2 ** map.getZoom(),
        origin = map.getPixelOrigin().add(this._bounds.min);
      this.origin = origin;
      this.zoomed = scale;
      this.left = -(((origin.x % CELL_PX) + CELL_PX) % CELL_PX) - CELL_PX; // a margin of one cell on all sides
      this.top = -(((origin.y % CELL_PX) + CELL_PX) % CELL_PX) - CELL_PX;
      this.columns = Math.ceil((size.x - this.left) / CELL_PX) + 1;
      this.rows = Math.ceil((size.y - this.top) / CELL_PX) + 1;
      const cells = this.columns * this.rows;
      this.start = new Uint32Array(cells + 1);
      this.visible = 0;
      for (let i = 0; i < n; i++) {
        x[i] = Math.round(east[i] * scale) - origin.x;
        y[i] = Math.round(south[i] * scale) - origin.y;
        const inside = x[i] >= -20 && y[i] >= -20 && x[i] <= size.x + 20 && y[i] <= size.y + 20;
        cellOf[i] = inside ? this.cell(x[i], y[i]) : -1;
        if (!inside) continue;
        this.start[cellOf[i] + 1]++;
        this.visible++;
      }
      for (let cell = 0; cell < cells; cell++) this.start[cell + 1] += this.start[cell];
      const next = this.start.slice();
      for (let i = 0; i < n; i++) if (cellOf[i] >= 0) this.members[next[cellOf[i]]++] = i;
      this.crowded = new Uint8Array(cells);
      const apart = this.visible <= SINGLES || map.getZoom() >= map.getMaxZoom();
      if (!apart) for (let cell = 0; cell < cells; cell++) this.crowded[cell] = Number(this.start[cell + 1] - this.start[cell] > CROWD);
      this.tally();
      this.crowds = new Map(); // by cell: the symbols it shows
      for (let cell = 0; cell < cells; cell++) if (this.crowded[cell]) this.crowds.set(cell, this.crowd(cell));
      // Places with a symbol of their own: major ones on top; among equals the southern one, as on paper.
      const { rank } = atlas.payload.places;
      this.order = Array.from(this.members.subarray(0, this.visible)).filter((i) => !this.crowded[cellOf[i]]);
      this.order.sort((a, b) => rank[b] - rank[a] || y[a] - y[b] || a - b);
      this.position = new Int32Array(n).fill(-1);
      this.order.forEach((i, k) => (this.position[i] = k));
    },

    /** Numbers of places in each crowd by state, those that the page is about apart; and of those with a ring. */
    tally() {
      const { atlas, cellOf } = this;
      this.kinds = 2 * atlas.payload.states.length;
      this.counts = new Uint32Array(this.crowded.length * this.kinds);
      this.rings = new Uint32Array(this.crowded.length);
      for (const i of this.members.subarray(0, this.visible)) {
        if (!this.crowded[cellOf[i]]) continue;
        this.counts[this.kind(i, atlas.codes[i])]++;
        if (atlas.ringed(i)) this.rings[cellOf[i]]++;
      }
    },

    kind(i, code) {
      return this.cellOf[i] * this.kinds + 2 * code + this.atlas.included[i];
    },

    cell(x, y) {
      return Math.floor((x - this.left) / CELL_PX) + Math.floor((y - this.top) / CELL_PX) * this.columns;
    },

    /** The cell of a point and its neighbours. */
    near(cell) {
      const { columns } = this,
        cells = [];
      for (const row of [-columns, 0, columns]) for (const column of [-1, 0, 1]) cells.push(cell + row + column);
      return cells.filter((one) => one >= 0 && one < this.crowded.length);
    },

    in(cell) {
      return this.members.subarray(this.start[cell], this.start[cell + 1]);
    },

    // -- drawing ------------------------------------------------------------------------------------------------------------------

    drawAll() {
      if (!this.order) return;
      cancelAnimationFrame(this.slice);
      this.waiting = [];
      this._context.clearRect(0, 0, this._container.width, this._container.height);
      for (const [cell, symbols] of this.crowds) this.stampCrowd(cell, symbols);
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
      const middle = this.rows >> 1,
        waiting = Array.from({ length: this.rows }, (_, row) => row);
      this.waiting = waiting;
      waiting.sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
      const turn = () => {
        const start = performance.now();
        while (waiting.length && performance.now() - start < SLICE_MS) {
          const first = waiting.pop() * this.columns;
          this.drawCells(Array.from({ length: this.columns }, (_, column) => first + column));
        }
        if (waiting.length) this.slice = requestAnimationFrame(turn);
      };
      turn();
    },

    /** Every state may look different now: another view, or other events. */
    renew() {
      if (!this.order) return;
      this.tally();
      for (const cell of this.crowds.keys()) this.crowds.set(cell, this.crowd(cell));
      this.drawAll();
    },

    /** Repaint the places that changed, of which `was` gives the states before, and those that have a ring or have none now. */
    redraw(changed, was, ringed) {
      if (!this.order) return;
      const { atlas, cellOf } = this,
        dirty = new Set(),
        crowds = new Set();
      const touch = (i) => {
        for (const x of [this.x[i] - RING_REACH_PX, this.x[i] + RING_REACH_PX])
          for (const y of [this.y[i] - RING_REACH_PX, this.y[i] + RING_REACH_PX]) dirty.add(this.cell(x, y));
      };
      const note = (i, count) => {
        const cell = cellOf[i];
        if (cell < 0) return;
        if (!this.crowded[cell] || i === atlas.place) touch(i);
        if (!this.crowded[cell]) return;
        crowds.add(cell);
        count(cell);
      };
      changed.forEach((i, k) =>
        note(i, () => {
          this.counts[this.kind(i, was[k])]--;
          this.counts[this.kind(i, atlas.codes[i])]++;
        }),
      );
      ringed.forEach((i) => note(i, (cell) => (this.rings[cell] += atlas.ringed(i) ? 1 : -1)));
      for (const cell of crowds) {
        const symbols = this.crowd(cell);
        if (symbols.key !== this.crowds.get(cell).key) dirty.add(cell);
        this.crowds.set(cell, symbols);
      }
      if (!dirty.size) return;
      if (dirty.size > 0.5 * this.crowded.length) this.drawAll();
      else this.drawCells(dirty);
    },

    /** Another place was chosen: in a crowd it has a symbol of its own. */
    choose(before, now) {
      const cells = [before, now].filter((i) => i >= 0 && this.cellOf[i] >= 0 && this.crowded[this.cellOf[i]]);
      if (cells.length) this.drawCells(new Set(cells.flatMap((i) => this.near(this.cellOf[i]))));
    },

    /** Clear some cells and stamp whatever reaches into them. */
    drawCells(cells) {
      const context = this._context,
        { scale, columns } = this,
        single = new Set();
      context.save();
      context.beginPath();
      for (const cell of cells) {
        const left = this.left + (cell % columns) * CELL_PX,
          top = this.top + Math.floor(cell / columns) * CELL_PX;
        // Whole pixels, so that neighbouring cells leave no seam.
        const x = Math.floor(left * scale),
          y = Math.floor(top * scale);
        context.rect(x, y, Math.floor((left + CELL_PX) * scale) - x, Math.floor((top + CELL_PX) * scale) - y);
        for (const near of this.near(cell)) if (!this.crowded[near]) for (const i of this.in(near)) single.add(i);
      }
      context.clip();
      context.clearRect(0, 0, this._container.width, this._container.height);
      for (const cell of cells) if (this.crowds.has(cell)) this.stampCrowd(cell, this.crowds.get(cell));
      for (const i of [...single].sort((one, other) => this.position[one] - this.position[other])) this.stamp(i);
      this.stampChosen();
      context.restore();
    },

    // -- one place ----------------------------------------------------------------------------------------------------------------

    stamp(i) {
      const { atlas } = this,
        { rank } = atlas.payload.places,
        [holder, ...rest] = atlas.state(i);
      const radius = SYMBOL_RADIUS[rank[i]] * (atlas.included[i] ? 1 : 0.8);
      this.copy(this.sprite(lookOf(holder, ...rest, atlas.included[i], atlas.ringed(i)), radius), this.x[i], this.y[i]);
    },

    stampChosen() {
      const i = this.atlas.place;
      if (i >= 0 && this.cellOf[i] >= 0 && this.crowded[this.cellOf[i]]) this.stamp(i);
    },

    copy(sprite, x, y) {
      this._context.drawImage(sprite, Math.round(x * this.scale - sprite.width / 2), Math.round(y * this.scale - sprite.height / 2));
    },

    /** A symbol drawn once for each look and size, copied from then on; the rings of a small one lie closer. */
    sprite(look, radius, small = 0) {
      const key = `${look}/${radius}/${small}`;
      if (this.scaleOfSprites !== this.scale) this.sprites.clear();
      this.scaleOfSprites = this.scale;
      if (!this.sprites.has(key)) this.sprites.set(key, this.drawn(look, radius, small));
      return this.sprites.get(key);
    },

    drawn(look, radius, small) {
      const { payload } = this.atlas,
        holder = (look >> 6) - 1,
        style = holder < 0 ? payload.unknown : payload.parties[holder];
      const [contested, besieged, fading, flagged, included, ringed] = [32, 16, 8, 4, 2, 1].map((bit) => look & bit);
      const gap = small ? 2.6 : 4.5,
        line = small ? 0.7 : 1;
      const half = ringed
        ? Math.ceil(radius) + 12
        : contested || besieged
          ? Math.max(REACH_PX, Math.ceil(radius) + 7)
          : Math.ceil(radius * 1.2) + 2;
      const canvas = document.createElement("canvas"),
        context = canvas.getContext("2d");
      canvas.width = canvas.height = 2 * half * this.scale;
      context.scale(this.scale, this.scale);
      context.lineJoin = "round";
      context.globalAlpha = included ? 1 : 0.45;
      const circle = (by, colour, width, dashed = false) => {
        context.beginPath();
        context.arc(half, half, radius + by, 0, 2 * Math.PI);
        context.setLineDash(dashed ? [3.2, 2.6] : []);
        context.strokeStyle = colour;
        context.lineWidth = width * line;
        context.stroke();
        context.setLineDash([]);
      };
      if (contested || besieged) {
        circle(gap, "rgba(255,255,255,.9)", 4);
        circle(gap, payload.colours.ink, 1.7, contested && !besieged);
      }
      if (contested && besieged) circle(gap, payload.colours.contested, 1.7, true);
      if (ringed) {
        circle(8.5, "rgba(255,255,255,.9)", 4.5);
        circle(8.5, CHANGE, 2.5);
      }
      const shape = (colour, width) => {
        trace(context, style.symbol, half, half, radius);
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.stroke();
      };
      shape(style.edge === "#FFFFFF" || holder < 0 ? "#FFFFFF" : style.edge, 3);
      if (style.edge !== "#FFFFFF" && holder >= 0) shape("#FFFFFF", 1);
      trace(context, style.symbol, half, half, radius);
      context.fillStyle = flagged || fading ? "#FFFFFF" : style.colour;
      context.fill();
      if (fading) {
        context.globalAlpha *= 0.4;
        context.fillStyle = style.colour;
        context.fill();
        context.globalAlpha /= 0.4;
      }
      if (flagged || fading) {
        trace(context, style.symbol, half, half, radius - 0.6);
        context.strokeStyle = style.edge === "#FFFFFF" ? style.colour : style.edge;
        context.lineWidth = 2.2;
        context.stroke();
      }
      if (holder < 0) shape(style.edge, 1);
      return canvas;
    },

    // -- a crowd ------------------------------------------------------------------------------------------------------------------

    /** Parties of a crowd, most places first: { holder, count, and what its symbol says }. */
    parties(cell) {
      const { states } = this.atlas.payload,
        found = new Map();
      for (let kind = 0; kind < this.kinds; kind++) {
        const count = this.counts[cell * this.kinds + kind];
        if (!count) continue;
        const [holder, contested, besieged, fading, flagged] = states[kind >> 1];
        const party = found.get(holder) ?? { holder, count: 0, contested: 0, besieged: 0, fading: 0, flagged: 0, included: 0 };
        found.set(holder, party);
        party.count += count;
        party.contested += contested * count;
        party.besieged += besieged * count;
        party.fading += fading * count;
        party.flagged += flagged * count;
        party.included |= kind & 1;
      }
      return [...found.values()].sort((a, b) => b.count - a.count || a.holder - b.holder);
    },

    /** The symbols of a crowd, and a key that tells whether anything shows differently. */
    crowd(cell) {
      const all = this.parties(cell),
        turn = (2 * Math.PI) / (this.atlas.payload.parties.length + 1);
      const symbols = all.map(({ holder, count, contested, besieged, fading, flagged, included }, k) => {
        const radius = k === 0 ? Math.min(10, 4 + Math.log2(count)) : Math.min(5.5, 3 + Math.log2(count) / 2);
        // Fighting anywhere in the crowd shows; a weak or unsure holder where that is so of most of its places.
        const said = lookOf(holder, contested, besieged, 2 * fading > count, 2 * flagged > count, included, k === 0 && this.rings[cell]);
        const angle = turn * (holder + 1); // a party's place in the orbit is always the same
        const [dx, dy] = k === 0 ? [0, 0] : [ORBIT_PX * Math.sin(angle), -ORBIT_PX * Math.cos(angle)];
        return { look: said, radius: Math.round(2 * radius) / 2, dx, dy };
      });
      return Object.assign(symbols, { key: symbols.map((symbol) => `${symbol.look}:${symbol.radius}`).join() });
    },

    stampCrowd(cell, symbols) {
      const [x, y] = this.middle(cell);
      symbols.forEach(({ look, radius, dx, dy }, k) => this.copy(this.sprite(look, radius, k > 0), x + dx, y + dy));
    },

    middle(cell) {
      return [this.left + ((cell % this.columns) + 0.5) * CELL_PX, this.top + (Math.floor(cell / this.columns) + 0.5) * CELL_PX];
    },

    /** Symbols on the canvas: [x, y, radius]. */
    *symbols() {
      const { rank } = this.atlas.payload.places;
      for (const i of this.order) yield [this.x[i], this.y[i], SYMBOL_RADIUS[rank[i]]];
      for (const [cell, symbols] of this.crowds) {
        const [x, y] = this.middle(cell);
        for (const { radius, dx, dy } of symbols) yield [x + dx, y + dy, radius];
      }
    },

    /** Places that a name may stand beside: those with a symbol of their own, and cities. */
    nameable() {
      const { rank } = this.atlas.payload.places,
        cities = this.members.subarray(0, this.visible);
      return [...this.order, ...cities.filter((i) => this.crowded[this.cellOf[i]] && (rank[i] === 1 || i === this.atlas.place))];
    },

    /** The best known place of a crowd. */
    landmark(places) {
      const { rank } = this.atlas.payload.places;
      return places.reduce((best, i) => (rank[i] < rank[best] ? i : best), places[0]);
    },

    // -- the pointer --------------------------------------------------------------------------------------------------------------

    /** What is under a point of the map: { place }, of which major ones win; { crowd: its places }; or null. */
    hit(layerPoint) {
      const x = layerPoint.x - this._bounds.min.x,
        y = layerPoint.y - this._bounds.min.y,
        cell = this.cell(x, y);
      const { rank } = this.atlas.payload.places;
      let best = -1,
        least = Infinity;
      for (const near of this.near(cell)) {
        if (this.crowded[near]) continue;
        for (const i of this.in(near)) {
          const distance = Math.hypot(this.x[i] - x, this.y[i] - y),
            score = distance + 2 * rank[i];
          if (distance > HIT_PX || score >= least) continue;
          least = score;
          best = i;
        }
      }
      if (best >= 0) return { place: best };
      if (!this.crowded[cell]) return null;
      const crowd = this.in(cell);
      return { crowd, landmark: this.landmark(crowd), parties: this.parties(cell) };
    },
  });
}
