"""Names of places in a file to places of the dataset: the interface, and what can be said without a gazetteer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from common.distance import distance_km
from common.spelling import folded
from geodata.dataset.claims import Dataset
from geodata.dataset.places import Location
from geodata.dataset.provinces import read_provinces

NEAR_KM = 2.0
"""A position this near to a place is the place, whatever the file calls it."""

SAME_KM = 5.0
"""A place of the same name farther than this from the position in the file, and farther than it reaches, is another one."""


@dataclass(frozen=True)
class Candidate:
    """A place that a name may mean, in one line."""

    place_id: str
    label: str


@dataclass(frozen=True)
class Resolution:
    """What a name means.

    Attributes
    ----------
    status
        'resolved', 'ambiguous' or 'not found'.
    place_id
        Key of the place where it is resolved, else ''.
    location
        The place itself where the dataset may not have it yet; it is then added.
    candidates
        Where it is ambiguous.
    """

    status: str
    place_id: str = ""
    location: Location | None = None
    candidates: tuple[Candidate, ...] = ()


Resolve = Callable[[str, str, float | None, float | None], Resolution]
"""Takes a name, a province ('' where not given), longitude and latitude (EPSG:4326, degrees; None where not given)."""


def own_places(dataset: Dataset) -> Resolve:
    """Return a resolver that knows the places of the dataset only: by id, name or alias, exact but for case, and by position within 2 km.

    A province, in any spelling of `provinces.csv`, tells namesakes apart; a position too. A name that does not fit them is ambiguous.
    """
    named: dict[str, list[Location]] = defaultdict(list)
    for place in dataset.locations.values():
        for name in {folded(name) for name in (place.place_id, place.name, place.name_ar, *place.aliases) if name}:
            named[name].append(place)
    provinces = read_provinces(dataset.folder)

    def resolve(name: str, admin1: str, longitude: float | None, latitude: float | None) -> Resolution:
        position = (longitude, latitude) if longitude is not None and latitude is not None else None
        namesakes = named.get(folded(name), [])
        province = provinces.find(admin1) if admin1 else None
        fitting = [
            place
            for place in namesakes
            if (position is None or distance_km(place.position, position) <= SAME_KM + (place.radius_km or 0.0))
            and (not province or position is not None or place.admin1 == province.code)
        ]
        if not namesakes and position is not None:
            fitting = [place for place in dataset.locations.values() if distance_km(place.position, position) <= NEAR_KM]
        if len(fitting) == 1:
            return Resolution("resolved", fitting[0].place_id)
        candidates = tuple(Candidate(place.place_id, labelled(place)) for place in fitting or namesakes)
        return Resolution("ambiguous" if candidates else "not found", candidates=candidates)

    return resolve


def labelled(place: Location) -> str:
    """Return the place in one line: 'Mahin, SY-HI (37.05843, 34.24168)'."""
    return f"{place.name}, {place.admin1} ({place.longitude:g}, {place.latitude:g})"
