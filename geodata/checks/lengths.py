"""Distances that were claimed, from the places that a claim names to the road or place that it names."""

from __future__ import annotations

from collections.abc import Callable

from geodata.checks.distances import DETOUR, Map, rounding_km, stated_distance
from geodata.checks.model import CANNOT_TELL, REFUTED, SUPPORTED, UNITS, Interval, Ours, Verdict, compared
from geodata.dataset.places import Location
from geodata.dataset.quantities import QuantityClaim
from geodata.dataset.vocabulary import Metric
from geodata.sentences import Names, Sentence, Series, message

NARROW_KM = 10.0
"""The widest range of a distance that can support a claim: a few times the error of a line that stands for a road."""

KM = UNITS[Metric.DISTANCE_KM]

_FOR_PLACE = {
    SUPPORTED: message("supported for {place} ({km} km, {holder})"),
    REFUTED: message("refuted for {place} ({km} km, {holder})"),
    CANNOT_TELL: message("cannot tell for {place} ({km} km, {holder})"),
}


def by_distance(claim: QuantityClaim, world: Map, described: Callable[[Location], Sentence]) -> tuple[Ours | None, Verdict, Sentence]:
    """Our range, verdict and reason.

    Parameters
    ----------
    described
        What to say of a place besides its distance: who held it at the time.
    """
    stated = stated_distance(claim)
    places = world.named_in(claim.subject)
    measured = [(place, found) for place in places if (found := world.measure(stated, place))]
    if not measured:
        unknown = Sentence("We know no place that the claim names, or not the road or place that the distance is taken to.")
        return None, CANNOT_TELL, unknown
    claimed = Interval(claim.value_low, claim.value_high)
    # A distance told may be one by road, and is rounded.
    widest = Interval(claimed.low / DETOUR - rounding_km(claimed.low), claimed.high + rounding_km(claimed.high))
    ranges = [Interval(max(found.km - found.error_km, 0), found.km + found.error_km) for _, found in measured]
    judged = [compared(claimed, widest, found, NARROW_KM, KM) for found in ranges]
    hull = Interval(min(r.low for r in ranges), max(r.high for r in ranges))
    listed = Series(
        tuple(
            Sentence(
                "{place} {km} km from {object}, {holder}",
                place=Names((place,)),
                km=f"{found.km:.1f}",
                object=found.name,
                holder=described(place),
            )
            for place, found in measured
        )
    )
    furthest = max(found.error_km for _, found in measured)
    ours = Ours(hull, None, None, Sentence("{distances}; up to {km} km off", distances=listed, km=f"{furthest:g}"))
    verdicts = {verdict for verdict, _ in judged}
    if len(verdicts) == 1:
        verdict, reason = judged[0]
        return ours, verdict, reason if len(judged) == 1 else Sentence("So for each place that the claim names: {said}", said=reason)
    parts = tuple(
        Sentence(_FOR_PLACE[verdict], place=Names((place,)), km=f"{found.km:.1f}", holder=described(place))
        for (place, found), (verdict, _) in zip(measured, judged, strict=True)
    )
    return ours, CANNOT_TELL, Sentence("It depends on which place is meant: {parts}.", parts=Series(parts, ", "))
