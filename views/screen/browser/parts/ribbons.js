// Control ribbons: a row a place, time across, sorted as one likes.

import { drawRibbon } from "../widgets/ribbon.js";
import { TimeScale } from "../widgets/time_scale.js";
import { theAtlas } from "../state/atlas.js";
import { shortDate } from "../dates.js";
import { locale, nameOf, number, placeName, t, tn } from "../language.js";
import { element } from "../drawing/elements.js";
import { symbolElement } from "../drawing/symbols.js";

const MOST = 100; // rows shown at first, and more at a click: each has a canvas
const EARTH_RADIUS_KM = 6371.0088; // mean, IUGG R1, as in geodata/dataset/places.py
const mounted = new WeakMap();

export function mount({ parentElement, data }) {
  let ribbons = mounted.get(parentElement);
  if (!ribbons) mounted.set(parentElement, (ribbons = new Ribbons(parentElement)));
  ribbons.about(data);
  return () => {
    ribbons.end();
    mounted.delete(parentElement);
  };
}

class Ribbons {
  constructor(root) {
    this.atlas = theAtlas();
    const { atlas } = this;
    this.most = MOST;
    this.order = "flips";
    this.root = element("section", "ribbons");
    root.append(this.root);
    this.offs = [
      atlas.whenReady(() => this.build()),
      atlas.on("view", () => this.build()),
      atlas.on("look", () => this.build()),
      atlas.on("day", () => this.move()),
      atlas.on("place", () => this.move()),
    ];
  }

  /** Be about one place alone, on a page that has no timeline to open the data. */
  async about({ only, opening }) {
    this.only = only;
    const { atlas } = this;
    if (!only) return;
    if (atlas.url !== opening.url) {
      const opened = atlas.open({ ...opening, voice: "", known: "" }); // the ribbon is everybody's, as known today
      atlas.forget(); // the next page with a timeline opens as the server says
      await opened;
    }
    this.build();
  }

  end() {
    this.offs.forEach((off) => off());
  }

  build() {
    const { atlas } = this,
      { places } = atlas.payload;
    this.steps = new Map();
    places.id.forEach((id, i) => (this.only ? id === this.only : atlas.included[i]) && this.steps.set(i, holdersOf(atlas, i)));
    this.sortable = !this.only && this.steps.size > 1;
    this.root.replaceChildren(...(this.only ? [] : this.help()), this.list());
    this.move();
  }

  help() {
    const text = element(
      "p",
      "help",
      t(
        "A row a place, time across. Colour: who held it. Hatched: contested. White line: besieged. Pale: the sources give only a span of days. Grey: no claim. Click a row to go to that place and day; the keys ↑ and ↓ then go from change to change of the place.",
      ),
    );
    if (!this.sortable) return [text];
    const select = element("select");
    for (const [order, label] of this.orders()) select.append(new Option(label, order));
    select.value = this.order = [...select.options].some((option) => option.value === this.order) ? this.order : "flips";
    select.addEventListener("change", () => {
      this.order = select.value;
      this.sort();
    });
    return [text, element("label", "order", t("Sorted by"), " ", select)];
  }

  /** Ways to sort that make sense here, each with what it is called. */
  orders() {
    const { atlas } = this,
      { places } = atlas.payload,
      capital = this.capital();
    return [
      ["flips", t("number of flips")],
      ["name", t("name")],
      ...(capital >= 0 ? [["capital", t("distance from {place}", { place: placeName(places, capital) })]] : []),
      ["chosen", t("distance from the chosen place")],
    ];
  }

  /** The place that the province is ruled from, -1 if the dataset does not have it. */
  capital() {
    const { feature } = this.atlas.payload.places,
      mine = [...this.steps.keys()];
    return mine.find((place) => feature[place] === "capital") ?? mine.find((place) => feature[place] === "city") ?? -1;
  }

  list() {
    const { atlas } = this,
      { first, last } = atlas.payload;
    const scale = new TimeScale(atlas.payload),
      all = this.sorted(),
      rest = all.length - this.most;
    this.rows = all.slice(0, this.most).map((place) => this.row(place));
    const years = element("div", "years");
    for (let year = new Date(first * 86400000).getUTCFullYear(); ; year++) {
      const day = Date.UTC(year, 0, 1) / 86400000;
      if (day > last) break;
      if (day < first) continue;
      const label = element("span", "", String(year));
      label.style.left = scale.percent(day);
      years.append(label);
    }
    const axis = element("li", "scale", null, element("span"), years);
    axis.setAttribute("aria-hidden", "true");
    this.items = element("div", "", null, element("ol", "", null, ...this.rows.map((r) => r.row), axis));
    if (rest > 0) {
      const more = element(
        "button",
        "more",
        t("Show {more} more of {all} places", { more: Math.min(MOST, rest), all: number(all.length) }),
      );
      more.type = "button";
      more.addEventListener("click", () => {
        this.most += MOST;
        this.sort();
      });
      this.items.append(more);
    }
    return this.items;
  }

