// Beside the two maps: the legend of both sides, the places on which they differ, and every change between their dates.

import { drawRibbon } from "../widgets/ribbon.js";
import { longDate, shortDate } from "../dates.js";
import { languageQuery, leftToRight, nameOf, number as figure, onwards, placeName, rounded, said, t, tn } from "../language.js";
import { LETTERS, inForce, thePair } from "../state/pair.js";
import { mix, paintElement } from "../drawing/patterns.js";
import { element, placeHeading, symbolElement } from "../drawing/shapes.js";
import { VirtualList } from "../widgets/virtual_list.js";

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

/** What an event is to the claims behind it, as `role_of` in event_links.py. */
const roleOf = ({ payload }, { kind, party }) => (kind === "control" ? payload.parties[party].id : kind);

const signed = (text, by) => leftToRight(by > 0 ? `+${text}` : `−${text}`);

class Difference {
  constructor(root) {
    this.pair = thePair();
    const { pair } = this;
    this.tab = "places";
    this.legend = element("section", "legend");
    this.below = element("section", "below");
    root.append(element("div", "rail difference", null, this.legend, this.below));
    this.offs = [
      pair.whenReady(() => this.all()),
      pair.on("change", () => this.move()),
      pair.on("territory", () => this.fillLegend()),
      pair.on("place", () => this.showBelow()),
      ...pair.sides.map((atlas) => atlas.on("feed", () => pair.ready && this.all())),
      pair.other.on("look", () => pair.ready && this.all()),
    ];
  }

  end() {
    this.offs.forEach((off) => off());
  }

  all() {
    this.buildLegend();
    this.showBelow();
  }

  move() {
    this.fillLegend();
    if (this.resting) return;
    this.resting = setTimeout(() => {
      this.resting = null;
      this.fill();
    }, REST_MS);
  }

  // -- legend -------------------------------------------------------------------------------------------------------------------

  buildLegend() {
    const { pair } = this,
      { parties } = pair,
      n = parties.length,
      { unknown } = pair.one.payload;
    const ever = (k) => pair.sides.some((atlas) => atlas.feed?.names(k) || atlas.series.peak[k] > 0);
    const head = element(
      "tr",
      "",
      null,
      element("th", "", t("Control")),
      ...LETTERS.map((letter) => element("th", "figure", null, element("b", "letter", letter))),
      element("th", "figure", t("difference")),
    );
    [...head.children].forEach((cell) => (cell.scope = "col"));
    const body = element("tbody");
    this.rows = [];
    const row = (k, mark, name) => {
      const cells = [0, 1, 2].map(() => element("td", "figure", null, element("span"), element("small")));
      const label = element("th", "", null, mark, element("span", "", name));
      label.scope = "row";
      body.append(element("tr", k > n ? "layer" : "", null, label, ...cells));
      this.rows.push({ k, cells });
    };
    parties.forEach((party, k) => ever(k) && row(k, this.swatch(party), nameOf(party)));
    row(n, this.swatch(unknown), t("No claim"));
    if (ever(n + 1)) row(n + 1, element("i", "ring dashed"), t("contested"));
    if (ever(n + 2)) row(n + 2, element("i", "ring"), t("besieged"));
    this.unit = element("p", "help");
    this.legend.replaceChildren(element("table", "", null, element("thead", "", null, head), body), this.unit);
    this.fillLegend();
  }

  swatch(style) {
    const swatch = element("i", "swatch", null, symbolElement(style, { size: 15 })),
      { pattern, payload } = this.pair.one;
    paintElement(swatch, style, pattern, mix(style.colour, payload.colours.land, 0.25)); // as land is on the map
    return swatch;
  }

  /** Numbers of places on both sides; areas to two digits, and their difference only where it is larger than both ranges allow. */
  fillLegend() {
    const { pair } = this,
      { sides } = pair;
    if (!this.rows) return;
    const counts = sides.map((atlas) => this.counts(atlas)),
      km2 = sides.map((atlas) => this.land(atlas)),
      landed = km2.every(Boolean);
    this.unit.textContent = landed ? t("Places, and km² of the land nearest to them: an estimate, to two digits") : t("Numbers of places");
    for (const { k, cells } of this.rows) {
      const by = counts[1][k] - counts[0][k],
        texts = [figure(counts[0][k]), figure(counts[1][k]), by ? signed(figure(Math.abs(by)), by) : "="];
      const areas = landed && k < pair.parties.length ? this.areas(km2, k) : ["", "", ""];
      cells.forEach((cell, c) => {
        if (cell.firstChild.textContent !== texts[c]) cell.firstChild.textContent = texts[c];
        if (cell.lastChild.textContent !== areas[c]) cell.lastChild.textContent = areas[c];
      });
      if (landed && k < pair.parties.length) cells.forEach((cell, c) => (cell.title = this.range(km2[c], k, areas[c])));
    }
  }

  /** By the parties of the pair, then not known, contested, besieged. */
  counts(atlas) {
    const counts = Array.from(atlas.counts(atlas.day)),
      missing = this.pair.parties.length - atlas.payload.parties.length;
    return [...counts.slice(0, atlas.payload.parties.length), ...new Array(missing).fill(0), ...counts.slice(atlas.payload.parties.length)];
  }

  /** km² by party: best, least, most; null where no territory is drawn. */
  land(atlas) {
    const { territory } = atlas;
    return territory && atlas.land !== "off"
      ? { best: territory.km2().subarray(0, atlas.payload.parties.length), ...territory.bounds() }
      : null;
  }

