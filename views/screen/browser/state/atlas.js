// What the map, the timeline and the rail share: the data, the date or range of dates, the place, the view.
//
// One instance lives on the page as window.controlAtlas; the map's iframe reaches it through window.parent. A move of the date is
// computed here once and never goes through the server; the server hears of it when scrubbing rests.

import { Emitter } from "./emitter.js";
import { dayOf, isoOf, longDate, shortDate } from "../dates.js";
import { ChangedPlaces, Feed } from "./feed.js";
import { FILTERS, filtersOf, isNarrowed, passing, toldIn } from "./filters.js";
import { Events, Evidence, Spellings, fetchPicture } from "./payload.js";
import { fetchJson } from "./columns.js";
import { trace } from "../drawing/shapes.js";
import { Territory } from "./territory.js";
import { Comparison, Series, Track, lastAtOrBefore } from "./track.js";

const REST_MS = 350;
export const SPEEDS = [0.5, 1, 2, 4];
const DAYS_PER_SECOND = 30; // at speed 1: a year in twelve seconds
export const COMPARED_DAYS = 30; // gains and losses are counted over these days, and a new range begins so many days back

/** Its events: ready, drawn, feed, filter, territory, day, view, viewpoint, place, position, marks, act, rest, play, fly, visited, type, find. */
export class Atlas extends Emitter {
  // For the map's frame, which has modules of its own.
  longDate = longDate;
  shortDate = shortDate;

  constructor() {
    super();
    this.url = null;
    this.payload = null;
    this.feed = null; // comes after the first picture
    this.day = 0;
    this.from = null; // first day of the range that ends on the present day, null without one
    this.until = null; // last day of the range while playing goes through it
    this.view = "claimed";
    this.place = -1;
    this.territory = null; // comes after the first picture
    this.voice = ""; // whose claims alone count, "" for everybody's
    this.known = null; // claims reported after this day do not count, null for all
    this.filters = filtersOf({}); // which events are listed
    this.theme = ""; // "dark", "light", "" for what the system says
    this.pattern = false; // whether parties have patterns beside their colours
    this.land = ""; // which territory is wanted: "" the usual one, "off", or method_limit
    this.visitor = null; // a place found by name that the dataset says nothing about
    this.province = "";
    this.mapView = "";
    this.playing = false;
    this.loop = false;
    this.speed = 1;
    this.marks = null; // places that are to be ringed, in place of those that changed hands within the range
  }

  // -- events -------------------------------------------------------------------------------------------------------------------

  /** Calls `listener` as soon as the first picture can be drawn, and at every later change of the data. */
  whenReady(listener) {
    if (this.payload) listener();
    return this.on("ready", listener);
  }

  // -- data ---------------------------------------------------------------------------------------------------------------------

  /** Whether a page has opened it, whose state is still ours. */
  get isOpen() {
    return Boolean(this.payload && this.opening);
  }

  /** Fetch the data and take the state that the address asks for; returns false, and does neither, where they are here and on screen. */
  async open({ url, ...said }) {
    const province = said.province ?? "", wanted = `${url}#${province}`;
    if (this.opening === wanted) return false;
    this.opening = wanted;
    this.pause();
    if (this.url !== url) {
      const events = Events.fetch(url);
      events.catch(() => {}); // it is awaited below; a picture that fails speaks for both
      this.payload = await fetchPicture(url);
      this.url = url;
      this.track = this.territory = null;
      this.events = this.feed = null;
      this.coming = events;
      this.evidence = new Evidence(url, this.payload.shards);
      this.spellings = new Spellings(url, this.payload.places);
    }
    const { places } = this.payload;
    this.index = new Map(places.id.map((id, i) => [id, i]));
    this.province = province;
    this.included = Uint8Array.from(places.admin1, (code) => (province && code !== province ? 0 : 1));
    this.take(said);
    this.follow(this.named(said.view));
    this.emit("ready");
    if (this.events) return true;
    this.events = await this.coming;
    this.list();
    this.emit("feed");
    this.evidence.about(Math.max(0, this.place)).catch(() => {}); // so that it is there when it is asked for
    return true;
  }

  /** Go to another state of the data and the page that are open. */
  restore(said) {
    this.pause();
    const { view, place, voice, known, land, theme, pattern } = this;
    this.visitor = null;
    this.take(said);
    const turned = this.named(said.view) !== view, moved = turned ? this.follow(this.named(said.view)) : this.compute();
    if (place !== this.place) this.emit("place"); // first: what shows a place must not show it after it has gone
    this.emit(turned ? "view" : "day", moved);
    this.narrow();
    this.emit("filter");
    this.emit("play");
    if (land !== this.land) this.emit("territory");
    if (voice !== this.voice || known !== this.known) this.emit("viewpoint");
    if (theme !== this.theme || pattern !== this.pattern) this.emit("look");
    this.emit("position");
    this.rest();
  }

