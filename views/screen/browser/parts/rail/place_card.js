// The evidence for the selected place: who held it over time, what is said of it on the present day, its changes, and the claims.

import { longDate } from "../../dates.js";
import { element } from "../../drawing/elements.js";
import { t, tn } from "../../language.js";
import { placeHeader } from "../../widgets/place_header.js";
import { drawRibbon } from "../../widgets/ribbon.js";
import { TimeScale } from "../../widgets/time_scale.js";
import { claimLists } from "./claims.js";
import { eventRow } from "./event_row.js";
import { verdict } from "./verdict.js";

const NOTHING_YET = { reason: { text: "…" }, supporting: [], opposing: [] };

const header = (atlas) => placeHeader(atlas, t("Back to the events (Esc)"));

/** What there is to say of a place that was found by name and is not in the dataset. */
export const visitorCard = (atlas) => [
  header(atlas),
  element("p", "reason", t("No claim in the dataset is about this place, so nothing is said about who holds it.")),
];

export class PlaceCard {
  /** Show the selected place inside an element. `habits` outlive a card: whether its changes are open. */
  constructor(atlas, ground, habits) {
    const { place } = atlas;
    this.atlas = atlas;
    this.place = place;
    this.habits = habits;
    this.mine = (atlas.events?.of(place) ?? []).map((k) => atlas.events.at(k));
    /** @type {EvidenceFile | null} */
    this.found = null;
    this.shown = null; // what tells one content from another
    this.card = element("div", "card");
    this.awaitEvidence();
    ground.replaceChildren(header(atlas), this.ribbon(), this.card);
    this.move();
  }

  /** Another content has taken its place. */
  end() {
    this.ended = true;
  }

  /** Reasons and claims come a moment after the rest of the card. */
  async awaitEvidence() {
    try {
      this.found = await this.atlas.evidence.about(this.place);
    } catch (problem) {
      this.card.prepend(element("p", "problem", problem.message));
      return;
    }
    if (this.ended) return;
    this.shown = null;
    this.move();
  }

  /** { reason, supporting, opposing } of an event; empty until the evidence is here. */
  saidOf(event) {
    return this.found?.of(event.number) ?? NOTHING_YET;
  }

  /** Who held the place over the whole time, in one strip. */
  ribbon() {
    const { atlas } = this,
      scale = new TimeScale(atlas.payload),
      canvas = element("canvas", "ribbon");
    drawRibbon(canvas, atlas, this.place, 600, 14);
    this.marker = element("i");
    const strip = element("div", "ribbon-strip", null, canvas, this.marker);
    strip.addEventListener("click", (event) => {
      atlas.setDay(scale.dayUnder(event, strip));
    });
    return strip;
  }

  /** What is so on the present day: the event in force, rival claims since, fighting and siege, and the next change. */
  moment() {
    const { atlas, mine } = this,
      { day, payload, feed, codes } = atlas;
    const past = mine.filter((e) => e.kind === "control" && (e.day === null || e.day <= day)),
      k = past.findLastIndex((e) => feed.follows(e.number));
    return {
      event: past[k],
      rivals: past.slice(k + 1).filter((e) => e.until === null || day <= e.until),
      layers: mine.filter((e) => e.kind !== "control" && e.day <= day && (e.until === null || day <= e.until)),
      next: mine.find((e) => e.kind === "control" && e.day > day && feed.follows(e.number)),
      moving: payload.states[codes[this.place]][3],
      known: mine.length > 0,
    };
  }

  /** Follow the day. */
  move() {
    const { atlas, card } = this;
    this.marker.style.left = new TimeScale(atlas.payload).percent(atlas.day);
    const moment = this.moment(),
      { event, rivals, layers, moving } = moment;
    const key = [event?.number, ...rivals.map((r) => r.number), "", ...layers.map((l) => l.number), moving].join();
    if (key === this.shown) return;
    this.shown = key;
    const focused = card.getRootNode().activeElement,
      row = focused?.dataset.event,
      held = card.contains(focused);
    card.replaceChildren(
      ...this.changes(moment),
      ...verdict(atlas.payload, moment, (one) => this.saidOf(one).reason),
      ...claimLists(atlas.payload, this.found, moment, (one) => this.saidOf(one)),
    );
    card.scrollTop = 0;
    if (held) (card.querySelector(`[data-event="${row}"]`) ?? card.querySelector(".changes summary"))?.focus({ preventScroll: true });
    this.showCurrent();
  }

  changes({ event, next }) {
    const { atlas } = this,
      rows = this.mine.filter((e) => atlas.feed.shows(e.number));
    if (!rows.length) return [];
    const changes = element(
      "ol",
      "feed own",
      null,
      ...[...rows].reverse().map((e) => {
        const row = eventRow(atlas, e);
        row.className = e === event ? "current" : e.day > atlas.day ? "later" : "";
        return row;
      }),
    );
    const count = tn("{n} change here", "{n} changes here", rows.length);
    const title = next ? [count, t("next {day}", { day: longDate(next.day) })].join(" · ") : count;
    const box = element("details", "changes", null, element("summary", "", title), changes);
    box.open = this.habits.listsChanges;
    box.addEventListener("toggle", () => (this.habits.listsChanges = box.open));
    return [box];
  }

  /** Bring the present change into sight in the list of the changes. */
  showCurrent() {
    const row = this.card.querySelector(".changes .current"),
      list = row?.closest("ol");
    if (list) list.scrollTop = row.offsetTop - list.offsetTop - (list.clientHeight - row.clientHeight) / 2;
  }
}
