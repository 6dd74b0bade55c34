// Beside the map: the legend that is the table, the event feed, and the evidence for the selected place.

import { drawRibbon } from "../widgets/ribbon.js";
import { COMPARED_DAYS, theAtlas } from "../state/atlas.js";
import { dateWindow, longDate, shortDate } from "../dates.js";
import { filterBar } from "../widgets/filter_bar.js";
import { isNarrowed } from "../state/filters.js";
import { isEnglish, list, nameOf, number, onwards, placeName, rounded, said, t, tn } from "../language.js";
import { mix, paintElement } from "../drawing/patterns.js";
import { SINGLES, element, placeHeading, symbolElement, verbatim } from "../drawing/shapes.js";
import { viewButtons, viewpoint } from "../widgets/viewpoint.js";
import { VirtualList } from "../widgets/virtual_list.js";

const mounted = new WeakMap();
const MUCH_LAND = 500; // sites whose areas are added up at every move
const FEED_MS = { playing: 250, scrubbing: 100 }; // the feed follows at most this often: rows cost more than pixels

const STATUS_WORDS = {
  corroborated: () => t("Independent sources agree, or a side speaks against its own interest"),
  claimed: () => t("One originating source only"),
  disputed: () => t("Claimed, and spoken against"),
};
const STATUSES = { corroborated: () => t("corroborated"), claimed: () => t("claimed"), disputed: () => t("disputed") };
const BASIS_WORDS = {
  change: () => "",
  state: () => t("first known holder"),
  before: () => t("held before the first change"),
  implied: () => t("date of change not reported"),
};

export function mount({ parentElement, data }) {
  let rail = mounted.get(parentElement);
  if (!rail) mounted.set(parentElement, (rail = new Rail(parentElement, data.voices ?? [])));
  return () => {
    rail.end();
    mounted.delete(parentElement);
  };
}

class Rail {
  constructor(root, voices) {
    this.atlas = theAtlas();
    this.voices = voices;
    this.listsChanges = false; // whether the changes of a place are open on its card
    const { atlas } = this;
    this.legend = element("section", "legend");
    this.below = element("section", "below");
    root.append(element("div", "rail", null, this.legend, this.below));
    this.offs = [
      atlas.whenReady(() => this.all()),
      atlas.on("feed", () => this.all()),
      atlas.on("filter", () => this.refilter()),
      atlas.on("territory", () => this.fillAreas()),
      atlas.on("view", () => this.all()),
      atlas.on("look", () => this.all()),
      atlas.on("filters", () => this.openFilters()),
      atlas.on("place", () => this.showBelow()),
      atlas.on("visited", () => this.offerChanges()),
      atlas.on("day", () => this.move()),
      atlas.on("play", () => this.move()),
    ];
  }

  end() {
    this.offs.forEach((off) => off());
    this.viewpoint?.end();
  }

  all() {
    this.buildLegend();
    this.showBelow();
  }

  move() {
    this.fillLegend();
    if (this.card) this.moveCard();
    this.scheduleRest();
  }

  /** Let the feed, and the areas of much land, follow once the map has been painted. */
  scheduleRest() {
    if (this.scheduled) return;
    this.scheduled = true;
    const since = performance.now() - (this.fed ?? 0),
      wait = (this.atlas.playing ? FEED_MS.playing : FEED_MS.scrubbing) - since;
    requestAnimationFrame(() =>
      setTimeout(
        () => {
          this.scheduled = false;
          this.fed = performance.now();
          if (this.atlas.territory?.count > MUCH_LAND) this.fillAreas();
          this.moveFeed();
        },
        Math.max(0, wait),
      ),
    );
  }

  // -- legend -------------------------------------------------------------------------------------------------------------------