  /** Take what an address says, but for the view; days are ISO dates, what is not said is as at first. */
  take({ date, from, place, map, speed, loop, land, voice, known, theme, pattern, ...others }) {
    this.place = this.index.get(place) ?? -1;
    this.mapView = map ?? "";
    this.day = this.clamp(date ? dayOf(date) : this.payload.last);
    this.from = from ? Math.min(this.clamp(dayOf(from)), this.day) : null;
    this.until = null;
    this.speed = SPEEDS.includes(Number(speed)) ? Number(speed) : 1;
    this.loop = Boolean(loop);
    this.land = land ?? "";
    this.filters = filtersOf(others);
    this.voice = voice ?? "";
    this.known = known ? dayOf(known) : null;
    this.theme = theme ?? "";
    this.pattern = Boolean(pattern);
  }

  /** A view of the data, the first where there is none of that name. */
  named(view) {
    const { views } = this.payload;
    return views[view] ? view : Object.keys(views)[0];
  }

  /** Look with other claims: those of one voice, those reported up to a day. The server makes the data of that viewpoint. */
  setViewpoint({ voice = this.voice, known = this.known }) {
    if (voice === this.voice && known === this.known) return;
    this.emit("act");
    this.voice = voice;
    this.known = known;
    this.emit("viewpoint");
    this.rest();
  }

  /** Take a view: what every place is, was, and ever will be in it. */
  follow(view) {
    const { payload, included } = this, { states, parties, first, last } = payload;
    if (view !== this.view || !this.track) this.track = new Track(payload.views[view], first, last);
    this.view = view;
    this.compared = new Comparison(this.track, states, parties.length, included);
    this.codes = this.compared.now.codes;
    this.series = new Series(this.track, states, parties.length, included);
    this.list();
    this.compute();
    this.territory?.update();
  }

  /** Fetch shapes of territory, unless they are here; they belong to the data that are open. */
  async openTerritory(url) {
    if (this.territoryUrl === url && this.territory) return;
    this.territoryUrl = url;
    const raw = await fetchJson(url);
    if (this.territoryUrl !== url) return;
    this.territory = new Territory(raw, this);
    this.emit("territory");
  }

  /** Be "dark" or "light", or "" as the system is. */
  setTheme(theme) {
    this.look({ theme });
  }

  /** Show patterns beside the colours of parties, or colours alone. */
  setPattern(pattern) {
    this.look({ pattern });
  }

  look(look) {
    if (this.mounted) this.emit("act");
    Object.assign(this, look);
    this.emit("look");
    if (this.mounted) this.rest();
  }

  /** Ask for another territory: "" the usual one, "off", or method_limit. */
  setLand(land) {
    if (land === this.land) return;
    this.emit("act");
    this.land = land;
    this.emit("territory");
    this.rest();
  }

  /** List the events of the present view and page, once they are here. */
  list() {
    const { events, view, included, payload } = this;
    this.feed = events && new Feed(events, view, included, payload.first, payload.last);
    this.changes = this.feed && new ChangedPlaces(this.feed, included.length);
    this.changes?.moveTo(this.from, this.day);
    this.narrow();
  }

  /** Let the feed list only what passes the filters. */
  narrow() {
    const { feed, events, filters, evidence, spellings, payload } = this;
    if (!feed) return;
    if (!isNarrowed(filters)) return feed.narrow(feed.all);
    feed.narrow(passing(events, feed.all, filters, payload, spellings.all, toldIn(evidence.here.values(), filters.q)));
    if (filters.q && this.searched !== spellings) this.readForText();
  }

  /** Fetch what a text is looked for in, and look again. */
  async readForText() {
    const { spellings, evidence } = this;
    this.searched = spellings;
    await Promise.allSettled([spellings.fetch(), evidence.all()]);
    if (this.spellings !== spellings) return;
    this.narrow();
    this.emit("filter");
  }

  /** List other events: changes some of the filters, "" for any. */
  setFilters(filters) {
    const wanted = { ...this.filters, ...filters };
    if (FILTERS.every((name) => wanted[name] === this.filters[name])) return;
    if (!filters.q || !this.filters.q) this.emit("act"); // but not once a letter
    this.filters = wanted;
    this.narrow();
    this.emit("filter");
    this.rest();
  }

