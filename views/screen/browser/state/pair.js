// Two atlases side by side, A and B: two dates, two viewpoints, or both. What they share is kept in step here, and here they are compared.
//
// One instance lives on the page as window.controlPair; the map's iframe reaches it through window.parent.

import { Atlas, theAtlas } from "./atlas.js";
import { Emitter } from "./emitter.js";
import { isTyping, targetOf } from "../keys.js";
import { SIDE, SWIPE, ofSide, queryOf, readOwn, writePair } from "./permalink.js";
import { COMPARED_DAYS } from "./schema.js";

export const LETTERS = ["A", "B"];
export { SIDE, SWIPE };
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Escape", "d", "D"]; // that the active side takes

/** Its events: ready, change (of dates, viewpoints or data: `compared` is anew), place, territory, mode, active, rest. */
export class Pair extends Emitter {
  constructor() {
    super();
    this.mounted = 0; // by how many heads of sides
    this.sides = LETTERS.map(() => new Atlas());
    this.mode = SWIPE;
    this.split = 50; // where the divider stands, in percent from the left
    this.together = false; // one date for both sides
    this.apart = null; // the date of side A before
    this.active = 1; // the side that keys move
    this.compared = null;
    this.sides.forEach((atlas, k) => this.listen(atlas, this.sides[1 - k]));
    theAtlas().on("look", () => this.look(theAtlas()));
  }

  /** Both sides look as the page does. */
  look({ theme, pattern }) {
    this.sides.forEach((atlas) => atlas.look({ theme, pattern }));
    this.emit("rest");
  }

  get one() {
    return this.sides[0];
  }

  get other() {
    return this.sides[1];
  }

  /** Whether both sides can be drawn and belong to the same places. */
  get ready() {
    const [one, other] = this.sides.map((atlas) => atlas.payload?.places.id.length ?? -1);
    return one >= 0 && one === other && this.sides.every((atlas) => atlas.track);
  }

  whenReady(listener) {
    if (this.ready) listener();
    return this.on("ready", listener);
  }

  listen(atlas, partner) {
    const k = this.sides.indexOf(atlas);
    atlas.on("ready", () => {
      if (!this.ready) return;
      this.keepOrder(atlas, partner);
      this.compare();
      this.emit("ready");
      this.emit("change");
    });
    atlas.on("day", () => {
      if (!this.ready || this.keeping) return;
      this.activate(k);
      this.keepOrder(atlas, partner);
      this.update();
    });
    for (const type of ["view", "feed"]) atlas.on(type, () => this.ready && this.update());
    atlas.on("place", () => this.follow(atlas, partner));
    atlas.on("territory", () => {
      if (partner.land !== atlas.land) partner.setLand(atlas.land);
      this.emit("territory");
    });
    atlas.on("rest", () => this.emit("rest"));
  }

  mount() {
    this.mounted++;
  }

  unmount() {
    this.mounted--;
  }

  /** Fetch the data of both sides where they are not here. At a new visit of the page what the server says counts, later only the data: we are ahead. */
  async open({ sides, mode, split, visit }) {
    const fresh = visit !== this.visit;
    if (fresh) {
      this.visit = visit;
      Object.assign(this, readOwn({ mode, split }));
      this.together = !sides[1].date;
      this.active = 1;
    }
    await Promise.all(
      this.sides.map((atlas, k) => {
        if (!fresh && atlas.payload) return atlas.open({ ...sides[k], ...atlas.permalink() });
        atlas.forget();
        return atlas.open({ ...sides[k], date: sides[k].date || sides[0].date });
      }),
    );
  }

  // -- in step ------------------------------------------------------------------------------------------------------------------

  /** Side A is never later than side B; with one date for both they move together. */
  keepOrder(moved, partner) {
    if (partner.day === moved.day || (!this.together && this.one.day < this.other.day)) return;
    this.keeping = true; // the partner goes along; it is not what was moved
    partner.setDay(moved.day);
    this.keeping = false;
  }

  follow(atlas, partner) {
    if (!partner.payload) return;
    const place = atlas.place < 0 ? -1 : (partner.index.get(atlas.payload.places.id[atlas.place]) ?? -1);
    if (partner.place === place && partner.visitor === atlas.visitor) return;
    partner.showPlace(place, atlas.visitor);
    this.emit("place");
  }

  setTogether(together) {
    if (together === this.together) return;
    this.together = together;
    if (together) this.apart = this.one.day;
    // Back to the date that it had, if that still lies before the other.
    const back = this.apart !== null && this.apart < this.other.day ? this.apart : this.other.day - COMPARED_DAYS;
    this.one.setDay(together ? this.other.day : back);
    this.emit("mode");
    this.rest();
  }

  setMode(mode) {
    if (mode === this.mode) return;
    this.mode = mode;
    this.emit("mode");
    this.rest();
  }

  setSplit(percent) {
    this.split = Math.min(100, Math.max(0, Math.round(percent)));
    this.emit("split");
    this.rest();
  }

  activate(side) {
    if (side === this.active) return;
    this.active = side;
    this.emit("active");
  }

