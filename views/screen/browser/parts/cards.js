// A card a province: its land and places on the present day, shares by party, what is known, the last change. They follow the date.

import { theAtlas } from "../state/atlas.js";
import { longDate, shortDate } from "../dates.js";
import { nameOf, placeName, rounded, t, tn } from "../language.js";
import { element } from "../drawing/elements.js";
import { symbolElement, trace } from "../drawing/symbols.js";
import { paintElement } from "../drawing/patterns.js";
import { eastOf, southOf } from "../drawing/mercator.js";
import { Paints } from "../drawing/paints.js";
import { queryOf } from "../state/permalink.js";
import { lastAtOrBefore } from "../state/track.js";
import { viewButtons, viewpoint } from "../widgets/viewpoint.js";

const PADDING_PX = 5;
const SYMBOL_PX = 3.4;
const UNITS = { places: () => t("Places"), land: () => t("Land") };
const mounted = new WeakMap();

export function mount({ parentElement, data, setTriggerValue }) {
  let cards = mounted.get(parentElement);
  if (!cards) mounted.set(parentElement, (cards = new Cards(parentElement, data)));
  cards.choose = (code) => setTriggerValue("chosen", code);
  return () => {
    cards.end();
    mounted.delete(parentElement);
  };
}

class Cards {
  constructor(root, { provinces, voices }) {
    this.atlas = theAtlas();
    const { atlas } = this;
    this.viewpoint = viewpoint(atlas, voices);
    this.choose = null; // tells the server which card was chosen
    this.unit = "places";
    this.head = element("div", "head");
    this.cards = provinces.map(([code, name]) => this.card(code, name));
    const section = element("section", "cards", null, this.head, element("div", "grid", null, ...this.cards.map((card) => card.root)));
    root.append(section);
    this.offs = [
      atlas.whenReady(() => this.all()),
      atlas.on("view", () => this.all()),
      atlas.on("look", () => this.all()),
      atlas.on("territory", () => this.shapes()),
      atlas.on("day", ({ changed, sites }) => this.move(changed, sites)),
    ];
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(section);
  }

  end() {
    this.offs.forEach((off) => off());
    this.viewpoint.end();
    this.observer.disconnect();
  }