  /** Go to the present day and range; returns the places that changed and their codes before, and those that the range took in or let go. */
  compute() {
    const { places, was } = this.compared.moveTo(this.day, this.from === null ? this.day - COMPARED_DAYS : this.from - 1);
    const sites = this.territory?.changedBy(places) ?? [];
    return { changed: places, was, sites, ringed: this.changes?.moveTo(this.from, this.day) ?? [] };
  }

  /** The state as an address names it, '' for what it need not say; `open` takes it back. */
  address() {
    return {
      date: isoOf(this.day),
      from: this.from === null ? "" : isoOf(this.from),
      known: this.known === null ? "" : isoOf(this.known),
      place: this.place >= 0 ? this.payload.places.id[this.place] : "",
      view: this.view,
      map: this.mapView,
      province: this.province,
      speed: this.speed === 1 ? "" : String(this.speed),
      loop: this.loop ? "1" : "",
      land: this.land,
      voice: this.voice,
      theme: this.theme,
      pattern: this.pattern ? "1" : "",
      lang: new URLSearchParams(window.location.search).get("lang") ?? "", // of which the server is in charge
      ...this.filters,
    };
  }

  clamp(day) {
    return Math.min(this.payload.last, Math.max(this.payload.first, Math.round(day)));
  }

  /** [party index or -1, contested, besieged, in transition, flagged] of a place on the present day. */
  state(place) {
    return this.payload.states[this.codes[place]];
  }

  /** The holders that a place may have on the present day: two within the window of a change, else one; -1 not known. */
  holdersAround(place) {
    const { states } = this.payload, { track } = this, [holder, , , fading] = states[this.codes[place]];
    if (!fading) return [holder];
    const step = track.stepAt(place, this.day), holders = new Set([holder]);
    for (const k of [step - 1, step + 1]) if (k >= track.offsets[place] && k < track.offsets[place + 1]) holders.add(states[track.codes[k]][0]);
    return [...holders];
  }

  /** Ring some places, 1 for each of them; those that changed hands within the range no longer. */
  mark(marks) {
    const before = this.marks, toggled = [];
    marks.forEach((mark, place) => mark !== (before?.[place] ?? 0) && toggled.push(place));
    this.marks = marks;
    if (toggled.length) this.emit("marks", toggled);
  }

  /** Whether a place has a ring: it is marked, or changed hands within the range. */
  ringed(place) {
    return Boolean(this.marks ? this.marks[place] : this.changes?.times[place]);
  }

  /** Gains and losses by party within the range, or in the last 30 days. */
  get gains() {
    return this.compared.gains;
  }

  /** Numbers of places on a day: by party, then not known, contested, besieged. */
  counts(day) {
    return this.series.on(day);
  }

  // -- state --------------------------------------------------------------------------------------------------------------------

  /** Go to a day; a range that begins later begins on that day. */
  setDay(day) {
    this.setRange(this.from, day);
  }

  /** Let the range begin on a day, null for no range; a date before it goes along. */
  setFrom(from) {
    this.setRange(from, from === null ? this.day : Math.max(this.day, from));
  }

  setRange(from, day) {
    this.pause();
    this.until = null;
    this.move(this.clamp(day), from === null ? null : this.clamp(from));
    this.rest();
  }

  /** Go where somebody has asked to, unlike on the way there by hand: the way back leads here. */
  jump(from, day) {
    this.emit("act");
    this.setRange(from, day);
  }

  toggleRange() {
    this.emit("act");
    this.setFrom(this.from === null ? this.day - COMPARED_DAYS : null);
  }

  move(day, from) {
    const begins = from === null ? null : Math.min(from, day);
    if (day === this.day && begins === this.from) return;
    this.day = day;
    this.from = begins;
    this.emit("day", this.compute());
  }

  setView(view) {
    if (view === this.view || !this.payload.views[view]) return;
    this.emit("act");
    this.follow(view);
    this.emit("view");
    this.rest();
  }

