// Control ribbons: a row a place, time across, in the order of most changes.

import { drawRibbon } from "./ribbon.js";
import { theAtlas } from "./atlas.js";
import { element, symbolElement } from "./shapes.js";

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
    this.root = element("section", "ribbons");
    root.append(this.root);
    this.offs = [
      atlas.whenReady(() => this.build()),
      atlas.on("feed", () => this.build()),
      atlas.on("view", () => this.build()),
      atlas.on("day", () => this.move()),
      atlas.on("place", () => this.move()),
    ];
  }

  /** Be about one place alone, on a page that has no timeline to open the data. */
  async about({ url, place }) {
    this.only = place;
    if (!url) return;
    await this.atlas.open({ url, place });
    this.build();
  }

  end() {
    this.offs.forEach((off) => off());
  }

  build() {
    const { atlas } = this, { places, first, last } = atlas.payload, changes = new Map();
    for (const k of atlas.feed?.numbers ?? []) {
      if (atlas.events.typeOf(k).kind !== "control") continue;
      const place = atlas.events.place[k];
      changes.set(place, (changes.get(place) ?? 0) + 1);
    }
    const order = places.id.map((_, i) => i).filter((i) => (this.only ? places.id[i] === this.only : atlas.included[i]));
    order.sort((a, b) => (changes.get(b) ?? 0) - (changes.get(a) ?? 0) || places.name[a].localeCompare(places.name[b]));
    this.rows = order.map((place) => {
      const name = element("button", "", places.name[place]);
      name.type = "button";
      name.addEventListener("click", () => atlas.select(place, { fly: true }));
      const canvas = element("canvas");
      drawRibbon(canvas, atlas, place, 1000, 18);
      const marker = element("i"), strip = element("div", "strip", null, canvas, marker), now = element("span", "now");
      strip.addEventListener("click", (event) => {
        const box = strip.getBoundingClientRect();
        atlas.setDay(first + ((event.clientX - box.left) / box.width) * (last - first));
        atlas.select(place);
      });
      const count = changes.get(place) ?? 0;
      const row = element("li", "", null, name, strip, now, element("small", "", count === 1 ? "1 change" : count ? `${count} changes` : "none reported"));
      return { place, row, marker, now };
    });
    const years = element("div", "years");
    for (let year = new Date(first * 86400000).getUTCFullYear(); ; year++) {
      const day = Date.UTC(year, 0, 1) / 86400000;
      if (day > last) break;
      if (day < first) continue;
      const label = element("span", "", String(year));
      label.style.left = `${(100 * (day - first)) / (last - first)}%`;
      years.append(label);
    }
    const help = element("p", "help", "A row a place, time across. Colour: who held it. Hatched: contested. White line: besieged. Pale: the sources give only a span of days. Grey: no claim. Click a row to go to that place and day.");
    this.root.replaceChildren(...(this.only ? [] : [element("h2", "", "Control ribbons"), help]), element("ol", "", null, ...this.rows.map((r) => r.row), element("li", "scale", null, element("span"), years)));
    this.move();
  }

  move() {
    const { atlas } = this, { first, last, parties, unknown } = atlas.payload;
    for (const { place, row, marker, now } of this.rows ?? []) {
      marker.style.left = `${(100 * (atlas.day - first)) / (last - first)}%`;
      row.className = place === atlas.place ? "chosen" : "";
      const [holder, , , , flagged] = atlas.state(place), key = `${holder}/${flagged}`;
      if (now.dataset.key === key) continue;
      now.dataset.key = key;
      now.replaceChildren(symbolElement(holder < 0 ? unknown : parties[holder], { hollow: Boolean(flagged), title: holder < 0 ? "no claim" : parties[holder].name }));
    }
  }
}
