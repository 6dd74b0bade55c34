"""Names of places in forms and files, resolved by the gazetteer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from geodata import Dataset, Location
from geodata.intake import Candidate, Resolution, Resolve, own_places

if TYPE_CHECKING:
    from gazetteer import Gazetteer, Place

MOST_CANDIDATES = 8


def location_of(place: Place) -> Location:
    """A place of the gazetteer as a place of a dataset."""
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
    """A resolver: what a person has chosen, then the dataset's own places, then the gazetteer.

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
        answer = places.resolve(name, admin1 or None, near=near)
        if answer.status == "resolved" and answer.best and not here.candidates:
            return _found(answer.best.place, dataset)
        candidates = {c.place_id: c for c in here.candidates}
        candidates |= {c.place.place_id: Candidate(c.place.place_id, label(c.place)) for c in answer.candidates[:MOST_CANDIDATES]}
        return Resolution("ambiguous" if candidates else "not found", candidates=tuple(candidates.values()))

    return resolve


def label(place: Place) -> str:
    """A place in one line."""
    return f"{place.name} {place.name_ar} — {place.admin1_name or place.country} ({place.longitude:.2f}, {place.latitude:.2f})"


def _found(place: Place, dataset: Dataset) -> Resolution:
    there = place.place_id in dataset.locations
    return Resolution("resolved", place.place_id, None if there else location_of(place))