  row(place) {
    const { atlas } = this,
      { places } = atlas.payload,
      steps = this.steps.get(place);
    const name = element("button", "", placeName(places, place));
    name.type = "button";
    name.addEventListener("click", () => atlas.select(place, { fly: true }));
    const canvas = element("canvas");
    drawRibbon(canvas, atlas, place, 1000, 18);
    const marker = element("i"),
      strip = element("div", "strip", null, canvas, marker),
      now = element("span", "now");
    strip.setAttribute("role", "img");
    strip.setAttribute("aria-label", told(atlas, steps));
    strip.addEventListener("click", (event) => {
      atlas.jump(atlas.from, new TimeScale(atlas.payload).dayUnder(event, strip));
      atlas.select(place);
    });
    return { place, row: element("li", "", null, name, strip, now, element("small", "", this.remark(place))), marker, now };
  }

  /** What stands at the end of a row: how far it is where distance is the order, else how often it changed hands. */
  remark(place) {
    const from = this.from(),
      flips = flipsOf(this.steps.get(place));
    return from >= 0
      ? t("{km} km", { km: Math.round(kilometres(this.atlas.payload.places, from, place)) })
      : tn("{n} flip", "{n} flips", flips);
  }

  /** The places in the order that is chosen. */
  sorted() {
    const { places } = this.atlas.payload,
      from = this.from(),
      inOrder = new Intl.Collator(locale());
    const key = (place) => (from >= 0 ? kilometres(places, from, place) : this.order === "name" ? 0 : -flipsOf(this.steps.get(place)));
    return [...this.steps.keys()].sort((a, b) => key(a) - key(b) || inOrder.compare(placeName(places, a), placeName(places, b)));
  }

  /** The place that distances are counted from, -1 where the order is another. */
  from() {
    return this.order === "capital" ? this.capital() : this.order === "chosen" ? this.atlas.place : -1;
  }

  /** Show the rows in the order that is chosen; who has come to a row by the keys stays with the chosen place. */
  sort() {
    const before = this.items,
      focused = before.contains(before.getRootNode().activeElement);
    before.replaceWith(this.list());
    this.move();
    if (focused)
      this.rows
        .find((row) => row.place === this.atlas.place)
        ?.row.querySelector("button")
        .focus();
  }

  move() {
    const { atlas } = this,
      { parties, unknown } = atlas.payload,
      today = new TimeScale(atlas.payload).percent(atlas.day);
    if (this.order === "chosen" && this.sortable && this.sortedFor !== atlas.place) {
      this.sortedFor = atlas.place;
      this.sort();
    }
    for (const { place, row, marker, now } of this.rows ?? []) {
      marker.style.left = today;
      row.className = place === atlas.place ? "chosen" : "";
      const [holder, , , , flagged] = atlas.state(place),
        key = `${holder}/${flagged}`;
      if (now.dataset.key === key) continue;
      now.dataset.key = key;
      now.replaceChildren(
        symbolElement(holder < 0 ? unknown : parties[holder], {
          hollow: Boolean(flagged),
          title: holder < 0 ? t("no claim") : nameOf(parties[holder]),
        }),
      );
    }
  }
}

/** Who held a place, as [first day, holder], without steps that change something else; -1 is nobody known. */
function holdersOf(atlas, place) {
  const { first, states, views } = atlas.payload,
    { offsets, days, codes } = views[atlas.view],
    steps = [[first, -1]];
  for (let k = offsets[place]; k < offsets[place + 1]; k++) {
    const holder = states[codes[k]][0],
      day = Math.max(first, days[k]);
    if (holder === steps.at(-1)[1]) continue;
    if (days[k] < first) steps.pop();
    if (holder !== steps.at(-1)?.[1]) steps.push([day, holder]);
  }
  return steps;
}

/** How often a place passed from one known holder to another. */
function flipsOf(steps) {
  return steps.reduce((count, [, holder], k) => count + (k > 0 && holder >= 0 && steps[k - 1][1] >= 0), 0);
}

/** The ribbon in words. */
function told(atlas, steps) {
  const { parties } = atlas.payload,
    name = (holder) => (holder < 0 ? t("no claim") : nameOf(parties[holder]));
  return steps
    .map(([day, holder], k) =>
      k ? t("from {day} {holder}", { day: shortDate(day), holder: name(holder) }) : t("At first {holder}", { holder: name(holder) }),
    )
    .join(t(", "));
}

/** Distance of two places along a great circle. */
function kilometres({ longitude, latitude }, one, other) {
  const radians = Math.PI / 180,
    half = (degrees) => Math.sin((degrees * radians) / 2) ** 2;
  const across = Math.cos(latitude[one] * radians) * Math.cos(latitude[other] * radians) * half(longitude[one] - longitude[other]);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(half(latitude[one] - latitude[other]) + across));
}
