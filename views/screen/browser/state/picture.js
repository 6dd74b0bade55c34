// What is drawn: the data that are open and, for the present view, day and range, what every place is and which events are listed.

import { fetchJson } from "./columns.js";
import { Emitter } from "./emitter.js";
import { ChangedPlaces, Feed } from "./feed.js";
import { filtersOf, isNarrowed, passing, toldIn } from "./filters.js";
import { Events, Evidence, Spellings, fetchPicture } from "./payload.js";
import { COMPARED_DAYS } from "./schema.js";
import { Territory } from "./territory.js";
import { Comparison } from "./gains.js";
import { Series, Track } from "./track.js";

/** Its events: ready, drawn, feed, filter, territory, marks. */
export class Picture extends Emitter {
  constructor() {
    super();
    this.url = null;
    this.payload = null;
    this.feed = null; // comes after the first picture
    this.territory = null; // comes after the first picture
    this.province = ""; // the one that it is about, "" for all
    this.view = "claimed";
    this.day = 0;
    this.from = null; // first day of the range that ends on the present day, null without one
    this.filters = filtersOf({}); // which events are listed
    this.marks = null; // places that are to be ringed, in place of those that changed hands within the range
  }

  /** Calls `listener` as soon as the first picture can be drawn, and at every later change of the data. */
  whenReady(listener) {
    if (this.payload) listener();
    return this.on("ready", listener);
  }

  /** Fetch the data of a first picture; the events come behind. */
  async fetch(url) {
    const events = Events.fetch(url);
    events.catch(() => {}); // it is awaited later; a picture that fails speaks for both
    this.payload = await fetchPicture(url);
    this.url = url;
    this.track = this.territory = null;
    this.events = this.feed = null;
    this.coming = events;
    this.evidence = new Evidence(url, this.payload.shards);
    this.spellings = new Spellings(url, this.payload.places);
  }

  /** Be about one province, "" for all of them. */
  about(province) {
    const { places } = this.payload;
    this.index = new Map(places.id.map((id, i) => [id, i]));
    this.province = province;
    this.included = Uint8Array.from(places.admin1, (code) => (province && code !== province ? 0 : 1));
  }

  /** A view of the data, the first where there is none of that name. */
  named(view) {
    const { views } = this.payload;
    return views[view] ? view : Object.keys(views)[0];
  }

  /** Take a view: what every place is, was, and ever will be in it. */
  follow(view) {
    const { payload, included } = this,
      { states, parties, first, last } = payload;
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

  /** Go to the present day and range; returns the places that changed and their codes before, and those that the range took in or let go. */
  compute() {
    const { places, was } = this.compared.moveTo(this.day, this.from === null ? this.day - COMPARED_DAYS : this.from - 1);
    const sites = this.territory?.changedBy(places) ?? [];
    return { changed: places, was, sites, ringed: this.changes?.moveTo(this.from, this.day) ?? [] };
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
    const { states } = this.payload,
      { track } = this,
      [holder, , , fading] = states[this.codes[place]];
    if (!fading) return [holder];
    const step = track.stepAt(place, this.day),
      holders = new Set([holder]);
    for (const k of [step - 1, step + 1])
      if (k >= track.offsets[place] && k < track.offsets[place + 1]) holders.add(states[track.codes[k]][0]);
    return [...holders];
  }

  /** Ring some places, 1 for each of them; those that changed hands within the range no longer. */
  mark(marks) {
    const before = this.marks,
      toggled = [];
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
}
