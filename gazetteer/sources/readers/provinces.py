"""The provinces of a dataset as places."""

from __future__ import annotations

from pathlib import Path

from common.distance import FARTHEST_KM
from gazetteer.place import Name, Place, Record
from gazetteer.sources.tables.table import read_table

SOURCE = "provinces"
COLUMNS = ("iso_3166_2", "name", "name_ar", "aliases", "longitude", "latitude", "radius_km")


def read_provinces(path: Path) -> list[Record]:
    """Every province of the file as a record; place_id and admin1 are its ISO 3166-2 code.

    Raises
    ------
    SchemaError
        When the file does not have the columns of `COLUMNS` or a cell is not what it should be.
    """
    records: dict[str, Record] = {}
    for row in read_table(path, COLUMNS):
        code, name, name_ar = row.required("iso_3166_2"), row.required("name"), row.text("name_ar")
        if code in records:
            raise row.problem("iso_3166_2", f"{code!r} is there twice")
        kinds = {code: "the code", name: "the name", name_ar: "the Arabic name"}
        texts = dict.fromkeys(text for text in (name, name_ar, code, *row.listed("aliases")) if text)
        place = Place(
            place_id=code,
            name=name,
            name_ar=name_ar,
            names=tuple(texts),
            feature_class="A",
            feature_code="ADM1",
            country=code.partition("-")[0],
            admin1=code,
            admin1_name=name,
            longitude=row.number_between("longitude", -180, 180),
            latitude=row.number_between("latitude", -90, 90),
            radius_km=row.number_between("radius_km", 0, FARTHEST_KM),
            rank=2,
            sources=(SOURCE,),
        )
        key = f"{path.name} row {row.number}"
        records[code] = Record(place, tuple(Name(text, kinds.get(text, "an alias"), SOURCE, key) for text in texts))
    return list(records.values())
