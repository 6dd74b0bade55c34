// An event as a row of a list: its day, what passed to whom, its place, how well it is known.

import { shortDate } from "../../dates.js";
import { element } from "../../drawing/elements.js";
import { symbolElement } from "../../drawing/symbols.js";
import { nameOf, onwards, placeName, said, t } from "../../language.js";

export const STATUSES = { corroborated: () => t("corroborated"), claimed: () => t("claimed"), disputed: () => t("disputed") };

/** A list item; a click leads to the day and the place of the event. */
export function eventRow(atlas, event) {
  const { payload } = atlas;
  const button = element("button");
  button.type = "button";
  button.dataset.event = event.number;
  const wide = event.latest - event.earliest > 2,
    day = shortDate(event.day);
  const date = element("time", "", !wide ? day : event.kind === "control" ? t("by {day}", { day }) : `~ ${day}`);
  const name = element("b", "", placeName(payload.places, event.place));
  const status = element("span", `status ${event.status}`, wordOf(event));
  button.append(date, arrow(atlas.payload, event), name, status);
  button.addEventListener("pointerenter", () => explain(atlas, button, event), { once: true });
  button.addEventListener("click", () => {
    atlas.jump(atlas.from, event.day);
    atlas.select(event.place, { fly: true });
  });
  return element("li", "", null, button);
}

async function explain(atlas, button, event) {
  const evidence = await atlas.evidence.about(event.place).catch(() => null);
  if (evidence) button.title = said(evidence.of(event.number).reason);
}

function wordOf(event) {
  if (event.kind === "siege") return t("besieged");
  if (event.kind === "contested") return t("contested");
  return event.basis === "implied" ? t("date open") : STATUSES[event.status]();
}

function arrow(payload, event) {
  const made = element("span", "arrow");
  const symbol = (k) =>
    k < 0
      ? symbolElement(payload.unknown, { title: t("not known") })
      : symbolElement(payload.parties[k], { title: nameOf(payload.parties[k]) });
  if (event.kind === "control")
    made.append(
      symbol(event.previous),
      onwards(),
      event.flagged
        ? symbolElement(payload.parties[event.party], { hollow: true, title: nameOf(payload.parties[event.party]) })
        : symbol(event.party),
    );
  else made.append(symbol(event.sides[0]), event.kind === "siege" ? "○" : "×", symbol(event.sides[1] ?? -1));
  return made;
}
