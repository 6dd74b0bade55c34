// What the map, the timeline and the rail share: the data, the date, the place, the view.
//
// One instance lives on the page as window.controlAtlas; the map's iframe reaches it through window.parent. A move of the date is
// computed here once and never goes through the server; the server hears of it when scrubbing rests.

const DAY_MS = 86400000;
const REST_MS = 350;
export const SPEEDS = [0.5, 1, 2, 4];
const DAYS_PER_SECOND = 30; // at speed 1: a year in twelve seconds

class Atlas {
  constructor() {
    this.listeners = new Map();
    this.url = null;
    this.payload = null;
    this.day = 0;
    this.view = "claimed";
    this.place = -1;
    this.visitor = null; // a place found by name that the dataset says nothing about
    this.province = "";
    this.mapView = "";
    this.playing = false;
    this.speed = 1;
  }

  // -- events -------------------------------------------------------------------------------------------------------------------

  /** Call `listener` at every event of a type (ready, day, view, place, rest, play, fly); returns a function that ends it. */
  on(type, listener) {
    if (!this.listeners.has(type)) this.listeners.set(type, new Set());
    this.listeners.get(type).add(listener);
    return () => this.listeners.get(type).delete(listener);
  }

  emit(type, detail) {
    for (const listener of [...(this.listeners.get(type) ?? [])]) listener(detail);
  }

  /** Resolves once data are here; calls `listener` then and at every later change of the data. */
  whenReady(listener) {
    if (this.payload) listener();
    return this.on("ready", listener);
  }

  // -- data ---------------------------------------------------------------------------------------------------------------------