  card(code, name) {
    const link = element("a", "", name),
      canvas = element("canvas"),
      strip = element("div", "strip");
    canvas.setAttribute("aria-hidden", "true");
    strip.setAttribute("aria-hidden", "true");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault(); // here it goes without loading the page again
      this.choose(code);
    });
    const held = element("p", "held"),
      known = element("p", "known"),
      last = element("p", "known");
    return {
      code,
      link,
      canvas,
      strip,
      held,
      known,
      last,
      root: element("article", "", null, element("h2", "", null, link), canvas, strip, held, known, last),
    };
  }

  /** Everything anew: other data or another view. */
  all() {
    const { atlas } = this,
      { places } = atlas.payload;
    this.mine = new Map(this.cards.map((card) => [card.code, []]));
    places.admin1.forEach((code, i) => this.mine.get(code)?.push(i));
    this.flips();
    this.heading();
    this.shapes();
  }

  heading() {
    const { atlas } = this,
      { parties } = atlas.payload,
      held = new Set();
    const { codes } = atlas.payload.views[atlas.view];
    for (const code of codes) held.add(atlas.payload.states[code][0]);
    const choice = element("div", "units");
    choice.setAttribute("role", "group");
    choice.setAttribute("aria-label", t("What the bars show"));
    for (const [unit, label] of Object.entries(UNITS)) {
      const button = element("button", "", label());
      button.type = "button";
      button.setAttribute("aria-pressed", String(unit === this.unit));
      button.addEventListener("click", () => {
        this.unit = unit;
        this.heading();
        this.fill();
      });
      choice.append(button);
    }
    const legend = parties.flatMap((party, k) =>
      held.has(k) ? [element("span", "", null, symbolElement(party), ` ${nameOf(party)}`)] : [],
    );
    this.day = element("strong");
    this.head.replaceChildren(this.day, viewButtons(atlas), this.viewpoint.box, choice, element("div", "legend", null, ...legend));
  }

  /** Days on which places of each province passed from one known holder to another, and which. */
  flips() {
    const { atlas } = this,
      { first, states, places, views } = atlas.payload,
      { offsets, days, codes } = views[atlas.view];
    this.changes = new Map(this.cards.map((card) => [card.code, []]));
    for (let i = 0; i + 1 < offsets.length; i++) {
      let before = -1;
      for (let k = offsets[i]; k < offsets[i + 1]; k++) {
        const holder = states[codes[k]][0];
        if (before >= 0 && holder >= 0 && holder !== before && days[k] >= first) this.changes.get(places.admin1[i])?.push([days[k], i]);
        before = holder;
      }
    }
    for (const list of this.changes.values()) list.sort((a, b) => a[0] - b[0]);
  }

  /** Take the shapes of the land, once they are here. */
  shapes() {
    const { territory } = this.atlas;
    this.pieces = new Map(this.cards.map((card) => [card.code, []]));
    this.regionsOf = new Map();
    if (territory) {
      const { region, site } = territory.pieces;
      region.forEach((number, piece) => {
        const code = territory.regions[number];
        this.pieces.get(code)?.push(piece);
        if (!this.regionsOf.has(site[piece])) this.regionsOf.set(site[piece], new Set());
        this.regionsOf.get(site[piece]).add(code);
      });
    }
    this.draw();
    this.fill();
  }

  move(changed, sites) {
    const { places } = this.atlas.payload,
      stale = new Set();
    for (const place of changed) stale.add(places.admin1[place]);
    for (const site of sites) for (const code of this.regionsOf.get(site) ?? []) stale.add(code);
    for (const card of this.cards) if (stale.has(card.code)) this.paint(card);
    this.fill();
  }

  // -- words --------------------------------------------------------------------------------------------------------------------

  fill() {
    const { atlas } = this,
      { payload, day } = atlas,
      here = atlas.permalink();
    this.day.textContent = longDate(day);
    for (const card of this.cards) {
      card.link.href = location.pathname + queryOf({ ...here, province: card.code, place: "", map: "" });
      const mine = this.mine.get(card.code),
        number = new Array(payload.parties.length).fill(0);
      let known = 0;
      for (const place of mine) {
        const [holder] = atlas.state(place);
        if (holder < 0) continue;
        known++;
        number[holder]++;
      }
      const land = this.unit === "land" ? this.land(card.code) : null;
      this.bar(card, land ? land.best : number, land ? land.total : mine.length);
      const order = number
        .map((_, k) => k)
        .filter((k) => (land ? land.high[k] : number[k]))
        .sort((a, b) => (land ? land.best[b] - land.best[a] : number[b] - number[a]));
      card.held.replaceChildren(...order.map((k) => this.figure(k, number[k], land)));
      if (!order.length) card.held.textContent = mine.length ? t("no claim on this date") : "";
      card.known.textContent = mine.length
        ? tn("{known} of {n} place known", "{known} of {n} places known", mine.length, { known })
        : this.nowhere(card.code);
      const changes = this.changes.get(card.code),
        at = lastAtOrBefore(
          changes.map(([when]) => when),
          day,
        );
      card.last.textContent =
        at >= 0
          ? t("Last change {day}: {place}", { day: shortDate(changes[at][0]), place: placeName(payload.places, changes[at][1]) })
          : mine.length
            ? t("No change of hands so far")
            : "";
    }
  }

  /** What there is to say of a province without a place. */
  nowhere(code) {
    const near = this.pieces?.get(code).some((piece) => this.atlas.territory.pieces.site[piece] >= 0);
    return near
      ? t("No place of this province is in the dataset; the land is near places of its neighbours.")
      : t("No place of this province is in the dataset.");
  }

  figure(party, number, land) {
    const { parties } = this.atlas.payload,
      style = parties[party];
    const text = land
      ? t("{best} km² ({low}–{high})", { best: rounded(land.best[party]), low: rounded(land.low[party]), high: rounded(land.high[party]) })
      : String(number);
    return element("span", "", null, symbolElement(style, { title: nameOf(style) }), " ", text);
  }

  /** Land by party in a province: best, least, most; total is what is near enough to a place. */
  land(code) {
    const { territory } = this.atlas,
      none = this.atlas.payload.parties.map(() => 0);
    if (!territory) return { best: none, low: none, high: none, total: 0 };
    const only = (region) => territory.regions[region] === code,
      km2 = territory.km2(only),
      { low, high } = territory.bounds(only);
    const blank = km2.length - 1;
    return { best: Array.from(km2.subarray(0, none.length)), low, high, total: km2.subarray(0, blank).reduce((sum, one) => sum + one, 0) };
  }

  bar({ strip }, figures, total) {
    const { pattern, payload } = this.atlas,
      { parties } = payload;
    strip.replaceChildren(
      ...figures.flatMap((figure, k) => {
        if (!figure || !total) return [];
        const part = element("i");
        part.style.width = `${(100 * figure) / total}%`;
        paintElement(part, parties[k], pattern);
        return [part];
      }),
    );
  }

  // -- maps ---------------------------------------------------------------------------------------------------------------------

  draw() {
    if (!this.pieces) return;
    for (const card of this.cards) this.paint(card);
  }

  paint({ code, canvas }) {
    const { atlas } = this,
      { territory, payload } = atlas,
      pieces = this.pieces.get(code),
      width = canvas.clientWidth,
      height = canvas.clientHeight;
    if (!width) return;
    const scale = devicePixelRatio || 1,
      context = canvas.getContext("2d");
    canvas.width = width * scale;
    canvas.height = height * scale;
    if (!pieces.length) return;
    const { bounds, firstRing, firstPoint, x, y, site } = territory.pieces;
    let [west, north, east, south] = [1, 1, 0, 0];
    for (const piece of pieces) {
      west = Math.min(west, bounds[4 * piece]);
      north = Math.min(north, bounds[4 * piece + 1]);
      east = Math.max(east, bounds[4 * piece + 2]);
      south = Math.max(south, bounds[4 * piece + 3]);
    }
    const room = 2 * PADDING_PX,
      size = scale * Math.min((width - room) / (east - west), (height - room) / (south - north));
    const left = (canvas.width - (east - west) * size) / 2 - west * size,
      top = (canvas.height - (south - north) * size) / 2 - north * size;
    const paths = pieces.map((piece) => {
      const path = new Path2D();
      for (let ring = firstRing[piece]; ring < firstRing[piece + 1]; ring++) {
        for (let k = firstPoint[ring]; k < firstPoint[ring + 1]; k++)
          path[k === firstPoint[ring] ? "moveTo" : "lineTo"](x[k] * size + left, y[k] * size + top);
        path.closePath();
      }
      return path;
    });
    // The outline is what of a thick line around every piece is left by the pieces themselves.
    context.lineJoin = "round";
    context.strokeStyle = payload.colours.ink;
    context.lineWidth = 2.4 * scale;
    for (const path of paths) context.stroke(path);
    const paints = new Paints(context, atlas, scale);
    context.lineWidth = scale; // hides the seam between cells of one colour
    paths.forEach((path, k) => {
      context.fillStyle = context.strokeStyle = site[pieces[k]] < 0 ? payload.colours.land : paints.of(territory.code(site[pieces[k]]));
      context.fill(path, "evenodd");
      context.stroke(path);
    });
    for (const place of this.mine.get(code)) this.symbol(context, place, size, left, top, scale);
  }

  symbol(context, place, size, left, top, scale) {
    const { payload } = this.atlas,
      { longitude, latitude } = payload.places,
      [holder, , , , flagged] = this.atlas.state(place);
    const style = holder < 0 ? payload.unknown : payload.parties[holder];
    const x = eastOf(longitude[place]) * size + left,
      y = southOf(latitude[place]) * size + top;
    trace(context, style.symbol, x, y, SYMBOL_PX * scale);
    context.lineWidth = 2 * scale;
    context.strokeStyle = "#FFFFFF";
    context.stroke();
    context.fillStyle = flagged ? "#FFFFFF" : style.colour;
    context.fill();
    context.lineWidth = scale;
    context.strokeStyle = flagged ? style.colour : style.edge;
    if (flagged || style.edge !== "#FFFFFF") context.stroke();
  }
}
