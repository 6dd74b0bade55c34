"""Where the places of a dataset are: the position that an event is drawn at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from geodata.schema import number, read_table, required, text, whole


@dataclass(frozen=True)
class Location:
    """A place of the dataset. Position in EPSG:4326 degrees; `admin1` is ISO 3166-2; `feature` is a GeoNames code such as 'P.PPL';
    `rank` is 1 (named at every zoom) to 3."""

    place_id: str
    name: str
    name_ar: str
    admin1: str
    longitude: float
    latitude: float
    feature: str = "P.PPL"
    rank: int = 3


Locate = Callable[[str], Location]
"""Takes a place_id and returns its Location, or raises LookupError. A gazetteer can stand behind it."""


def read_locations(folder: Path) -> dict[str, Location]:
    """Locations by place_id from `places.csv`.

    Raises
    ------
    SchemaError
        A position is not finite or not on the globe, or an id comes twice.
    """
    columns = {
        "place_id": required,
        "name": required,
        "name_ar": text,
        "admin1": text,
        "longitude": number(-180, 180),
        "latitude": number(-90, 90),
        "feature_class": required,
        "feature_code": required,
        "rank": whole(1, 3),
    }
    found: dict[str, Location] = {}
    for row in read_table(folder / "places.csv", columns):
        if row["place_id"] in found:
            raise row.error(f"'{row['place_id']}' stands in an earlier row too", "place_id")
        cells = dict(row.cells)
        feature = f"{cells.pop('feature_class')}.{cells.pop('feature_code')}"
        found[row["place_id"]] = Location(feature=feature, **cells)
    return found


def read_province_names(folder: Path) -> dict[str, str]:
    """Province name by ISO 3166-2 code, from `provinces.csv`."""
    rows = read_table(folder / "provinces.csv", {"iso_3166_2": required, "name": required})
    return {row["iso_3166_2"]: row["name"] for row in rows}
