// The heads of the two sides that are compared: date, steps, view and viewpoint of each; and how the maps lie.

import { copyAddress } from "../bridge/address_bar.js";
import { DateField } from "../widgets/date_field.js";
import { longDate } from "../dates.js";
import { t } from "../language.js";
import { leave } from "../bridge/leaving.js";
import { LETTERS, SIDE, SWIPE, thePair } from "../state/pair.js";
import { queryOf } from "../state/permalink.js";
import { element } from "../drawing/elements.js";
import { viewpoint } from "../widgets/viewpoint.js";
import { Asking, icon } from "./timeline.js";

const mounted = new WeakMap();

export function mount({ parentElement, data, setStateValue, setTriggerValue }) {
  let sides = mounted.get(parentElement);
  if (!sides) mounted.set(parentElement, (sides = new Sides(parentElement, data)));
  sides.tell = setStateValue;
  sides.choose = (side) => setTriggerValue("wanted", side);
  sides.take(data);
  return () => {
    sides.end();
    mounted.delete(parentElement);
  };
}

class Sides {
  constructor(root, data) {
    this.pair = thePair();
    this.tell = this.choose = null; // tell the server the state, and which side is to be opened
    this.pair.mount();
    window.controlAtlas?.forget(); // the map opens on what is seen here, not on what it showed before
    const { pair } = this;
    this.asking = new Asking((tries) => this.tell("state", { ...pair.permalink(), asked: String(tries) }));
    this.heads = pair.sides.map((atlas, k) => this.head(atlas, k, data.voices));
    this.root = element("div", "sides", null, ...this.heads.map((head) => head.box), this.tools());
    root.append(this.root);
    this.offs = [
      pair.whenReady(() => {
        this.show();
        pair.rest(); // the address says what is shown from the beginning
      }),
      ...["change", "mode", "active"].map((type) => pair.on(type, () => this.show())),
      ...pair.sides.map((atlas, k) => atlas.on("type", () => this.heads[k].field.open())),
      pair.on("rest", () => this.report()),
    ];
  }

  end() {
    this.offs.forEach((off) => off());
    this.heads.forEach((head) => head.viewpoint.end());
    this.asking.end();
    this.pair.unmount();
  }

  async take(data) {
    const { pair } = this;
    try {
      await pair.open(data);
    } catch (problem) {
      this.root.replaceChildren(element("p", "problem", problem.message));
      return;
    }
    if (data.wanting) this.asking.begin();
    else {
      this.asking.end();
      // The places are shown without it.
      if (data.territory) for (const atlas of pair.sides) atlas.openTerritory(data.territory).catch(() => {});
    }
  }

  button(name, title, act) {
    const made = element("button", "", null, icon(name));
    made.type = "button";
    made.title = title;
    made.setAttribute("aria-label", title);
    made.addEventListener("click", act);
    return made;
  }

  head(atlas, k, voices) {
    const { pair } = this,
      letter = LETTERS[k],
      chosen = viewpoint(atlas, voices),
      view = element("select");
    const field = new DateField(atlas, (day, from) => {
      if (from === undefined) return atlas.setDay(day);
      pair.setTogether(false);
      pair.one.setDay(from);
      pair.other.setDay(day);
    });
    for (const [value, label] of [
      ["claimed", t("As claimed")],
      ["corroborated", t("Corroborated only")],
    ])
      view.append(new Option(label, value));
    view.setAttribute("aria-label", t("Which claims count on side {letter}", { letter }));
    view.addEventListener("change", () => atlas.setView(view.value));
    const link = element("a", "open", t("On the map"));
    link.title = t("Open side {letter} by itself", { letter });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault(); // here it goes without loading the page again
      this.report();
      this.choose(["one", "other"][k]);
      leave();
    });
    const box = element(
      "section",
      "side",
      null,
      element(
        "div",
        "when",
        null,
        element("b", "letter", letter),
        this.button("previous", t("Previous change on side {letter}", { letter }), () => atlas.step(-1)),
        field.element,
        this.button("next", t("Next change on side {letter}", { letter }), () => atlas.step(1)),
        link,
      ),
      element("div", "who", null, view, chosen.box),
    );
    box.setAttribute("aria-label", t("Side {letter}", { letter }));
    box.addEventListener("pointerdown", () => pair.activate(k), true);
    box.addEventListener("focusin", () => pair.activate(k));
    return { box, field, view, link, viewpoint: chosen };
  }

  tools() {
    const { pair } = this;
    const modes = element("div", "modes");
    modes.setAttribute("role", "group");
    modes.setAttribute("aria-label", t("How the maps lie"));
    this.modes = [
      [SWIPE, t("Swipe"), t("One map with a divider (S)")],
      [SIDE, t("Side by side"), t("Two maps that move together (S)")],
    ].map(([mode, label, title]) => {
      const button = element("button", "", label);
      button.type = "button";
      button.title = title;
      button.addEventListener("click", () => pair.setMode(mode));
      modes.append(button);
      return [mode, button];
    });
    this.together = element("input");
    this.together.type = "checkbox";
    this.together.addEventListener("change", () => pair.setTogether(this.together.checked));
    const together = element("label", "together", null, this.together, t("One date for both"));
    together.title = t("Compare two viewpoints on one date");
    this.link = this.button("link", t("Copy the link to this view"), () => this.copyLink());
    this.link.className = "link";
    return element("div", "tools", null, element("div", "", null, modes, this.link), together);
  }

  copyLink() {
    this.report();
    copyAddress(this.link);
  }

  show() {
    const { pair } = this;
    this.heads.forEach(({ box, field, view, link }, k) => {
      const atlas = pair.sides[k],
        page = pair.one.province ? "provinces" : "";
      field.show(longDate(atlas.day));
      view.value = atlas.view;
      link.href = `./${page}${pair.queryOf(k)}`;
      box.classList.toggle("active", pair.active === k);
    });
    for (const [mode, button] of this.modes) button.setAttribute("aria-pressed", String(pair.mode === mode));
    this.together.checked = pair.together;
  }

  /** Put the view into the address, and tell the server, which makes data and exports. */
  report() {
    const { pair } = this;
    if (!pair.ready) return;
    window.history.replaceState(window.history.state, "", window.location.pathname + queryOf(pair.permalink()));
    this.tell("state", pair.permalink());
  }
}
