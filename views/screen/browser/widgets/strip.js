// A strip of time: ticks for events, the shares of the places by holder, an axis of months and years, all to one scale.

import { longDate, monthName } from "../dates.js";
import { isEnglish, nameOf, t } from "../language.js";
import { fillOf } from "../drawing/patterns.js";
import { element } from "../drawing/elements.js";
import { TimeScale } from "./time_scale.js";

const TICKS_PX = 10;
const TICK_ALPHA = 0.55;
const FEW = 6; // as many events on one pixel still show by adding up; more show by height

/** Draws what an atlas holds. A class that extends it sets root, plot, ticks and axis, and a chart if it has one. */
export class Strip {
  constructor(atlas) {
    this.atlas = atlas;
    this.root = this.plot = this.ticks = this.axis = this.chart = null;
    this.spanned = null; // the payload that the scale is made for
  }

  /** The scale of the present data. */
  get scale() {
    const { payload } = this.atlas;
    if (this.spanned !== payload) this.scaled = new TimeScale(payload);
    this.spanned = payload;
    return this.scaled;
  }

  /** Put markers on the present days. */
  place() {}

  /** Where a day starts, in pixels. */
  x(day) {
    return this.scale.part(day) * this.width;
  }

  /** Let handles go as far as the strip, so that each stands below its day; from the end of the last day it comes back to its start. */
  spanHandles(handles) {
    for (const handle of handles) {
      handle.min = this.scale.first;
      handle.max = this.scale.end;
    }
  }

  draw() {
    if (!this.atlas.payload) return;
    this.width = this.plot.clientWidth;
    if (!this.width) return;
    this.drawTicks();
    if (this.chart) this.drawChart();
    this.drawAxis();
    this.place();
  }

  canvas(canvas, height) {
    const scale = devicePixelRatio || 1;
    canvas.width = this.width * scale;
    canvas.height = height * scale;
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    return context;
  }

  drawTicks() {
    const { feed, place } = this.atlas;
    if (!this.width || !feed) return;
    const context = this.canvas(this.ticks, TICKS_PX),
      all = this.tallied(feed.days, feed.perDay);
    const here = place < 0 ? [] : feed.daysOf(place),
      mine = this.tallied(
        here,
        here.map(() => 1),
      );
    const most = all.reduce((a, b) => Math.max(a, b), 1),
      tall = TICKS_PX - 2;
    context.fillStyle = getComputedStyle(this.root).color;
    all.forEach((count, x) => {
      if (count <= mine[x]) return; // those of the chosen place are marked, whatever the filters
      // A few that share a pixel add up; of many, the height tells how many.
      context.globalAlpha = 1 - (1 - TICK_ALPHA) ** (count - mine[x]);
      const height = most <= FEW ? tall : Math.max(2, tall * Math.sqrt(count / most));
      context.fillRect(x - 1, TICKS_PX - height, 2, height);
    });
    context.globalAlpha = 1;
    context.fillStyle = "#1D5E8C";
    mine.forEach((count, x) => count && context.fillRect(x - 1.5, 0, 3, tall));
  }

  /** How many events fall on each pixel, of `counts` on each of some days. */
  tallied(days, counts) {
    const tally = new Uint32Array(Math.ceil(this.width) + 1);
    days.forEach((day, k) => (tally[Math.round(this.x(day))] += counts[k]));
    return tally;
  }

  drawChart() {
    const height = this.chart.clientHeight || 70,
      context = this.canvas(this.chart, height),
      { atlas, width } = this;
    const { payload, series } = atlas,
      n = payload.parties.length;
    const order = [...payload.parties.keys()].filter((k) => series.peak[k] > 0);
    const bands = [...order.map((k) => [k, fillOf(context, payload.parties[k], atlas.pattern)]), [n, payload.unknown.colour]];
    for (let k = 0; k < series.days.length; k++) {
      const left = this.x(series.days[k]);
      // Of many days on one pixel the last is drawn.
      while (k + 1 < series.days.length && series.days.length > 2 * width && this.x(series.days[k + 1]) < left + 1) k++;
      const right = k + 1 < series.days.length ? this.x(series.days[k + 1]) : width,
        row = series.row(k);
      let y = height;
      for (const [band, colour] of bands) {
        const tall = (row[band] / Math.max(1, series.total)) * height;
        context.fillStyle = colour;
        context.fillRect(left, y - tall, Math.max(0, right - left) + 0.6, tall + 0.4);
        y -= tall;
      }
    }
    const words = bands.map(([k]) => `${k < n ? nameOf(payload.parties[k]) : t("not known")} ${atlas.counts(atlas.day)[k]}`).join(t(", "));
    this.chart.setAttribute(
      "aria-label",
      t("Places by holder over time, of {total}; on {day}: {counts}", { total: series.total, day: longDate(atlas.day), counts: words }),
    );
  }

  drawAxis() {
    const { first, last } = this.atlas.payload,
      months = (last - first) / 30.4,
      room = this.width / months;
    const every = [1, 3, 6, 12].find((step) => step * room >= (isEnglish() ? 58 : 90)) ?? 12;
    const labels = [];
    const date = new Date(first * 86400000);
    date.setUTCDate(1);
    for (; date.getTime() / 86400000 <= last; date.setUTCMonth(date.getUTCMonth() + 1)) {
      const day = date.getTime() / 86400000,
        month = date.getUTCMonth();
      if (day < first || month % every) continue;
      const x = this.x(day),
        text = month ? monthName(day) : String(date.getUTCFullYear());
      if (x > this.width - 24) continue;
      const label = element("span", month ? "" : "year", text);
      label.style.left = `${x}px`;
      labels.push(label);
    }
    this.axis.replaceChildren(...labels);
  }
}
