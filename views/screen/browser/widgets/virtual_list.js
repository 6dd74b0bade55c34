// A list of any length of which only the rows in sight exist.

import { element } from "../drawing/elements.js";

const SHORT = 150; // so many rows are kept whole, for the browser's own search
const BEYOND = 12; // rows kept above and below those in sight
const TALLEST_PX = 8e6; // browsers draw no element much taller than twice this

export class VirtualList {
  /** `row(j)` makes the list item of row j; `mark(j)` is its class. */
  constructor(className, row) {
    this.row = row;
    /** @type {(j: number) => string} */
    this.mark = () => "";
    this.tall = element("div");
    this.list = element("ol");
    this.element = element("div", `${className} virtual`, null, this.tall, this.list);
    this.element.addEventListener(
      "scroll",
      () => {
        this.scrolled = this.element.scrollTop;
        this.draw();
      },
      { passive: true },
    );
    // What is measured here need not be asked for, and laid out, at every move.
    new ResizeObserver(() => {
      this.sight = this.element.clientHeight;
      this.draw();
    }).observe(this.element);
    this.rows = new Map();
    this.length = this.sight = this.scrolled = 0;
  }

  /** Show `length` rows with row `middle` in the middle; `fresh`: they are other rows than before. */
  show(length, middle, fresh) {
    if (fresh) this.rows.clear();
    this.length = length;
    if (!this.pitch) this.measure();
    if (fresh) {
      this.height = Math.min(length * this.pitch, TALLEST_PX);
      this.tall.style.height = `${this.height}px`;
    }
    const inSight = this.sight / this.pitch,
      top = Math.max(0, Math.min(length - inSight, middle + 0.5 - inSight / 2));
    this.scrolled = length > inSight ? Math.round((top / (length - inSight)) * (this.height - this.sight)) : 0;
    this.draw();
    this.element.scrollTop = this.scrolled;
  }

  empty(text) {
    this.length = 0;
    this.rows.clear();
    this.tall.style.height = "0";
    this.list.style.transform = "";
    this.list.replaceChildren(element("li", "empty", text));
  }

  measure() {
    const example = this.row(0);
    this.list.replaceChildren(example);
    this.pitch = example.offsetHeight || 26;
    this.sight = this.element.clientHeight;
  }

  draw() {
    const { pitch, length } = this;
    if (!length || !pitch) return;
    const inSight = this.sight / pitch,
      room = Math.max(0, this.height - this.sight),
      scrolled = Math.min(this.scrolled, room);
    // A list too tall to be drawn is scrolled in proportion.
    const top = room > 0 ? (scrolled / room) * (length - inSight) : 0;
    const from = length <= SHORT ? 0 : Math.max(0, Math.floor(top) - BEYOND);
    const to = length <= SHORT ? length : Math.min(length, Math.ceil(top + inSight) + BEYOND);
    const kept = new Map();
    let same = to - from === this.list.children.length;
    for (let j = from; j < to; j++) {
      const item = this.rows.get(j) ?? this.made(j),
        mark = this.mark(j);
      same &&= this.rows.has(j);
      if (item.className !== mark) item.className = mark;
      kept.set(j, item);
    }
    this.rows = kept;
    if (!same) this.list.replaceChildren(...kept.values());
    this.list.style.transform = `translateY(${scrolled - (top - from) * pitch}px)`;
  }

  made(j) {
    const item = this.row(j);
    item.ariaPosInSet = j + 1;
    item.ariaSetSize = this.length;
    return item;
  }
}