  areas(km2, k) {
    const [one, other] = km2.map(({ best }) => best[k] ?? 0),
      by = other - one;
    const apart = (km2[1].low[k] ?? 0) > (km2[0].high[k] ?? 0) || (km2[0].low[k] ?? 0) > (km2[1].high[k] ?? 0);
    const told = (area) => (area ? leftToRight(`≈ ${rounded(area)}`) : "–");
    return [told(one), told(other), !by ? "=" : apart ? signed(rounded(Math.abs(by)), by) : t("within range")];
  }

  range(km2, k, said) {
    if (!km2) return said === t("within range") ? t("The ranges of both sides overlap, so that the areas may be the same") : "";
    const { best, low, high } = km2;
    if (!best[k]) return "";
    return t("{low} to {high} km², with a distance limit of 10 to 30 km and changes at their earliest and latest", {
      low: rounded(low[k]),
      high: rounded(high[k]),
    });
  }

  // -- lists --------------------------------------------------------------------------------------------------------------------

  showBelow() {
    this.card = null;
    const { one } = this.pair;
    if (one.visitor) this.buildVisitor(one.visitor);
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
      told[k].textContent = told[k].title = `${LETTERS[k]}: ${await this.basis(atlas, place)}`;
    });
  }

  async basis(atlas, place) {
    const event = inForce(atlas, place);
    if (!event) return t("no claim");
    const { sources } = await this.sourcesOf(atlas, event);
    return [t(event.status), sources].filter(Boolean).join(t(", "));
  }

  /** Who says so, and where it was printed: { sources, reason, address of the event in the ledger }. */
  async sourcesOf(atlas, event) {
    const evidence = await atlas.evidence.about(event.place).catch(() => null);
    if (!evidence) return { sources: "", reason: "", link: "" };
    const { reason, supporting } = evidence.of(event.number),
      claims = supporting.map((k) => evidence.claims[k]);
    const by = [...new Set(claims.map((claim) => nameOf({ name: claim.claimant, name_ar: claim.claimant_ar })))],
      outlets = new Set(claims.map((claim) => evidence.documents[claim.document].publisher));
    const via = [...outlets].filter((outlet) => !by.includes(outlet));
    const sources = via.length
      ? t("{claimants} via {outlets}", { claimants: by.join(t(", ")), outlets: via.join(t(", ")) })
      : by.join(t(", "));
    return {
      sources,
      reason: said(reason),
      link: claims.length
        ? `./ledger?${new URLSearchParams({ event: `${claims[0].id}~${roleOf(atlas, event)}`, ...languageQuery() })}`
        : "",
    };
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
    this.sourcesOf(atlas, event).then(({ sources, reason, link }) => {
      told.textContent = sources;
      row.firstChild.title = reason;
      if (link) row.append(this.ledgerLink(link, event));
    });
    return row;
  }

  ledgerLink(address, event) {
    const link = element("a", "ledger", t("ledger"));
    link.href = address;
    link.title = t("Open the event in the ledger");
    const place = placeName(this.pair.one.payload.places, event.place),
      date = event.day === null ? "" : shortDate(event.day);
    link.setAttribute("aria-label", t("Open {place}, {date}, in the ledger", { place, date }));
    return link;
  }

  // -- the selected place -------------------------------------------------------------------------------------------------------

  header(name, nameAr, where) {
    const close = element("button", "close", "✕");
    close.type = "button";
    close.title = t("Back to all differences (Esc)");
    close.setAttribute("aria-label", close.title);
    close.addEventListener("click", () => this.pair.one.select(-1));
    return element("header", "", null, placeHeading(name, nameAr), element("span", "where", where), close);
  }

  buildVisitor(visitor) {
    this.below.replaceChildren(
      this.header(visitor.name, visitor.name_ar ?? "", visitor.where ?? ""),
      element("p", "reason", t("No claim in the dataset is about this place, so neither side says who holds it.")),
    );
  }

  buildCard() {
    const { pair } = this,
      {
        place,
        payload: { places },
      } = pair.one;
    this.card = element("div", "card");
    const where = [t(places.feature[place]), nameOf({ name: places.province[place], name_ar: places.province_ar[place] })]
      .filter(Boolean)
      .join(" · ");
    this.below.replaceChildren(this.header(places.name[place], places.name_ar[place], where), this.card);
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
    const [holder, contested, besieged, fading, flagged] = atlas.state(place),
      { parties, first, last } = atlas.payload;
    const words = [contested && t("contested"), besieged && t("besieged"), fading && t("changing hands")].filter(Boolean);
    const name = element("b", "", holder < 0 ? t("No claim") : nameOf(parties[holder])),
      why = element("p", "reason", "…"),
      canvas = element("canvas", "ribbon"),
      marker = element("i");
    drawRibbon(canvas, atlas, place, 600, 14);
    marker.style.left = `${(100 * (atlas.day - first)) / (last - first)}%`;
    const symbol = symbolElement(holder < 0 ? atlas.payload.unknown : parties[holder], {
      hollow: Boolean(flagged) && holder >= 0,
      size: 18,
    });
    const event = inForce(atlas, place);
    if (event)
      this.sourcesOf(atlas, event).then(({ sources, reason, link }) => {
        why.replaceChildren(reason, element("span", "by", ` ${sources} `), ...(link ? [this.ledgerLink(link, event)] : []));
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
