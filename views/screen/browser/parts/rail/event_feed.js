// The events of the present view and page: a list that follows the day, under filters.

import { element } from "../../drawing/elements.js";
import { number, t } from "../../language.js";
import { isNarrowed } from "../../state/filters.js";
import { filterBar } from "../../widgets/filter_bar.js";
import { VirtualList } from "../../widgets/virtual_list.js";
import { eventRow } from "./event_row.js";

export class EventFeed {
  /** Show it inside an element. */
  constructor(atlas, ground) {
    this.atlas = atlas;
    const heading = element("h2", "", t("Events"));
    heading.append((this.count = element("small")));
    this.filterBar = atlas.feed && filterBar(atlas);
    this.list = new VirtualList("feed", (j) => eventRow(atlas, this.eventAt(j)));
    const { box, chips } = this.filterBar ?? {};
    const head = element("div", "head", null, ...[heading, box].filter(Boolean));
    ground.replaceChildren(...[head, chips, this.list.element].filter(Boolean));
    this.current = this.listed = null;
    this.move();
  }

  /** Bring the filters under the hands. */
  openFilters() {
    this.filterBar.box.open = true;
    window.focus(); // the key may have been pressed in the map's frame
    this.filterBar.box.querySelector("select, input").focus();
  }

  refilter() {
    this.filterBar?.show();
    this.listed = null;
    this.move();
  }

  /** The newest event comes first; of a range, the last one in it. */
  eventAt(j) {
    return this.atlas.events.at(this.atlas.feed.numbers[this.newest - j]);
  }

  /** Follow the day. */
  move() {
    const { atlas } = this,
      { feed, from } = atlas;
    if (!feed) return;
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
}
