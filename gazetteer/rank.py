"""From names that matched to an answer: hints, homonyms, confidence, and a reason in words.

Each piece of evidence multiplies the odds that a place is meant. The odds of places more than 4 km apart compete.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.features import PROVINCE, Feature
from gazetteer.index import Hit
from gazetteer.place import Answer, Candidate, Place, Status, Tier, distance_km

# Two points of one town lie closer, 95 % of them within 1.4 km. Source: the measurements named below, where 28 % of the
# names match two or more equally good places farther apart when no hint is given.
HOMONYM_KM = 4.0

# Precision of each tier as odds. Source: 4,404 names as independent sources write them: exact 91 %; diacritic 93 %,
# held to the figure of exact. Article: 99 of 141 names of evaluation_dev.csv, against this gazetteer and OCHA's places.
_TIER_ODDS: dict[Tier, float] = {"exact": 10.0, "diacritic": 10.0, "article": 2.4}

# Source: the same names; the province raised precision from 77.8 % to 87.8 %, odds of 3.5 to odds of 7.2.
_AGREES = 2.0
# Judgements, not measurements; on the same names, changing such weights moved results by under 0.5 %.
_CONTRADICTS = 0.05
_REVIEWED = 4.0
_CITY = 5.0
_NAMESAKE_PROVINCE = 0.05

# Two candidates whose evidence differs by less than this are equally good.
_EQUALLY_GOOD = 2.0
# Below this an answer is a suggestion; the article tier (70 %) is, unless the place was reviewed or a hint agrees.
_RESOLVED_AT = 0.75

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known about the place beside its name.

    Attributes
    ----------
    country
        ISO 3166-1 alpha-2 of the country that was searched.
    province
        The province it should lie in, or None.
    feature
        The kind of place it should be, or None.
    """

    country: str
    province: Place | None
    feature: Feature | None


@dataclass(frozen=True, slots=True)
class _Weighed:
    hit: Hit
    evidence: float
    odds: float


def answer(query: str, hits: Sequence[Hit], hints: Hints) -> Answer:
    """The answer to a query, given the names that matched it and the hints.

    Parameters
    ----------
    query
        The toponym as it was asked for.
    hits
        Names that matched, each place once.
    hints
        What else is known.
    """
    if not hits:
        return Answer(query, "not found", (), f"no place known in {hints.country} is called {quoted(query)}")
    settlement_found = any(not PROVINCE.fits(hit.place) for hit in hits)
    weighed = [_weigh(hit, hints, settlement_found) for hit in hits]
    weighed.sort(key=_order)
    candidates = tuple(_candidate(one, weighed, hints) for one in weighed)
    status, reason = _judge(query, weighed, candidates, hints)
    return Answer(query, status, candidates, reason)


def quoted(text: str) -> str:
    """The text in quotation marks for a sentence: cut where it is long, without characters that do not print."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text[:_LONGEST_QUOTE])
    return f"'{shown}…'" if len(text) > _LONGEST_QUOTE else f"'{shown}'"


def source_order(place: Place) -> int:
    """0 for reviewed places, 1 for provinces, 2 for the rest."""
    return 0 if "reviewed places" in place.sources else 1 if PROVINCE.fits(place) else 2


def _weigh(hit: Hit, hints: Hints, settlement_found: bool) -> _Weighed:
    place = hit.place
    evidence = _TIER_ODDS[hit.tier]
    if hints.province is not None:
        evidence *= _AGREES if _lies_in(place, hints.province) else _CONTRADICTS
    if hints.feature is not None:
        evidence *= _AGREES if hints.feature.fits(place) else _CONTRADICTS
    elif PROVINCE.fits(place) and settlement_found:
        # Without a word for it, the name of a province that is named after its capital means the capital.
        evidence *= _NAMESAKE_PROVINCE
    prior = (_REVIEWED if source_order(place) < 2 else 1.0) * (_CITY if place.rank == 1 else 1.0)
    return _Weighed(hit, evidence, evidence * prior)


def _lies_in(place: Place, province: Place) -> bool:
    return place.admin1 == province.admin1


def _order(one: _Weighed) -> tuple[float, int, int, int, str]:
    place = one.hit.place
    return (-one.odds, source_order(place), place.rank, -place.population, place.place_id)


def _apart(one: Place, other: Place) -> bool:
    return distance_km(one, other) > HOMONYM_KM


def _confidence(one: _Weighed, weighed: Sequence[_Weighed]) -> float:
    rivals = sum(other.odds for other in weighed if _apart(one.hit.place, other.hit.place))
    return one.odds / (1 + one.odds + rivals)


def _homonyms(weighed: Sequence[_Weighed]) -> list[Place]:
    best = weighed[0]
    return [
        other.hit.place
        for other in weighed[1:]
        if _apart(best.hit.place, other.hit.place)
        and other.evidence * _EQUALLY_GOOD > best.evidence
        # A city that maps name at every zoom is meant unless something says otherwise.
        and not (best.hit.place.rank == 1 and other.hit.place.rank != 1)
    ]


def _judge(
    query: str,
    weighed: Sequence[_Weighed],
    candidates: Sequence[Candidate],
    hints: Hints,
) -> tuple[Status, str]:
    best = candidates[0].place
    if hints.province is not None and not _lies_in(best, hints.province):
        where = f"lies in {best.admin1_name}" if best.admin1_name else "lies in a province that is not known"
        return "ambiguous", f"the best match, {best.name}, {where}, not in {hints.province.name} as the hint says"
    if others := _homonyms(weighed):
        listed = ", ".join(_with_province(place) for place in (best, *others[:4]))
        count = len(others) + 1
        return "ambiguous", f"{count} places over 4 km apart fit {quoted(query)} equally well: {listed}"
    if candidates[0].confidence < _RESOLVED_AT:
        return "low confidence", f"{candidates[0].reason}; too weak to be plotted by itself"
    return "resolved", candidates[0].reason


def _with_province(place: Place) -> str:
    return f"{place.name} ({place.admin1_name})" if place.admin1_name else place.name


def _candidate(one: _Weighed, weighed: Sequence[_Weighed], hints: Hints) -> Candidate:
    place, name = one.hit.place, one.hit.name
    return Candidate(
        place=place,
        confidence=round(_confidence(one, weighed), 3),
        tier=one.hit.tier,
        source=name.source,
        source_key=name.source_key,
        matched_name=name.text,
        reason=_reason(one.hit, hints),
    )


def _reason(hit: Hit, hints: Hints) -> str:
    place = hit.place
    parts = [matched(hit)]
    if hints.province is not None:
        if _lies_in(place, hints.province):
            parts.append(f"{hints.province.name} agrees with the hint")
        else:
            parts.append(f"it does not lie in {hints.province.name} as the hint says")
    if hints.feature is not None:
        agrees = hints.feature.fits(place)
        parts.append(f"it is {'' if agrees else 'not '}{hints.feature.label}, as the name says")
    return "; ".join(parts)


def matched(hit: Hit) -> str:
    """The part of a reason that says which name matched, how, and whose name it is."""
    forgiven = {
        "exact": "",
        "diacritic": ", leaving diacritics and punctuation aside",
        "article": ", leaving the definite article aside",
        "prefix": "",
    }[hit.tier]
    name = hit.name
    return f"matched {quoted(name.text)}, {name.kind} of {hit.place.name} in {name.source}{forgiven}"
