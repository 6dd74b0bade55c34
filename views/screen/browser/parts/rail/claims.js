// The claims behind what is shown of a place, each with its source.

import { dateWindow, shortDate } from "../../dates.js";
import { element, verbatim } from "../../drawing/elements.js";
import { nameOf, t } from "../../language.js";
import { chip } from "./verdict.js";

/**
 * The claims for and against what is shown, then those about fighting and sieges now, each once. `evidence` is that of the place, null until
 * it is here; `saidOf` gives what it says of an event.
 */
export function claimLists(payload, evidence, { event, rivals, layers }, saidOf) {
  const parts = [],
    seen = new Set();
  const section = (title, ids) => {
    const fresh = [...new Set(ids)].filter((k) => !seen.has(k));
    if (!fresh.length) return;
    fresh.forEach((k) => seen.add(k));
    parts.push(element("h3", "", title), element("ul", "claims", null, ...fresh.map((k) => claimItem(evidence, k))));
  };
  if (event) {
    section(t("Claims for"), saidOf(event).supporting);
    section(t("Claims against"), saidOf(event).opposing);
  }
  for (const rival of rivals) {
    const party = nameOf(payload.parties[rival.party]);
    section(t("For {party} since {day}", { party, day: shortDate(rival.day) }), saidOf(rival).supporting);
    section(t("Against that"), saidOf(rival).opposing);
  }
  section(
    t("On the fighting or siege"),
    layers.flatMap((layer) => saidOf(layer).supporting),
  );
  return parts;
}

function claimItem({ claims, documents }, k) {
  const claim = claims[k],
    document = documents[claim.document];
  const claimant = nameOf({ name: claim.claimant, name_ar: claim.claimant_ar }),
    by = element("p", "by", null, element("b", "", null, element("bdi", "", claimant)));
  const outlet =
    document.agency && document.agency !== document.publisher ? `${document.publisher} (${document.agency})` : document.publisher;
  const via =
    document.publisher !== claim.claimant ? t(", via {outlet}", { outlet }) : outlet === document.publisher ? "" : ` (${document.agency})`;
  by.append(
    `${via} · ${shortDate(claim.reported)} `,
    chip(claim.grade, "grade", t("Reliability of the claimant, credibility of the statement")),
  );
  const paragraph = /^p(\d.*)$/.exec(claim.locator),
    where = paragraph ? t("paragraph {number}", { number: paragraph[1] }) : claim.locator;
  const source = element(
    "p",
    "source",
    null,
    verbatim("span", "", `“${claim.written}”`),
    " · ",
    where,
    " · ",
    t("happened {days}", { days: dateWindow(claim.earliest, claim.latest) }),
    " ",
  );
  if (/^https?:\/\//.test(document.url)) {
    const link = element("a", "", t("source ↗"));
    link.href = document.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    source.append(link);
  } else source.append("· ", verbatim("span", "", document.description));
  const item = element("li", claim.modality, null, by, verbatim("p", "", claim.statement), source);
  if (claim.note) item.append(verbatim("p", "source", claim.note));
  return item;
}
