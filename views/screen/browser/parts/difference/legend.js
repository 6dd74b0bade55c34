// The legend of both sides: places and land by holder on each, and the difference.

import { element } from "../../drawing/elements.js";
import { leftToRight, nameOf, number as figure, rounded, t } from "../../language.js";
import { LETTERS } from "../../state/pair.js";
import { swatch } from "../../widgets/swatch.js";

const signed = (text, by) => leftToRight(by > 0 ? `+${text}` : `−${text}`);

export class PairLegend {
  constructor(pair) {
    this.pair = pair;
    this.element = element("section", "legend");
  }

  build() {
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
    parties.forEach((party, k) => ever(k) && row(k, swatch(party, pair.one), nameOf(party)));
    row(n, swatch(unknown, pair.one), t("No claim"));
    if (ever(n + 1)) row(n + 1, element("i", "ring dashed"), t("contested"));
    if (ever(n + 2)) row(n + 2, element("i", "ring"), t("besieged"));
    this.unit = element("p", "help");
    this.element.replaceChildren(element("table", "", null, element("thead", "", null, head), body), this.unit);
    this.fill();
  }

  /** Numbers of places on both sides; areas to two digits, and their difference only where it is larger than both ranges allow. */
  fill() {
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
}
