"""Where the places of a dataset are: the position that an event is drawn at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from common.distance import distance_km
from geodata.dataset.cells import Row
from geodata.dataset.provinces import Province, read_provinces
from geodata.dataset.tables import PLACES, Source


@dataclass(frozen=True)
class Location:
    """A place of the dataset.

    Position in EPSG:4326 degrees; `admin1` is ISO 3166-2; `feature` is a GeoNames code such as 'P.PPL';
    `rank` is 1 (named at every zoom) to 3.
    """

    place_id: str
    name: str
    name_ar: str
    admin1: str
    longitude: float
    latitude: float
    feature: str = "P.PPL"
    rank: int = 3
    country: str = ""
    aliases: tuple[str, ...] = ()
    radius_km: float | None = None
    part_of: str = ""
    geonames_id: int | None = None
    population: int | None = None
    coordinate_source: str = ""
    note: str = ""

    @property
    def position(self) -> tuple[float, float]:
        """Longitude and latitude in EPSG:4326 degrees."""
        return self.longitude, self.latitude


Locate = Callable[[str], Location]
"""Takes a place_id and returns its Location, or raises LookupError. A gazetteer can stand behind it."""


def read_locations(source: Source) -> dict[str, Location]:
    """Locations by place_id.

    Raises
    ------
    SchemaError
        A position is not finite or not on the globe, an id comes twice, or a place lies outside the province it is said to be in
        (as far as the source has a `provinces.csv`): longitude and latitude exchanged, for one.
    """
    provinces = read_provinces(source.folder)
    found: dict[str, Location] = {}
    for row in source.rows(PLACES, {}):
        check_place(row, provinces)
        cells = dict(row.cells)
        feature = f"{cells.pop('feature_class')}.{cells.pop('feature_code')}"
        found[row["place_id"]] = Location(feature=feature, **cells)
    return found


def place_cells(place: Location) -> dict[str, object]:
    """Return the place as a row of the table of places: column to value."""
    cells: dict[str, object] = dict(vars(place))
    cells["feature_class"], _, cells["feature_code"] = place.feature.partition(".")
    return {name: cells[name] for name in PLACES.names}


def check_place(row: Row, provinces: Mapping[str, Province]) -> None:
    """Refuse a place that lies outside the province it is said to be in, as far as that province is among `provinces`.

    Raises
    ------
    SchemaError
        Names the row and the column.
    """
    if province := provinces.get(row["admin1"]):
        _check_province(row, province)


def _check_province(place: Row, province: Province) -> None:
    position, middle = (place["longitude"], place["latitude"]), (province.longitude, province.latitude)
    if (away := distance_km(position, middle)) > province.radius_km:
        where = f"longitude {place['longitude']:g}, latitude {place['latitude']:g} is {away:.0f} km from the middle of {province.name}"
        hint = "; longitude and latitude look exchanged" if distance_km((position[1], position[0]), middle) <= province.radius_km else ""
        raise place.error(f"{where}, which reaches {province.radius_km:g} km{hint}", "longitude")
