// Which events the feed lists, the timeline marks, and the steps from change to change go through. The map shows every place all the same.

import { said } from "../language.js";
import { namesOf } from "./permalink.js";
import { likeness, plain } from "./spelling.js";

export const FILTERS = namesOf("filter"); // as a link names them

export const isNarrowed = (filters) => FILTERS.some((name) => filters[name]);

/**
 * Filters from what a link says; what it does not say is "".
 *
 * @param {Partial<Filters>} said
 * @returns {any} Filters
 */
export const filtersOf = (said) => Object.fromEntries(FILTERS.map((name) => [name, said[name] ?? ""]));

/** Those of some events, numbers in their order, that pass all filters. `spellings` of each place, as `plain` gives them; `told`: the events whose evidence has the text. */
export function passing(events, numbers, { party, kind, status, by, area, q }, payload, spellings, told) {
  const side = payload.parties.findIndex(({ id }) => id === party),
    claimant = events.claimants.findIndex(({ id }) => id === by);
  const isLike = likeness(q);
  const typed = Uint8Array.from(events.types, (type) => Number((!kind || type.kind === kind) && (!status || type.status === status)));
  const fights = Uint8Array.from(events.types, (type) => Number(!party || type.sides.includes(side)));
  const claimed = Uint8Array.from(events.groups, (group) => Number(!by || group.includes(claimant)));
  const inside = Uint8Array.from(payload.places.admin1, (code) => Number(!area || code === area));
  const named = Uint8Array.from(spellings, (names) => Number(!q || isLike(names)));
  const passed = new Uint32Array(numbers.length);
  let n = 0;
  for (let i = 0; i < numbers.length; i++) {
    const k = numbers[i],
      place = events.place[k],
      type = events.type[k];
    if (!typed[type] || !claimed[events.group[k]] || !inside[place]) continue;
    if (!fights[type] && events.party[k] !== side && events.previous[k] !== side) continue;
    if (!named[place] && !told.has(k)) continue;
    passed[n++] = k;
  }
  return passed.slice(0, n);
}

/** The words of evidence that is in memory, searched. */
export function toldIn(evidence, q) {
  const wanted = plain(q),
    found = new Set();
  if (!wanted) return found;
  for (const { said: events, claims } of evidence) {
    const has = claims.map(({ statement, written, note }) => plain(`${statement} ${written} ${note}`).includes(wanted));
    for (const [number, { reason, supporting, opposing }] of events)
      if ([...supporting, ...opposing].some((k) => has[k]) || plain(`${reason.text} ${said(reason)}`).includes(wanted)) found.add(number);
  }
  return found;
}
