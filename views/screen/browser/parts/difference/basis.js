// What a side rests on: the sources of an event, and the way to it in the ledger.

import { shortDate } from "../../dates.js";
import { element } from "../../drawing/elements.js";
import { languageQuery, nameOf, placeName, said, t } from "../../language.js";
import { inForce } from "../../state/pair.js";

/** What an event is to the claims behind it, as `role_of` in event_links.py. */
const roleOf = ({ payload }, { kind, party }) => (kind === "control" ? payload.parties[party].id : kind);

/** How well it is known who holds a place on a side, and who says so, in a line. */
export async function basisOf(atlas, place) {
  const event = inForce(atlas, place);
  if (!event) return t("no claim");
  const { sources } = await sourcesOf(atlas, event);
  return [t(event.status), sources].filter(Boolean).join(t(", "));
}

/** Who says so, and where it was printed: { sources, reason, address of the event in the ledger }. */
export async function sourcesOf(atlas, event) {
  const evidence = await atlas.evidence.about(event.place).catch(() => null);
  if (!evidence) return { sources: "", reason: "", link: "" };
  const { reason, supporting } = evidence.of(event.number),
    claims = supporting.map((k) => evidence.claims[k]);
  const by = [...new Set(claims.map((claim) => nameOf({ name: claim.claimant, name_ar: claim.claimant_ar })))],
    outlets = new Set(claims.map((claim) => evidence.documents[claim.document].publisher));
  const via = [...outlets].filter((outlet) => !by.includes(outlet));
  const sources = via.length
    ? t("{claimants} via {outlets}", { claimants: by.join(t(", ")), outlets: via.join(t(", ")) })
    : by.join(t(", "));
  return {
    sources,
    reason: said(reason),
    link: claims.length ? `./ledger?${new URLSearchParams({ event: `${claims[0].id}~${roleOf(atlas, event)}`, ...languageQuery() })}` : "",
  };
}

/** A link to an event of an atlas in the ledger. */
export function ledgerLink(atlas, address, event) {
  const link = element("a", "ledger", t("ledger"));
  link.href = address;
  link.title = t("Open the event in the ledger");
  const place = placeName(atlas.payload.places, event.place),
    date = event.day === null ? "" : shortDate(event.day);
  link.setAttribute("aria-label", t("Open {place}, {date}, in the ledger", { place, date }));
  return link;
}