  buildLegend() {
    const { atlas } = this,
      { payload } = atlas,
      n = payload.parties.length;
    const ever = (k) => atlas.feed?.names(k) || atlas.series.peak[k] > 0;
    const views = viewButtons(atlas);
    this.viewpoint ??= viewpoint(atlas, this.voices);
    const table = element("table");
    const head = element(
      "tr",
      "",
      null,
      element("th", "", t("Control on this date")),
      element("th", "figure", t("places")),
      (this.land = element("th", "figure area", t("km²"))),
      (this.period = element("th", "figure")),
    );
    this.land.title = t("Land nearest to the places of a party, to two digits: an estimate. Rest on a figure to see its range");
    [...head.children].forEach((cell) => (cell.scope = "col"));
    const body = element("tbody");
    this.cells = [];
    const row = (k, mark, name, title = "") => {
      const count = element("td", "figure"),
        area = element("td", "figure area"),
        change = element("td", "figure change");
      const label = element("th", "", null, mark, element("span", "", name));
      label.scope = "row";
      if (title) label.title = title;
      body.append(element("tr", k > n ? "layer" : "", null, label, count, area, change));
      this.cells.push({ k, count, area, change });
    };
    payload.parties.forEach((party, k) => ever(k) && row(k, this.mark(party), nameOf(party), isEnglish() ? party.name_ar : party.name));
    row(n, this.mark(payload.unknown), t("No claim"), t("Nobody we read says who holds it on this date"));
    if (ever(n + 1))
      row(
        n + 1,
        element("i", "ring dashed"),
        t("of these contested"),
        t("Fighting reported, held in part, or rival claims about the holder"),
      );
    if (ever(n + 2)) row(n + 2, element("i", "ring"), t("of these besieged"));
    table.append(element("thead", "", null, head), body);
    const flagged = symbolElement({ ...payload.parties[0], colour: "#4b4740" }, { hollow: true, size: 12 });
    const help = element(
      "p",
      "help",
      null,
      element("span", "", null, flagged, t("hollow: weak, disputed or inferred")),
      element("span", "", null, element("i", "fade"), t("pale: date uncertain")),
    );
    if (payload.places.id.length > SINGLES) help.append(element("span", "", t("in a crowd: one symbol a party, larger for more places")));
    this.legend.replaceChildren(views, this.viewpoint.box, table, help);
    this.fillLegend();
    this.fillAreas();
  }

  mark(style) {
    const swatch = element("i", "swatch", null, symbolElement(style, { size: 15 }));
    const { pattern, payload } = this.atlas;
    paintElement(swatch, style, pattern, mix(style.colour, payload.colours.land, 0.25)); // as land is on the map
    return swatch;
  }

  fillLegend() {
    const { atlas } = this,
      n = atlas.payload.parties.length,
      now = atlas.counts(atlas.day),
      { gains } = atlas;
    const period = atlas.from === null ? tn("{n} day", "{n} days", COMPARED_DAYS) : t("in range");
    if (this.period.textContent !== period) {
      this.period.textContent = period;
      this.period.title =
        atlas.from === null
          ? tn(
              "Gained and lost in {n} day, among places whose holder is known on both ends",
              "Gained and lost in {n} days, among places whose holder is known on both ends",
              COMPARED_DAYS,
            )
          : t("Gained and lost within the range, among places whose holder is known on both ends");
    }
    if (!(this.atlas.territory?.count > MUCH_LAND)) this.fillAreas();
    for (const { k, count, change } of this.cells) {
      const by = k < n ? gains[k] : 0,
        text = k >= n ? "" : by === 0 ? "–" : by > 0 ? `▲ ${by}` : `▼ ${-by}`;
      if (count.textContent !== String(now[k])) count.textContent = now[k];
      if (change.textContent !== text) change.textContent = text;
    }
  }

  /** Areas to two digits, for they are not known better; the range stands behind each figure. */
  fillAreas() {
    const { atlas } = this,
      { territory, payload } = atlas,
      n = payload.parties.length;
    const km2 = territory && atlas.land !== "off" ? territory.km2() : null,
      bounds = km2 && territory.bounds();
    this.legend.classList.toggle("landless", !km2);
    if (!km2) return;
    for (const { k, area } of this.cells) {
      const text = k > n ? "" : km2[k] ? `≈ ${rounded(km2[k])}` : "–";
      if (area.textContent !== text) area.textContent = text;
      area.title =
        k < n && km2[k]
          ? t("{low} to {high} km², with a distance limit of 10 to 30 km and changes at their earliest and latest", {
              low: rounded(bounds.low[k]),
              high: rounded(bounds.high[k]),
            })
          : "";
    }
  }