  /** Select a place by its index, -1 for none. */
  select(place, { fly = false } = {}) {
    if (place !== this.place || this.visitor) this.emit("act");
    if (place !== this.place || this.visitor) {
      this.visitor = null;
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
    this.emit("act");
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
    this.resting = setTimeout(() => this.settle(), REST_MS);
  }

  /** Tell it now what it does not know yet. */
  settle() {
    if (!this.resting && !this.playing) return;
    clearTimeout(this.resting);
    this.resting = null;
    this.emit("rest");
  }

  // -- transport ----------------------------------------------------------------------------------------------------------------

  /** Play to the end of the range, or of the timeline; from its beginning where the end is reached. */
  play() {
    const { first, last } = this.payload, begin = this.from ?? first;
    this.until ??= this.from === null ? last : this.day;
    if (this.playing || begin >= this.until) return;
    this.playing = true;
    clearTimeout(this.resting);
    this.resting = null;
    if (this.day >= this.until) this.move(begin, this.from);
    let before = performance.now(), exact = this.day;
    const frame = (now) => {
      if (!this.playing) return;
      if (this.day >= this.until) exact = begin; // the last day has been seen
      // A tab that slept must not jump: a frame counts for a tenth of a second at most. The first may have begun before the key press.
      else exact += (Math.min(Math.max(now - before, 0), 100) / 1000) * DAYS_PER_SECOND * this.speed;
      before = now;
      this.move(Math.min(this.until, Math.floor(exact)), this.from);
      if (this.day >= this.until && !this.loop) return this.pause();
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

  setLoop(loop) {
    this.loop = loop;
    this.emit("play");
    this.rest();
  }

  setSpeed(speed) {
    this.speed = speed;
    this.emit("play");
    this.rest();
  }

  changeSpeed(by) {
    this.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(this.speed) + by))]);
  }

  /** To the next (1) or previous (-1) day among `days`, sorted. */
  step(direction, days = this.feed?.days ?? []) {
    const k = direction > 0 ? lastAtOrBefore(days, this.day) + 1 : lastAtOrBefore(days, this.day - 1);
    if (k >= 0 && k < days.length) this.setDay(days[k]);
  }

  /** Act on a key press; true if it was one of ours. */
  key(event) {
    if (!this.payload || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return false;
    const { first, last } = this.payload;
    const ofPlace = () => (this.place < 0 ? [] : (this.feed?.daysOf(this.place) ?? []));
    // The handle of the range's beginning keeps the keys that move along while it has the focus.
    const [day, set] = targetOf(event)?.dataset?.handle === "from" ? [this.from, (to) => this.setFrom(to)] : [this.day, (to) => this.setDay(to)];
    const act = {
      ArrowLeft: () => (event.shiftKey ? this.step(-1) : set(day - 1)),
      ArrowRight: () => (event.shiftKey ? this.step(1) : set(day + 1)),
      ArrowUp: () => this.step(-1, ofPlace()),
      ArrowDown: () => this.step(1, ofPlace()),
      Home: () => set(first),
      End: () => set(last),
      " ": () => !event.repeat && this.toggle(),
      "+": () => this.changeSpeed(1),
      "=": () => this.changeSpeed(1),
      "-": () => this.changeSpeed(-1),
      d: () => this.emit("type"),
      p: () => !event.repeat && this.setPattern(!this.pattern),
      f: () => this.emit("filters"),
      "/": () => this.emit("find"),
      "?": () => this.emit("help"),
      r: () => !event.repeat && this.toggleRange(),
      l: () => !event.repeat && this.setLoop(!this.loop),
      Escape: () => this.visitor || this.place >= 0 ? this.select(-1) : undefined,
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return false;
    act();
    event.preventDefault();
    return true;
  }
}

export const targetOf = (event) => event.composedPath?.()[0] ?? event.target;

/** Whether a key press belongs to what has the focus. */
export function isTyping(event) {
  const target = targetOf(event);
  if (!target?.matches) return false;
  if (target.matches("input[type=range]")) return false;
  if (target.matches("input, textarea, select, [contenteditable], [role=combobox]")) return true;
  // Space and Enter belong to the button or link that has the focus, arrows to an open menu, and all keys to a dialog.
  return (event.key === " " && target.matches("button, a[href], summary, [role=button]")) || Boolean(target.closest("[role=menu], [role=listbox], dialog, [role=dialog]"));
}

/** The page's one atlas, made by whoever comes first. */
export function theAtlas() {
  if (!window.controlAtlas) {
    window.controlAtlas = new Atlas();
    document.addEventListener("keydown", (event) => {
      if (window.controlAtlas.mounted) window.controlAtlas.key(event);
    }, true);
    window.dispatchEvent(new Event("control-atlas"));
  }
  return window.controlAtlas;
}

/** The atlases of what is on the screen: that of the page, or both sides where two are compared. */
export function shownAtlases() {
  const pair = window.controlPair;
  return pair?.mounted ? pair.sides : [theAtlas()];
}
