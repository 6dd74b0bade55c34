// What is said of a place on a day: its holder, how well that is known and why, rival claims, fighting and siege.

import { dateWindow, longDate, shortDate } from "../../dates.js";
import { element } from "../../drawing/elements.js";
import { symbolElement } from "../../drawing/symbols.js";
import { list, nameOf, said, t } from "../../language.js";
import { STATUSES } from "./event_row.js";

const STATUS_WORDS = {
  corroborated: () => t("Independent sources agree, or a side speaks against its own interest"),
  claimed: () => t("One originating source only"),
  disputed: () => t("Claimed, and spoken against"),
};
const BASIS_WORDS = {
  change: () => "",
  state: () => t("first known holder"),
  before: () => t("held before the first change"),
  implied: () => t("date of change not reported"),
};

/** A word in a frame, with its explanation. */
export function chip(text, className, title = "") {
  const made = element("span", `chip ${className}`, text);
  made.title = title;
  return made;
}

/**
 * The elements that say it. `moment`: the event in force, rivals and layers, whether the place is changing hands, whether it is in the
 * dataset at all; `reasonOf` gives the reason for an event.
 */
export function verdict(payload, { event, rivals, layers, moving, known }, reasonOf) {
  const challenged = event && rivals.some((rival) => rival.party !== event.party);
  return [
    ...(event ? held(payload, event, challenged, moving, reasonOf) : unclaimed(payload, moving, known)),
    ...rivals.filter((rival) => !event || rival.party !== event.party).map((rival) => rivalNote(payload, rival, reasonOf)),
    ...layers.map((layer) => layerNote(payload, layer)),
  ];
}

function held(payload, event, challenged, moving, reasonOf) {
  const party = payload.parties[event.party];
  const symbol = symbolElement(party, { hollow: Boolean(event.flagged) || challenged, size: 18 });
  const holder = element("p", "holder", null, symbol, element("b", "", nameOf(party)), element("span", "", since(event)));
  const chips = [chip(STATUSES[event.status](), `status ${event.status}`, STATUS_WORDS[event.status]())];
  if (event.confidence)
    chips.push(chip(event.confidence, "grade", t("Admiralty code: reliability of the best source A–E, credibility of the statement 1–5")));
  if (BASIS_WORDS[event.basis]()) chips.push(chip(BASIS_WORDS[event.basis](), ""));
  if (event.day !== null && event.earliest !== event.latest) {
    const days = dateWindow(event.earliest, event.latest);
    chips.push(chip(t("between {days}", { days }), "", t("The sources place it within these days")));
  }
  if (challenged)
    chips.push(chip(t("claimed otherwise since"), "disputed", t("A later claim names another holder; this view does not follow it")));
  if (moving) chips.push(chip(t("changing hands"), "moving"));
  return [holder, element("p", "chips", null, ...chips), element("p", "reason", said(reasonOf(event)))];
}

function since({ day, basis }) {
  if (day === null) return t("since before the dataset begins");
  const isFound = basis === "state" || basis === "before";
  return isFound ? t("known since {day}", { day: longDate(day) }) : t("since {day}", { day: longDate(day) });
}

function unclaimed(payload, moving, known) {
  const text = known ? t("No claim on this date") : t("No claim in the dataset is about this place");
  const holder = element("p", "holder", null, symbolElement(payload.unknown, { size: 18 }), element("b", "", text));
  return moving ? [holder, element("p", "chips", null, chip(t("changing hands"), "moving"))] : [holder];
}

function rivalNote(payload, rival, reasonOf) {
  const party = payload.parties[rival.party];
  const claimed = t("{party}, by other claims since {day}.", { party: nameOf(party), day: shortDate(rival.day) });
  const text = element("span", "", null, element("b", "", claimed), " ", said(reasonOf(rival)));
  return element("p", "layer-note", null, symbolElement(party, { hollow: true, size: 15 }), text);
}

function layerNote(payload, layer) {
  const names = layer.sides.map((k) => nameOf(payload.parties[k])),
    siege = layer.kind === "siege";
  const what = siege ? t("Besieged by {party}", { party: names[0] }) : t("Contested between {parties}", { parties: list(names) });
  const until = layer.until === null ? t("since {day}", { day: shortDate(layer.day) }) : dateWindow(layer.day, layer.until);
  const text = element("span", "", null, element("b", "", what), ` ${until}`);
  return element("p", "layer-note", null, element("i", siege ? "ring" : "ring dashed"), text);
}
