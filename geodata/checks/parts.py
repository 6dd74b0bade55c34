"""Figures of one document that do not fit together: a share that is only the rest of the whole, an area and a share that disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from geodata.checks.model import CANNOT_TELL, REFUTED, UNITS, Interval, Verdict
from geodata.dataset.parties import Party
from geodata.dataset.quantities import QuantityClaim
from geodata.dataset.vocabulary import Metric
from geodata.sentences import Names, Sentence

_TOTAL = re.compile(r"([\d,]+(?:\.\d+)?)\s*km2")

ROUNDED_POINTS = 2.5
"""Percentage points by which an area and a share may differ in one document: half of the steps of five that shares are often told in."""


class Wholes:
    """How large the whole is that a share is taken of: as claims state it, and by the outline that we measure in.

    Parameters
    ----------
    claims
        Of which some may state the whole in their denominator: 'area of Syria, 185,180 km2 as SOHR counts it'.
    within
        km2 of each whole that we have an outline of, by `whole_of` a claim.
    """

    def __init__(self, claims: Iterable[QuantityClaim], within: Mapping[str, float]) -> None:
        self._within = within
        self._stated: dict[str, list[float]] = {}
        for claim in claims:
            if (stated := _stated_total(claim)) is not None:
                self._stated.setdefault(whole_of(claim), []).append(stated)

    def of(self, claim: QuantityClaim) -> Interval:
        """km2: what the claim states, else from the smallest to the largest that is in use for the same whole."""
        stated = _stated_total(claim)
        if stated is not None:
            return Interval(stated, stated)
        whole = whole_of(claim)
        known = [*([self._within[whole]] if whole in self._within else []), *self._stated.get(whole, ())]
        return Interval(min(known), max(known))

    def share(self, claim: QuantityClaim) -> Interval:
        """Return the claim as percent of its whole, with what rounding may hide."""
        low, high = claim.value_low - _rounding(claim.value_low, claim.metric), claim.value_high + _rounding(claim.value_high, claim.metric)
        if claim.metric == Metric.SHARE_PERCENT:
            return Interval(low, high)
        whole = self.of(claim)
        return Interval(100 * low / whole.high, 100 * high / whole.low)


def by_parts(
    claim: QuantityClaim, claims: Sequence[QuantityClaim], wholes: Wholes, held: Mapping[str, float], parties: Mapping[str, Party]
) -> tuple[Verdict, Sentence] | None:
    """Verdict and reason where the figures of a document decide by themselves; None where they do not.

    Parameters
    ----------
    claims
        All quantity claims.
    held
        Percent of the country that each party held at the time, by our usual measure; what nobody is near to is nobody's.
    parties
        By party_id.

    Notes
    -----
    A share is refuted when three things meet: rivals in the same document have areas of their own; the share is what these leave of the
    whole, up to rounding; and the parties that are then left nothing held more land at the time than the rounding hides.
    A rival with a share alone does not count: of two shares that add up to the whole, either may be the rest of the other.
    """
    same = [other for other in claims if other.subject in parties and _one_question(claim, other)]
    mine = wholes.share(claim)
    for other in same:
        if other.subject == claim.subject and other.metric != claim.metric and not wholes.share(other).meets(mine.widened(ROUNDED_POINTS)):
            figures = Names((_in_words(claim), _in_words(other)))
            mine_is = Names((parties[claim.subject],))
            return CANNOT_TELL, Sentence("The document gives {party} {figures}, which do not agree.", party=mine_is, figures=figures)
    if claim.metric != Metric.SHARE_PERCENT:
        return None
    measured = {other.subject for other in same if other.metric == Metric.AREA_KM2} - {claim.subject}
    if not measured:
        return None
    shares = [_agreed(wholes.share(other) for other in same if other.subject == party) for party in sorted(measured)]
    stated = Interval(sum(s.low for s in shares), sum(s.high for s in shares))
    if not mine.meets(Interval(100 - stated.high, 100 - stated.low)):
        return None
    left_out = [party for party in parties if party not in measured and party != claim.subject and held.get(party, 0) > 0]
    left, theirs = max(100 - mine.low - stated.low, 0), sum(held[party] for party in left_out)
    if theirs <= left:
        return None
    rivals, others, own = (Names(tuple(parties[party] for party in those)) for those in (sorted(measured), left_out, [claim.subject]))
    areas = Names(tuple(_in_words(other) for other in same if other.subject in measured and other.metric == Metric.AREA_KM2))
    return REFUTED, Sentence(
        "The document gives {rivals} {areas}, and {claimed} is all that this leaves of the whole: it counts what {rivals} did not "
        "hold, not what {party} held, for {others} held land too ({share} % around the places that we know).",
        rivals=rivals,
        areas=areas,
        claimed=_in_words(claim),
        party=own,
        others=others,
        share=f"{theirs:.1f}",
    )


def whole_of(claim: QuantityClaim) -> str:
    """Return what the claim is a part of, without how large that is."""
    return claim.denominator.partition(",")[0].strip()


def _stated_total(claim: QuantityClaim) -> float | None:
    found = _TOTAL.search(claim.denominator)
    return float(found[1].replace(",", "")) if found else None


def _one_question(one: QuantityClaim, other: QuantityClaim) -> bool:
    """Whether two claims of land are of one document, one whole and one time."""
    land = (Metric.SHARE_PERCENT, Metric.AREA_KM2)
    together = one.as_of_earliest <= other.as_of_latest and other.as_of_earliest <= one.as_of_latest
    return one.document_id == other.document_id and whole_of(one) == whole_of(other) and together and {one.metric, other.metric} <= {*land}


def _rounding(value: float, metric: Metric) -> float:
    """Half a unit of the last digit told: of a share at most half a point, of an area at most 500 km2."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    coarsest = 0 if metric == Metric.SHARE_PERCENT else 3
    return 0.5 * 10.0 ** min(int(exponent), coarsest)


def _agreed(shares: Iterable[Interval]) -> Interval:
    """Return what all intervals have in common; if that is nothing, all that they span."""
    found = list(shares)
    common = Interval(max(s.low for s in found), min(s.high for s in found))
    return common if common.low <= common.high else Interval(common.high, common.low)


def _in_words(claim: QuantityClaim) -> Sentence:
    return Interval(claim.value_low, claim.value_high).in_words(UNITS[claim.metric])
