// The head of what is said of the selected place: its name, where it lies, and the way back.

import { element, placeHeading } from "../drawing/elements.js";
import { nameOf, t } from "../language.js";

/** `title` says where the way back leads. */
export function placeHeader(atlas, title) {
  const { place, visitor, payload } = atlas,
    { places } = payload;
  const close = element("button", "close", "✕");
  close.type = "button";
  close.title = title;
  close.setAttribute("aria-label", title);
  close.addEventListener("click", () => atlas.select(-1));
  const [name, arabic, where] =
    place >= 0
      ? [places.name[place], places.name_ar[place], whereOf(places, place)]
      : [visitor.name, visitor.name_ar ?? "", visitor.where ?? ""];
  return element("header", "", null, placeHeading(name, arabic), element("span", "where", where), close);
}

const whereOf = ({ feature, province, province_ar: arabic }, place) =>
  [t(feature[place]), nameOf({ name: province[place], name_ar: arabic[place] })].filter(Boolean).join(" · ");
