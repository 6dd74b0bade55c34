// The map's drawing, inside the map's iframe: base map, places as party symbols, names, the date chip.
//
// A classic script, since the map component loads it as one. Leaflet is L. The data and the date come from the page's atlas.
"use strict";

(() => {
  const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (reducedMotion()) L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, inertia: false });

  let PlacesLayer = null,
    TerritoryLayer = null,
    t,
    tn,
    nameOf,
    placeName,
    isEnglish,
    direction; // once their modules are here
  const modules = Promise.all(
    ["places_layer.js", "../state/columns.js", "territory_layer.js", "../language.js"].map(
      (name) => import(new URL(name, document.currentScript.src)),
    ),
  );

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
      const size = this._bounds.getSize(),
        scale = devicePixelRatio || 1,
        canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = scale * size.x;
      canvas.height = scale * size.y;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      this.scale = scale;
      this.paint();
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
      order.sort((a, b) => (b === chosen) - (a === chosen) || ranks[a] - ranks[b] || a - b);
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
        x = this.places.x[i],
        y = this.places.y[i];
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
      if (atlas.place >= 0) [x, y] = [this.places.x[atlas.place], this.places.y[atlas.place]];
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

  const FONT = "'Source Sans', 'Noto Sans', 'Segoe UI', system-ui, -apple-system, 'DejaVu Sans', 'Noto Sans Arabic', sans-serif";

  /** Rectangles [left, top, right, bottom] in a grid, so that a new one is compared with its neighbours alone. */
  class Rectangles {
    constructor() {
      this.grid = new Map();
    }

    *cells([left, top, right, bottom]) {
      for (let column = Math.floor(left / 64); column <= right / 64; column++)
        for (let row = Math.floor(top / 64); row <= bottom / 64; row++) yield `${column}/${row}`;
    }

    /** Whether a rectangle overlaps none of those taken. */
    has(box) {
      for (const cell of this.cells(box))
        for (const taken of this.grid.get(cell) ?? [])
          if (box[0] < taken[2] && taken[0] < box[2] && box[1] < taken[3] && taken[1] < box[3]) return false;
      return true;
    }

    take(box) {
      for (const cell of this.cells(box)) {
        if (!this.grid.has(cell)) this.grid.set(cell, []);
        this.grid.get(cell).push(box);
      }
    }
  }

  /** The corner that dates every crop of the map. */
  const DateChip = L.Control.extend({
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

  const Scale = L.Control.Scale.extend({
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
  const LandControl = L.Control.extend({
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

  function addBase(map, base, colours, province) {
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

  /** Leaflet's own two buttons, in the language of the page. */
  function nameZoom({ zoomControl }) {
    if (!zoomControl) return; // the second of a pair goes along with the first
    for (const [button, title] of [
      [zoomControl._zoomInButton, t("Zoom in")],
      [zoomControl._zoomOutButton, t("Zoom out")],
    ]) {
      button.title = title;
      button.setAttribute("aria-label", title);
    }
  }

  function boundsOf(base, province) {
    const feature = base.provinces.features.find((f) => f.properties.iso_3166_2 === province);
    return feature && L.geoJSON(feature).getBounds();
  }

  const cached = new Map();
  async function fetchOnce(url) {
    const [, { fetchJson }] = await modules;
    if (!cached.has(url)) cached.set(url, fetchJson(url));
    return cached.get(url);
  }

  /** Let the map speak the language of its page. */
  async function speak(spoken) {
    const [, , , language] = await modules;
    await language.speak(spoken);
    ({ t, tn, nameOf, placeName, isEnglish, direction } = language);
    document.documentElement.lang = language.name(); // the map itself runs from left to right in every language
  }

  /** Draw into a Leaflet map; `options`: language, base (address of the base map), home (province shown when the address names no position). */
  async function attach(map, options) {
    const base = await prepared("controlAtlas", "control-atlas", options),
      atlas = window.parent.controlAtlas;
    keepDrawn(atlas, () => [draw(map, atlas, base, options), listen(atlas)]);
  }

  /** Draw both sides of the page's pair into two maps that move as one: over each other with a divider, or beside each other. */
  async function attachPair(map, options) {
    const base = await prepared("controlPair", "control-pair", options),
      pair = window.parent.controlPair;
    const stage = map.getContainer().parentElement,
      maps = (window.atlasMaps = [map, partner(map, stage)]);
    layOut(stage, pair, maps);
    lock(...maps);
    keepDrawn(pair, () => [...maps.map((one, side) => draw(one, pair.sides[side], base, { ...options, stage, side })), listen(pair)]);
  }

  /** The base map, once all that drawing needs is here: our modules, the styles, and what the page holds under a name. */
  async function prepared(name, event, options) {
    const page = window.parent;
    const met = page[name] ? null : new Promise((resolve) => page.addEventListener(event, resolve, { once: true }));
    // Names keep clear of the map's furniture, so its size must be known.
    const [base, [{ placesLayer }, , { territoryLayer }]] = await Promise.all([
      fetchOnce(options.base),
      modules,
      met,
      styled(),
      speak(options.language),
    ]);
    PlacesLayer ??= placesLayer(CanvasLayer);
    TerritoryLayer ??= territoryLayer(CanvasLayer);
    return base;
  }

  /** Draw at every change of the data of an atlas or pair until the frame goes; `drawn` draws and returns what ends it. */
  function keepDrawn(source, drawn) {
    let ends = [];
    const end = () => ends.forEach((one) => one());
    const off = source.whenReady(() => {
      end();
      ends = drawn();
      window.atlasDrawn = true;
      source.emit("drawn");
    });
    window.addEventListener("pagehide", () => {
      off();
      end();
    });
  }

  /** Keys act wherever the focus is. */
  function listen(target) {
    const keys = (event) => target.key(event);
    document.addEventListener("keydown", keys, true);
    return () => document.removeEventListener("keydown", keys, true);
  }

  /** A second map in the frame of another, as that is. */
  function partner(map, stage) {
    const made = document.createElement("div");
    made.className = "atlas-other";
    stage.append(made);
    return L.map(made, { ...map.options, zoomControl: false, center: map.getCenter(), zoom: map.getZoom() });
  }

  /** Lay two maps over each other, with a divider that pointer and keys move, or beside each other. */
  function layOut(stage, pair, maps) {
    document.documentElement.classList.add("atlas");
    stage.setAttribute("role", "main"); // the frame is a document of its own
    L.DomUtil.create("h1", "atlas-unseen", stage).textContent = t("Maps of sides A and B");
    const divider = L.DomUtil.create("div", "atlas-divider", stage);
    divider.tabIndex = 0;
    for (const [name, value] of [
      ["role", "slider"],
      ["aria-label", t("Divider between A and B")],
      ["aria-valuemin", 0],
      ["aria-valuemax", 100],
    ])
      divider.setAttribute(name, value);
    divider.title = t("Drag, or use the arrow keys");
    const split = () => {
      stage.style.setProperty("--split", `${pair.split}%`);
      divider.setAttribute("aria-valuenow", pair.split);
      divider.setAttribute("aria-valuetext", `A ${pair.split}%, B ${100 - pair.split}%`);
    };
    const mode = () => {
      stage.className = `atlas-stage ${pair.mode}`;
      divider.hidden = pair.mode !== "swipe";
      split();
      maps[0].invalidateSize({ animate: false });
    };
    divider.addEventListener("keydown", (event) => {
      const step = event.shiftKey ? 10 : 2;
      const to = {
        ArrowLeft: pair.split - step,
        ArrowRight: pair.split + step,
        ArrowDown: pair.split - step,
        ArrowUp: pair.split + step,
        Home: 0,
        End: 100,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      pair.setSplit(to);
    });
    divider.addEventListener("pointerdown", (event) => {
      divider.setPointerCapture(event.pointerId);
      const { left, width } = stage.getBoundingClientRect();
      divider.onpointermove = (move) => pair.setSplit((100 * (move.clientX - left)) / width);
      divider.onpointerup = divider.onpointercancel = () => (divider.onpointermove = null);
    });
    mode();
    const offs = [pair.on("mode", mode), pair.on("split", split), pair.on("ready", mode)];
    window.addEventListener("pagehide", () => offs.forEach((off) => off()));
  }

  /** Let two maps show the same ground at all times: whichever moves first leads, and the other follows every step. */
  function lock(...maps) {
    let leader = null;
    maps.forEach((map, k) => {
      const other = maps[1 - k];
      const follow = () => {
        leader ??= map;
        if (leader !== map || map._animatingZoom) return;
        other._sizeChanged = true; // it was resized with this one, and must not make up for that by itself
        if (other.getZoom() !== map.getZoom()) other._move(map.getCenter(), map.getZoom());
        else {
          other._rawPanBy(map._getTopLeftPoint().subtract(other._getTopLeftPoint()));
          other.fire("move");
        }
      };
      map.on({
        movestart: () => (leader ??= map),
        move: follow,
        zoomanim: ({ center, zoom }) => leader === map && other._moveStart(true, false)._animateZoom(center, zoom, true),
        moveend: () => {
          if (leader !== map) return;
          follow();
          if (!other._animatingZoom) other._moveEnd(true);
          leader = null;
        },
        viewreset: () => {
          if (leader) return;
          leader = map;
          other._resetView(map.getCenter(), map.getZoom(), true);
          leader = null;
        },
      });
    });
  }

  /** Resolves when every stylesheet has loaded or failed. */
  function styled() {
    const links = [...document.querySelectorAll("link[rel=stylesheet]")].filter((link) => !link.sheet);
    return Promise.all(
      links.map(
        (link) =>
          new Promise((resolve) => {
            link.addEventListener("load", resolve, { once: true });
            link.addEventListener("error", resolve, { once: true });
          }),
      ),
    );
  }

  function draw(map, atlas, base, options) {
    document.documentElement.classList.add("atlas");
    const { colours } = atlas.payload,
      scope = [];
    map.eachLayer((layer) => map.removeLayer(layer));
    for (const [pane, z] of [
      ["base", 200],
      ["territory", 300],
      ["lines", 310],
      ["places", 420],
      ["names", 430],
    ]) {
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
    const { stage, side } = options,
      ground = stage ?? map.getContainer();
    const chip = new DateChip(stage ? { letter: "AB"[side], position: ["topleft", "topright"][side] } : {});
    const here = base.provinces.features.find((f) => f.properties.iso_3166_2 === (atlas.province || options.home));
    const country = base.countries.features.find((f) => f.properties.home);
    const homes = [here, country].filter(Boolean).map((feature) => [nameOf(feature.properties), L.geoJSON(feature).getBounds()]);
    const land = atlas.payload.land ? [new LandControl(atlas)] : [],
      scale = new Scale({ position: "bottomleft", maxWidth: 110 });
    const furniture = side ? [] : [new HomeControl(homes), ...land, scale];
    map.atlasControls = [chip, ...furniture].map((control) => control.addTo(map));
    if (stage && !side) aboveBoth(map, stage, furniture);
    chip.show(atlas);
    if (map.zoomControl) nameZoom(map);
    const territory = new TerritoryLayer(atlas).addTo(map),
      places = new PlacesLayer(atlas).addTo(map),
      names = new NamesLayer(places, base).addTo(map);
    const tip = L.DomUtil.create("div", "atlas-tip", ground);
    tip.hidden = true;
    tip.dir = direction();

    let chosen = atlas.place;
    const describe = () => {
      const map = t("Map of control on {day}; the places and their holders are listed beside it", { day: atlas.longDate(atlas.day) });
      places._container.setAttribute("aria-label", stage ? t("Side {side}: {map}", { side: "AB"[side], map }) : map);
    };
    describe();
    scope.push(
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
        touched = Boolean(atlas.mapView);
        place(map, atlas, base, options.home);
      }),
      atlas.on("fly", ({ longitude, latitude }) => {
        touch();
        const there = L.latLng(latitude, longitude);
        if (!map.getBounds().pad(-0.15).contains(there))
          map.flyTo(there, Math.max(map.getZoom(), 8), { animate: !reducedMotion(), duration: 0.7 });
      }),
    );
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
        if (touched) atlas.setMapView([Number(map.getZoom().toFixed(2)), centre.lat.toFixed(3), centre.lng.toFixed(3)].join("_"));
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
    for (const type of ["pointerdown", "wheel"]) ground.addEventListener(type, touch, { capture: true, passive: true });
    return () => {
      scope.forEach((off) => off());
      map.off(on);
      for (const type of ["pointerdown", "wheel"]) ground.removeEventListener(type, touch, { capture: true });
      territory.remove();
      places.remove();
      names.remove();
      tip.remove();
    };
  }

  /** Put what moves both maps above both, where no divider cuts it off. */
  function aboveBoth(map, stage, furniture) {
    // At the bottom each comes on top of those before.
    for (const control of [map.zoomControl, ...furniture].reverse()) {
      L.setOptions(control, { position: "bottomleft" });
      control.remove().addTo(map);
    }
    stage.append(map._controlCorners.bottomleft);
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
    const found = places.hit(event.layerPoint),
      container = map.getContainer();
    container.style.cursor = found ? "pointer" : "";
    tip.hidden = !found;
    if (!found) return;
    tip.textContent = found.crowd ? crowdWords(atlas, found) : placeWords(atlas, found.place);
    const ground = tip.parentElement,
      corner = container.getBoundingClientRect(),
      from = ground.getBoundingClientRect();
    const left = Math.min(corner.left - from.left + event.containerPoint.x + 14, ground.clientWidth - tip.offsetWidth - 6);
    tip.style.transform = `translate(${Math.max(4, left)}px, ${corner.top - from.top + event.containerPoint.y + 14}px)`;
  }

  function placeWords(atlas, i) {
    const { payload } = atlas,
      [holder, contested, besieged, fading] = atlas.state(i);
    const words = [holder < 0 ? t("no claim on this date") : nameOf(payload.parties[holder])];
    if (contested) words.push(t("contested"));
    if (besieged) words.push(t("besieged"));
    if (fading) words.push(t("changing hands"));
    const { name, name_ar: arabic } = payload.places,
      names = isEnglish() ? [name[i], arabic[i]] : [arabic[i], name[i]];
    return `${names.filter(Boolean).join(" ")} — ${words.join(t(", "))}`;
  }

  function crowdWords({ payload }, { crowd, landmark, parties }) {
    const held = parties.map(({ holder, count }) => `${holder < 0 ? t("no claim") : nameOf(payload.parties[holder])} ${count}`);
    return tn("{n} place about {place}: {held} — click to zoom in", "{n} places about {place}: {held} — click to zoom in", crowd.length, {
      place: placeName(payload.places, landmark),
      held: held.join(t(", ")),
    });
  }

  function boundsOfPlaces(atlas, places) {
    const { longitude, latitude } = atlas.payload.places,
      bounds = L.latLngBounds([]);
    for (const i of places) bounds.extend([latitude[i], longitude[i]]);
    return bounds;
  }

  /** A plain map of found places: base map and numbered points, no date. `options`: language, base, points of {name, longitude, latitude, radius_km}. */
  async function attachPoints(map, options) {
    document.documentElement.classList.add("atlas");
    const base = await fetchOnce(options.base),
      { colours } = base;
    await Promise.all([styled(), speak(options.language)]);
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

  window.controlLayer = { attach, attachPair, attachPoints };
})();
