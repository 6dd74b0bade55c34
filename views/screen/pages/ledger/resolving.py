"""Names of places in forms and files, resolved by the gazetteer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from common.distance import distance_km
from gazetteer import HintError
from geodata import Dataset, Location
from geodata.intake import SAME_KM, Candidate, Resolution, Resolve, own_places

if TYPE_CHECKING:
    from gazetteer import Answer, Gazetteer, Place

Position = tuple[float, float]

MOST_CANDIDATES = 8


def location_of(place: Place) -> Location:
    """Return a place of the gazetteer as a place of a dataset."""
    return Location(
        place_id=place.place_id,
        name=place.name,
        name_ar=place.name_ar,
        admin1=place.admin1,
        longitude=place.longitude,
        latitude=place.latitude,
        feature=place.feature,
        rank=place.rank,
        country=place.country,
        aliases=tuple(name.replace("|", "/") for name in place.names if name not in (place.name, place.name_ar)),
        radius_km=place.radius_km,
        part_of=place.part_of,
        geonames_id=place.geonames_id,
        population=place.population or None,
        coordinate_source=place.sources[0] if place.sources else "gazetteer",
    )


def with_gazetteer(dataset: Dataset, places: Gazetteer, chosen: Mapping[tuple[str, str], str]) -> Resolve:
    """Return a resolver: what a person has chosen, then the dataset's own places, then the gazetteer.

    Where the file gives a position, the gazetteer's place has to lie there, within 5 km; then namesakes elsewhere do not matter.

    Parameters
    ----------
    chosen
        place_id by name and province as the file writes them.
    """
    own = own_places(dataset)

    def resolve(name: str, admin1: str, longitude: float | None, latitude: float | None) -> Resolution:
        if (name, admin1) in chosen:
            return _found(places.place(chosen[name, admin1]), dataset)
        here = own(name, admin1, longitude, latitude)
        if here.status == "resolved":
            return here
        near = (longitude, latitude) if longitude is not None and latitude is not None else None
        answer = _asked(places, name, admin1, near)
        if near is None and answer.status == "resolved" and answer.best and not here.candidates:
            return _found(answer.best.place, dataset)
        if near is not None and (fitting := _at(answer, near)):
            return _found(fitting, dataset)
        candidates = {c.place_id: c for c in here.candidates}
        candidates |= {c.place.place_id: Candidate(c.place.place_id, label(c.place)) for c in answer.candidates[:MOST_CANDIDATES]}
        return Resolution("ambiguous" if candidates else "not found", candidates=tuple(candidates.values()))

    return resolve


def _asked(places: Gazetteer, name: str, admin1: str, near: Position | None) -> Answer:
    """Return what the gazetteer says; a province that it does not know, such as one of a neighbouring country, tells it nothing."""
    try:
        return places.resolve(name, admin1 or None, near=near)
    except HintError:
        return places.resolve(name, near=near)


def _at(answer: Answer, near: Position) -> Place | None:
    """Return the place of that name at a position: the best where it is sure and lies there, else the only candidate that does."""
    there = [c.place for c in answer.candidates if c.tier != "fuzzy" and _apart(c.place, near) <= SAME_KM + (c.place.radius_km or 0.0)]
    if answer.status == "resolved" and answer.best and answer.best.place in there:
        return answer.best.place
    return there[0] if len(there) == 1 else None


def _apart(place: Place, position: Position) -> float:
    return distance_km((place.longitude, place.latitude), position)


def label(place: Place) -> str:
    """Return a place in one line."""
    return f"{place.name} {place.name_ar} — {place.admin1_name or place.country} ({place.longitude:.2f}, {place.latitude:.2f})"


def _found(place: Place, dataset: Dataset) -> Resolution:
    there = place.place_id in dataset.locations
    return Resolution("resolved", place.place_id, None if there else location_of(place))
