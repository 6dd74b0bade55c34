"""One record for a place that several sources know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.place import Record


def absorb(record: Record, other: Record) -> Record:
    """The record with the names, population and sources of another record of the same place added.

    Position, printed name and everything else stay as the first record has them.
    """
    texts = dict.fromkeys((*record.place.names, *other.place.names))
    place = replace(
        record.place,
        names=tuple(texts),
        name_ar=record.place.name_ar or other.place.name_ar,
        population=record.place.population or other.place.population,
        sources=(*record.place.sources, *other.place.sources),
    )
    return Record(place, (*record.names, *other.names))


def merge(reviewed: Sequence[Record], provinces: Sequence[Record], geonames: Sequence[Record]) -> list[Record]:
    """The records of all sources, each place once, reviewed places first.

    A reviewed place absorbs the GeoNames record whose number it carries, and a reviewed province the record of that
    province.
    """
    by_geonames_id = {record.place.geonames_id: record for record in geonames}
    by_code = {record.place.admin1: record for record in provinces}
    merged = []
    for record in reviewed:
        if record.place.geonames_id is not None and record.place.geonames_id in by_geonames_id:
            record = absorb(record, by_geonames_id.pop(record.place.geonames_id))
        if record.place.feature == "A.ADM1" and record.place.admin1 in by_code:
            record = absorb(record, by_code.pop(record.place.admin1))
        merged.append(record)
    return [*merged, *by_code.values(), *by_geonames_id.values()]