  // -- feed ---------------------------------------------------------------------------------------------------------------------

  showBelow() {
    const focused = this.below.contains(this.focused);
    this.card = this.list = null;
    if (this.atlas.place >= 0) this.buildCard();
    else if (this.atlas.visitor) this.buildVisitor();
    else this.buildFeed();
    // Who works by keys goes on where the new content begins: at the present event, or at a place's changes.
    const begins = [".virtual .current button", ".changes summary", ".close", ".filters summary"].map((what) =>
      this.below.querySelector(what),
    );
    if (focused) begins.find(Boolean)?.focus({ preventScroll: true });
  }

  /** The element that has the focus, null outside. */
  get focused() {
    return this.below.getRootNode().activeElement;
  }

  buildFeed() {
    const heading = element("h2", "", t("Events"));
    heading.append((this.count = element("small")));
    this.filterBar = this.atlas.feed && filterBar(this.atlas);
    this.list = new VirtualList("feed", (j) => this.feedRow(this.eventAt(j)));
    const { box, chips } = this.filterBar ?? {};
    const head = element("div", "head", null, ...[heading, box].filter(Boolean));
    this.below.replaceChildren(...[head, chips, this.list.element].filter(Boolean));
    this.current = this.listed = null;
    if (this.atlas.feed) this.moveFeed();
  }

  /** Bring the filters under the hands; they stand above the feed, so a place is closed for them. */
  openFilters() {
    const { atlas } = this;
    if (!atlas.feed) return;
    if (!this.list) atlas.select(-1);
    this.filterBar.box.open = true;
    window.focus(); // the key may have been pressed in the map's frame
    this.filterBar.box.querySelector("select, input").focus();
  }

  /** Other filters: other rows. */
  refilter() {
    if (!this.list) return;
    this.filterBar?.show();
    this.listed = null;
    this.moveFeed();
  }

  /** The newest event comes first; of a range, the last one in it. */
  eventAt(j) {
    return this.atlas.events.at(this.atlas.feed.numbers[this.newest - j]);
  }

  feedRow(event) {
    const { atlas } = this,
      { payload } = atlas;
    const button = element("button");
    button.type = "button";
    button.dataset.event = event.number;
    const wide = event.latest - event.earliest > 2,
      day = shortDate(event.day);
    const date = element("time", "", !wide ? day : event.kind === "control" ? t("by {day}", { day }) : `~ ${day}`);
    const name = element("b", "", placeName(payload.places, event.place));
    const status = element("span", `status ${event.status}`, this.eventWord(event));
    button.append(date, this.arrow(event), name, status);
    button.addEventListener("pointerenter", () => this.explain(button, event), { once: true });
    button.addEventListener("click", () => {
      atlas.jump(atlas.from, event.day);
      atlas.select(event.place, { fly: true });
    });
    return element("li", "", null, button);
  }

  async explain(button, event) {
    const evidence = await this.atlas.evidence.about(event.place).catch(() => null);
    if (evidence) button.title = said(evidence.of(event.number).reason);
  }

  eventWord(event) {
    if (event.kind === "siege") return t("besieged");
    if (event.kind === "contested") return t("contested");
    return event.basis === "implied" ? t("date open") : STATUSES[event.status]();
  }

  arrow(event) {
    const { payload } = this.atlas,
      arrow = element("span", "arrow");
    const symbol = (k) =>
      k < 0
        ? symbolElement(payload.unknown, { title: t("not known") })
        : symbolElement(payload.parties[k], { title: nameOf(payload.parties[k]) });
    if (event.kind === "control")
      arrow.append(
        symbol(event.previous),
        onwards(),
        event.flagged
          ? symbolElement(payload.parties[event.party], { hollow: true, title: nameOf(payload.parties[event.party]) })
          : symbol(event.party),
      );
    else arrow.append(symbol(event.sides[0]), event.kind === "siege" ? "○" : "×", symbol(event.sides[1] ?? -1));
    return arrow;
  }

