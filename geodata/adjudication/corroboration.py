"""Claims of one gain, grouped, dated and weighed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from geodata.dataset.claims import Claim
from geodata.dataset.parties import DIVIDED
from geodata.dataset.vocabulary import Basis, Modality
from geodata.sentences import Names

ONE_DAY = dt.timedelta(days=1)

BEGINNING = dt.date.min
"""Date of a holding that reaches back before the dataset."""

SAME_EVENT_DAYS = 14
"""Claims of one gain this many days apart or less are one event: the widest honest disagreement in the bundled data is 7 days."""

MOST_NAMES = 4
"""How many claimants a reason names; the others are counted."""

EXACT_PRECISION = 2
"""UCDP date precision up to which a claim can widen an event's window; coarser ones ("in May") only have to agree with it."""


@dataclass
class Cluster:
    """Claims of one gain, before they are weighed."""

    party: str
    basis: Basis
    asserted: list[Claim] = field(default_factory=list)
    denied: list[Claim] = field(default_factory=list)
    confirmed: list[Claim] = field(default_factory=list)
    contradicted: list[Claim] = field(default_factory=list)
    previous: str = ""
    window: tuple[dt.date, dt.date, dt.date] = (BEGINNING, BEGINNING, BEGINNING)
    """Earliest, own and latest date."""

    @property
    def standing(self) -> list[Claim]:
        """Asserting claims that the gaining side itself has not taken back; another side's denial is only a claim against them."""
        taken_back = [claim.date_latest for claim in self.denied if claim.claimant.side == self.party]
        return [claim for claim in self.asserted if not taken_back or claim.date_latest > max(taken_back)]

    @property
    def core(self) -> tuple[dt.date, dt.date]:
        """Hull of the windows of the most precise claims."""
        exact = [c for c in self.asserted if c.date_precision <= EXACT_PRECISION] or self.asserted[:1]
        return min(c.date_earliest for c in exact), max(c.date_latest for c in exact)


def since(cluster: Cluster) -> dt.date:
    """Return the day from which the change is drawn: the last day that the precise claims allow."""
    return cluster.window[1]


def order(cluster: Cluster) -> tuple[dt.date, dt.date]:
    """Return what clusters of a place are sorted by."""
    # Of two changes on one day the one that may have begun earlier came first.
    return cluster.window[1], cluster.window[0]


def group(changes: list[Claim]) -> list[Cluster]:
    """Group claims of one gain; the most precise ones found the groups, coarser ones join them."""
    clusters: list[Cluster] = []
    asserted = sorted((c for c in changes if c.modality == Modality.ASSERTED), key=lambda c: (c.days, c.date_earliest, c.claim_id))
    for claim in asserted:
        near = _nearest(clusters, claim, asserted)
        if near is None:
            clusters.append(near := Cluster(claim.gaining, Basis.CHANGE))
        near.asserted.append(claim)
    for claim in changes:
        if claim.modality == Modality.DENIED and (near := _nearest(clusters, claim, asserted)):
            near.denied.append(claim)
    return clusters


def _nearest(clusters: list[Cluster], claim: Claim, asserted: list[Claim]) -> Cluster | None:
    best: tuple[int, Cluster] | None = None
    for cluster in clusters:
        if cluster.party != claim.gaining:
            continue
        start, end = cluster.core
        gap = max((claim.date_earliest - end).days, (start - claim.date_latest).days, 0)
        # All days that joining would bridge, to the far end of the claim's own window: no precise loss may lie in them.
        bridged = (end, claim.date_latest) if claim.date_earliest > end else (claim.date_earliest, start)
        reversed_between = any(
            c.gaining != claim.gaining
            and c.date_precision <= EXACT_PRECISION
            and bridged[0] < c.date_earliest
            and c.date_latest < bridged[1]
            for c in asserted
        )
        if gap <= SAME_EVENT_DAYS and not (gap and reversed_between) and (best is None or gap < best[0]):
            best = gap, cluster
    return best[1] if best else None


def date_of(cluster: Cluster) -> tuple[dt.date, dt.date, dt.date]:
    """Earliest, own and latest date of a gain.

    The window is the hull of the precise claims. The own date is the last day of the span that most originating sources share.
    """
    standing = cluster.standing or cluster.asserted
    precise = [c for c in cluster.asserted if c.date_precision <= EXACT_PRECISION]
    narrowest = min(standing, key=lambda c: (c.days, c.credibility, c.claim_id))
    if narrowest.date_precision > EXACT_PRECISION:
        # Only coarse dates: what all that overlap the narrowest one have in common.
        agreeing = [c for c in standing if c.date_earliest <= narrowest.date_latest and narrowest.date_earliest <= c.date_latest]
        start, end = max(c.date_earliest for c in agreeing), min(c.date_latest for c in agreeing)
        if start > end:
            start, end = narrowest.date_earliest, narrowest.date_latest
        return start, end, end
    candidates = [c for c in standing if c.date_precision <= EXACT_PRECISION]

    def votes(day: dt.date) -> tuple[int, int, dt.date]:
        sharing = {c.origin for c in candidates if c.date_earliest <= day <= c.date_latest}
        exact = {c.origin for c in candidates if c.date_earliest == c.date_latest == day}
        return len(sharing), len(exact), day

    own = max((c.date_latest for c in candidates), key=votes)
    return min(c.date_earliest for c in precise), own, max(c.date_latest for c in precise)


def supporters(cluster: Cluster) -> list[Claim]:
    """Return the claims that assert the change or confirm it later."""
    return cluster.asserted + cluster.confirmed


def conceding(cluster: Cluster) -> list[Claim]:
    """Claims by the very side that lost the place: against its own interest."""
    if cluster.party == DIVIDED.party_id:
        return []
    losers = {c.losing for c in cluster.asserted if c.losing} | {cluster.previous} - {""}
    return [c for c in supporters(cluster) if c.claimant.side in losers - {cluster.party}]


def corroborated(cluster: Cluster) -> bool:
    """Whether two originating sources say so, or the side that lost the place does."""
    # Once the gaining side has taken everything back, nothing but later evidence counts.
    support = supporters(cluster) if cluster.standing else cluster.confirmed
    return len({c.origin for c in support}) > 1 or any(c in support for c in conceding(cluster))


def prevails(cluster: Cluster) -> bool:
    """Whether a gain holds against what speaks against it: corroborated, unopposed, or better graded than the best of the others."""
    opposing = cluster.denied + cluster.contradicted
    return not opposing or corroborated(cluster) or min(map(grade, supporters(cluster))) < min(map(grade, opposing))


def settled(cluster: Cluster) -> dt.date | None:
    """Return the last day before a later claim settled what did not prevail; None for a change that prevails."""
    later = [c.date_earliest for c in cluster.denied + cluster.contradicted if c.date_earliest > since(cluster)]
    return None if prevails(cluster) or not later else max(min(later) - ONE_DAY, since(cluster))


def grade(claim: Claim) -> tuple[int, str]:
    """Credibility of the statement, then reliability of the source; the smaller the better."""
    return claim.credibility, claim.claimant.reliability


def ids_of(claims: list[Claim]) -> tuple[str, ...]:
    """Return the keys of the claims, each once."""
    return tuple(dict.fromkeys(c.claim_id for c in claims))


def names_of(claims: list[Claim]) -> Names:
    """Who asserts them, each once."""
    return Names(tuple({c.claimant.name: c.claimant for c in claims}.values()), MOST_NAMES)
