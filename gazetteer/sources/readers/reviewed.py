"""The reviewed places of `data/places.csv`: what the dataset needs, in the spellings that reports use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from common.distance import FARTHEST_KM
from gazetteer.errors import SchemaError
from gazetteer.place import USUAL_RADIUS_KM, Name, Place, Record
from gazetteer.sources.tables.table import Row, read_table

SOURCE = "reviewed places"
COLUMNS = (
    "place_id",
    "name",
    "name_ar",
    "aliases",
    "feature_class",
    "feature_code",
    "country",
    "admin1",
    "longitude",
    "latitude",
    "radius_km",
    "part_of",
    "geonames_id",
    "rank",
)


def read_reviewed(path: Path, provinces: Mapping[str, Place]) -> list[Record]:
    """Every place of the file as a record.

    Parameters
    ----------
    path
        A CSV file with the columns of `COLUMNS`; others (notes, sources of coordinates) are not read.
    provinces
        Known provinces by ISO 3166-2 code. A place in a country of which provinces are known must lie in one of them.

    Raises
    ------
    SchemaError
        When a column is missing, a cell is not what it should be, a place_id or geonames_id is there twice, or a
        place is part of one that the file does not have.
    """
    rows = list(read_table(path, COLUMNS))
    _check_unique(rows, "place_id")
    _check_unique(rows, "geonames_id")
    place_ids = {row.required("place_id") for row in rows}
    for row in rows:
        if row.text("part_of") and row.text("part_of") not in place_ids:
            raise row.problem("part_of", f"{row.text('part_of')!r} is no place_id of this file")
    return [_record(row, provinces) for row in rows]


def _check_unique(rows: list[Row], column: str) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if value := row.text(column):
            if value in first:
                raise row.problem(column, f"{value!r} is in row {first[value]} already")
            first[value] = row.number


def _record(row: Row, provinces: Mapping[str, Place]) -> Record:
    name, name_ar = row.required("name"), row.text("name_ar")
    kinds = {name: "the name", name_ar: "the Arabic name"}
    texts = dict.fromkeys(text for text in (name, name_ar, *row.listed("aliases")) if text)
    admin1 = row.text("admin1")
    country = row.required("country")
    if admin1 and admin1 not in provinces and any(province.country == country for province in provinces.values()):
        raise _unknown_province(row, admin1)
    place = Place(
        place_id=row.required("place_id"),
        name=name,
        name_ar=name_ar,
        names=tuple(texts),
        feature_class=row.required("feature_class"),
        feature_code=row.required("feature_code"),
        country=country,
        admin1=admin1,
        admin1_name=provinces[admin1].name if admin1 in provinces else "",
        longitude=row.number_between("longitude", -180, 180),
        latitude=row.number_between("latitude", -90, 90),
        radius_km=row.number_between("radius_km", 0, FARTHEST_KM) if row.text("radius_km") else USUAL_RADIUS_KM,
        rank=int(row.number_between("rank", 1, 3)) if row.text("rank") else 3,
        geonames_id=row.whole_number("geonames_id"),
        sources=(SOURCE,),
        part_of=row.text("part_of"),
    )
    key = f"{row.path.name} row {row.number}"
    return Record(place, tuple(Name(text, kinds.get(text, "an alias"), SOURCE, key) for text in texts))


def _unknown_province(row: Row, admin1: str) -> SchemaError:
    return row.problem("admin1", f"{admin1!r} is not the ISO 3166-2 code of a known province")