  moveFeed() {
    const { atlas } = this,
      { feed, from } = atlas;
    if (!this.list || !feed) return;
    const current = feed.position(atlas.day),
      oldest = from === null ? 0 : feed.position(from - 1) + 1;
    this.newest = from === null ? feed.length - 1 : current;
    const listed = `${oldest}-${this.newest}`,
      length = Math.max(0, this.newest - oldest + 1);
    if (listed === this.listed && current === this.current) return;
    const fresh = listed !== this.listed;
    this.listed = listed;
    this.current = current;
    const all = from === null ? feed.all.length : feed.within(from, atlas.day),
      narrowed = isNarrowed(atlas.filters);
    this.count.textContent = narrowed ? t("{shown} of {all}", { shown: number(length), all: number(all) }) : number(length);
    this.list.mark = (j) => (this.newest - j > current ? "later" : this.newest - j === current ? "current" : "");
    if (length) this.list.show(length, this.newest - Math.max(oldest, current), fresh);
    else {
      const nothing =
        narrowed && all
          ? t("No event passes the filters.")
          : from === null
            ? t("No change of control is recorded here.")
            : t("No event in this range.");
      this.list.empty(atlas.series.total ? nothing : t("No place of this province is in the dataset."));
    }
  }

  // -- the selected place -------------------------------------------------------------------------------------------------------

  header(name, nameAr, where) {
    const close = element("button", "close", "✕");
    close.type = "button";
    close.title = t("Back to the events (Esc)");
    close.setAttribute("aria-label", close.title);
    close.addEventListener("click", () => this.atlas.select(-1));
    return element("header", "", null, placeHeading(name, nameAr), element("span", "where", where), close);
  }

  buildVisitor() {
    const { visitor } = this.atlas;
    this.below.replaceChildren(
      this.header(visitor.name, visitor.name_ar ?? "", visitor.where ?? ""),
      element("p", "reason", t("No claim in the dataset is about this place, so nothing is said about who holds it.")),
    );
  }

  buildCard() {
    const { atlas } = this,
      { payload, place } = atlas,
      { places } = payload;
    this.mine = (atlas.events?.of(place) ?? []).map((k) => atlas.events.at(k));
    this.found = null;
    this.awaitEvidence(place);
    this.card = element("div", "card");
    const where = [t(places.feature[place]), nameOf({ name: places.province[place], name_ar: places.province_ar[place] })]
      .filter(Boolean)
      .join(" · ");
    this.below.replaceChildren(this.header(places.name[place], places.name_ar[place], where), this.ribbon(), this.card);
    this.shown = null;
    this.moveCard();
    // On a phone the card stands below the timeline: bring it into sight.
    if (window.innerWidth <= 640 && this.built)
      this.below.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    this.built = true;
  }

  /** Reasons and claims come a moment after the rest of the card. */
  async awaitEvidence(place) {
    let evidence = null;
    try {
      evidence = await this.atlas.evidence.about(place);
    } catch (problem) {
      if (this.card && this.atlas.place === place) this.card.prepend(element("p", "problem", problem.message));
    }
    if (!evidence || !this.card || this.atlas.place !== place) return;
    this.found = evidence;
    this.shown = null;
    this.moveCard();
  }

  /** { reason, supporting, opposing } of an event; empty until the evidence is here. */
  said(event) {
    return this.found?.of(event.number) ?? { reason: { text: "…" }, supporting: [], opposing: [] };
  }

  /** Who held the place over the whole time, in one strip. */
  ribbon() {
    const { atlas } = this,
      { first, last } = atlas.payload,
      canvas = element("canvas", "ribbon");
    drawRibbon(canvas, atlas, atlas.place, 600, 14);
    this.ribbonMarker = element("i");
    const strip = element("div", "ribbon-strip", null, canvas, this.ribbonMarker);
    strip.addEventListener("click", (event) => {
      const box = strip.getBoundingClientRect();
      atlas.setDay(first + ((event.clientX - box.left) / box.width) * (last - first));
    });
    return strip;
  }

