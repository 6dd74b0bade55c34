"""GeoPackage, read as the SQLite database it is.

Not with GDAL: SQLite's own authorizer lets us forbid everything but reading stored tables, so no view, trigger, function or extension
of the file ever runs, and no second driver can be talked into opening it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path

from geodata.files.guard.cells import Found, RefusedError
from geodata.files.guard.limits import Limits
from geodata.files.guard.positions import GEOMETRY, crs_of, located, points_of

ABOUT = "about"
"""An attribute table of this name beside the wanted one says where the data come from."""

_READING = (sqlite3.SQLITE_READ, sqlite3.SQLITE_SELECT)
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
"""Size of the envelope by its kind. Source: OGC 12-128r19, GeoPackage, 2.1.3 BLOB Format, as the next."""
_HEADER_BYTES = 8
_SRS_ID = slice(4, 8)
_UNDEFINED = (-1, 0)
"""Ids of "undefined" CRS. Source: the same, Requirement 11."""


def read(path: Path, limits: Limits) -> Found:
    """Columns of the only layer, or where there is none of the only attribute table; the primary key is left out.

    Raises
    ------
    RefusedError
        There is no such layer or there are several, it is a view, it declares no CRS, or a geometry is no point of that CRS.
    """
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        # Text that is not UTF-8 becomes lone surrogates, which are refused with their row and column.
        database.text_factory = lambda content: content.decode("utf-8", "surrogateescape")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.file_bytes)
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA cell_size_check = ON")
        database.set_authorizer(_authorized)
        return _table(database, limits)
    except sqlite3.Error:
        raise RefusedError("is a damaged GeoPackage, or its layer is not a plain table") from None
    finally:
        database.close()


def _authorized(action: int, first: str | None, _second: str | None, _database: str | None, source: str | None) -> int:
    """Allow to read a table and to ask for its columns; deny everything else and whatever a view or a trigger (`source`) asks for."""
    allowed = action in _READING or (action == sqlite3.SQLITE_PRAGMA and first == "table_xinfo")
    return sqlite3.SQLITE_OK if allowed and source is None else sqlite3.SQLITE_DENY


def _table(database: sqlite3.Connection, limits: Limits) -> Found:
    layer = _layer(database)
    geometry, srs_id = _geometry(database, layer)
    described = database.execute(f"PRAGMA table_xinfo({_quoted(layer)})").fetchall()
    if any(hidden for *_, hidden in described):
        raise RefusedError("has a layer with computed columns")
    columns = {name: kind for _, name, kind, _, _, key, _ in described if not (key and kind.upper() == "INTEGER")}
    wanted = ", ".join(map(_quoted, columns))
    stored = database.execute(f"SELECT {wanted} FROM {_quoted(layer)} LIMIT ?", (limits.rows + 1,)).fetchall()  # noqa: S608
    names = [name for name in columns if name != geometry]
    records = [dict(zip(columns, values, strict=True)) for values in stored]
    rows = ((row, [_value(record[name], columns[name]) for name in names]) for row, record in enumerate(records, 1))
    found = Found(names, rows)
    if geometry is None:
        return found
    crs = _crs(database, srs_id)
    points, high = points_of([_wkb(record[geometry], srs_id, row) for row, record in enumerate(records, 1)])
    if high:
        found.notes.append("Heights were left out.")
    return located(found, points, crs)


def _layer(database: sqlite3.Connection) -> str:
    """Name of the table to read."""
    contents = database.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall()
    layers = [str(name) for name, kind in contents if kind == "features"]
    layers = layers or [str(name) for name, kind in contents if kind == "attributes" and name != ABOUT]
    if len(layers) != 1:
        named = ", ".join(f"'{name[:20]}'" for name in layers[:5])
        raise RefusedError(f"has {len(layers)} layers ({named}); save the wanted one alone" if layers else "has no layer of features")
    [layer] = layers
    if database.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name = ?", (layer,)).fetchone() is None:
        raise RefusedError("has a layer that is not a plain table")
    return layer


def _geometry(database: sqlite3.Connection, layer: str) -> tuple[str | None, int]:
    """Name of the geometry column of a table and the id of its CRS, or None and 0."""
    found = database.execute("SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)).fetchall()
    return found[0] if found else (None, 0)


def _crs(database: sqlite3.Connection, srs_id: int) -> str:
    query = "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
    named = database.execute(query, (srs_id,)).fetchone()
    if named is None or srs_id in _UNDEFINED:
        raise RefusedError("names no CRS; save it in EPSG:4326")
    return crs_of(f"{named[0]}:{named[1]}")


def _wkb(blob: object, srs_id: int, row: int) -> bytes | None:
    """Return the well-known binary within a GeoPackage geometry."""
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < _HEADER_BYTES or not blob.startswith(b"GP"):
        raise RefusedError("is damaged", row, GEOMETRY)
    flags = blob[3]
    if int.from_bytes(blob[_SRS_ID], "little" if flags & 1 else "big", signed=True) != srs_id:
        raise RefusedError("has another CRS than its layer", row, GEOMETRY)
    kind = flags >> 1 & 7
    if kind >= len(_ENVELOPE_BYTES):
        raise RefusedError("is damaged", row, GEOMETRY)
    return blob[_HEADER_BYTES + _ENVELOPE_BYTES[kind] :]


def _value(value: object, kind: str) -> object:
    """Return a stored value as the declared type of its column means it: SQLite has neither booleans nor times."""
    match kind.upper(), value:
        case "BOOLEAN", 0 | 1:
            return bool(value)
        case "DATETIME", str():
            with contextlib.suppress(ValueError):
                return dt.datetime.fromisoformat(value)
    return value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
