// Above the feed: a line that opens into the filters, and a chip for each that is on.

import { FILTERS, filtersOf, isNarrowed } from "../state/filters.js";
import { locale, nameOf, t } from "../language.js";
import { element } from "../drawing/elements.js";

const TYPING_MS = 200;
const LONGEST_TEXT = 60; // as in views/screen/permalink/permalink.py

/** The line, a `box` that opens, with `show` to bring it up to date. */
export function filterBar(atlas) {
  const { payload, events, province } = atlas,
    { places } = payload;
  const named = (list) => list.map((thing) => [thing.id, nameOf(thing)]),
    inOrder = new Intl.Collator(locale());
  const areaName = (i) => nameOf({ name: places.province[i], name_ar: places.province_ar[i] });
  const areas = [...new Map(places.admin1.map((code, i) => [code, areaName(i)]))].sort((one, other) => inOrder.compare(one[1], other[1]));
  const choices = {
    party: [t("Party"), named(payload.parties.filter((_, k) => atlas.feed.names(k)))],
    kind: [
      t("Kind"),
      [
        ["control", t("change of control")],
        ["contested", t("contested")],
        ["siege", t("siege")],
      ],
    ],
    status: [
      t("Status"),
      [
        ["corroborated", t("corroborated")],
        ["claimed", t("claimed once")],
        ["disputed", t("disputed")],
      ],
    ],
    by: [t("Claimed by"), named(events.claimants)],
    area: [t("Province"), province ? [] : areas],
  };
  const fields = new Map(),
    panel = element("div", "panel");
  for (const [name, [label, options]] of Object.entries(choices)) {
    if (!options.length) continue;
    const select = element("select");
    select.append(new Option(t("any"), ""), ...options.map(([value, text]) => new Option(text, value)));
    select.addEventListener("change", () => atlas.setFilters({ [name]: select.value }));
    fields.set(name, select);
    panel.append(element("label", "", `${label} `, select));
  }
  const text = element("input");
  text.type = "search";
  text.maxLength = LONGEST_TEXT;
  text.placeholder = t("a place in any spelling, words of a reason");
  let typing;
  text.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => atlas.setFilters({ q: text.value.trim() }), TYPING_MS);
  });
  fields.set("q", text);
  panel.append(
    element("label", "wide", t("Text"), " ", text),
    element(
      "p",
      "help",
      t("Filters choose what is listed here, marked on the timeline and stepped through. The map goes on showing every place."),
    ),
  );
  const on = element("span", "on"),
    box = element("details", "filters", null, element("summary", "", null, t("Filter"), on), panel);
  const chips = element("p", "chips");
  const chip = (name) => {
    const { filters } = atlas,
      options = choices[name]?.[1] ?? [];
    const said = name === "q" ? `“${filters.q}”` : (options.find(([value]) => value === filters[name])?.[1] ?? filters[name]);
    const made = element("button", "chip", null, said, element("span", "", " ✕"));
    made.type = "button";
    made.title = t("Take away: {filter}", { filter: said });
    made.setAttribute("aria-label", made.title);
    made.addEventListener("click", () => {
      atlas.setFilters({ [name]: "" });
      box.querySelector("summary").focus(); // the button has gone
    });
    return made;
  };
  const clear = element("button", "clear", t("clear all"));
  clear.type = "button";
  clear.addEventListener("click", () => {
    atlas.setFilters(filtersOf({}));
    box.querySelector("summary").focus();
  });
  const show = () => {
    const { filters } = atlas,
      active = FILTERS.filter((name) => filters[name]);
    for (const [name, field] of fields) if (field.getRootNode().activeElement !== field || name !== "q") field.value = filters[name];
    on.textContent = active.length ? ` (${active.length})` : "";
    chips.hidden = !isNarrowed(filters);
    chips.replaceChildren(...active.map(chip), clear);
  };
  show();
  return { box, chips, show };
}
