// What the map, the timeline and the rail share: a picture of the data, and the state that a link names: date or range, place, view and more.
//
// One instance lives on the page as window.controlAtlas; the map's iframe reaches it through window.parent. A move of the date is
// computed here once and never goes through the server; the server hears of it when scrubbing rests.

import { longDate, shortDate } from "../dates.js";
import { FILTERS, filtersOf } from "./filters.js";
import { press } from "../keys.js";
import { makesEntry, read, write } from "./permalink.js";
import { Picture } from "./picture.js";
import { Player } from "./player.js";
import { COMPARED_DAYS, MAP } from "./schema.js";
import { lastAtOrBefore } from "./track.js";

const REST_MS = 350;

export { COMPARED_DAYS };

/** Its events, beside those of a picture: day, view, viewpoint, look, place, position, act, rest, play, fly, visited, type, find, filters, help. */
export class Atlas extends Picture {
  // For the map's frame, which has modules of its own.
  longDate = longDate;
  shortDate = shortDate;

  constructor() {
    super();
    this.mounted = 0; // by how many timelines
    this.player = new Player(this);
    this.place = -1;
    this.visitor = null; // a place found by name that the dataset says nothing about
    this.voice = ""; // whose claims alone count, "" for everybody's
    this.voiceName = ""; // what to call that
    this.known = null; // claims reported after this day do not count, null for all
    this.theme = ""; // "dark", "light", "" for what the system says
    this.pattern = false; // whether parties have patterns beside their colours
    this.land = ""; // which territory is wanted: "" the usual one, "off", or method_limit
    this.mapView = "";
  }

  /** Whether a page has opened it, whose state is still ours. */
  get isOpen() {
    return Boolean(this.payload && this.opening);
  }

  /** Let the next page open it anew, as that page says. */
  forget() {
    this.opening = null;
  }

  mount() {
    this.mounted++;
  }

  unmount() {
    this.player.pause();
    this.mounted--;
  }

