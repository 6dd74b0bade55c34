"""Country dumps of GeoNames, such as SY.zip, with or without the table of alternate names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from gazetteer.errors import SchemaError
from gazetteer.place import Record
from gazetteer.sources.readers.admin1 import GEONAMES_CODES, Provinces
from gazetteer.sources.readers.checked import Columns, Kind, record, script_kind, unique
from gazetteer.sources.readers.geonames import SOURCE
from gazetteer.sources.tables.files import Limits, opened, text_lines
from gazetteer.sources.tables.rows import Report
from gazetteer.sources.tables.table import Row

LICENCE = "GeoNames (https://www.geonames.org), CC BY 4.0"

# Source: https://download.geonames.org/export/dump/readme.txt
COLUMNS = (
    *("geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature class", "feature code"),
    *("country code", "cc2", "admin1 code", "admin2 code", "admin3 code", "admin4 code", "population", "elevation"),
    *("dem", "timezone", "modification date"),
)
_ALTERNATE_COLUMNS = 8  # the last two, from and to, are missing in older files
# The file of the whole world has 18 million rows; of those only the ones of the dump are kept.
_ALTERNATE_LIMITS = Limits(file_bytes=1_000_000_000, expanded_bytes=4_000_000_000, rows=50_000_000)
# These "languages" mark links, postal codes and codes of airports.
_NO_LANGUAGES = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "unlc", "tcid", "phon", "piny", "abbr"})

_COLUMNS = Columns(longitude="longitude", latitude="latitude", name="name", population="population", key="geonameid")
# Districts bear the names of their seats and would make each of them ambiguous; a country is no place within itself.
_ADMINISTRATIVE, _PROVINCE = "A", "ADM1"


def read_geonames_dump(path: Path, provinces: Provinces, report: Report, alternate_names: Path | None = None) -> Iterator[Record]:
    """Each place of a dump: towns, hills, waters, sites and provinces, but neither districts nor the country.

    Parameters
    ----------
    path
        SY.zip or SY.txt: 19 tab-separated columns without a header, UTF-8.
    provinces
        The provinces that are known.
    report
        Gets the error of each row that cannot be read.
    alternate_names
        alternateNamesV2, of the country or of the world, plain or zipped: adds names with their languages.

    Raises
    ------
    SchemaError
        When a file as a whole cannot be read.
    """
    rows = unique(_rows(path, report), "geonameid", report)
    if alternate_names is None:
        return _records(rows, {}, provinces, report)
    kept = list(rows)
    names = _alternate_names(alternate_names, {row.cells["geonameid"] for row in kept})
    return _records(iter(kept), names, provinces, report)


def _rows(path: Path, report: Report) -> Iterator[Row]:
    member = f"{path.stem.split('.')[0]}.txt"
    with opened(path, member) as file:
        for number, line in enumerate(text_lines(path, file), start=1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != len(COLUMNS):
                if number == 1:
                    problem = f"has {len(cells)} columns where a GeoNames dump has {len(COLUMNS)}, separated by tabs"
                    raise SchemaError(path, 1, None, problem)
                report(SchemaError(path, number, None, f"has {len(cells)} cells, not {len(COLUMNS)}"))
            else:
                yield Row(path, number, dict(zip(COLUMNS, cells, strict=True)))


def _records(rows: Iterator[Row], names: dict[str, list[tuple[str, str]]], provinces: Provinces, report: Report) -> Iterator[Record]:
    for row in rows:
        if row.text("feature class") == _ADMINISTRATIVE and row.text("feature code") != _PROVINCE:
            continue
        try:
            yield _record(row, names.get(row.text("geonameid"), []), provinces)
        except SchemaError as error:
            report(error)


def _record(row: Row, alternate: list[tuple[str, str]], provinces: Provinces) -> Record:
    number = row.whole_number("geonameid")
    if number is None:
        raise row.problem("geonameid", "is empty")
    country = row.required("country code")
    kind = Kind(
        source=SOURCE,
        id_prefix="geonames",
        country=country,
        feature_class=row.text("feature class") or "P",
        feature_code=row.text("feature code") or "PPL",
        admin1=GEONAMES_CODES.get((country, row.text("admin1 code")), ""),
        geonames_id=number,
    )
    listed = [(text, script_kind(text)) for text in (row.text("asciiname"), *row.text("alternatenames").split(","))]
    return record(row, _COLUMNS, kind, [*alternate, *listed], provinces)


def _alternate_names(path: Path, wanted: set[str]) -> dict[str, list[tuple[str, str]]]:
    names: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    with opened(path, "alternateNamesV2.txt", _ALTERNATE_LIMITS) as file:
        for number, line in enumerate(text_lines(path, file, _ALTERNATE_LIMITS), start=1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) < _ALTERNATE_COLUMNS:
                raise SchemaError(path, number, None, f"has {len(cells)} columns where alternateNamesV2 has at least {_ALTERNATE_COLUMNS}")
            _, geonameid, language, text, preferred, _, _, historic = cells[:_ALTERNATE_COLUMNS]
            if geonameid in wanted and language not in _NO_LANGUAGES:
                names[geonameid].append((text, _said_kind(text, language, preferred == "1", historic == "1")))
    return dict(names)


def _said_kind(text: str, language: str, preferred: bool, historic: bool) -> str:
    if historic:
        return "a historic name"
    if not language:
        return script_kind(text)
    return f"the preferred name in the language {language!r}" if preferred else f"a name in the language {language!r}"
