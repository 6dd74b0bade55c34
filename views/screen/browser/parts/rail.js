// Beside the map: the legend that is the table, and below it the event feed or the evidence for the selected place.

import { element } from "../drawing/elements.js";
import { theAtlas } from "../state/atlas.js";
import { EventFeed } from "./rail/event_feed.js";
import { Legend } from "./rail/legend.js";
import { PlaceCard, visitorCard } from "./rail/place_card.js";

const mounted = new WeakMap();
const FEED_MS = { playing: 250, scrubbing: 100 }; // the feed follows at most this often: rows cost more than pixels
const PHONE_PX = 640; // as in the styles

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
    const { atlas } = this;
    this.legend = new Legend(atlas, voices);
    this.below = element("section", "below");
    this.feed = this.card = null; // one of them is below
    this.habits = { listsChanges: false }; // whether the changes of a place are open on its card
    root.append(element("div", "rail", null, this.legend.element, this.below));
    this.offs = [
      atlas.whenReady(() => this.all()),
      atlas.on("feed", () => this.all()),
      atlas.on("filter", () => this.feed?.refilter()),
      atlas.on("territory", () => this.legend.fillAreas()),
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
    this.legend.end();
  }

  all() {
    this.legend.build();
    this.showBelow();
  }

  move() {
    this.legend.fill();
    this.card?.move();
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
          if (this.legend.isMuchLand) this.legend.fillAreas();
          this.feed?.move();
        },
        Math.max(0, wait),
      ),
    );
  }

  showBelow() {
    const { atlas } = this,
      hadFocus = this.below.contains(this.below.getRootNode().activeElement);
    this.card?.end();
    this.card = this.feed = null;
    if (atlas.place >= 0) this.showCard();
    else if (atlas.visitor) this.below.replaceChildren(...visitorCard(atlas));
    else this.feed = new EventFeed(atlas, this.below);
    // Who works by keys goes on where the new content begins: at the present event, or at a place's changes.
    const begins = [".virtual .current button", ".changes summary", ".close", ".filters summary"].map((what) =>
      this.below.querySelector(what),
    );
    if (hadFocus) begins.find(Boolean)?.focus({ preventScroll: true });
  }

  showCard() {
    this.card = new PlaceCard(this.atlas, this.below, this.habits);
    // On a phone the card stands below the timeline: bring it into sight.
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (window.innerWidth <= PHONE_PX && this.hasShown)
      this.below.scrollIntoView({ block: "start", behavior: isStill ? "auto" : "smooth" });
    this.hasShown = true;
  }

  /** Bring the filters under the hands; they stand above the feed, so a place is closed for them. */
  openFilters() {
    if (!this.atlas.feed) return;
    if (!this.feed) this.atlas.select(-1);
    this.feed.openFilters();
  }

  /** Who has come to a place by its name is offered its changes. */
  offerChanges() {
    this.habits.listsChanges = true;
    const box = this.below.querySelector(".changes");
    if (box) box.open = true;
    (box?.querySelector("summary") ?? this.below.querySelector(".close"))?.focus({ preventScroll: true });
    this.card?.showCurrent();
  }
}
