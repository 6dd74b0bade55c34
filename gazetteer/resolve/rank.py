"""From names that matched to an answer: hints, homonyms, confidence, and a reason in words.

The odds of places more than 4 km apart compete, also with those of a place that no source knows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.index import TRUSTED, Hit
from gazetteer.place import Answer, Candidate, Place, Status, Tier, distance_km
from gazetteer.resolve.evidence import Evidence, Hints, is_province, lies_in, namesake, nearest_km, source_order
from gazetteer.spelling.toponym import Toponym

# Two points of one town lie closer, 95 % of them within 1.4 km. Source: the names of evaluation_dev.csv, 28 % of which
# match two or more equally good places farther apart when no hint is given.
HOMONYM_KM = 4.0
# Farther apart than this in latitude is farther than that on the ground: 4 km are 0.036 degrees.
_APART_DEGREES = 0.037

# Slope and shift of the log-odds, without and with a province or a neighbour: names are labelled wrongly in one case of
# ten, which makes the fit too careful. Source: benchmarks/fit_gazetteer.py, run of 2026-11-22.
_CALIBRATION = {False: (1.04, 0.39), True: (0.88, 0.26)}

# Two candidates whose odds differ by less than this are equally good.
_EQUALLY_GOOD = 2.0
# Below this an answer is a suggestion.
_RESOLVED_AT = 0.7
# Below this what was not matched by a trusted key is not even that; where few places are known, a similar name mostly
# belongs to another place.
_WORTH_MENTIONING = {False: 0.02, True: 0.15}

# Farther than this from all places that were named with it, a place contradicts them.
_NOT_NEAR_KM = 100.0

_MOST_CANDIDATES = 8
# Odds that are this much smaller than the best ones do not compete.
_NEGLIGIBLE = 1e-3
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class _Weighed:
    hit: Hit
    odds: float


def answer(toponym: Toponym, hits: Sequence[Hit], hints: Hints) -> Answer:
    """Return the answer to a toponym, given the names that matched it and the hints.

    Parameters
    ----------
    toponym
        The name as it was asked for.
    hits
        Names that matched, each place once.
    hints
        What else is known.
    """
    query, weighed = toponym.text, _weighed(toponym, hits, hints)
    confidences = _calibrated(_confidences(weighed), hints)
    kept = [
        (one, confidence)
        for one, confidence in zip(weighed, confidences, strict=False)
        if confidence >= _WORTH_MENTIONING[hints.few_known] or one.hit.tier in TRUSTED
    ]
    weighed, confidences = [one for one, _ in kept], [confidence for _, confidence in kept]
    if not weighed:
        return Answer(query, "not found", (), f"no place known in {hints.country} is called {quoted(query)}")
    candidates = tuple(
        Candidate(
            place=one.hit.place,
            confidence=round(confidence, 3),
            tier=one.hit.tier,
            source=one.hit.name.source,
            source_key=one.hit.name.source_key,
            matched_name=one.hit.name.text,
            reason=_reason(one.hit, hints),
        )
        for one, confidence in zip(weighed, confidences, strict=False)
    )
    status, reason = _judge(query, weighed, candidates, hints)
    return Answer(query, status, candidates, reason)


def uncalibrated(toponym: Toponym, hits: Sequence[Hit], hints: Hints) -> list[tuple[Hit, float]]:
    """Return the best hits in their order, each with its confidence before it is calibrated."""
    weighed = _weighed(toponym, hits, hints)
    return [(one.hit, confidence) for one, confidence in zip(weighed, _confidences(weighed), strict=False)]


def quoted(text: str) -> str:
    """Return the text in quotation marks for a sentence: cut where it is long, without characters that do not print."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text[:_LONGEST_QUOTE])
    return f"'{shown}…'" if len(text) > _LONGEST_QUOTE else f"'{shown}'"


def matched(hit: Hit) -> str:
    """Return the part of a reason that says which name matched, how, and whose name it is."""
    forgiven: dict[Tier, str] = {
        "exact": "",
        "diacritic": ", leaving diacritics and punctuation aside",
        "folded": ", leaving articles, doubled letters and kinds of vowels aside",
        "skeleton": ", by its consonants",
        "qualifier": ", by its consonants, leaving words such as great or eastern aside",
        "fuzzy": ", which is only similar",
        "prefix": "",
    }
    name = hit.name
    return f"matched {quoted(name.text)}, {name.kind} of {hit.place.name} in {name.source}{forgiven[hit.tier]}"