  /** Fetch the data and take the state that a link asks for; returns false, and does neither, where they are here and on screen. */
  async open({ url, ...said }) {
    const province = said.province ?? "",
      wanted = `${url}#${province}`;
    if (this.opening === wanted) return false;
    this.opening = wanted;
    this.player.pause();
    if (this.url !== url) await this.fetch(url);
    this.about(province);
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
    this.player.pause();
    const { view, place, voice, known, land, theme, pattern } = this;
    this.visitor = null;
    this.take(said);
    const turned = this.named(said.view) !== view,
      moved = turned ? this.follow(this.named(said.view)) : this.compute();
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

  /** Take what a link says, but for the view; what is not said is as at first. */
  take(said) {
    const { first, last } = this.payload,
      values = read(MAP, said, { places: this.index, span: [first, last] });
    this.place = this.index.get(values.place) ?? -1;
    this.mapView = values.map;
    this.day = values.date ?? last;
    this.from = values.from === null ? null : Math.min(values.from, this.day);
    this.player.take(values);
    this.filters = filtersOf(values);
    for (const name of ["land", "voice", "known", "theme", "pattern"]) this[name] = values[name];
  }

  /** Look with other claims: those of one voice, those reported up to a day. The server makes the data of that viewpoint. */
  setViewpoint({ voice = this.voice, known = this.known }) {
    if (voice === this.voice && known === this.known) return;
    this.before("voice", "known");
    this.voice = voice;
    this.known = known;
    this.emit("viewpoint");
    this.rest();
  }

  /** What the voice that is followed is called, "" for everybody. */
  nameVoice(name) {
    this.voiceName = name;
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
    if (this.mounted) this.before(...Object.keys(look));
    Object.assign(this, look);
    this.emit("look");
    if (this.mounted) this.rest();
  }

  /** Look as the server has drawn the page, where no data say otherwise. */
  openLook({ theme, pattern }) {
    if (!this.payload) Object.assign(this, { theme, pattern });
  }

  /** Ask for another territory: "" the usual one, "off", or method_limit. */
  setLand(land) {
    if (land === this.land) return;
    this.before("land");
    this.land = land;
    this.emit("territory");
    this.rest();
  }

  /** List other events: changes some of the filters, "" for any. */
  setFilters(filters) {
    const wanted = { ...this.filters, ...filters };
    if (FILTERS.every((name) => wanted[name] === this.filters[name])) return;
    if (!filters.q || !this.filters.q) this.before(...Object.keys(filters)); // but not once a letter
    this.filters = wanted;
    this.narrow();
    this.emit("filter");
    this.rest();
  }

  /** The state as a link says it, "" for what it need not say; `open` takes it back. */
  permalink() {
    const { player, payload, place } = this;
    return write(MAP, {
      ...this.filters,
      date: this.day,
      from: this.from,
      known: this.known,
      place: payload.places.id[place] ?? "",
      view: this.view,
      map: this.mapView,
      province: this.province,
      speed: player.speed,
      loop: player.loop,
      land: this.land,
      voice: this.voice,
      theme: this.theme,
      pattern: this.pattern,
      lang: new URLSearchParams(window.location.search).get("lang") ?? "", // of which the server is in charge
    });
  }

  /** Before a change by hand of what a link names so: where that makes an entry of the history, it is a deliberate act. */
  before(...names) {
    if (names.some(makesEntry)) this.emit("act");
  }

  /** Go to a day; a range that begins later begins on that day. */
  setDay(day) {
    this.setRange(this.from, day);
  }

  /** Let the range begin on a day, null for no range; a date before it goes along. */
  setFrom(from) {
    this.setRange(from, from === null ? this.day : Math.max(this.day, from));
  }

  setRange(from, day) {
    this.player.end();
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
    this.before("view");
    this.follow(view);
    this.emit("view");
    this.rest();
  }

  /** Select a place by its index, -1 for none. */
  select(place, { fly = false } = {}) {
    if (place !== this.place || this.visitor) {
      this.before("place");
      this.showPlace(place);
      this.rest();
    }
    if (fly && place >= 0) {
      const { longitude, latitude } = this.payload.places;
      this.emit("fly", { longitude: longitude[place], latitude: latitude[place] });
    }
  }

  /** Have a place on the screen, -1 for none, or a visitor, though nobody has asked for it here. */
  showPlace(place, visitor = null) {
    this.place = place;
    this.visitor = visitor;
    this.emit("place");
  }

  /** Go to a place that was found by name; one that the dataset does not know is shown as a visitor. */
  visit(found) {
    const place = this.index.get(found.id) ?? -1;
    if (place >= 0) return this.select(place, { fly: true });
    this.before("place");
    this.showPlace(-1, found);
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
    this.stir();
    this.emit("rest");
  }

  /** Something moves again: what was to be told can wait. */
  stir() {
    clearTimeout(this.resting);
    this.resting = null;
  }

  get playing() {
    return this.player.playing;
  }

  pause() {
    this.player.pause();
  }

  /** To the next (1) or previous (-1) day among `days`, sorted. */
  step(direction, days = this.feed?.days ?? []) {
    const k = direction > 0 ? lastAtOrBefore(days, this.day) + 1 : lastAtOrBefore(days, this.day - 1);
    if (k >= 0 && k < days.length) this.setDay(days[k]);
  }

  /** Act on a key press; true if it was one of ours. The map's frame, too, hands its keys to us. */
  key(event) {
    return press(this, event);
  }
}

/** The page's one atlas, made by whoever comes first. */
export function theAtlas() {
  if (!window.controlAtlas) {
    window.controlAtlas = new Atlas();
    document.addEventListener(
      "keydown",
      (event) => {
        if (window.controlAtlas.mounted) window.controlAtlas.key(event);
      },
      true,
    );
    window.dispatchEvent(new Event("control-atlas"));
  }
  return window.controlAtlas;
}

/** The atlases of what is on the screen: that of the page, or both sides where two are compared. */
export function shownAtlases() {
  const pair = window.controlPair;
  return pair?.mounted ? pair.sides : [theAtlas()];
}