  moveCard() {
    const { atlas } = this,
      { payload, place, day } = atlas,
      { first, last } = payload;
    if (this.ribbonMarker) this.ribbonMarker.style.left = `${(100 * (day - first)) / (last - first)}%`;
    const past = this.mine.filter((e) => e.kind === "control" && (e.day === null || e.day <= day)),
      k = past.findLastIndex((e) => atlas.feed.follows(e.number));
    const event = past[k],
      rivals = past.slice(k + 1).filter((e) => e.until === null || day <= e.until);
    const layers = this.mine.filter((e) => e.kind !== "control" && e.day <= day && (e.until === null || day <= e.until));
    const next = this.mine.find((e) => e.kind === "control" && e.day > day && atlas.feed.follows(e.number));
    const moving = payload.states[atlas.codes[place]][3];
    const key = [event?.number, ...rivals.map((r) => r.number), "", ...layers.map((l) => l.number), moving].join();
    if (key === this.shown) return;
    this.shown = key;
    const { focused } = this,
      row = focused?.dataset.event,
      held = this.card.contains(focused);
    this.card.replaceChildren(
      ...this.changes(event, next),
      ...this.verdict(event, rivals, layers, moving),
      ...this.evidence(event, rivals, layers),
    );
    this.card.scrollTop = 0;
    if (held)
      (this.card.querySelector(`[data-event="${row}"]`) ?? this.card.querySelector(".changes summary"))?.focus({ preventScroll: true });
    this.showCurrent();
  }

  verdict(event, rivals, layers, moving) {
    const { payload } = this.atlas,
      parts = [],
      challenged = event && rivals.some((rival) => rival.party !== event.party);
    if (event) {
      const party = payload.parties[event.party];
      const since =
        event.day === null
          ? t("since before the dataset begins")
          : event.basis === "state" || event.basis === "before"
            ? t("known since {day}", { day: longDate(event.day) })
            : t("since {day}", { day: longDate(event.day) });
      parts.push(
        element(
          "p",
          "holder",
          null,
          symbolElement(party, { hollow: Boolean(event.flagged) || challenged, size: 18 }),
          element("b", "", nameOf(party)),
          element("span", "", since),
        ),
      );
      const chips = element(
        "p",
        "chips",
        null,
        this.chip(STATUSES[event.status](), `status ${event.status}`, STATUS_WORDS[event.status]()),
      );
      if (event.confidence)
        chips.append(
          this.chip(event.confidence, "grade", t("Admiralty code: reliability of the best source A–E, credibility of the statement 1–5")),
        );
      if (BASIS_WORDS[event.basis]()) chips.append(this.chip(BASIS_WORDS[event.basis](), ""));
      if (event.day !== null && event.earliest !== event.latest)
        chips.append(
          this.chip(
            t("between {days}", { days: dateWindow(event.earliest, event.latest) }),
            "",
            t("The sources place it within these days"),
          ),
        );
      if (challenged)
        chips.append(
          this.chip(t("claimed otherwise since"), "disputed", t("A later claim names another holder; this view does not follow it")),
        );
      if (moving) chips.append(this.chip(t("changing hands"), "moving"));
      parts.push(chips, element("p", "reason", said(this.said(event).reason)));
    } else {
      parts.push(
        element(
          "p",
          "holder",
          null,
          symbolElement(payload.unknown, { size: 18 }),
          element("b", "", this.mine.length ? t("No claim on this date") : t("No claim in the dataset is about this place")),
        ),
      );
      if (moving) parts.push(element("p", "chips", null, this.chip(t("changing hands"), "moving")));
    }
    for (const rival of rivals) {
      if (event && rival.party === event.party) continue;
      const party = payload.parties[rival.party],
        since = element(
          "span",
          "",
          null,
          element("b", "", t("{party}, by other claims since {day}.", { party: nameOf(party), day: shortDate(rival.day) })),
          " ",
          said(this.said(rival).reason),
        );
      parts.push(element("p", "layer-note", null, symbolElement(party, { hollow: true, size: 15 }), since));
    }
    for (const layer of layers) {
      const names = layer.sides.map((k) => nameOf(payload.parties[k])),
        siege = layer.kind === "siege";
      const what = siege ? t("Besieged by {party}", { party: names[0] }) : t("Contested between {parties}", { parties: list(names) });
      const until = layer.until === null ? t("since {day}", { day: shortDate(layer.day) }) : dateWindow(layer.day, layer.until);
      parts.push(
        element(
          "p",
          "layer-note",
          null,
          element("i", siege ? "ring" : "ring dashed"),
          element("span", "", null, element("b", "", what), ` ${until}`),
        ),
      );
    }
    return parts;
  }

