// Find a place by any spelling: a field with its answers, on every page. The server makes the answers; the map goes there by itself.

import { shownAtlases, theAtlas } from "../state/atlas.js";
import { isTyping } from "../keys.js";
import { nameOf, t, tn } from "../language.js";
import { leave } from "../bridge/leaving.js";
import { element } from "../drawing/elements.js";

const TYPING_MS = 150;
const LONGEST = 200;
const AGAIN_MS = 2000;
const MOST_TRIES = 3;
const PROVINCES = "/provinces"; // the page that goes from province to province without being left
const mounted = new WeakMap();

export function mount({ parentElement, data, setStateValue, setTriggerValue }) {
  let search = mounted.get(parentElement);
  if (!search) mounted.set(parentElement, (search = new Search(parentElement)));
  search.ask = (text) => setStateValue("text", text);
  search.choose = (id) => setTriggerValue("chosen", id);
  search.take(data);
  return () => {
    search.end();
    mounted.delete(parentElement);
  };
}

class Search {
  constructor(root) {
    this.atlas = theAtlas();
    this.ask = this.choose = null; // tell the server what is asked for, and which answer was chosen
    this.answers = [];
    this.active = -1;
    this.input = element("input");
    Object.assign(this.input, {
      type: "text",
      placeholder: t("Find a place: English, عربي, any spelling"),
      autocomplete: "off",
      spellcheck: false,
      maxLength: LONGEST,
    });
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-label": t("Find a place"),
      "aria-autocomplete": "list",
      "aria-controls": "answers",
      "aria-expanded": "false",
    }))
      this.input.setAttribute(name, value);
    this.list = element("ul");
    this.list.id = "answers";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", t("Places found"));
    this.said = element("p");
    this.said.setAttribute("role", "status");
    this.box = element("div", "answers", null, this.list, this.said);
    this.box.hidden = true;
    this.root = element("div", "search", null, this.input, this.box);
    this.root.setAttribute("role", "search");
    root.append(this.root);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.open(Boolean(this.text)));
    this.root.addEventListener("focusout", (event) => !this.root.contains(event.relatedTarget) && this.open(false));
    this.box.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    const find = () => {
      window.focus(); // the key may have been pressed in the map's frame
      this.input.focus();
      this.input.select();
    };
    const slash = (event) => {
      if (this.atlas.mounted || event.key !== "/" || isTyping(event)) return;
      event.preventDefault();
      find();
    };
    document.addEventListener("keydown", slash);
    const offs = [
      this.atlas.on("find", find),
      this.atlas.on("feed", () => this.fill()),
      () => document.removeEventListener("keydown", slash),
    ];
    this.end = () => offs.forEach((off) => off());
  }

  get text() {
    return this.input.value.trim();
  }

  typed() {
    clearTimeout(this.typing);
    this.awaited = false;
    this.typing = setTimeout(() => this.inquire(this.text), TYPING_MS);
    if (!this.text) this.open(false);
  }

  /** Ask the server, again while no answer comes: what is told while it draws a page can be lost. It does not mind spaces at the end. */
  inquire(text, tries = 0) {
    clearTimeout(this.again);
    this.ask(text + " ".repeat(tries));
    if (text && tries < MOST_TRIES)
      this.again = setTimeout(() => this.text === text && this.answered !== text && this.inquire(text, tries + 1), AGAIN_MS);
  }

  /** Take the server's answers, which may be those to what was typed before. */
  take({ text, answers, here }) {
    this.here = here;
    if (text === this.answered && this.answers.length === answers.length) return;
    this.answered = text;
    this.answers = answers;
    this.active = -1;
    this.fill();
    if (text !== this.text || !text) return;
    if (this.root.getRootNode().activeElement === this.input) this.open(true);
    if (this.awaited) this.go(0);
  }

  fill() {
    const { atlas } = this;
    this.list.replaceChildren(
      ...this.answers.map((answer, k) => {
        const own = nameOf(answer),
          also = element("bdi", "", own === answer.name ? answer.name_ar : answer.name);
        also.lang = own === answer.name ? "ar" : "en";
        const item = element(
          "li",
          "",
          null,
          element("b", "", own),
          " ",
          also,
          element("span", "where", [answer.matched && `“${answer.matched}”`, answer.where].filter(Boolean).join(" · ")),
          element("small", "", this.remark(answer)),
        );
        item.id = `answer-${k}`;
        item.title = answer.reason;
        item.setAttribute("role", "option");
        item.addEventListener("click", () => this.go(k));
        return item;
      }),
    );
    this.said.textContent =
      this.answered && !this.answers.length ? t("No place called “{text}” is known.", { text: this.answered.slice(0, 60) }) : "";
    this.mark(atlas.feed ? this.active : -1);
  }

  /** What the dataset says of an answer, in a few words. */
  remark({ id, province, known }) {
    const { atlas } = this;
    if (province) return t("province");
    if (!known) return t("no claim");
    const place = atlas.feed ? (atlas.index.get(id) ?? -1) : -1;
    if (place < 0) return "";
    const changes = atlas.feed.daysOf(place).length;
    return tn("{n} change", "{n} changes", changes);
  }

  open(open) {
    const shown = open && this.answered === this.text && Boolean(this.text);
    this.box.hidden = !shown;
    this.input.setAttribute("aria-expanded", String(shown && this.answers.length > 0));
    if (!shown) this.mark(-1);
  }

  mark(active) {
    this.active = active;
    [...this.list.children].forEach((item, k) => item.setAttribute("aria-selected", String(k === active)));
    if (active < 0) this.input.removeAttribute("aria-activedescendant");
    else {
      this.input.setAttribute("aria-activedescendant", `answer-${active}`);
      this.list.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  key(event) {
    const { answers } = this,
      step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && answers.length) {
      this.open(true);
      this.mark((this.active + step + (this.active < 0 && step < 0 ? 1 : 0) + answers.length) % answers.length);
    } else if (event.key === "Enter") this.enter();
    else if (event.key === "Escape") {
      if (this.box.hidden) this.input.value = "";
      this.open(false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Go to the answer that is marked, else the first; where it is still to come, as soon as it is here. */
  enter() {
    if (!this.text) return;
    if (this.answered === this.text) return this.go(Math.max(0, this.active));
    this.awaited = true;
    clearTimeout(this.typing);
    this.inquire(this.text);
  }

  go(k) {
    const answer = this.answers[k];
    this.awaited = false;
    if (!answer) return;
    this.input.value = "";
    this.open(false);
    if (this.here && !answer.province) {
      const [atlas] = shownAtlases(); // of two sides, which go together, the first
      atlas.visit(answer);
      atlas.emit("visited");
    } else {
      this.choose(answer.id);
      if (!answer.province || !window.location.pathname.endsWith(PROVINCES)) leave();
    }
  }
}
