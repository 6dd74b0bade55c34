// The timeline under the map: transport, event ticks, stacked area of places, time-scaled range, axis.

import { SPEEDS, dateWindow, dayOf, element, isoOf, longDate, theAtlas } from "./atlas.js";

const TICKS_PX = 10;
// Drawn, since not every machine has a font with transport symbols.
const ICONS = {
  first: "M2 2h2.4v12H2zM14 2v12L5.2 8z",
  previous: "M12.5 2v12L3.5 8z",
  play: "M3.5 1.5v13L14 8z",
  pause: "M3 2h3.8v12H3zM9.2 2H13v12H9.2z",
  next: "M3.5 2v12l9-6z",
  link: "M6.5 11.5 5.4 12.6a2.2 2.2 0 0 1-3.1-3.1l3-3a2.2 2.2 0 0 1 3.1 0l1-1a3.6 3.6 0 0 0-5.1 0l-3 3a3.6 3.6 0 0 0 5.1 5.1l1.1-1.1zM9.5 4.5l1.1-1.1a2.2 2.2 0 0 1 3.1 3.1l-3 3a2.2 2.2 0 0 1-3.1 0l-1 1a3.6 3.6 0 0 0 5.1 0l3-3a3.6 3.6 0 0 0-5.1-5.1L8.5 3.5z",
  last: "M11.6 2H14v12h-2.4zM2 2v12l8.8-6z",
};

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
const mounted = new WeakMap();

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

