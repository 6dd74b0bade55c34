"""Which kind of file it is: its ending and its first bytes have to agree on one that we read."""

from __future__ import annotations

import codecs
from pathlib import PurePath

from geodata.files.guard.cells import RefusedError

ENDINGS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".parquet": "geoparquet",
    ".geoparquet": "geoparquet",
}
"""Ending of a file name, in lower case, to the format; nothing else is read."""

HEAD_BYTES = 1024
"""So many first bytes tell the kind."""

_SQLITE = b"SQLite format 3\0"
_APPLICATION_ID = slice(68, 72)
"""Where SQLite keeps the id of the application. Source: SQLite, Database File Format, 1.3."""
_GEOPACKAGE = (b"GPKG", b"GP10", b"GP11")
"""Source: OGC 12-128r19, GeoPackage, Requirement 2, and its versions 1.0 and 1.1."""

_MAGIC = {
    b"PK\x03\x04": "a zip archive",
    b"PK\x05\x06": "a zip archive",
    _SQLITE: "an SQLite database",
    b"PAR1": "Parquet",
    b"%PDF-": "PDF",
    b"\x1f\x8b": "gzip",
    b"\xd0\xcf\x11\xe0": "an old or encrypted Office file",
    b"\x80": "a pickle or another binary file",
    b"<": "XML or HTML",
    b"{": "JSON",
    b"[": "JSON",
}


def format_of(name: str, head: bytes) -> str:
    """Return the format, one of the values of `ENDINGS`, of a file called `name` that begins with the bytes `head`.

    Raises
    ------
    RefusedError
        The ending is none that we read, or the content is of another kind.
    """
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        raise RefusedError(f"files of this kind are not read; known are {', '.join(ENDINGS)}")
    form, found = ENDINGS[ending], _looks_like(head)
    if found not in {"csv": ("",), "xlsx": ("a zip archive",), "geojson": ("JSON",), "geoparquet": ("Parquet",)}.get(form, (form,)):
        raise RefusedError(f"is named {ending} but looks like {found or 'something else'}")
    return form


def _looks_like(head: bytes) -> str:
    if head.startswith(_SQLITE) and head[_APPLICATION_ID] in _GEOPACKAGE:
        return "gpkg"
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return next((kind for magic, kind in _MAGIC.items() if start.startswith(magic)), "")
