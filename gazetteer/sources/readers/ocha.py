"""Populated places of OCHA's common operational datasets, with p-codes and names in English and Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from gazetteer.errors import SchemaError
from gazetteer.place import Record
from gazetteer.sources.readers.admin1 import Provinces
from gazetteer.sources.readers.checked import Columns, Kind, record, unique
from gazetteer.sources.tables.rows import Report, read_rows
from gazetteer.sources.tables.table import Row
from gazetteer.spelling.toponym import Toponym

SOURCE = "OCHA"
LICENCE = "OCHA common operational datasets, CC BY-IGO"

REQUIRED = ("LocationName_en", "Location_Pcode", "Latitude_y", "Longitude_x")
_COLUMNS = Columns(
    longitude="Longitude_x", latitude="Latitude_y", name="LocationName_en", admin1="admin1Pcode", key="Location_Pcode"
)  # fmt: skip
_OPTIONAL = ("LocationName_ar", "admin0Pcode", "admin1Pcode")
_ADMIN_NAMES = tuple(f"admin{level}Name_{language}" for level in (1, 2, 3) for language in ("en", "ar"))

# "Yarmuk (Damascus)", "Deir Hanna / Lattakia", "الصياح_صياح ظاهرية": a qualifier or a second name.
_PARENTHESES = re.compile(r"\([^()]*\)?|/[^/]*/\s*$")
_SEPARATOR = re.compile(r"\s+[-–]\s+|\s*[/\\_]+\s*")


def read_ocha(path: Path, provinces: Provinces, report: Report, country: str = "SY") -> Iterator[Record]:
    """Each populated place of a file.

    Parameters
    ----------
    path
        CSV, XLSX or GeoJSON with the columns of `REQUIRED`.
    provinces
        The provinces that are known.
    report
        Gets the error of each row that cannot be read.
    country
        ISO 3166-1 alpha-2 of rows without `admin0Pcode`.

    Raises
    ------
    SchemaError
        When the file as a whole cannot be read, or lacks a column.
    """
    for position, row in enumerate(unique(read_rows(path, report), "Location_Pcode", report)):
        if position == 0 and (missing := [column for column in REQUIRED if column not in row.cells]):
            raise SchemaError(path, 1, missing[0], f"the column is missing; OCHA's populated places have {', '.join(REQUIRED)}")
        try:
            yield _record(row, provinces, country)
        except SchemaError as error:
            report(error)


def _record(row: Row, provinces: Provinces, country: str) -> Record:
    for column in (*_OPTIONAL, *_ADMIN_NAMES):
        row.cells.setdefault(column, "")
    row.required("Location_Pcode")
    admin_names = {Toponym(row.text(column)).article for column in _ADMIN_NAMES}
    english, arabic = row.text("LocationName_en"), row.text("LocationName_ar")
    if not english:
        # Better a name in one script than none.
        row.cells["LocationName_en"] = arabic
    more = [(arabic, "the Arabic name")]
    more += [(part, "the name without what is added to it") for text in (english, arabic) for part in _parts(text, admin_names)]
    kind = Kind(source=SOURCE, id_prefix="ocha", country=row.text("admin0Pcode") or country)
    return record(row, _COLUMNS, kind, more, provinces)


def _parts(text: str, admin_names: set[str]) -> list[str]:
    first, *others = [part.strip() for part in _SEPARATOR.split(_PARENTHESES.sub(" ", text)) if part.strip()] or [""]
    return [first, *(part for part in others if Toponym(part).article not in admin_names)]