class Timeline {
  constructor(root) {
    this.atlas = theAtlas();
    this.atlas.mounted = (this.atlas.mounted ?? 0) + 1;
    this.build(root);
    const { atlas } = this;
    this.offs = [
      atlas.whenReady(() => this.ready()),
      atlas.on("day", () => this.move()),
      atlas.on("view", () => this.ready()),
      atlas.on("place", () => this.drawTicks()),
      atlas.on("play", () => this.transport()),
      atlas.on("rest", () => this.report()),
    ];
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.strip);
  }

  end() {
    this.offs.forEach((off) => off());
    this.observer.disconnect();
    this.atlas.pause();
    this.atlas.mounted--;
  }

  async take(data) {
    const { atlas } = this;
    try {
      await atlas.open({ ...data, day: data.date ? dayOf(data.date) : undefined });
    } catch (problem) {
      this.root.replaceChildren(element("p", "problem", problem.message));
      return;
    }
    if (data.found && data.found.nonce !== this.nonce) {
      this.nonce = data.found.nonce;
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
    this.playButton = button("play", "Play (space)", () => atlas.toggle(), "play");
    this.speed = element("select");
    this.speed.setAttribute("aria-label", "Speed");
    for (const speed of SPEEDS) this.speed.append(new Option(`${speed === 0.5 ? "½" : speed}×`, speed));
    this.speed.addEventListener("change", () => {
      atlas.speed = Number(this.speed.value);
      atlas.emit("play");
      this.speed.blur(); // or the arrow keys would go on changing the speed
    });
    this.date = element("strong", "date");
    this.date.setAttribute("role", "status");
    this.note = element("span", "note");
    const bar = element("div", "bar", null,
      button("first", "First day (Home)", () => atlas.setDay(atlas.payload.first)),
      button("previous", "Previous change (Shift and left arrow)", () => atlas.step(-1)),
      this.playButton,
      button("next", "Next change (Shift and right arrow)", () => atlas.step(1)),
      button("last", "Last day (End)", () => atlas.setDay(atlas.payload.last)),
      element("label", "speed", "Speed ", this.speed),
      this.date,
      this.note,
      (this.linkButton = button("link", "Copy the link to this view", () => this.copyLink(), "link")),
      element("span", "hints", "← → day · ⇧← ⇧→ change · ↑ ↓ change here · space play · click chart to jump"),
    );
    this.ticks = element("canvas", "ticks");
    this.chart = element("canvas", "chart");
    this.chart.setAttribute("role", "img");
    this.marker = element("div", "marker");
    this.range = element("input", "range");
    this.range.type = "range";
    this.range.step = 1;
    this.range.setAttribute("aria-label", "Date");
    this.range.addEventListener("input", () => atlas.setDay(Number(this.range.value)));
    this.axis = element("div", "axis");
    this.caption = element("span", "caption");
    this.plot = element("div", "plot", null, this.ticks, this.chart, this.caption, this.marker);
    this.strip = element("div", "strip", null, this.plot, this.range, this.axis);
    this.plot.addEventListener("pointerdown", (event) => this.drag(event));
    this.root = element("div", "timeline", null, bar, this.strip);
    root.append(this.root);
  }

  async copyLink() {
    this.report();
    try {
      await navigator.clipboard.writeText(window.location.href);
      this.linkButton.dataset.said = "Link copied";
    } catch {
      this.linkButton.dataset.said = "Copy it from the address bar";
    }
    setTimeout(() => delete this.linkButton.dataset.said, 2000);
  }

  drag(event) {
    const box = this.plot.getBoundingClientRect(), { first, last } = this.atlas.payload;
    const jump = (e) => this.atlas.setDay(first + ((e.clientX - box.left) / box.width) * (last - first));
    this.atlas.pause();
    jump(event);
    this.plot.setPointerCapture(event.pointerId);
    this.plot.onpointermove = jump;
    this.plot.onpointerup = this.plot.onpointercancel = () => (this.plot.onpointermove = null);
  }

  ready() {
    const { first, last } = this.atlas.payload;
    const { total } = this.atlas;
    this.caption.textContent = total ? `share of the ${total} places by holder; grey: no claim` : "no place of this province is in the dataset";
    this.range.min = first;
    this.range.max = last;
    this.draw();
    this.move();
    this.transport();
    this.atlas.rest();
  }

  // A frame of playing touches only a transform, a value and a text.
  move() {
    const { day, payload } = this.atlas;
    this.marker.style.transform = `translateX(${this.x(day)}px)`;
    this.range.value = day;
    this.range.style.setProperty("--done", `${(100 * (day - payload.first)) / (payload.last - payload.first)}%`);
    this.range.setAttribute("aria-valuetext", longDate(day));
    this.date.textContent = longDate(day);
    const moving = this.atlas.uncertain.filter((e) => e.earliest <= day && day <= e.latest);
    const note = moving.length > 1 ? `${moving.length} changes within their span of days` : moving.length ? `${payload.places.name[moving[0].place]} changes hands within ${dateWindow(moving[0].earliest, moving[0].latest)}` : "";
    if (this.note.textContent !== note) this.note.textContent = note;
  }

  transport() {
    const { playing, speed } = this.atlas;
    this.playButton.replaceChildren(icon(playing ? "pause" : "play"));
    this.playButton.title = playing ? "Pause (space)" : "Play (space)";
    this.playButton.setAttribute("aria-label", this.playButton.title);
    this.speed.value = speed;
  }

  /** Put the view into the address, and tell the server, which makes the exports. */
  report() {
    const { atlas } = this;
    const place = atlas.place >= 0 ? atlas.payload.places.id[atlas.place] : "";
    const state = { date: isoOf(atlas.day), view: atlas.view, place, map: atlas.mapView };
    const query = new URLSearchParams(Object.entries({ ...state, province: atlas.province }).filter(([, value]) => value));
    // Replaced, not pushed: "back" leads to the page before, not to the date before.
    window.history.replaceState(window.history.state, "", `${window.location.pathname}?${query}`);
    this.tell("state", state);
  }

  x(day) {
    const { first, last } = this.atlas.payload;
    return ((day - first) / (last - first)) * this.width;
  }

  draw() {
    if (!this.atlas.payload) return;
    this.width = this.plot.clientWidth;
    if (!this.width) return;
    this.drawTicks();
    this.drawChart();
    this.drawAxis();
    this.marker.style.transform = `translateX(${this.x(this.atlas.day)}px)`;
  }

  canvas(canvas, height) {
    const scale = devicePixelRatio || 1;
    canvas.width = this.width * scale;
    canvas.height = height * scale;
    canvas.style.height = `${height}px`;
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    return context;
  }

  drawTicks() {
    if (!this.width) return;
    const context = this.canvas(this.ticks, TICKS_PX), { feed, place } = this.atlas;
    const ink = getComputedStyle(this.root).color;
    // Ticks that share a pixel add up, so that density shows.
    for (const mine of [false, true]) {
      context.fillStyle = mine ? "#1D5E8C" : ink;
      context.globalAlpha = mine ? 1 : 0.55;
      for (const event of feed) {
        if ((event.place === place) !== mine) continue;
        context.fillRect(Math.round(this.x(event.day)) - (mine ? 1.5 : 1), mine ? 0 : 2, mine ? 3 : 2, TICKS_PX - 2);
      }
    }
  }

  drawChart() {
    const height = this.chart.clientHeight || 70, context = this.canvas(this.chart, height), { atlas, width } = this;
    const { payload, series, total } = atlas, n = payload.parties.length;
    const order = [...payload.parties.keys()].filter((k) => series.rows.some((row) => row[k] > 0));
    const bands = [...order.map((k) => [k, payload.parties[k].colour]), [n, payload.unknown.colour]];
    series.days.forEach((day, k) => {
      if (day > payload.last) return;
      const left = this.x(day), right = k + 1 < series.days.length ? this.x(Math.min(series.days[k + 1], payload.last)) : width;
      let y = height;
      for (const [band, colour] of bands) {
        const tall = (series.rows[k][band] / Math.max(1, total)) * height;
        context.fillStyle = colour;
        context.fillRect(left, y - tall, Math.max(0, right - left) + 0.6, tall + 0.4);
        y -= tall;
      }
    });
    const words = bands.map(([k]) => `${k < n ? payload.parties[k].name : "not known"} ${atlas.counts(atlas.day)[k]}`).join(", ");
    this.chart.setAttribute("aria-label", `Places by holder over time, of ${total}; on ${longDate(atlas.day)}: ${words}`);
  }

  drawAxis() {
    const { first, last } = this.atlas.payload, months = (last - first) / 30.4, room = this.width / months;
    const every = [1, 3, 6, 12].find((step) => step * room >= 58) ?? 12;
    const labels = [];
    const date = new Date(first * 86400000);
    date.setUTCDate(1);
    for (; date.getTime() / 86400000 <= last; date.setUTCMonth(date.getUTCMonth() + 1)) {
      const day = date.getTime() / 86400000, month = date.getUTCMonth();
      if (day < first || month % every) continue;
      const x = this.x(day), text = month ? date.toLocaleString("en", { month: "short", timeZone: "UTC" }) : String(date.getUTCFullYear());
      if (x > this.width - 24) continue;
      const label = element("span", month ? "" : "year", text);
      label.style.left = `${x}px`;
      labels.push(label);
    }
    this.axis.replaceChildren(...labels);
  }
}
