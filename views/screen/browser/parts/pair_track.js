// The track of time under both maps: ticks and shares as side B has them, a handle and a marker for each side.

import { longDate } from "../dates.js";
import { t } from "../language.js";
import { LETTERS, thePair } from "../state/pair.js";
import { element } from "../drawing/elements.js";
import { Strip } from "../widgets/strip.js";

const mounted = new WeakMap();

export function mount({ parentElement }) {
  let track = mounted.get(parentElement);
  if (!track) mounted.set(parentElement, (track = new PairTrack(parentElement)));
  return () => {
    track.end();
    mounted.delete(parentElement);
  };
}

class PairTrack extends Strip {
  constructor(root) {
    const pair = thePair();
    super(pair.other);
    this.pair = pair;
    this.build(root);
    this.offs = [
      pair.whenReady(() => this.ready()),
      pair.on("change", () => this.place()),
      pair.on("place", () => this.drawTicks()),
      pair.other.on("feed", () => this.draw()),
      pair.other.on("view", () => this.draw()),
      pair.other.on("look", () => requestAnimationFrame(() => this.draw())), // once the page has its colours
    ];
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.strip);
  }

  end() {
    this.offs.forEach((off) => off());
    this.observer.disconnect();
  }

  build(root) {
    this.ticks = element("canvas", "ticks");
    this.chart = element("canvas", "chart");
    this.chart.setAttribute("role", "img");
    this.between = element("div", "between");
    this.markers = LETTERS.map((letter) => element("div", `marker side-${letter}`, null, element("b", "", letter)));
    this.axis = element("div", "axis");
    this.caption = element("span", "caption");
    this.plot = element("div", "plot", null, this.ticks, this.chart, this.caption, this.between, ...this.markers);
    this.handles = LETTERS.map((letter, k) => this.handle(letter, k));
    this.handles[0].classList.add("begin");
    this.strip = element("div", "strip", null, this.plot, element("div", "slider", null, this.handles[1], this.handles[0]), this.axis);
    this.plot.addEventListener("pointerdown", (event) => this.drag(event));
    this.root = element("div", "timeline pair", null, this.strip);
    root.append(this.root);
  }

  handle(letter, k) {
    const made = element("input", "range"),
      { pair } = this;
    made.type = "range";
    made.step = 1;
    made.setAttribute("aria-label", t("Date of side {letter}", { letter }));
    made.addEventListener("input", () => {
      pair.sides[k].setDay(Number(made.value));
      this.place();
    });
    made.addEventListener("focus", () => pair.activate(k));
    return made;
  }

  /** Drag the marker that is nearer. */
  drag(event) {
    const { pair, plot } = this,
      dayAt = (e) => this.scale.dayUnder(e, plot),
      day = dayAt(event);
    const far = pair.sides.map((atlas) => Math.abs(atlas.day - day)),
      k = far[0] === far[1] ? pair.active : Number(far[1] < far[0]);
    const move = (e) => pair.sides[k].setDay(dayAt(e));
    move(event);
    plot.setPointerCapture(event.pointerId);
    plot.onpointermove = move;
    plot.onpointerup = plot.onpointercancel = () => (plot.onpointermove = null);
  }

  ready() {
    const { total } = this.atlas.series;
    this.caption.textContent = total
      ? t("Side B: share of the {total} places by holder; grey: no claim", { total })
      : t("no place of this province is in the dataset");
    this.spanHandles(this.handles);
    this.draw();
  }

  place() {
    if (!this.width) return;
    const days = this.pair.sides.map((atlas) => atlas.day);
    days.forEach((day, k) => {
      this.markers[k].style.transform = `translateX(${this.x(day)}px)`;
      this.handles[k].value = day;
      this.handles[k].setAttribute("aria-valuetext", longDate(day));
    });
    this.between.style.transform = `translateX(${this.x(days[0])}px)`;
    this.between.style.width = `${this.x(days[1]) - this.x(days[0])}px`;
    this.handles[1].style.setProperty("--begin", this.scale.part(days[0]));
    this.handles[1].style.setProperty("--done", this.scale.part(days[1]));
  }
}
