"""One record for a place that several sources know."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from common.distance import EARTH_RADIUS_KM
from gazetteer.place import Place, Record, distance_km
from gazetteer.spelling.toponym import SHORTEST_SKELETON, Toponym

# Source: on Who's On First and OCHA in Syria the same town lies up to 1.4 km apart (95th percentile), hardly ever more than this.
SAME_PLACE_KM = 4.5
# Skeletons of three consonants are shared by many villages: only the distance at which most pairs lie speaks for one place.
_SHORT_SKELETON = 3
_SHORT_SKELETON_KM = 1.4
# Two records with one GeoNames number are one place unless a position is plainly wrong.
_SAME_NUMBER_KM = 25.0

_PROVINCE = "A.ADM1"
# Whose key and position a merged place keeps; sources that are not named here follow, by name.
_TRUST = {"reviewed places": 0, "provinces": 1, "GeoNames": 2, "OCHA": 3, "Who's On First": 4}
_NOT_NAMED = len(_TRUST)

_NUMBER, _FOLDED, _SKELETON = range(3)
_Cell = tuple[int, int, int]
# Half of the 26 cells around a cell, so that each pair of cells is looked at once.
_AHEAD: tuple[_Cell, ...] = tuple(step for step in product((-1, 0, 1), (-1, 0, 1), (-1, 0, 1)) if step > (0, 0, 0))


class _Pair(NamedTuple):
    """Two records that may be one place; sorts with the surest first."""

    evidence: int
    distance_km: float
    one: int
    other: int


def absorb(record: Record, other: Record) -> Record:
    """Return the record with the names, sources and what else it lacks of another record of the same place added.

    Position, printed name and everything else stay as the first record has them. The other position is kept in the
    sources, with its distance: "OCHA at 37.07562, 34.26870 (0.12 km away)", longitude first.
    """
    texts = dict.fromkeys((*record.place.names, *other.place.names))
    place = replace(
        record.place,
        names=tuple(texts),
        name_ar=record.place.name_ar or other.place.name_ar,
        admin1=record.place.admin1 or other.place.admin1,
        admin1_name=record.place.admin1_name or other.place.admin1_name,
        population=record.place.population or other.place.population,
        geonames_id=record.place.geonames_id if record.place.geonames_id is not None else other.place.geonames_id,
        sources=tuple(dict.fromkeys((*record.place.sources, *_placed_sources(record.place, other.place)))),
    )
    return Record(place, tuple(dict.fromkeys((*record.names, *other.names))))


def merge(reviewed: Sequence[Record], provinces: Sequence[Record], others: Sequence[Record]) -> list[Record]:
    """Return the records of all sources, each place once: reviewed places first, then provinces, then the rest.

    Records are one place when they carry the same GeoNames number, or when they lie within 4.5 km of each other, are of
    one feature class and share a folded or skeleton key; the surest and nearest pairs go first. A place takes in at
    most one record of each source, because a source tells apart what it lists twice, and never two GeoNames numbers.
    Provinces meet by their codes. The answer does not depend on the order of `others`.

    Parameters
    ----------
    reviewed, provinces
        Records of the two reviewed files, whose positions and keys win.
    others
        Records of all other sources.
    """
    by_code = {record.place.admin1: record for record in provinces}
    names = {code: record.place.name for code, record in by_code.items()}
    ordered = sorted(others, key=_canonical)
    for record in ordered:
        if _is_province(record, by_code):
            by_code[record.place.admin1] = absorb(by_code[record.place.admin1], record)
    candidates = [*reviewed, *(_named(record, names) for record in ordered if not _is_province(record, by_code))]
    groups = _groups(candidates)
    merged = [_absorbed(candidates, members) for members in groups]
    first = [_with_province(record, by_code) for record in merged[: len(reviewed)]]
    return [*first, *by_code.values(), *merged[len(reviewed) :]]


def _with_province(record: Record, by_code: dict[str, Record]) -> Record:
    return absorb(record, by_code.pop(record.place.admin1)) if _is_province(record, by_code) else record


def _is_province(record: Record, by_code: dict[str, Record]) -> bool:
    return record.place.feature == _PROVINCE and record.place.admin1 in by_code


def _named(record: Record, province_names: dict[str, str]) -> Record:
    place = record.place
    name = province_names.get(place.admin1, "")
    return Record(replace(place, admin1_name=name), record.names) if name and not place.admin1_name else record


def _canonical(record: Record) -> tuple[object, ...]:
    place = record.place
    # Of two editions of GeoNames the one that knows the kind of feature goes first.
    plain = place.feature_code in ("", "PPL")
    return (
        *(_TRUST.get(_source(place), _NOT_NAMED), _source(place), place.place_id, plain, place.longitude, place.latitude),
        *(place.names, place.population),
    )


def _source(place: Place) -> str:
    return place.sources[0] if place.sources else ""


def _placed_sources(place: Place, other: Place) -> Iterator[str]:
    first, *rest = other.sources or ("",)
    away = distance_km(place, other)
    # Closer than the last digit that is written, it is the same point; a province has its middle, not a point.
    same = away < 0.005 or other.feature == _PROVINCE
    yield first if same else f"{first} at {other.longitude:.5f}, {other.latitude:.5f} ({away:.2f} km away)"
    yield from rest


def _absorbed(records: Sequence[Record], members: Sequence[int]) -> Record:
    record = records[members[0]]
    for member in members[1:]:
        record = absorb(record, records[member])
    return record


def _groups(records: Sequence[Record]) -> list[list[int]]:
    """Numbers of the records of each place, ascending, in the order of their first ones."""
    group_of = list(range(len(records)))
    groups = {number: [number] for number in group_of}
    for pair in sorted(set(_pairs(records))):
        one, other = sorted((group_of[pair.one], group_of[pair.other]))
        if one != other and _fit(records, pair.evidence, groups[one], groups[other]):
            moved = groups.pop(other)
            for member in moved:
                group_of[member] = one
            groups[one] = sorted((*groups[one], *moved))
    return list(groups.values())


def _fit(records: Sequence[Record], evidence: int, ones: Sequence[int], others: Sequence[int]) -> bool:
    pairs = [(records[one].place, records[other].place) for one in ones for other in others]
    if any(_is_reviewed(one) and _is_reviewed(other) for one, other in pairs):
        return False
    if evidence == _NUMBER:
        return True
    return all(_may_be_one(one, other) and distance_km(one, other) <= SAME_PLACE_KM for one, other in pairs)


def _may_be_one(one: Place, other: Place) -> bool:
    numbers = {one.geonames_id, other.geonames_id} - {None}
    return _source(one) != _source(other) and len(numbers) < 2


def _is_reviewed(place: Place) -> bool:
    return _source(place) == "reviewed places"


def _pairs(records: Sequence[Record]) -> Iterator[_Pair]:
    yield from _pairs_by_number(records)
    by_key: defaultdict[tuple[str, int, str], defaultdict[_Cell, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, record in enumerate(records):
        cell = _cell(record.place)
        for key in _keys(record):
            by_key[key][cell].append(number)
    for (_, evidence, text), cells in by_key.items():
        reach = _SHORT_SKELETON_KM if evidence == _SKELETON and len(text) <= _SHORT_SKELETON else SAME_PLACE_KM
        for one, other in _neighbours(cells):
            if _may_be_one(records[one].place, records[other].place):
                away = distance_km(records[one].place, records[other].place)
                if away <= reach:
                    yield _Pair(evidence, away, min(one, other), max(one, other))


def _pairs_by_number(records: Sequence[Record]) -> Iterator[_Pair]:
    first: dict[int, int] = {}
    for number, record in enumerate(records):
        if record.place.geonames_id is not None:
            one = first.setdefault(record.place.geonames_id, number)
            away = distance_km(records[one].place, record.place)
            certain = records[one].place.place_id == record.place.place_id or _is_reviewed(records[one].place)
            if one != number and (certain or away <= _SAME_NUMBER_KM):
                yield _Pair(_NUMBER, away, one, number)


def _keys(record: Record) -> set[tuple[str, int, str]]:
    kind = record.place.feature_class
    toponyms = [Toponym(name) for name in record.place.names]
    folded = {(kind, _FOLDED, toponym.folded) for toponym in toponyms if toponym.folded}
    return folded | {(kind, _SKELETON, toponym.skeleton) for toponym in toponyms if len(toponym.skeleton) >= SHORTEST_SKELETON}


def _cell(place: Place) -> _Cell:
    # Cubes as wide as the reach, in space: no seam at the date line and no narrowing towards the poles.
    phi, lam = math.radians(place.latitude), math.radians(place.longitude)
    x, y, z = math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)
    size = SAME_PLACE_KM / EARTH_RADIUS_KM
    return math.floor(x / size), math.floor(y / size), math.floor(z / size)


def _neighbours(cells: dict[_Cell, list[int]]) -> Iterator[tuple[int, int]]:
    """Each pair of records in the same cell or in cells that touch."""
    for cell, members in cells.items():
        for position, one in enumerate(members):
            for other in members[position + 1 :]:
                yield one, other
        if len(cells) > 1:
            for step in _AHEAD:
                around = cells.get((cell[0] + step[0], cell[1] + step[1], cell[2] + step[2]))
                if around:
                    yield from product(members, around)
