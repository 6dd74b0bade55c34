// A list of any length of which only the rows in sight exist.

import { element } from "./shapes.js";

const SHORT = 150; // so many rows are kept whole, for the browser's own search
const BEYOND = 12; // rows kept above and below those in sight
const TALLEST_PX = 8e6; // browsers draw no element much taller than twice this

export class VirtualList {
  /** `row(j)` makes the list item of row j; `mark(j)` is its class. */
  constructor(className, row) {
    this.row = row;
    this.mark = () => "";
    this.tall = element("div");
    this.list = element("ol");
    this.element = element("div", `${className} virtual`, null, this.tall, this.list);
    this.element.addEventListener("scroll", () => this.draw(), { passive: true });
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.element);
    this.rows = new Map();
    this.length = 0;
  }

  /** Show `length` rows with row `middle` in the middle; `fresh`: they are other rows than before. */
  show(length, middle, fresh) {
    if (fresh) this.rows.clear();
    this.length = length;
    if (fresh || !this.pitch) this.measure();
    const inSight = this.element.clientHeight / this.pitch;
    const top = Math.max(0, Math.min(length - inSight, middle + 0.5 - inSight / 2));
    this.element.scrollTop = length > inSight ? (top / (length - inSight)) * (this.height - this.element.clientHeight) : 0;
    this.draw();
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
    this.height = Math.min(this.length * this.pitch, TALLEST_PX);
    this.tall.style.height = `${this.height}px`;
  }

  draw() {
    const { element: box, pitch, length } = this;
    if (!length || !pitch) return;
    const inSight = box.clientHeight / pitch, room = this.height - box.clientHeight;
    // A list too tall to be drawn is scrolled in proportion.
    const top = room > 0 ? (Math.min(box.scrollTop, room) / room) * (length - inSight) : 0;
    const from = length <= SHORT ? 0 : Math.max(0, Math.floor(top) - BEYOND);
    const to = length <= SHORT ? length : Math.min(length, Math.ceil(top + inSight) + BEYOND);
    const kept = new Map();
    for (let j = from; j < to; j++) {
      const item = this.rows.get(j) ?? this.row(j);
      const mark = this.mark(j);
      if (item.className !== mark) item.className = mark;
      item.ariaPosInSet = j + 1;
      item.ariaSetSize = length;
      kept.set(j, item);
    }
    const same = kept.size === this.rows.size && kept.size === this.list.children.length && this.rows.has(from) && this.rows.has(to - 1);
    this.rows = kept;
    if (!same) this.list.replaceChildren(...kept.values());
    this.list.style.transform = `translateY(${room > 0 ? Math.min(box.scrollTop, room) - (top - from) * pitch : 0}px)`;
  }
}
