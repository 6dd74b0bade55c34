// The side panel of the page that compares: the legend of both sides, the places on which they differ, and every change between their dates.

import { longDate, shortDate } from "../dates.js";
import { element } from "../drawing/elements.js";
import { symbolElement } from "../drawing/symbols.js";
import { nameOf, onwards, placeName, t, tn } from "../language.js";
import { LETTERS, inForce, thePair } from "../state/pair.js";
import { placeHeader } from "../widgets/place_header.js";
import { drawRibbon } from "../widgets/ribbon.js";
import { TimeScale } from "../widgets/time_scale.js";
import { VirtualList } from "../widgets/virtual_list.js";
import { basisOf, ledgerLink, sourcesOf } from "./difference/basis.js";
import { PairLegend } from "./difference/legend.js";

const REST_MS = 80; // lists follow at most this often: rows cost more than pixels
const mounted = new WeakMap();

export function mount({ parentElement }) {
  let difference = mounted.get(parentElement);
  if (!difference) mounted.set(parentElement, (difference = new Difference(parentElement)));
  return () => {
    difference.end();
    mounted.delete(parentElement);
  };
}

class Difference {
  constructor(root) {
    this.pair = thePair();
    const { pair } = this;
    this.tab = "places";
    this.legend = new PairLegend(pair);
    this.below = element("section", "below");
    root.append(element("div", "rail difference", null, this.legend.element, this.below));
    this.offs = [
      pair.whenReady(() => this.all()),
      pair.on("change", () => this.move()),
      pair.on("territory", () => this.legend.fill()),
      pair.on("place", () => this.showBelow()),
      ...pair.sides.map((atlas) => atlas.on("feed", () => pair.ready && this.all())),
      pair.other.on("look", () => pair.ready && this.all()),
    ];
  }

  end() {
    this.offs.forEach((off) => off());
  }

  all() {
    this.legend.build();
    this.showBelow();
  }

  move() {
    this.legend.fill();
    if (this.resting) return;
    this.resting = setTimeout(() => {
      this.resting = null;
      this.fill();
    }, REST_MS);
  }

  // -- lists --------------------------------------------------------------------------------------------------------------------

  showBelow() {
    this.card = null;
    const { one } = this.pair;
    if (one.visitor) this.buildVisitor();
    else if (one.place >= 0) this.buildCard();
    else this.buildLists();
  }

  buildLists() {
    this.said = element("p", "said");
    this.said.setAttribute("role", "status");
    const tabs = element("div", "views");
    tabs.setAttribute("role", "group");
    tabs.setAttribute("aria-label", t("What is listed"));
    this.tabs = ["places", "changes"].map((tab) => {
      const button = element("button");
      button.type = "button";
      button.addEventListener("click", () => {
        this.tab = tab;
        this.buildLists();
      });
      tabs.append(button);
      return [tab, button];
    });
    this.list = new VirtualList("feed both", (j) =>
      this.tab === "places" ? this.placeRow(j) : this.changeRow(this.pair.compared.changes[j]),
    );
    this.below.replaceChildren(this.said, tabs, this.list.element);
    this.fill();
  }

  fill() {
    const { pair } = this,
      { compared } = pair;
    if (!compared) return;
    if (this.card) return this.fillCard();
    if (!this.said?.isConnected) return;
    this.said.replaceChildren(...this.summary());
    const { differing, changes } = compared,
      labels = {
        places: t("Places that differ ({n})", { n: differing.length }),
        changes: t("All changes in between ({n})", { n: changes.length }),
      };
    for (const [tab, button] of this.tabs) {
      button.textContent = labels[tab];
      button.setAttribute("aria-pressed", String(tab === this.tab));
    }
    const { length } = this.tab === "places" ? differing : changes;
    if (length) this.list.show(length, 0, true);
    else this.list.empty(this.tab === "places" ? t("Both sides say the same of every place.") : this.noChanges());
  }

  noChanges() {
    const { one, other } = this.pair;
    return one.day === other.day ? t("Both sides show one date, so nothing happens in between.") : t("No place changed hands in between.");
  }

  /** How many places differ, and how many changes there were: a reversal shows in the second number alone. */
  summary() {
    const { pair } = this,
      { holders, silent, lesser, changes, back, times } = pair.compared;
    const parts = [
      element(
        "b",
        "",
        holders.length
          ? tn("{n} place has another holder.", "{n} places have another holder.", holders.length)
          : t("No place has another holder."),
      ),
    ];
    if (silent.length)
      parts.push(tn("Of {n} place one side alone says who holds it.", "Of {n} places one side alone says who holds them.", silent.length));
    if (lesser.length)
      parts.push(tn("{n} place differs in fighting or siege alone.", "{n} places differ in fighting or siege alone.", lesser.length));
    if (pair.one.day !== pair.other.day) {
      parts.push(element("b", "", tn("{n} change in between", "{n} changes in between", changes.length)));
      if (changes.length) parts.push(tn("at {n} place", "at {n} places", times.size));
      if (back.length && pair.sameViewpoint)
        parts.push(tn("of which {n} is back with its holder", "of which {n} are back with their holders", back.length));
      parts.push(".");
    }
    return parts.flatMap((part, k) => (k && part !== "." ? [" ", part] : [part]));
  }

  row(place, ...children) {
    const button = element("button", "", null, ...children);
    button.type = "button";
    button.addEventListener("click", () => this.pair.one.select(place, { fly: true }));
    return element("li", "", null, button);
  }

