// The legend that is the table: who holds how many places and how much land, and what each gained.

import { element } from "../../drawing/elements.js";
import { SINGLES, symbolElement } from "../../drawing/symbols.js";
import { isEnglish, nameOf, rounded, t, tn } from "../../language.js";
import { COMPARED_DAYS } from "../../state/atlas.js";
import { swatch } from "../../widgets/swatch.js";
import { viewButtons, viewpoint } from "../../widgets/viewpoint.js";

const MUCH_LAND = 500; // sites whose areas are added up at every move

export class Legend {
  constructor(atlas, voices) {
    this.atlas = atlas;
    this.voices = voices;
    this.viewpoint = null;
    this.element = element("section", "legend");
  }

  end() {
    this.viewpoint?.end();
  }

  build() {
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
    payload.parties.forEach((party, k) => ever(k) && row(k, swatch(party, atlas), nameOf(party), isEnglish() ? party.name_ar : party.name));
    row(n, swatch(payload.unknown, atlas), t("No claim"), t("Nobody we read says who holds it on this date"));
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
    this.element.replaceChildren(views, this.viewpoint.box, table, help);
    this.fill();
    this.fillAreas();
  }

  fill() {
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
    if (!this.isMuchLand) this.fillAreas();
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
    this.element.classList.toggle("landless", !km2);
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

  /** Whether the areas follow at rest alone. */
  get isMuchLand() {
    return this.atlas.territory?.count > MUCH_LAND;
  }
}