  /** Who has come to a place by its name is offered its changes. */
  offerChanges() {
    this.listsChanges = true;
    const box = this.below.querySelector(".changes");
    if (box) box.open = true;
    (box?.querySelector("summary") ?? this.below.querySelector(".close"))?.focus({ preventScroll: true });
    this.showCurrent();
  }

  /** Bring the present change into sight in the list of a place's changes. */
  showCurrent() {
    const row = this.card?.querySelector(".changes .current"),
      list = row?.closest("ol");
    if (list) list.scrollTop = row.offsetTop - list.offsetTop - (list.clientHeight - row.clientHeight) / 2;
  }

  chip(text, className, title = "") {
    const made = element("span", `chip ${className}`, text);
    made.title = title;
    return made;
  }

  /** The claims for and against what is shown, then those about fighting and sieges now. */
  evidence(event, rivals, layers) {
    const parts = [],
      seen = new Set();
    const section = (title, ids) => {
      const fresh = [...new Set(ids)].filter((k) => !seen.has(k));
      if (!fresh.length) return;
      fresh.forEach((k) => seen.add(k));
      parts.push(element("h3", "", title), element("ul", "claims", null, ...fresh.map((k) => this.claim(k))));
    };
    if (event) {
      section(t("Claims for"), this.said(event).supporting);
      section(t("Claims against"), this.said(event).opposing);
    }
    for (const rival of rivals) {
      const party = nameOf(this.atlas.payload.parties[rival.party]);
      section(t("For {party} since {day}", { party, day: shortDate(rival.day) }), this.said(rival).supporting);
      section(t("Against that"), this.said(rival).opposing);
    }
    section(
      t("On the fighting or siege"),
      layers.flatMap((layer) => this.said(layer).supporting),
    );
    return parts;
  }

  claim(k) {
    const { claims, documents } = this.found,
      claim = claims[k],
      document = documents[claim.document];
    const claimant = nameOf({ name: claim.claimant, name_ar: claim.claimant_ar }),
      by = element("p", "by", null, element("b", "", null, element("bdi", "", claimant)));
    const outlet =
      document.agency && document.agency !== document.publisher ? `${document.publisher} (${document.agency})` : document.publisher;
    const via =
      document.publisher !== claim.claimant
        ? t(", via {outlet}", { outlet })
        : outlet === document.publisher
          ? ""
          : ` (${document.agency})`;
    by.append(
      `${via} · ${shortDate(claim.reported)} `,
      this.chip(claim.grade, "grade", t("Reliability of the claimant, credibility of the statement")),
    );
    const paragraph = /^p(\d.*)$/.exec(claim.locator),
      where = paragraph ? t("paragraph {number}", { number: paragraph[1] }) : claim.locator;
    const source = element(
      "p",
      "source",
      null,
      verbatim("span", "", `“${claim.written}”`),
      " · ",
      where,
      " · ",
      t("happened {days}", { days: dateWindow(claim.earliest, claim.latest) }),
      " ",
    );
    if (/^https?:\/\//.test(document.url)) {
      const link = element("a", "", t("source ↗"));
      link.href = document.url;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      source.append(link);
    } else source.append("· ", verbatim("span", "", document.description));
    const item = element("li", claim.modality, null, by, verbatim("p", "", claim.statement), source);
    if (claim.note) item.append(verbatim("p", "source", claim.note));
    return item;
  }

  changes(event, next) {
    const { atlas } = this,
      rows = this.mine.filter((e) => atlas.feed.shows(e.number));
    if (!rows.length) return [];
    const changes = element(
      "ol",
      "feed own",
      null,
      ...[...rows].reverse().map((e) => {
        const row = this.feedRow(e);
        row.className = e === event ? "current" : e.day > atlas.day ? "later" : "";
        return row;
      }),
    );
    const count = tn("{n} change here", "{n} changes here", rows.length);
    const title = next ? [count, t("next {day}", { day: longDate(next.day) })].join(" · ") : count;
    const box = element("details", "changes", null, element("summary", "", title), changes);
    box.open = this.listsChanges;
    box.addEventListener("toggle", () => (this.listsChanges = box.open));
    return [box];
  }
}