  /** Fetch the data, unless they are here, and take the state that the address asks for. */
  async open({ url, day, view, place, province, mapView }) {
    const wanted = `${url}#${province ?? ""}`;
    if (this.opening === wanted) return;
    this.opening = wanted;
    this.pause();
    if (this.url !== url) {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`The data could not be loaded (${response.status}).`);
      this.payload = await response.json();
      this.url = url;
    }
    const { places } = this.payload;
    this.index = new Map(places.id.map((id, i) => [id, i]));
    this.province = province ?? "";
    this.included = Uint8Array.from(places.admin1, (code) => (this.province && code !== this.province ? 0 : 1));
    this.codes = new Uint16Array(places.id.length);
    this.before = undefined;
    this.view = this.payload.views[view] ? view : "claimed";
    this.place = this.index.get(place) ?? -1;
    this.mapView = mapView ?? "";
    this.day = this.clamp(day ?? this.payload.last);
    this.read(this.day, this.codes);
    this.summarise();
    this.emit("ready");
  }

  clamp(day) {
    return Math.min(this.payload.last, Math.max(this.payload.first, Math.round(day)));
  }

  /** Gains and losses by party since another day, counting only places whose holder is known on both days. */
  gains(day) {
    const { states, parties } = this.payload, by = new Int32Array(parties.length);
    this.before ??= new Uint16Array(this.codes.length);
    this.read(Math.max(day, this.payload.first), this.before);
    this.codes.forEach((code, i) => {
      const now = states[code][0], then = states[this.before[i]][0];
      if (now === then || now < 0 || then < 0 || !this.included[i]) return;
      by[now]++;
      by[then]--;
    });
    return by;
  }

  /** State codes of all places on a day, written into `codes`; returns the places whose code changed. */
  read(day, codes) {
    const { offsets, days, codes: steps } = this.payload.views[this.view];
    const changed = [];
    for (let i = 0; i < codes.length; i++) {
      let low = offsets[i], high = offsets[i + 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (days[middle] <= day) low = middle + 1;
        else high = middle;
      }
      const code = low > offsets[i] ? steps[low - 1] : 0;
      if (code !== codes[i]) {
        codes[i] = code;
        changed.push(i);
      }
    }
    return changed;
  }

  /** [party index or -1, contested, besieged, in transition, flagged] of a place on the present day. */
  state(place) {
    return this.payload.states[this.codes[place]];
  }

  /** Steps of counts by party over the whole time, and the days on which anything changes. */
  summarise() {
    const { parties, states, events, first, last } = this.payload;
    const { offsets, days, codes } = this.payload.views[this.view];
    const kinds = parties.length + 3; // parties, then unknown, contested, besieged
    const deltas = new Map();
    const bump = (day, code, by) => {
      const key = Math.max(first, day);
      if (key > last + 1) return;
      if (!deltas.has(key)) deltas.set(key, new Int32Array(kinds));
      const row = deltas.get(key), [holder, contested, besieged] = states[code];
      row[holder < 0 ? parties.length : holder] += by;
      if (contested) row[parties.length + 1] += by;
      if (besieged) row[parties.length + 2] += by;
    };
    this.total = 0;
    this.ringed = new Uint8Array(offsets.length - 1); // places that are contested or besieged at any time
    for (let i = 0; i + 1 < offsets.length; i++) {
      if (!this.included[i]) continue;
      this.total++;
      let code = 0;
      bump(first, code, 1);
      for (let k = offsets[i]; k < offsets[i + 1]; k++) {
        bump(days[k], code, -1);
        code = codes[k];
        if (states[code][1] || states[code][2]) this.ringed[i] = 1;
        bump(days[k], code, 1);
      }
    }
    const ordered = [...deltas.keys()].sort((a, b) => a - b);
    const running = new Int32Array(kinds);
    this.series = { days: ordered, rows: ordered.map((day) => {
      deltas.get(day).forEach((by, k) => (running[k] += by));
      return Int32Array.from(running);
    }) };
    // On one day the fighting comes before the change that ended it.
    const change = (event) => (event.kind === "control" ? 1 : 0);
    this.feed = events.filter((event) => this.shows(event)).sort((a, b) => a.day - b.day || change(a) - change(b));
    this.changes = this.feed.filter((event) => change(event) && this.follows(event));
    this.changedOn = this.changes.map((event) => event.day);
    this.feedDays = this.feed.map((event) => event.day);
    this.changeDays = [...new Set(this.feedDays)];
    this.uncertain = this.feed.filter((event) => event.kind === "control" && event.earliest < event.latest);
  }

  /** Whether an event belongs in the feed of this view and province. */
  shows(event) {
    if (event.day === null || !this.included[event.place]) return false;
    if (event.kind !== "control") return !event.id.endsWith("-disputed");
    if (this.view === "corroborated" && event.status !== "corroborated") return false;
    return event.basis === "change" || event.basis === "implied";
  }

  /** Whether the present view takes an event of control as having happened. */
  follows(event) {
    return this.view === "claimed" ? Boolean(event.prevails) : event.status === "corroborated";
  }

  /** The changes of the last day on which there was one, up to the present. */
  lastChanges() {
    const k = lastAtOrBefore(this.changedOn, this.day);
    return k < 0 ? [] : this.changes.filter((event) => event.day === this.changedOn[k]);
  }

  /** Position in the feed of the last event up to the present day, -1 before the first. */
  feedPosition() {
    return lastAtOrBefore(this.feedDays, this.day);
  }

  /** Counts on a day: by party, then not known, contested, besieged. */
  counts(day) {
    const { days, rows } = this.series;
    const k = lastAtOrBefore(days, day);
    return k < 0 ? new Int32Array(this.payload.parties.length + 3) : rows[k];
  }

  // -- state --------------------------------------------------------------------------------------------------------------------

  setDay(day) {
    const wanted = this.clamp(day);
    if (wanted === this.day) return;
    this.day = wanted;
    const changed = this.read(wanted, this.codes);
    this.emit("day", { day: wanted, changed });
    if (!this.playing) this.rest();
  }

  setView(view) {
    if (view === this.view || !this.payload.views[view]) return;
    this.view = view;
    this.read(this.day, this.codes);
    this.summarise();
    this.emit("view");
    this.rest();
  }

  /** Select a place by its index, -1 for none. */
  select(place, { fly = false } = {}) {
    this.visitor = null;
    if (place !== this.place) {
      this.place = place;
      this.emit("place");
      this.rest();
    }
    if (fly && place >= 0) {
      const { longitude, latitude } = this.payload.places;
      this.emit("fly", { longitude: longitude[place], latitude: latitude[place] });
    }
  }

  /** Go to a place that was found by name; one that the dataset does not know is shown as a visitor. */
  visit(found) {
    const place = this.index.get(found.id) ?? -1;
    if (place >= 0) return this.select(place, { fly: true });
    this.place = -1;
    this.visitor = found;
    this.emit("place");
    this.emit("fly", found);
    this.rest();
  }

  setMapView(text) {
    if (text === this.mapView) return;
    this.mapView = text;
    this.rest();
  }

  /** Tell the server, once nothing has moved for a moment. */
  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.emit("rest"), REST_MS);
  }

  // -- transport ----------------------------------------------------------------------------------------------------------------

  play() {
    if (this.playing) return;
    if (this.day >= this.payload.last) this.setDay(this.payload.first);
    this.playing = true;
    clearTimeout(this.resting);
    let before = performance.now(), exact = this.day;
    const frame = (now) => {
      if (!this.playing) return;
      // A tab that slept must not jump: a frame counts for a tenth of a second at most.
      exact += (Math.min(now - before, 100) / 1000) * DAYS_PER_SECOND * this.speed;
      before = now;
      if (Math.abs(exact - this.day) > 2 + DAYS_PER_SECOND) exact = this.day; // somebody moved the date meanwhile
      this.setDay(Math.floor(exact));
      if (this.day >= this.payload.last) return this.pause();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    this.emit("play");
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.emit("play");
    this.rest();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  changeSpeed(by) {
    const k = Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(this.speed) + by));
    this.speed = SPEEDS[k];
    this.emit("play");
  }

  /** To the next (1) or previous (-1) day among `days`, sorted. */
  step(direction, days = this.changeDays) {
    const k = direction > 0 ? lastAtOrBefore(days, this.day) + 1 : lastAtOrBefore(days, this.day - 1);
    if (k >= 0 && k < days.length) this.setDay(days[k]);
  }

  /** Days on which the selected place changes, in the present view. */
  daysOfPlace() {
    return this.feed.filter((event) => event.place === this.place).map((event) => event.day);
  }

  /** Act on a key press; true if it was one of ours. */
  key(event) {
    if (!this.payload || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return false;
    const act = {
      ArrowLeft: () => (event.shiftKey ? this.step(-1) : this.setDay(this.day - 1)),
      ArrowRight: () => (event.shiftKey ? this.step(1) : this.setDay(this.day + 1)),
      ArrowUp: () => this.step(-1, this.daysOfPlace()),
      ArrowDown: () => this.step(1, this.daysOfPlace()),
      Home: () => this.setDay(this.payload.first),
      End: () => this.setDay(this.payload.last),
      " ": () => !event.repeat && this.toggle(),
      "+": () => this.changeSpeed(1),
      "=": () => this.changeSpeed(1),
      "-": () => this.changeSpeed(-1),
      Escape: () => this.visitor || this.place >= 0 ? this.select(-1) : undefined,
    }[event.key];
    if (!act) return false;
    if (this.playing && event.key.startsWith("Arrow")) this.pause();
    act();
    event.preventDefault();
    return true;
  }
}

