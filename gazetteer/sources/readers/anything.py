"""Any table with names and positions: its columns are recognised by what they are usually called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from gazetteer.errors import SchemaError
from gazetteer.place import Record
from gazetteer.sources.readers.admin1 import Provinces
from gazetteer.sources.readers.checked import Columns, Kind, geonames_number, is_key, record, script_kind, unique
from gazetteer.sources.tables.rows import LATITUDE, LONGITUDE, Report, read_rows
from gazetteer.sources.tables.table import Row

# Column names without case, spaces and punctuation; the first that a table has is taken.
_USUAL: Mapping[str, tuple[str, ...]] = {
    "name": (
        *("name", "nameen", "enname", "englishname", "nameenglish", "placename", "place", "toponym", "locationnameen", "locationname"),
        *("location", "settlement", "locality", "village", "town", "city", "community", "site", "title", "label", "asciiname"),
        *("namear", "الاسم", "اسم"),
    ),
    "name_ar": ("namear", "arname", "arabicname", "namearabic", "arabic", "locationnamear", "الاسم", "اسم"),
    "latitude": (
        "latitude",
        "lat",
        "latitudey",
        "laty",
        "latdd",
        "latwgs84",
        "decimallatitude",
        "pointy",
        "ycoord",
        "y",
        "geometrylatitude",
    ),
    "longitude": (
        *("longitude", "lon", "long", "lng", "longitudex", "lonx", "londd", "longdd", "lonwgs84", "decimallongitude", "pointx"),
        *("xcoord", "x", "geometrylongitude"),
    ),
    "names": ("names", "aliases", "alias", "alternatenames", "alternatename", "altnames", "altname", "othernames", "variants"),
    "key": ("placeid", "id", "pcode", "locationpcode"),
    "country": ("country", "countrycode", "iso31661", "iso2", "cc"),
    "admin1": ("admin1", "adm1", "admin1pcode", "admin1code", "adm1pcode", "admin1name", "province", "governorate", "muhafaza", "iso31662"),
    "feature": ("feature", "featurecode", "fcode"),
    "population": ("population", "pop"),
    "geonames_id": ("geonamesid", "geonameid"),
}
_NEEDED = ("name", "longitude", "latitude")
_LISTED = re.compile("[|;،]")
_FEATURE = re.compile(r"(?:([A-Z])\.)?([A-Z][A-Z0-9]{1,9})")
_COUNTRY = re.compile("[A-Z]{2}")
_PUNCTUATION = re.compile(r"[\W_]+")
_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Chosen:
    """Columns that the user names; None where they are to be recognised."""

    name: str | None = None
    longitude: str | None = None
    latitude: str | None = None
    names: str | None = None
    admin1: str | None = None


def read_anything(path: Path, source: str, provinces: Provinces, report: Report, chosen: Chosen, country: str = "SY") -> Iterator[Record]:
    """Each row of a table as a place.

    Parameters
    ----------
    path
        CSV, tab-separated, XLSX or GeoJSON of points.
    source
        Name of the source; keys of places begin with `table-` and it.
    provinces
        The provinces that are known.
    report
        Gets the error of each row that cannot be read.
    chosen
        Columns that are named.
    country
        ISO 3166-1 alpha-2 of rows without a country.

    Raises
    ------
    SchemaError
        When the file as a whole cannot be read, or has no columns for name and position.
    """
    rows = read_rows(path, report)
    first = next(rows, None)
    if first is None:
        return
    found = columns_of(path, tuple(first.cells), chosen)
    for row in unique(chain((first,), rows), found.get("key", ""), report):
        try:
            yield _record(row, source, found, provinces, country)
        except SchemaError as error:
            report(error)


def columns_of(path: Path, header: tuple[str, ...], chosen: Chosen) -> dict[str, str]:
    """Return the column for each part of a place that the header has one for.

    Raises
    ------
    SchemaError
        When a column that was named does not exist, or there is none for name, longitude or latitude.
    """
    simple = {_PUNCTUATION.sub("", column.casefold()): column for column in reversed(header)}
    found = {
        part: next(simple[usual] for usual in spellings if usual in simple)
        for part, spellings in _USUAL.items()
        if set(spellings) & set(simple)
    }
    for part in ("name", "longitude", "latitude", "names", "admin1"):
        column = getattr(chosen, part)
        if column is not None:
            if column not in header:
                raise SchemaError(path, 1, column, f"there is no such column; there are {_shown(header)}")
            found[part] = column
    if missing := [part for part in _NEEDED if part not in found]:
        problem = f"no column for the {missing[0]} was recognised among {_shown(header)}; name it with --{missing[0]}-column"
        raise SchemaError(path, 1, None, problem)
    return found


def _record(row: Row, source: str, found: Mapping[str, str], provinces: Provinces, country: str) -> Record:
    # Features of one GeoJSON file need not have the same properties.
    for column in found.values():
        row.cells.setdefault(column, "")
    columns = Columns(
        longitude=found["longitude"],
        latitude=found["latitude"],
        name=found["name"],
        admin1=found.get("admin1", ""),
        population=found.get("population", ""),
        key=found["key"] if "key" in found and is_key(row.text(found["key"])) else "",
    )
    feature_class, feature_code = _feature(row.text(found["feature"]) if "feature" in found else "")
    kind = Kind(
        source=source,
        id_prefix=f"table-{source}",
        country=_country(row, found) or country,
        feature_class=feature_class,
        feature_code=feature_code,
        geonames_id=geonames_number(row, found["geonames_id"]) if "geonames_id" in found else None,
    )
    more = [(row.text(found["name_ar"]), "the Arabic name")] if "name_ar" in found else []
    if "names" in found:
        more += [(text, script_kind(text)) for text in _LISTED.split(row.text(found["names"]))]
    return record(row, columns, kind, more, provinces)


def _country(row: Row, found: Mapping[str, str]) -> str:
    # Only a code says for sure which country is meant; what lies elsewhere is refused by its position.
    text = row.text(found["country"]).upper() if "country" in found else ""
    return text if _COUNTRY.fullmatch(text) else ""


def _feature(text: str) -> tuple[str, str]:
    match = _FEATURE.fullmatch(text)
    return (match.group(1) or "P", match.group(2)) if match else ("P", "PPL")


def _shown(header: tuple[str, ...]) -> str:
    names = [repr(column[:40]) for column in header if column not in (LONGITUDE, LATITUDE)]
    return ", ".join(names[:_MOST_SHOWN]) + (", ..." if len(names) > _MOST_SHOWN else "")
