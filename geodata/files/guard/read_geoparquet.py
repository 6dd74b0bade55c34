"""GeoParquet, and Parquet without geometry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geodata.files.guard.cells import Found, RefusedError
from geodata.files.guard.limits import Limits
from geodata.files.guard.positions import GEOMETRY, crs_of, located, points_of

BATCH_ROWS = 1_000
UNDECLARED_CRS = "OGC:CRS84"
"""What a geometry column without a member `crs` is in. Source: GeoParquet 1.1.0, Column metadata, crs."""


def read(path: Path, limits: Limits) -> Found:
    """Columns of text, numbers, dates or lists of them, and the position of the points in the primary geometry column.

    Raises
    ------
    RefusedError
        It declares too many rows or columns, its geometry is not of points in well-known binary, or its CRS is null or none of EPSG.
    """
    try:
        file = pq.ParquetFile(str(path), memory_map=False, pre_buffer=False, arrow_extensions_enabled=False)
        schema = file.schema_arrow
        if file.metadata.num_rows > limits.rows:
            raise RefusedError(f"has more than {limits.rows:,} rows")
        if len(schema) > limits.columns:
            raise RefusedError(f"has more than {limits.columns:,} columns")
        batches = file.iter_batches(batch_size=BATCH_ROWS, use_threads=False)
        records = [record for batch in batches for record in zip(*map(_values, batch.columns), strict=True)]
    except MemoryError:  # of Arrow, too, where it is an ArrowException as well
        raise
    except (pa.ArrowException, OSError):
        raise RefusedError("is damaged Parquet") from None
    primary = _primary(schema.metadata or {})
    if primary is None:
        return Found(schema.names, enumerate(records, 1))
    geometry, crs = primary
    if geometry not in schema.names:
        raise RefusedError("is damaged GeoParquet, its geometry column is missing")
    at = schema.names.index(geometry)
    names = [name for name in schema.names if name != geometry]
    found = Found(names, ((row, record[:at] + record[at + 1 :]) for row, record in enumerate(records, 1)))
    points, high = points_of([_wkb(record[at], row) for row, record in enumerate(records, 1)])
    if high:
        found.notes.append("Heights were left out.")
    return located(found, points, crs)


def _values(column: pa.Array) -> list[Any]:
    if pa.types.is_timestamp(column.type):  # nanoseconds would come out as values of pandas
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    values: list[Any] = column.to_pylist()
    return values


def _primary(metadata: dict[bytes, bytes]) -> tuple[str, str] | None:
    """Name and CRS of the primary geometry column, None where the file has no geometry."""
    if b"geo" not in metadata:
        return None
    match _json(metadata[b"geo"]):
        case {"primary_column": str(name), "columns": dict(columns)} if isinstance(columns.get(name), dict):
            described: dict[str, Any] = columns[name]
        case _:
            raise RefusedError("is damaged GeoParquet, its metadata say nothing about its geometry")
    if described.get("encoding") != "WKB":
        raise RefusedError("has a geometry that is not well-known binary")
    match described.get("crs", UNDECLARED_CRS):
        case str(crs):
            return name, crs_of(crs)
        case {"id": {"authority": str(authority), "code": (str() | int()) as code}}:
            return name, crs_of(f"{authority}:{code}")
        case None:
            raise RefusedError("names no CRS; save it in EPSG:4326")
        case _:
            raise RefusedError("declares a CRS that is none of EPSG; save it in EPSG:4326")


def _json(text: bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise RefusedError("is damaged GeoParquet, its metadata are no JSON") from None


def _wkb(value: object, row: int) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    raise RefusedError("is damaged", row, GEOMETRY)