/** Index of the last element at or before `value` in a sorted array, -1 if none. */
export function lastAtOrBefore(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function isTyping(event) {
  const target = event.composedPath?.()[0] ?? event.target;
  if (!target?.matches) return false;
  if (target.matches("input[type=range]")) return false;
  if (target.matches("input, textarea, select, [contenteditable], [role=combobox]")) return true;
  // Space and Enter belong to the button or link that has the focus, and arrows to an open menu.
  return (event.key === " " && target.matches("button, a[href], summary, [role=button]")) || Boolean(target.closest("[role=menu], [role=listbox]"));
}

// -- dates: always UTC, so that a day is the same day in every time zone ----------------------------------------------------------

export const isoOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
export const dayOf = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
const MONTHS = "January February March April May June July August September October November December".split(" ");
export function longDate(day) {
  const date = new Date(day * DAY_MS);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
export function shortDate(day) {
  const date = new Date(day * DAY_MS);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()].slice(0, 3)} ${date.getUTCFullYear()}`;
}
/** A window as people write it: one day, or "5 – 12 Aug 2017". */
export function dateWindow(earliest, latest) {
  if (earliest === latest) return shortDate(latest);
  const [d1, m1, y1] = shortDate(earliest).split(" "), [d2, m2, y2] = shortDate(latest).split(" ");
  return y1 !== y2 ? `${d1} ${m1} ${y1} – ${d2} ${m2} ${y2}` : m1 !== m2 ? `${d1} ${m1} – ${d2} ${m2} ${y2}` : `${d1} – ${d2} ${m2} ${y2}`;
}

// -- symbols: one outline for canvas and SVG --------------------------------------------------------------------------------------

const POLYGONS = {
  triangle: [[0, -1.1], [1.05, 0.8], [-1.05, 0.8]],
  "triangle-down": [[0, 1.1], [1.05, -0.8], [-1.05, -0.8]],
  square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  diamond: [[0, -1.2], [1.05, 0], [0, 1.2], [-1.05, 0]],
  pentagon: [[0, -1.1], [1.05, -0.34], [0.65, 0.9], [-0.65, 0.9], [-1.05, -0.34]],
  cross: [[-0.9, -0.45], [-0.45, -0.9], [0, -0.45], [0.45, -0.9], [0.9, -0.45], [0.45, 0], [0.9, 0.45], [0.45, 0.9], [0, 0.45], [-0.45, 0.9], [-0.9, 0.45], [-0.45, 0]],
};

/** Trace a symbol of a radius around (x, y) on a canvas. */
export function trace(context, symbol, x, y, radius) {
  context.beginPath();
  const corners = POLYGONS[symbol];
  if (corners) {
    corners.forEach(([dx, dy], k) => context[k ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius));
    context.closePath();
  } else {
    context.arc(x, y, symbol === "dot" ? radius * 0.55 : radius, 0, 2 * Math.PI);
  }
}

/** The same symbol as a small SVG element. */
export function symbolElement(style, { hollow = false, size = 14, title = "" } = {}) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-1.45 -1.45 2.9 2.9");
  svg.setAttribute("width", size);
  svg.setAttribute("height", size);
  svg.setAttribute("class", "symbol");
  svg.setAttribute("aria-hidden", title ? "false" : "true");
  if (title) {
    const text = document.createElementNS(svg.namespaceURI, "title");
    text.textContent = title;
    svg.append(text);
  }
  const corners = POLYGONS[style.symbol];
  const shape = document.createElementNS(svg.namespaceURI, corners ? "polygon" : "circle");
  if (corners) shape.setAttribute("points", corners.map((c) => c.join(",")).join(" "));
  else shape.setAttribute("r", style.symbol === "dot" ? 0.6 : 1);
  shape.setAttribute("fill", hollow ? "#FFFFFF" : style.colour);
  shape.setAttribute("stroke", hollow ? style.colour : style.edge);
  shape.setAttribute("stroke-width", hollow ? 0.36 : 0.22);
  svg.append(shape);
  return svg;
}

/** An element with a class and text; text is only ever set as text. */
export function element(tag, className = "", text = null, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== null) made.textContent = text;
  made.append(...children);
  return made;
}

/** The page's one atlas, made by whoever comes first. */
export function theAtlas() {
  if (!window.controlAtlas) {
    window.controlAtlas = Object.assign(new Atlas(), { trace, longDate, shortDate });
    document.addEventListener("keydown", (event) => {
      if (window.controlAtlas.mounted) window.controlAtlas.key(event);
    }, true);
    window.dispatchEvent(new Event("control-atlas"));
  }
  return window.controlAtlas;
}
