// The timeline under the map: transport, event ticks, stacked area of places, time-scaled range, axis.

import { AddressBar, copyAddress } from "../bridge/address_bar.js";
import { theAtlas } from "../state/atlas.js";
import { SPEEDS } from "../state/permalink.js";
import { DateField } from "../widgets/date_field.js";
import { dateWindow, longDate, today } from "../dates.js";
import { isNarrowed } from "../state/filters.js";
import { number, placeName, t, tn } from "../language.js";
import { element } from "../drawing/elements.js";
import { Strip } from "../widgets/strip.js";

const YEAR = 365.25;
const DRAWN_MS = 300; // after which the first picture has surely been painted
const MOST_TRIES = 12; // the last ones 5 s apart
// Drawn, since not every machine has a font with transport symbols.
const ICONS = {
  first: "M2 2h2.4v12H2zM14 2v12L5.2 8z",
  previous: "M12.5 2v12L3.5 8z",
  play: "M3.5 1.5v13L14 8z",
  pause: "M3 2h3.8v12H3zM9.2 2H13v12H9.2z",
  next: "M3.5 2v12l9-6z",
  link: "M6.5 11.5 5.4 12.6a2.2 2.2 0 0 1-3.1-3.1l3-3a2.2 2.2 0 0 1 3.1 0l1-1a3.6 3.6 0 0 0-5.1 0l-3 3a3.6 3.6 0 0 0 5.1 5.1l1.1-1.1zM9.5 4.5l1.1-1.1a2.2 2.2 0 0 1 3.1 3.1l-3 3a2.2 2.2 0 0 1-3.1 0l-1 1a3.6 3.6 0 0 0 5.1 0l3-3a3.6 3.6 0 0 0-5.1-5.1L8.5 3.5z",
  loop: "M4 4h7V1.5L15 5l-4 3.5V6H5v3H3V5a1 1 0 0 1 1-1zM12 12H5v2.5L1 11l4-3.5V10h6V7h2v4a1 1 0 0 1-1 1z",
  range: "M1 2h4v1.6H2.8v8.8H5V14H1zM15 2h-4v1.6h2.2v8.8H11V14h4zM5 7.2h6v1.6H5z",
  last: "M11.6 2H14v12h-2.4zM2 2v12l8.8-6z",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
const mounted = new WeakMap();
let visited = 0; // of the places found on other pages, so that none is gone to twice

/** Mount into a component's element, or take new data where it is mounted already; returns what ends it. */
export function mount({ parentElement, data, setStateValue }) {
  let timeline = mounted.get(parentElement);
  if (!timeline) mounted.set(parentElement, (timeline = new Timeline(parentElement)));
  timeline.tell = setStateValue;
  timeline.take(data);
  return () => {
    timeline.end();
    mounted.delete(parentElement);
  };
}

/** Asks the server for the shapes of territory until they are made; the first picture does not wait for them. */
export class Asking {
  /** `ask` is told how often it was called before. */
  constructor(ask) {
    this.ask = ask;
    this.waiting = null;
  }

  begin() {
    if (this.waiting === null) this.wait(0);
  }

  wait(tries) {
    if (tries < MOST_TRIES)
      this.waiting = setTimeout(
        () => {
          this.ask(tries);
          this.wait(tries + 1);
        },
        DRAWN_MS * 2 ** Math.min(tries, 4),
      );
  }

  end() {
    clearTimeout(this.waiting);
    this.waiting = null;
  }
}

class Timeline extends Strip {
  constructor(root) {
    super(theAtlas());
    this.tell = null; // tells the server
    this.atlas.mount();
    this.addressBar = new AddressBar(this.atlas, (state) => this.tell("state", state));
    this.build(root);
    const { atlas } = this;
    this.asking = new Asking((tries) => this.inform({ asked: tries }));
    this.offs = [
      atlas.whenReady(() => this.ready()),
      atlas.on("day", () => this.move()),
      atlas.on("view", () => this.ready()),
      atlas.on("look", () => requestAnimationFrame(() => this.draw())), // once the page has its colours
      atlas.on("feed", () => this.listed()),
      atlas.on("filter", () => this.listed()),
      atlas.on("place", () => this.drawTicks()),
      atlas.on("type", () => this.field.open()),
      atlas.on("play", () => this.transport()),
      atlas.on("rest", () => this.report()),
    ];
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.strip);
  }

  end() {
    this.offs.forEach((off) => off());
    this.addressBar.end();
    this.asking.end();
    this.observer.disconnect();
    this.atlas.unmount();
  }

  async take(data) {
    const { atlas, addressBar } = this,
      isFirst = !this.taken,
      province = data.province ?? "";
    this.taken = true;
    try {
      if (isFirst) addressBar.turn(province);
      const led = isFirst ? addressBar.led(data) : {};
      // We are ahead of the server: of what is on the screen it knows what it was last told. In another province place and map are others.
      const { place, map, ...own } = atlas.isOpen ? atlas.permalink() : {};
      const opening = { ...data, ...own, ...(province === own.province && { place, map }), ...led, province };
      if (!(await atlas.open(opening)) && Object.keys(led).length) atlas.restore({ ...atlas.permalink(), ...led });
    } catch (problem) {
      this.root.replaceChildren(element("p", "problem", problem.message));
      return;
    }
    if (data.wanting) this.asking.begin();
    else {
      this.asking.end();
      if (data.territory) atlas.openTerritory(data.territory).catch(() => {}); // the places are shown without it
    }
    if (data.found && data.found.nonce > visited) {
      visited = data.found.nonce;
      atlas.visit(data.found);
    }
  }

  build(root) {
    const button = (name, title, act, className = "") => {
      const made = element("button", className, null, icon(name));
      made.type = "button";
      made.title = title;
      made.setAttribute("aria-label", title);
      made.addEventListener("click", act);
      return made;
    };
    const { atlas } = this;
    this.playButton = button("play", t("Play (space)"), () => atlas.player.toggle(), "play");
    this.lastButton = button("last", t("Last day with data (End)"), () => atlas.setDay(atlas.payload.last));
    this.loopButton = button("loop", t("Play again and again (L)"), () => atlas.player.setLoop(!atlas.player.loop), "toggle");
    this.rangeButton = button("range", t("Show all that changed within a range of days (R)"), () => atlas.toggleRange(), "toggle");
    this.speed = element("select");
    this.speed.setAttribute("aria-label", t("Speed"));
    for (const speed of SPEEDS) this.speed.append(new Option(`${speed === 0.5 ? "½" : speed}×`, String(speed)));
    this.speed.addEventListener("change", () => {
      atlas.player.setSpeed(Number(this.speed.value));
      this.speed.blur(); // or the arrow keys would go on changing the speed
    });
    this.field = new DateField(atlas);
    this.note = element("span", "note");
    const bar = element(
      "div",
      "bar",
      null,
      button("first", t("First day (Home)"), () => atlas.setDay(atlas.payload.first)),
      button("previous", t("Previous change (Shift and left arrow)"), () => atlas.step(-1)),
      this.playButton,
      button("next", t("Next change (Shift and right arrow)"), () => atlas.step(1)),
      this.lastButton,
      this.loopButton,
      this.rangeButton,
      element("label", "speed", t("Speed"), " ", this.speed),
      this.field.element,
      this.note,
      (this.linkButton = button("link", t("Copy the link to this view"), () => this.copyLink(), "link")),
      element("span", "hints", t("← → day · ⇧← ⇧→ change · ↑ ↓ change here · space play · d date · r range")),
    );
    this.ticks = element("canvas", "ticks");
    this.chart = element("canvas", "chart");
    this.chart.setAttribute("role", "img");
    this.marker = element("div", "marker");
    this.between = element("div", "between");
    this.range = this.handle(t("Date"), (day) => atlas.setDay(day));
    this.begin = this.handle(t("Beginning of the range"), (day) => atlas.setFrom(day));
    this.begin.className = "begin";
    this.begin.dataset.handle = "from";
    this.begin.hidden = true;
    this.axis = element("div", "axis");
    this.caption = element("span", "caption");
    this.plot = element("div", "plot", null, this.ticks, this.chart, this.caption, this.between, this.marker);
    this.strip = element("div", "strip", null, this.plot, element("div", "slider", null, this.range, this.begin), this.axis);
    this.plot.addEventListener("pointerdown", (event) => this.drag(event));
    this.root = element("div", "timeline", null, bar, this.strip);
    root.append(this.root);
  }

  handle(label, act) {
    const made = element("input", "range");
    made.type = "range";
    made.step = 1;
    made.setAttribute("aria-label", label);
    made.addEventListener("input", () => {
      act(Number(made.value));
      this.move();
    });
    return made;
  }

  copyLink() {
    this.report();
    copyAddress(this.linkButton);
  }

  drag(event) {
    const jump = (e) => this.atlas.setDay(this.scale.dayUnder(e, this.plot));
    jump(event);
    this.plot.setPointerCapture(event.pointerId);
    this.plot.onpointermove = jump;
    this.plot.onpointerup = this.plot.onpointercancel = () => (this.plot.onpointermove = null);
  }

  ready() {
    const { last } = this.atlas.payload;
    this.say();
    this.spanHandles([this.range, this.begin]);
    this.lastButton.title = t("Last day with data, {day} (End)", { day: longDate(last) });
    this.draw();
    this.move();
    this.transport();
    this.atlas.rest();
  }

  /** What the chart shows, and which events the ticks above it are. */
  say() {
    const { series, feed, filters } = this.atlas,
      { total } = series,
      count = (events) => number(events.length);
    const shares = total
      ? tn("share of the {n} place by holder; grey: no claim", "share of the {n} places by holder; grey: no claim", total)
      : t("no place of this province is in the dataset");
    const narrowed = total && feed && isNarrowed(filters);
    this.caption.textContent = !narrowed
      ? shares
      : [shares, t("ticks: {some} of {all} events, by the filters", { some: count(feed.numbers), all: count(feed.all) })].join(" · ");
  }

  listed() {
    this.say();
    this.draw();
    this.move();
  }

  // A frame of playing touches only transforms, values and texts.
  move() {
    const {
        day,
        from,
        payload,
        player: { until },
      } = this.atlas,
      begin = from ?? payload.first;
    this.marker.style.transform = `translateX(${this.x(day)}px)`;
    this.range.value = day;
    this.range.style.setProperty("--begin", from === null ? 0 : this.scale.part(begin));
    this.range.style.setProperty("--done", this.scale.part(day));
    this.range.setAttribute("aria-valuetext", longDate(day));
    this.begin.hidden = this.between.hidden = from === null;
    if (from !== null) {
      this.begin.value = from;
      this.begin.setAttribute("aria-valuetext", longDate(from));
      this.between.style.transform = `translateX(${this.x(from)}px)`;
      this.between.style.width = `${this.x(until ?? day) - this.x(from)}px`;
    }
    if (this.rangeButton.ariaPressed !== String(from !== null)) this.rangeButton.ariaPressed = String(from !== null);
    this.field.show(from === null ? longDate(day) : dateWindow(from, day));
    const note = this.remark(day);
    if (this.note.textContent !== note) this.note.textContent = this.note.title = note;
  }

  /** What is worth saying about a day: that the data end there, or that a change has no exact day. */
  remark(day) {
    const { feed, events, payload } = this.atlas;
    if (day === payload.last) {
      const years = (today() - day) / YEAR;
      return years < 1
        ? t("The data end here")
        : tn("The data end here, {n} year ago", "The data end here, {n} years ago", Math.floor(years));
    }
    const { count, one } = feed?.uncertain(day) ?? { count: 0 };
    if (count === 0) return "";
    if (count > 1) return tn("{n} change within its span of days", "{n} changes within their span of days", count);
    return t("{place} changes hands within {days}", {
      place: placeName(payload.places, events.place[one]),
      days: dateWindow(events.earliest(one), events.latest(one)),
    });
  }

  transport() {
    const { playing, speed, loop } = this.atlas.player;
    this.playButton.replaceChildren(icon(playing ? "pause" : "play"));
    this.playButton.title = playing ? t("Pause (space)") : t("Play (space)");
    this.playButton.setAttribute("aria-label", this.playButton.title);
    this.loopButton.ariaPressed = String(loop);
    this.speed.value = speed;
    this.move();
  }

  /** Put the marker on the present day. */
  place() {
    this.marker.style.transform = `translateX(${this.x(this.atlas.day)}px)`;
  }

  /** Put the view into the address, and tell the server. */
  report() {
    this.addressBar.say();
    this.inform();
  }

  /** Tell the server, which makes the exports; not while another province is to come, or it would turn back to this one. */
  inform(more) {
    if (!this.addressBar.isAwaiting) this.tell("state", { ...this.atlas.permalink(), ...more });
  }
}
