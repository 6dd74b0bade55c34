// What a link may say. Written by `python -m views.screen.permalink` from the server's schema: change it there.

/** @typedef {{ name: string, kind: string, among?: string[], of?: string, usual?: string, within?: boolean, entry?: boolean, group?: string, side?: string, says?: string }} Key */

/** @type {Key[]} */
export const MAP = [
  { name: "date", kind: "date", within: true },
  { name: "from", kind: "date", within: true },
  { name: "known", kind: "date", entry: true },
  { name: "place", kind: "choice", of: "places", entry: true },
  { name: "view", kind: "choice", of: "views", entry: true },
  { name: "map", kind: "position" },
  { name: "province", kind: "choice", of: "provinces" },
  { name: "speed", kind: "number", among: ["0.5", "2", "4"], usual: "1" },
  { name: "loop", kind: "flag" },
  { name: "land", kind: "choice", among: ["off", "nearest-10", "nearest-30", "weighted-10", "weighted-20", "weighted-30"], entry: true },
  { name: "voice", kind: "choice", of: "voices", entry: true },
  { name: "lang", kind: "choice", among: ["en", "ar"], usual: "en" },
  { name: "theme", kind: "choice", among: ["dark", "light"], entry: true, group: "look" },
  { name: "pattern", kind: "flag", entry: true, group: "look" },
  { name: "party", kind: "choice", of: "parties", entry: true, group: "filter" },
  { name: "kind", kind: "choice", among: ["control", "contested", "siege"], entry: true, group: "filter" },
  { name: "status", kind: "choice", among: ["corroborated", "claimed", "disputed"], entry: true, group: "filter" },
  { name: "by", kind: "choice", of: "claimants", entry: true, group: "filter" },
  { name: "area", kind: "choice", of: "provinces", entry: true, group: "filter" },
  { name: "q", kind: "text", entry: true, group: "filter" },
];

/** @type {Key[]} */
export const COMPARE = [
  { name: "date", kind: "date", within: true, side: "one", says: "date" },
  { name: "to", kind: "date", within: true, side: "other", says: "date" },
  { name: "known", kind: "date", side: "one", says: "known" },
  { name: "known2", kind: "date", side: "other", says: "known" },
  { name: "view", kind: "choice", of: "views", usual: "claimed", side: "one", says: "view" },
  { name: "view2", kind: "choice", of: "views", usual: "claimed", side: "other", says: "view" },
  { name: "voice", kind: "choice", of: "voices", side: "one", says: "voice" },
  { name: "voice2", kind: "choice", of: "voices", side: "other", says: "voice" },
  { name: "place", kind: "choice", of: "places", side: "both", says: "place" },
  { name: "map", kind: "position", side: "both", says: "map" },
  { name: "province", kind: "choice", of: "provinces", side: "both", says: "province" },
  {
    name: "land",
    kind: "choice",
    among: ["off", "nearest-10", "nearest-30", "weighted-10", "weighted-20", "weighted-30"],
    side: "both",
    says: "land",
  },
  { name: "lang", kind: "choice", among: ["en", "ar"], usual: "en", side: "both", says: "lang" },
  { name: "theme", kind: "choice", among: ["dark", "light"], group: "look", side: "both", says: "theme" },
  { name: "pattern", kind: "flag", group: "look", side: "both", says: "pattern" },
  { name: "mode", kind: "choice", among: ["swipe", "side"], usual: "swipe" },
  { name: "split", kind: "percent", usual: "50" },
];

export const LONGEST_TEXT = 60;
export const COMPARED_DAYS = 30;