  rest() {
    this.other.rest();
  }

  /** Act on a key press; true if it was one of ours. */
  key(event) {
    if (!this.ready || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return false;
    if (targetOf(event)?.closest?.("[role=slider], summary")) return false;
    const side = LETTERS.indexOf(event.key.toUpperCase());
    if (side >= 0) this.activate(side);
    else if (event.key === "s" || event.key === "S") this.setMode(this.mode === SWIPE ? SIDE : SWIPE);
    else if (event.key === "/") theAtlas().emit("find");
    else if (event.key === "?") theAtlas().emit("help");
    else if (event.key === "p" || event.key === "P") theAtlas().setPattern(!theAtlas().pattern);
    else if (KEYS.includes(event.key)) return this.sides[this.active].key(event);
    else return false;
    event.preventDefault();
    return true;
  }

  /** The state as a link says it, without what it need not say; `open` takes it back. */
  permalink() {
    const [one, other] = this.sides.map((atlas) => atlas.permalink());
    return writePair([one, this.together ? { ...other, date: "" } : other], { mode: this.mode, split: this.split });
  }

  /** The query of a link to one side on the map, or on the page of its province. */
  queryOf(side) {
    return queryOf(ofSide(this.sides[side].permalink()));
  }

  // -- compared -----------------------------------------------------------------------------------------------------------------

  /** The parties of both sides; the longer list has a party more for what is divided. */
  get parties() {
    return this.sides.map((atlas) => atlas.payload.parties).reduce((a, b) => (b.length > a.length ? b : a));
  }

  /** Whether both sides look at the conflict with the same claims in the same way. */
  get sameViewpoint() {
    return this.one.url === this.other.url && this.one.view === this.other.view;
  }

  /**
   * Compare both sides anew, and ring on both maps where the holder differs or changed in between. `compared` has places with another holder,
   * those of which one side is silent, those that differ in fighting or siege alone, and all of these in that order; the changes in between,
   * how many there were by place, and the places that changed and are back with their holder.
   */
  compare() {
    const { one, other } = this,
      changes = this.changes(),
      times = new Map();
    for (const { place } of changes) times.set(place, (times.get(place) ?? 0) + 1);
    const holders = [],
      silent = [],
      lesser = [],
      marks = new Uint8Array(one.codes.length);
    for (let place = 0; place < one.codes.length; place++) {
      if (!one.included[place]) continue;
      const [holder, contested, besieged] = one.state(place),
        [after, fought, sieged] = other.state(place);
      if (holder !== after) (holder < 0 || after < 0 ? silent : holders).push(place);
      else if (contested !== fought || besieged !== sieged) lesser.push(place);
      marks[place] = Number(holder !== after || times.has(place));
    }
    const apart = new Set([...holders, ...silent]),
      back = [...times.keys()].filter((place) => !apart.has(place));
    this.compared = { holders, silent, lesser, differing: [...holders, ...silent, ...lesser], changes, times, back };
    for (const atlas of this.sides) atlas.mark(marks);
  }

  update() {
    this.compare();
    this.emit("change");
  }

  /** Every change of hands after the first date and up to the second, in order, as the viewpoint of B has them, and of A where that differs. */
  changes() {
    if (this.one.day === this.other.day) return [];
    const sides = this.sameViewpoint ? [1] : [0, 1];
    return sides
      .flatMap((side) => handovers(this.sides[side], this.one.day, this.other.day).map((change) => ({ ...change, side })))
      .sort((a, b) => a.day - b.day || a.side - b.side);
  }
}

/** Every change of hands after one day and up to another, also one that is undone, as geodata's `changes_between` has them. */
export function handovers(atlas, after, upTo) {
  const {
      events,
      feed,
      track,
      included,
      payload: { states },
    } = atlas,
    held = new Map(),
    found = [];
  if (!feed) return found; // the events come after the first picture
  for (let k = events.firstAfter(after); k < events.length && events.day[k] <= upTo; k++) {
    const place = events.place[k],
      to = events.party[k];
    if (!included[place] || !feed.follows(k)) continue;
    const from = held.get(place) ?? states[track.at(place, after)][0];
    if (from === to) continue;
    held.set(place, to);
    found.push({ number: k, place, day: events.day[k], from, to });
  }
  return found;
}

/** The event by which a place is on the present day what it is, null where nothing is known of it. */
export function inForce(atlas, place) {
  const { events, feed, day } = atlas;
  const number = (events?.of(place) ?? []).findLast((k) => feed.follows(k) && (!events.typeOf(k).date || events.day[k] <= day));
  return number === undefined ? null : events.at(number);
}

/** The page's one pair, made by whoever comes first. */
export function thePair() {
  if (!window.controlPair) {
    window.controlPair = new Pair();
    document.addEventListener(
      "keydown",
      (event) => {
        if (window.controlPair.mounted) window.controlPair.key(event);
      },
      true,
    );
    window.dispatchEvent(new Event("control-pair"));
  }
  return window.controlPair;
}
