// The map's drawing, inside the map's iframe: base map, places as party symbols, names, the date chip.
//
// A classic script, since the map component loads it as one. Leaflet is L. The data and the date come from the page's atlas.
"use strict";

(() => {
  const SYMBOL_RADIUS = [0, 7.5, 6.5, 5.5]; // by rank
  const HIT_PX = 14;
  const CELL_PX = 48;
  const ROWS_BEFORE = 1024; // keeps the row of a cell positive in its key
  const REACH_PX = 16; // a symbol with its ring reaches no farther

  /** A canvas that moves and zooms with the map; what it shows is `paint`, called when the map has come to rest. */
  const CanvasLayer = L.Renderer.extend({
    initialize(pane) {
      L.Renderer.prototype.initialize.call(this, { pane, padding: 0.15 });
      this._layers = {}; // Leaflet's renderers keep vectors there; this one has none
    },

    _initContainer() {
      this._container = L.DomUtil.create("canvas", `atlas-${this.options.pane}`);
      this._context = this._container.getContext("2d");
    },

    _destroyContainer() {
      L.DomUtil.remove(this._container);
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize(), scale = devicePixelRatio || 1, canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = scale * size.x;
      canvas.height = scale * size.y;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      this.scale = scale;
      this.paint();
    },
  });

  /** All places on one canvas: a change of date repaints only the places that changed and what overlaps them. */
  const PlacesLayer = CanvasLayer.extend({
    initialize(atlas) {
      CanvasLayer.prototype.initialize.call(this, "places");
      this.atlas = atlas;
      this.sprites = new Map();
    },

    _initContainer() {
      CanvasLayer.prototype._initContainer.call(this);
      this._container.setAttribute("role", "img");
    },

    paint() {
      this.project();
      this.drawAll();
    },

    /** Positions of all places in canvas pixels, and a grid over them. */
    project() {
      const { atlas, _map: map } = this, { longitude, latitude, rank } = atlas.payload.places, origin = this._bounds.min;
      const n = longitude.length, size = this._bounds.getSize();
      this.x = new Float32Array(n);
      this.y = new Float32Array(n);
      this.grid = new Map();
      const order = [];
      for (let i = 0; i < n; i++) {
        const point = map.latLngToLayerPoint([latitude[i], longitude[i]]);
        this.x[i] = point.x - origin.x;
        this.y[i] = point.y - origin.y;
        if (this.x[i] < -20 || this.y[i] < -20 || this.x[i] > size.x + 20 || this.y[i] > size.y + 20) continue;
        order.push(i);
      }
      // Major places on top; among equals the southern one, as on paper.
      order.sort((a, b) => rank[b] - rank[a] || this.y[a] - this.y[b] || a - b);
      this.order = order;
      this.rankInOrder = new Int32Array(n).fill(-1);
      order.forEach((i, k) => {
        this.rankInOrder[i] = k;
        const cell = this.cell(this.x[i], this.y[i]);
        if (!this.grid.has(cell)) this.grid.set(cell, []);
        this.grid.get(cell).push(i);
      });
    },

    cell(x, y) {
      return Math.floor(x / CELL_PX) * 65536 + Math.floor(y / CELL_PX) + ROWS_BEFORE;
    },

    /** Places whose symbol can reach a square around a point. */
    around(x, y) {
      const found = [];
      for (let dx = -1; dx <= 1; dx++)
        for (let dy = -1; dy <= 1; dy++) {
          const here = this.grid.get(this.cell(x + dx * CELL_PX, y + dy * CELL_PX));
          if (here) found.push(...here);
        }
      return found;
    },

    drawAll() {
      if (!this.order) return;
      this._context.clearRect(0, 0, this._container.width, this._container.height);
      for (const i of this.order) this.stamp(i);
    },

    /** Repaint the places that changed: the cells of the grid they reach are cleared, and whatever reaches those is stamped again. */
    redraw(changed) {
      if (!this.order) return;
      const dirty = new Set();
      for (const i of changed) {
        if (this.rankInOrder[i] < 0) continue;
        for (const x of [this.x[i] - REACH_PX, this.x[i] + REACH_PX])
          for (const y of [this.y[i] - REACH_PX, this.y[i] + REACH_PX]) dirty.add(this.cell(x, y));
      }
      if (!dirty.size) return;
      if (dirty.size > 0.5 * this.grid.size) return this.drawAll();
      const context = this._context, { scale } = this, touched = new Set();
      context.save();
      context.beginPath();
      for (const cell of dirty) {
        const column = Math.floor(cell / 65536), row = (cell % 65536) - ROWS_BEFORE, edge = CELL_PX * scale;
        // Whole pixels, so that neighbouring cells leave no seam.
        const left = Math.floor(column * edge), top = Math.floor(row * edge);
        context.rect(left, top, Math.floor((column + 1) * edge) - left, Math.floor((row + 1) * edge) - top);
        for (let dx = -1; dx <= 1; dx++)
          for (let dy = -1; dy <= 1; dy++)
            for (const i of this.grid.get(cell + dx * 65536 + dy) ?? []) touched.add(i);
      }
      context.clip();
      context.clearRect(0, 0, this._container.width, this._container.height);
      for (const i of [...touched].sort((one, other) => this.rankInOrder[one] - this.rankInOrder[other])) this.stamp(i);
      context.restore();
    },

    stamp(i) {
      const sprite = this.sprite(this.atlas.codes[i], this.atlas.payload.places.rank[i], this.atlas.included[i]);
      this._context.drawImage(sprite, Math.round(this.x[i] * this.scale - sprite.width / 2), Math.round(this.y[i] * this.scale - sprite.height / 2));
    },

    /** A symbol drawn once for each state and size, copied from then on. */
    sprite(code, rank, included) {
      const key = `${code}/${rank}/${included}/${this.scale}`;
      if (this.sprites.has(key)) return this.sprites.get(key);
      const { payload, trace } = this.atlas, [holder, contested, besieged, fading, flagged] = payload.states[code];
      const style = holder < 0 ? payload.unknown : payload.parties[holder];
      const radius = SYMBOL_RADIUS[rank] * (included ? 1 : 0.8), half = contested || besieged ? REACH_PX : Math.ceil(radius * 1.2) + 2, canvas = document.createElement("canvas");
      canvas.width = canvas.height = 2 * half * this.scale;
      const context = canvas.getContext("2d");
      context.scale(this.scale, this.scale);
      context.lineJoin = "round";
      context.globalAlpha = included ? 1 : 0.45;
      if (contested || besieged) {
        for (const [colour, width] of [["rgba(255,255,255,.9)", 4], [payload.colours.ink, 1.7]]) {
          context.beginPath();
          context.arc(half, half, radius + 4.5, 0, 2 * Math.PI);
          context.setLineDash(contested && !besieged && width < 4 ? [3.2, 2.6] : []);
          context.strokeStyle = colour;
          context.lineWidth = width;
          context.stroke();
        }
        context.setLineDash([]);
      }
      if (contested && besieged) {
        context.beginPath();
        context.arc(half, half, radius + 4.5, 0, 2 * Math.PI);
        context.setLineDash([3.2, 2.6]);
        context.strokeStyle = payload.colours.contested;
        context.lineWidth = 1.7;
        context.stroke();
        context.setLineDash([]);
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
      this.sprites.set(key, canvas);
      return canvas;
    },

    /** The place under a point of the map, -1 for none; major places win. */
    hit(layerPoint) {
      const x = layerPoint.x - this._bounds.min.x, y = layerPoint.y - this._bounds.min.y;
      let best = -1, least = Infinity;
      for (const i of this.around(x, y)) {
        const distance = Math.hypot(this.x[i] - x, this.y[i] - y);
        if (distance > HIT_PX) continue;
        const score = distance + 2 * this.atlas.payload.places.rank[i];
        if (score < least) {
          least = score;
          best = i;
        }
      }
      return best;
    },
  });

  /** Names of places and provinces and the ring around the selected place; drawn when the map rests, not at a change of date. */
  const NamesLayer = CanvasLayer.extend({
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
      const context = this._context, { payload } = this.atlas, { places } = payload, zoom = this._map.getZoom();
      const size = this._bounds.getSize(), origin = this._bounds.min;
      context.clearRect(0, 0, size.x, size.y);
      const free = this.blocked();
      this.selection();
      const chosen = this.atlas.place, ranks = places.rank;
      // First who matters most: the selected place, then by rank; a place outside the page's province has no name before zoom 9.
      const order = [...this.places.order].sort((a, b) => (b === chosen) - (a === chosen) || ranks[a] - ranks[b] || a - b);
      const visible = this.view();
      for (const i of order) {
        const rank = ranks[i];
        if (i !== chosen && (rank === 3 ? zoom < 7.75 : rank === 2 ? zoom < 6.75 : zoom < 5.5)) continue;
        if (i !== chosen && !this.atlas.included[i] && zoom < 9 && rank > 1) continue;
        const px = rank === 1 ? 14 : rank === 2 ? 13 : 12, weight = rank === 3 ? 500 : 700;
        this.name(i, px, weight, rank < 3 ? 2 : 1, free, visible);
      }
      for (const { name, longitude, latitude, country } of this.base.labels) {
        if (!country && zoom < 6.5) continue;
        const point = this._map.latLngToLayerPoint([latitude, longitude]).subtract(origin);
        context.font = `${country ? 600 : 500} ${country ? 12 : 11}px ${FONT}`;
        context.letterSpacing = "1.6px";
        const text = name.toUpperCase(), width = context.measureText(text).width;
        const box = [point.x - width / 2, point.y - 8, point.x + width / 2, point.y + 8];
        if (!free.has(box) || box[0] < visible[0] || box[2] > visible[2]) continue;
        this.write(text, box[0], point.y, payload.colours.muted, "rgba(244,242,236,.75)");
        context.letterSpacing = "0px";
      }
      context.letterSpacing = "0px";
    },

    /** Part of the canvas that the map's window shows: [left, top, right, bottom]. */
    view() {
      const min = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min), size = this._map.getSize();
      return [min.x + 2, min.y + 2, min.x + size.x - 2, min.y + size.y - 2];
    },

    /** Rectangles that names must not cover: the symbols and the map's own furniture. */
    blocked() {
      const taken = [];
      for (const i of this.places.order) {
        const r = SYMBOL_RADIUS[this.atlas.payload.places.rank[i]] + 1;
        taken.push([this.places.x[i] - r, this.places.y[i] - r, this.places.x[i] + r, this.places.y[i] + r]);
      }
      const origin = this.view();
      for (const node of this._map.getContainer().querySelectorAll(".leaflet-control")) {
        const a = node.getBoundingClientRect();
        taken.push([origin[0] + a.left - 4, origin[1] + a.top - 4, origin[0] + a.right + 4, origin[1] + a.bottom + 4]);
      }
      return {
        has: (box) => !taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3]),
        take: (box) => taken.push(box),
      };
    },

    name(i, px, weight, scripts, free, visible) {
      const { places } = this.atlas.payload, context = this._context, x = this.places.x[i], y = this.places.y[i];
      const reach = SYMBOL_RADIUS[places.rank[i]] + (this.atlas.ringed[i] || i === this.atlas.place ? 8 : 4);
      for (const text of scripts > 1 && places.name_ar[i] ? [`${places.name[i]}  \u2067${places.name_ar[i]}\u2069`, places.name[i]] : [places.name[i]]) {
        context.font = `${weight} ${px}px ${FONT}`;
        const w = context.measureText(text).width, h = px + 2;
        const spots = [
          [x + reach, y], [x - reach - w, y], [x - w / 2, y - reach - h / 2], [x - w / 2, y + reach + h / 2],
          [x + reach * 0.7, y - reach * 0.9 - 2], [x + reach * 0.7, y + reach * 0.9 + 2], [x - reach * 0.7 - w, y - reach * 0.9 - 2], [x - reach * 0.7 - w, y + reach * 0.9 + 2],
        ];
        for (const [left, middle] of spots) {
          const box = [left - 1, middle - h / 2, left + w + 1, middle + h / 2];
          if (box[0] < visible[0] || box[1] < visible[1] || box[2] > visible[2] || box[3] > visible[3] || !free.has(box)) continue;
          free.take(box);
          this.write(text, left, middle, this.atlas.included[i] ? this.atlas.payload.colours.ink : this.atlas.payload.colours.muted, "rgba(250,248,243,.92)");
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
      if (atlas.place >= 0) [x, y] = [this.places.x[atlas.place], this.places.y[atlas.place]];
      else if (atlas.visitor) {
        const point = this._map.latLngToLayerPoint([atlas.visitor.latitude, atlas.visitor.longitude]).subtract(this._bounds.min);
        [x, y] = [point.x, point.y];
      } else return;
      for (const [colour, width] of [["#FFFFFF", 6], ["#1D5E8C", 3]]) {
        context.beginPath();
        context.arc(x, y, 14, 0, 2 * Math.PI);
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.stroke();
      }
    },
  });

  const FONT = "'Source Sans', 'Noto Sans', 'Segoe UI', system-ui, -apple-system, 'DejaVu Sans', 'Noto Sans Arabic', sans-serif";

  /** The corner that dates every crop of the map. */
  const DateChip = L.Control.extend({
    options: { position: "topright" },
    onAdd() {
      const chip = L.DomUtil.create("div", "atlas-chip");
      this.marking = chip.appendChild(document.createElement("div"));
      this.date = chip.appendChild(document.createElement("strong"));
      this.last = chip.appendChild(document.createElement("div"));
      chip.setAttribute("aria-live", "off");
      return chip;
    },
    show(atlas) {
      const { payload } = atlas;
      this.marking.textContent = atlas.view === "claimed" ? "As claimed" : "Corroborated only";
      this.date.textContent = atlas.longDate(atlas.day);
      const last = atlas.lastChanges();
      const also = last.length > 1 ? ` and ${last.length - 1} more` : "";
      this.last.textContent = last.length ? `Last change: ${payload.places.name[last[0].place]}${also}, ${atlas.shortDate(last[0].day)}` : "No change before this date";
    },
  });

  /** Two ways home: the province that the page is about, and the whole country. */
  const HomeControl = L.Control.extend({
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
        link.title = `Show ${label}`;
        link.setAttribute("role", "button");
        L.DomEvent.on(link, "click", (event) => {
          L.DomEvent.stop(event);
          map.fitBounds(bounds, { padding: [10, 10], animate: !reducedMotion() });
        });
      }
      return bar;
    },
  });

  function addBase(map, base, colours, province) {
    const renderer = L.canvas({ pane: "base", padding: 0.3 });
    const add = (features, style) => L.geoJSON(features, { renderer, interactive: false, style }).addTo(map);
    add(base.land, { stroke: false, fillColor: colours.neighbour, fillOpacity: 1 });
    add(base.countries, (feature) => ({
      color: colours.border, weight: 1.3, fillColor: feature.properties.home ? colours.land : colours.neighbour, fillOpacity: 1,
    }));
    add(base.lakes, { color: colours.river, weight: 0.7, fillColor: colours.water, fillOpacity: 1 });
    add(base.rivers, (feature) => ({ color: colours.river, weight: feature.properties.rank === 1 ? 1.7 : 0.9, opacity: 0.95, fill: false }));
    add(base.provinces, (feature) => {
      const chosen = feature.properties.iso_3166_2 === province;
      return { color: chosen ? colours.ink : colours.province, weight: chosen ? 2.2 : 0.9, dashArray: chosen ? null : "5 4", fill: false };
    });
  }

  function boundsOf(base, province) {
    const feature = base.provinces.features.find((f) => f.properties.iso_3166_2 === province);
    return feature && L.geoJSON(feature).getBounds();
  }

  const cached = new Map();
  async function fetchOnce(url) {
    if (!cached.has(url)) cached.set(url, fetch(url).then((response) => response.json()));
    return cached.get(url);
  }

  /** Draw into a Leaflet map; `options`: base (address of the base map), home (province shown when the address names no position). */
  async function attach(map, options) {
    const page = window.parent;
    if (!page.controlAtlas) await new Promise((resolve) => page.addEventListener("control-atlas", resolve, { once: true }));
    const atlas = page.controlAtlas, base = await fetchOnce(options.base);
    await styled(); // names keep clear of the map's furniture, so its size must be known
    let detach = null;
    const offReady = atlas.whenReady(() => {
      detach?.();
      detach = draw(map, atlas, base, options);
      window.atlasDrawn = true;
    });
    window.addEventListener("pagehide", () => {
      offReady();
      detach?.();
    });
  }

  /** Resolves when every stylesheet has loaded or failed. */
  function styled() {
    const links = [...document.querySelectorAll("link[rel=stylesheet]")].filter((link) => !link.sheet);
    return Promise.all(links.map((link) => new Promise((resolve) => {
      link.addEventListener("load", resolve, { once: true });
      link.addEventListener("error", resolve, { once: true });
    })));
  }

  function draw(map, atlas, base, options) {
    document.documentElement.classList.add("atlas");
    const { colours } = atlas.payload, scope = [];
    map.eachLayer((layer) => map.removeLayer(layer));
    for (const [pane, z] of [["base", 200], ["places", 420], ["names", 430]]) {
      if (map.getPane(pane)) map.getPane(pane).replaceChildren();
      else map.createPane(pane).style.zIndex = z;
      if (pane !== "base") map.getPane(pane).style.pointerEvents = "none";
    }
    map.invalidateSize({ animate: false, pan: false }); // the map was made before its frame had its height
    place(map, atlas, base, options.home);
    map.setMinZoom(6).setMaxZoom(13);
    map.setMaxBounds(L.geoJSON(base.land).getBounds()); // only now: Leaflet pans into its bounds at every step until the place is right
    addBase(map, base, colours, atlas.province || options.home);
    map.atlasControls?.forEach((control) => control.remove());
    const chip = new DateChip(), here = base.provinces.features.find((f) => f.properties.iso_3166_2 === (atlas.province || options.home));
    const country = base.countries.features.find((f) => f.properties.home);
    const homes = [here, country].filter(Boolean).map((feature) => [feature.properties.name, L.geoJSON(feature).getBounds()]);
    map.atlasControls = [chip, new HomeControl(homes), L.control.scale({ position: "bottomleft", maxWidth: 110 })].map((control) => control.addTo(map));
    chip.show(atlas);
    const places = new PlacesLayer(atlas).addTo(map), names = new NamesLayer(places, base).addTo(map);
    const tip = L.DomUtil.create("div", "atlas-tip", map.getContainer());
    tip.hidden = true;

    const describe = () => {
      places._container.setAttribute("aria-label", `Map of control on ${atlas.longDate(atlas.day)}; the places and their holders are listed beside it`);
    };
    describe();
    scope.push(
      atlas.on("day", ({ changed }) => {
        places.redraw(changed);
        chip.show(atlas);
        if (!atlas.playing) describe();
        tip.hidden = true;
      }),
      atlas.on("view", () => {
        places.drawAll();
        chip.show(atlas);
      }),
      atlas.on("place", () => names.draw()),
      atlas.on("fly", ({ longitude, latitude }) => {
        touch();
        const there = L.latLng(latitude, longitude);
        if (!map.getBounds().pad(-0.15).contains(there)) map.flyTo(there, Math.max(map.getZoom(), 8), { duration: reducedMotion() ? 0 : 0.7 });
      }),
    );
    const on = {
      click: (event) => atlas.select(places.hit(event.layerPoint)),
      mousemove: (event) => hover(event, map, places, atlas, tip),
      mouseout: () => (tip.hidden = true),
      movestart: () => (tip.hidden = true),
      moveend: () => {
        const centre = map.getCenter();
        if (touched) atlas.setMapView([+map.getZoom().toFixed(2), centre.lat.toFixed(3), centre.lng.toFixed(3)].join("_"));
      },
      // Until somebody moves the map it shows what it should, in whatever size its frame has.
      resize: () => {
        tip.hidden = true;
        if (!touched) place(map, atlas, base, options.home);
      },
    };
    map.on(on);
    let touched = false;
    const touch = () => (touched = true);
    const container = map.getContainer();
    for (const type of ["pointerdown", "wheel"]) container.addEventListener(type, touch, { capture: true, passive: true });
    const keys = (event) => atlas.key(event);
    document.addEventListener("keydown", keys, true);
    return () => {
      scope.forEach((off) => off());
      map.off(on);
      document.removeEventListener("keydown", keys, true);
      for (const type of ["pointerdown", "wheel"]) container.removeEventListener(type, touch, { capture: true });
      places.remove();
      names.remove();
      tip.remove();
    };
  }

  function place(map, atlas, base, home) {
    const [zoom, latitude, longitude] = atlas.mapView.split("_").map(Number);
    if (atlas.mapView && [zoom, latitude, longitude].every(Number.isFinite)) {
      map.setView([latitude, longitude], zoom, { animate: false });
      return;
    }
    const bounds = boundsOf(base, atlas.province || home);
    if (!bounds) return;
    if (atlas.place >= 0) {
      const { latitude, longitude } = atlas.payload.places; // a link to a place shows the place
      bounds.extend([latitude[atlas.place], longitude[atlas.place]]);
    }
    map.fitBounds(bounds, { animate: false, padding: [10, 10] });
  }

  function hover(event, map, places, atlas, tip) {
    const i = places.hit(event.layerPoint), container = map.getContainer();
    container.style.cursor = i >= 0 ? "pointer" : "";
    tip.hidden = i < 0;
    if (i < 0) return;
    const { payload } = atlas, [holder, contested, besieged, fading] = atlas.state(i);
    const words = [holder < 0 ? "no claim on this date" : payload.parties[holder].name];
    if (contested) words.push("contested");
    if (besieged) words.push("besieged");
    if (fading) words.push("changing hands");
    tip.textContent = `${payload.places.name[i]} ${payload.places.name_ar[i]} — ${words.join(", ")}`;
    const left = Math.min(event.containerPoint.x + 14, map.getSize().x - tip.offsetWidth - 6);
    tip.style.transform = `translate(${Math.max(4, left)}px, ${event.containerPoint.y + 14}px)`;
  }

  const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** A plain map of found places: base map and numbered points, no date. `options`: base, points of {name, longitude, latitude, radius_km}. */
  async function attachPoints(map, options) {
    document.documentElement.classList.add("atlas");
    const base = await fetchOnce(options.base), { colours } = base;
    await styled();
    map.invalidateSize({ animate: false, pan: false });
    for (const [pane, z] of [["base", 200], ["places", 420]]) map.createPane(pane).style.zIndex = z;
    addBase(map, base, colours, options.outlined);
    L.control.scale({ position: "bottomleft", maxWidth: 110 }).addTo(map);
    const bounds = L.latLngBounds([]);
    options.points.forEach(({ name, longitude, latitude, radius_km: km }, k) => {
      const here = [latitude, longitude], first = k === 0;
      bounds.extend(here);
      if (first && km > 3 && !options.outlined) L.circle(here, { radius: 1000 * km, color: "#1D5E8C", weight: 1, fillOpacity: 0.08, interactive: false }).addTo(map);
      const label = document.createElement("span");
      label.textContent = `${k + 1}  ${name}`;
      L.circleMarker(here, { radius: first ? 8 : 6, color: "#FFFFFF", weight: 2, fillColor: first ? "#1D5E8C" : "#6B675F", fillOpacity: 1 })
        .bindTooltip(label, { permanent: options.points.length < 9, direction: "right", offset: [8, 0] }).addTo(map);
    });
    if (options.outlined) map.fitBounds(boundsOf(base, options.outlined), { animate: false });
    else if (bounds.isValid()) map.fitBounds(bounds.pad(0.25), { maxZoom: 9, animate: false });
    else map.fitBounds(boundsOf(base, options.home), { animate: false });
    window.atlasDrawn = true;
  }

  window.controlLayer = { attach, attachPoints };
})();