def _order(one: _Weighed) -> tuple[float, int, int, int, str]:
    place = one.hit.place
    return (-one.odds, source_order(place), place.rank, -place.population, place.place_id)


def _apart(one: Place, other: Place) -> bool:
    return abs(one.latitude - other.latitude) > _APART_DEGREES or distance_km(one, other) > HOMONYM_KM


def _weighed(toponym: Toponym, hits: Sequence[Hit], hints: Hints) -> list[_Weighed]:
    settlement_found = any(not is_province(hit.place) for hit in hits)
    evidence = Evidence(toponym, hints)
    weighed = [_Weighed(hit, math.exp(evidence.log_odds(hit) + namesake(hit.place, hints, settlement_found))) for hit in hits]
    least = max((one.odds for one in weighed), default=0.0) * _NEGLIGIBLE
    return sorted((one for one in weighed if one.odds >= least), key=_order)


def _confidences(weighed: Sequence[_Weighed]) -> list[float]:
    total = 1 + sum(one.odds for one in weighed)
    return [_together(one, weighed) / total for one in weighed[:_MOST_CANDIDATES]]


def _together(one: _Weighed, weighed: Sequence[_Weighed]) -> float:
    # What lies within 4 km is the same place twice, unless it is of another kind: a town and its province.
    place = one.hit.place
    return sum(
        other.odds
        for other in weighed
        if other is one or (other.hit.place.feature_class == place.feature_class and not _apart(place, other.hit.place))
    )


def _calibrated(confidences: Sequence[float], hints: Hints) -> list[float]:
    """Return the confidences with the first one calibrated and what it leaves shared out among the others."""
    if not confidences or confidences[0] >= 1:
        return list(confidences)
    first, *others = confidences
    slope, shift = _CALIBRATION[hints.province is not None or bool(hints.near)]
    best = 1 / (1 + math.exp(-(slope * math.log(first / (1 - first)) + shift)))
    share = (1 - best) / (1 - first)
    return [best, *(min(other * share, best) for other in others)]


def _homonyms(weighed: Sequence[_Weighed]) -> list[Place]:
    best = weighed[0]
    return [other.hit.place for other in weighed[1:] if other.odds * _EQUALLY_GOOD > best.odds and _apart(best.hit.place, other.hit.place)]


def _judge(query: str, weighed: Sequence[_Weighed], candidates: Sequence[Candidate], hints: Hints) -> tuple[Status, str]:
    best = candidates[0]
    if hints.province is not None and not lies_in(best.place, hints.province):
        where = f"lies in {best.place.admin1_name}" if best.place.admin1_name else "lies in a province that is not known"
        return "ambiguous", f"the best match, {best.place.name}, {where}, not in {hints.province.name} as the hint says"
    if hints.near and (away := nearest_km(best.place, hints)) > _NOT_NEAR_KM:
        return "ambiguous", f"the best match, {best.place.name}, lies {away:.0f} km from the places named with it"
    if best.tier != "fuzzy" and (others := _homonyms(weighed)):
        listed = ", ".join(_with_province(place) for place in (best.place, *others[:4]))
        count = len(others) + 1
        return "ambiguous", f"{count} places over 4 km apart fit {quoted(query)} equally well: {listed}"
    if best.tier == "fuzzy" or best.confidence < _RESOLVED_AT:
        return "low confidence", f"{best.reason}; too weak to be plotted by itself"
    return "resolved", best.reason


def _with_province(place: Place) -> str:
    return f"{place.name} ({place.admin1_name})" if place.admin1_name else place.name


def _reason(hit: Hit, hints: Hints) -> str:
    place = hit.place
    parts = [matched(hit)]
    if hints.province is not None:
        if lies_in(place, hints.province):
            parts.append(f"{hints.province.name} agrees with the hint")
        else:
            parts.append(f"it does not lie in {hints.province.name} as the hint says")
    if hints.feature is not None:
        agrees = hints.feature.fits(place)
        parts.append(f"it is {'' if agrees else 'not '}{hints.feature.label}, as the name says")
    if hints.near:
        parts.append(f"{nearest_km(place, hints):.0f} km from a place named with it")
    return "; ".join(parts)