  symbol(atlas, holder, flagged = false) {
    const { parties, unknown } = atlas.payload,
      style = holder < 0 ? unknown : parties[holder];
    return symbolElement(style, { hollow: flagged && holder >= 0, title: holder < 0 ? t("no claim") : nameOf(style) });
  }

  /** A place on which the sides differ: from and to, and what each side rests on. */
  placeRow(j) {
    const { pair } = this,
      { differing, lesser, times } = pair.compared,
      place = differing[j];
    const states = pair.sides.map((atlas) => atlas.state(place)),
      arrow = element("span", "arrow");
    const rings = ([, contested, besieged]) => (besieged ? "○" : contested ? "×" : "");
    arrow.append(
      this.symbol(pair.one, states[0][0], states[0][4]),
      rings(states[0]),
      onwards(),
      this.symbol(pair.other, states[1][0], states[1][4]),
      rings(states[1]),
    );
    const count = times.get(place) ?? 0,
      told = pair.sides.map(() => element("small", "why", "…"));
    const note = element(
      "span",
      "status",
      count > 1 ? tn("{n} change", "{n} changes", count) : j < differing.length - lesser.length ? "" : t("same holder"),
    );
    this.tellWhy(told, place);
    return this.row(place, arrow, element("b", "", placeName(pair.one.payload.places, place)), note, ...told);
  }

  /** What each side rests on, once its evidence is here. */
  tellWhy(told, place) {
    this.pair.sides.forEach(async (atlas, k) => {
      told[k].textContent = told[k].title = `${LETTERS[k]}: ${await basisOf(atlas, place)}`;
    });
  }

  changeRow({ side, number, place, day, from, to }) {
    const { pair } = this,
      atlas = pair.sides[side],
      event = atlas.events.at(number);
    const arrow = element("span", "arrow", null, this.symbol(atlas, from), onwards(), this.symbol(atlas, to, event.flagged));
    const date = element("time", "", event.latest - event.earliest > 2 ? t("by {date}", { date: shortDate(day) }) : shortDate(day)),
      told = element("small", "why", "…");
    const status = element(
      "span",
      `status ${event.status}`,
      (pair.sameViewpoint ? "" : `${LETTERS[side]}: `) +
        (event.basis === "change" ? t(event.status) : event.basis === "implied" ? t("date open") : t("first known")),
    );
    const row = this.row(place, date, arrow, element("b", "", placeName(pair.one.payload.places, place)), status, told);
    row.firstChild.classList.add("dated");
    sourcesOf(atlas, event).then(({ sources, reason, link }) => {
      told.textContent = sources;
      row.firstChild.title = reason;
      if (link) row.append(ledgerLink(pair.one, link, event));
    });
    return row;
  }

  // -- the selected place -------------------------------------------------------------------------------------------------------

  header() {
    return placeHeader(this.pair.one, t("Back to all differences (Esc)"));
  }

  buildVisitor() {
    const text = t("No claim in the dataset is about this place, so neither side says who holds it.");
    this.below.replaceChildren(this.header(), element("p", "reason", text));
  }

  buildCard() {
    this.card = element("div", "card");
    this.below.replaceChildren(this.header(), this.card);
    this.fillCard();
  }

  /** Both states of the selected place, what each rests on, and the changes in between. */
  fillCard() {
    const { pair } = this,
      { place } = pair.one,
      mine = pair.compared.changes.filter((change) => change.place === place);
    const rows = mine.map((change) => this.changeRow(change));
    this.card.replaceChildren(
      ...pair.sides.map((atlas, k) => this.state(atlas, k, place)),
      element("h3", "", mine.length ? t("Changes in between ({n})", { n: mine.length }) : t("Changes in between")),
      mine.length ? element("ol", "feed own both", null, ...rows) : element("p", "reason", this.noChanges()),
    );
  }

  state(atlas, k, place) {
    const { pair } = this,
      [holder, contested, besieged, fading, flagged] = atlas.state(place),
      { parties } = atlas.payload;
    const words = [contested && t("contested"), besieged && t("besieged"), fading && t("changing hands")].filter(Boolean);
    const name = element("b", "", holder < 0 ? t("No claim") : nameOf(parties[holder])),
      why = element("p", "reason", "…"),
      canvas = element("canvas", "ribbon"),
      marker = element("i");
    drawRibbon(canvas, atlas, place, 600, 14);
    marker.style.left = new TimeScale(atlas.payload).percent(atlas.day);
    const symbol = symbolElement(holder < 0 ? atlas.payload.unknown : parties[holder], {
      hollow: Boolean(flagged) && holder >= 0,
      size: 18,
    });
    const event = inForce(atlas, place);
    if (event)
      sourcesOf(atlas, event).then(({ sources, reason, link }) => {
        why.replaceChildren(reason, element("span", "by", ` ${sources} `), ...(link ? [ledgerLink(pair.one, link, event)] : []));
      });
    else why.textContent = t("No claim that counts here says who holds it.");
    return element(
      "section",
      "one-side",
      null,
      element("h3", "", null, element("b", "letter", LETTERS[k]), ` ${longDate(atlas.day)}`),
      element("p", "holder", null, symbol, name, element("span", "", [event && t(event.status), ...words].filter(Boolean).join(t(", ")))),
      element("div", "ribbon-strip", null, canvas, marker),
      why,
    );
  }
}
