"""From a row of a user's file to a record: the checks that every source needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gazetteer.place import Name, Place, Record, distance_km
from gazetteer.sources.readers.admin1 import Provinces
from gazetteer.sources.tables.rows import Report
from gazetteer.sources.tables.table import Row
from gazetteer.spelling.arabic import is_arabic
from gazetteer.spelling.toponym import Toponym

# A circle that holds a province is about its middle; the borders of gazetteers are not those of the file of provinces.
_BEYOND_THE_BORDER_KM = 25.0
_LONGEST_NAME = 200
_MOST_NAMES = 500
# No town of the world has more inhabitants than the world.
_MOST_PEOPLE = 10_000_000_000

_COUNTRY = re.compile("[A-Z]{2}")
_CODE = re.compile("[A-Z]{3}")
_KEY = re.compile(r"[\w.:-]{1,80}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the parts of a place stand in a row; an empty string means nowhere.

    Attributes
    ----------
    longitude, latitude
        Columns of the position, EPSG:4326.
    admin1
        Column of the province.
    population
        Column of the number of inhabitants.
    key
        Column of the source's own key.
    name
        Column of the printed name.
    """

    longitude: str
    latitude: str
    name: str
    admin1: str = ""
    population: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a row is beside its name and position: whose it is, and which feature.

    Attributes
    ----------
    source
        Name of the source, as answers show it.
    id_prefix
        What keys of places begin with.
    country
        ISO 3166-1 alpha-2.
    feature_class, feature_code
        As in GeoNames.
    admin1
        ISO 3166-2, where the source has its own codes for it; otherwise the column is read.
    geonames_id
        Where the row carries one.
    """

    source: str
    id_prefix: str
    country: str
    feature_class: str = "P"
    feature_code: str = "PPL"
    admin1: str = ""
    geonames_id: int | None = None


def record(row: Row, columns: Columns, kind: Kind, more_names: Iterable[tuple[str, str]], provinces: Provinces) -> Record:
    """Return the record of a row.

    Parameters
    ----------
    row
        The row.
    columns, kind
        How to read it.
    more_names
        Other names, each with what it is to the place ("an alias"); repeated, overlong and empty ones are left out.
    provinces
        The provinces that are known. A place of their country has to lie in or near one of them, so that swapped
        coordinates do not pass.

    Raises
    ------
    SchemaError
        When a cell is not what it should be.
    """
    if not _COUNTRY.fullmatch(kind.country):
        raise row.problem(columns.name, f"{kind.country!r} is not an ISO 3166-1 country code of two letters")
    name = " ".join(row.required(columns.name).split())
    if len(name) > _LONGEST_NAME or not Toponym(name).plain:
        raise row.problem(columns.name, f"{name[:_LONGEST_NAME]!r} is no name")
    kinds = {name: "the name"}
    for text, what in more_names:
        stripped = " ".join(text.split())
        if len(kinds) < _MOST_NAMES and len(stripped) <= _LONGEST_NAME and Toponym(stripped).plain and not is_code(stripped):
            kinds.setdefault(stripped, what)
    key = row.text(columns.key) if columns.key else ""
    if key and not is_key(key):
        raise row.problem(columns.key, f"{key[:_LONGEST_NAME]!r} is no key of letters, digits, '.', ':', '_' and '-'")
    admin1 = kind.admin1 or (provinces.code(row.text(columns.admin1), kind.country) if columns.admin1 else "")
    place = Place(
        place_id=f"{kind.id_prefix}-{key}" if key else f"{kind.id_prefix}-row-{row.number}",
        name=name,
        name_ar=next((text for text in kinds if is_arabic(text)), ""),
        names=tuple(kinds),
        feature_class=kind.feature_class,
        feature_code=kind.feature_code,
        country=kind.country,
        admin1=admin1,
        admin1_name=provinces.by_code[admin1].name if admin1 in provinces.by_code else "",
        longitude=row.number_between(columns.longitude, -180, 180),
        latitude=row.number_between(columns.latitude, -90, 90),
        population=_population(row, columns.population),
        geonames_id=kind.geonames_id,
        sources=(kind.source,),
    )
    _check_reach(row, columns, place, provinces)
    source_key = key or f"{row.path.name} row {row.number}"
    return Record(place, tuple(Name(text, what, kind.source, source_key) for text, what in kinds.items()))


def unique(rows: Iterable[Row], column: str, report: Report) -> Iterator[Row]:
    """Yield the rows, without those whose key an earlier one has; an empty key is none."""
    first: dict[str, int] = {}
    for row in rows:
        key = row.cells.get(column, "").strip()
        if key and first.setdefault(key, row.number) != row.number:
            report(row.problem(column, f"{key[:_LONGEST_NAME]!r} is in row {first[key]} already"))
        else:
            yield row


def is_key(text: str) -> bool:
    """Whether the text can be the key of a place."""
    return bool(_KEY.fullmatch(text))


def is_code(text: str) -> bool:
    """Whether the text is a code (QHS for Homs, DEZ for Deir ez-Zor): those of airports stand among alternate names."""
    return bool(_CODE.fullmatch(text))


def script_kind(text: str) -> str:
    """Return what an alternate name is, by its script, where the source does not say its language."""
    if is_arabic(text):
        return "an Arabic alternate name"
    return "a Latin-script alternate name" if text.isascii() else "an alternate name"


def geonames_number(row: Row, column: str) -> int | None:
    """Return the GeoNames number in a cell that may be empty or, as Who's On First has it for 'none', 0 or less."""
    text = row.text(column).removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 10 and int(text) > 0 else None


def _population(row: Row, column: str) -> int:
    if not column or not row.text(column):
        return 0
    try:
        number = float(row.text(column).replace(",", ""))
    except ValueError:
        return 0
    # A wrong population does not make a place wrong.
    return int(number) if 0 <= number <= _MOST_PEOPLE else 0


def _check_reach(row: Row, columns: Columns, place: Place, provinces: Provinces) -> None:
    known = provinces.of_country(place.country)
    if not known or _within_reach(place, known):
        return
    problem = f"longitude {place.longitude:g}, latitude {place.latitude:g} lies outside {place.country}"
    if _within_reach(replace(place, longitude=place.latitude, latitude=place.longitude), known):
        problem += "; longitude and latitude seem to be swapped"
    raise row.problem(columns.longitude, problem)


def _within_reach(place: Place, provinces: Iterable[Place]) -> bool:
    return any(distance_km(place, province) <= province.radius_km + _BEYOND_THE_BORDER_KM for province in provinces)
