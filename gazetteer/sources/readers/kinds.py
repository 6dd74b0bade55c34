"""What kind of gazetteer a file is, told from what is in it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from gazetteer.sources.readers import geonames_dump, ocha
from gazetteer.sources.tables.files import is_zip, opened
from gazetteer.sources.tables.rows import read_rows

KINDS = {
    "geonames": "a dump of GeoNames",
    "ocha": "populated places of OCHA",
    "whosonfirst": "localities of Who's On First",
    "table": "a table with names and positions",
}
"""What each kind is, with its article."""

_WORKBOOKS = (".xlsx", ".xlsm")


def kind_of(path: Path) -> str:
    """Return the kind of a file, one of `KINDS`; what has no marks of a kind is a table.

    A dump of GeoNames has its number of columns, separated by tabs, and begins with a number; OCHA's places have its columns; the keys
    of Who's On First begin with `wof:`, or are in a property `wof:id`.

    Raises
    ------
    SchemaError
        When the file is missing or cannot be read.
    """
    if not path.is_file() or not (is_zip(path) and path.suffix.lower() in _WORKBOOKS):
        with opened(path) as file:
            cells = file.readline(100_000).split(b"\t")
        if len(cells) == len(geonames_dump.COLUMNS) and cells[0].removeprefix(b"\xef\xbb\xbf").isdigit():
            return "geonames"
    for row in islice(read_rows(path, lambda error: None), 1):
        if set(ocha.REQUIRED) <= row.cells.keys():
            return "ocha"
        if "wof:id" in row.cells or row.cells.get("id", "").startswith("wof:"):
            return "whosonfirst"
    return "table"
