"""Flat tables as files for others: CSV, XLSX, GeoJSON, GeoPackage, GeoParquet. `guard.read_rows` reads them all back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from openpyxl.cell import WriteOnlyCell

from common.formulas import guarded
from geodata.errors import SchemaError
from geodata.files.guard.cells import RefusedError, cell_text
from geodata.files.guard.positions import DEGREES

Value = bool | int | float | dt.date | str | None

CRS = "EPSG:4326"
ABOUT = "about"
"""Sheet of a workbook and attribute table of a GeoPackage that tell where the rows come from."""
SOURCE_COLUMNS = ("licence", "sources")
"""What of `about` stands in every row of a CSV file, which has no other place for it."""

XLSX_CELL = 32_767
"""Longest text of a cell, in UTF-16 units. Source: Excel's limits."""
XLSX_DIGITS = 15
"""A spreadsheet rounds a whole number with more digits. Source: the same."""
XLSX_FIRST_DATE = dt.date(1900, 3, 1)
"""Before it spreadsheets disagree by a day: for Excel 1900 was a leap year."""

_TYPES = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), dt.date: pa.date32()}
_NOT_IN_XML = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What a cell of XLSX holds as `_x000D_`, and the underscore of a text that looks so. Source: ECMA-376-1, 22.9.2.19 ST_Xstring."""


@dataclass(frozen=True)
class FlatTable:
    """Rows to write.

    Parameters
    ----------
    name
        Name of the layer, of the sheet, and of the table in messages.
    columns
        Names of the columns, in order.
    rows
        One mapping a row; a column that it lacks is empty. Texts, numbers, booleans, dates and lists of them; None and '' are empty. A row
        needs at least one cell that is not. Positions are degrees in EPSG:4326 in `longitude` and `latitude`, or nowhere.
    about
        `licence`, `sources`, `made_by` and `head` (the head of the ledger that the rows were taken from), as far as known.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, object]]
    about: Mapping[str, str]


def as_csv(table: FlatTable) -> bytes:
    """UTF-8 CSV with licence and sources in every row; a text that begins like a formula stands behind an apostrophe."""
    added = [name for name in SOURCE_COLUMNS if name in table.about and name not in table.columns]
    stream = io.StringIO()
    writer = csv.writer(stream)  # its line ends are CR LF, so that it quotes both
    writer.writerow(map(guarded, (*table.columns, *added)))
    for row in _rows(table):
        cells = [guarded(value) if isinstance(value, str) else cell_text(value) for value in row.values()]
        writer.writerow(cells + [guarded(table.about[name]) for name in added])
    return stream.getvalue().encode()


def as_xlsx(table: FlatTable) -> bytes:
    """Return a workbook with a sheet of the rows and a sheet `about`. Texts are of type text: none is ever a formula."""
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet(re.sub(r"[\\/*?:\[\]]", "_", table.name)[:31])
    cells = [[_xlsx_cell(sheet, name) for name in table.columns]]
    for number, row in enumerate(_rows(table), 1):
        try:
            cells.append([_xlsx_cell(sheet, value) for value in row.values()])
        except RefusedError as problem:
            raise SchemaError(str(problem), Path(table.name), number) from None
    for line in cells:
        sheet.append(line)
    about = workbook.create_sheet(ABOUT)
    for pair in table.about.items():
        about.append([_xlsx_cell(about, value) for value in pair])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def as_geojson(table: FlatTable) -> bytes:
    """Return a FeatureCollection of points (RFC 7946: EPSG:4326, longitude first) with `about` as members beside the features."""
    located = _is_located(table)
    features = []
    for row in _rows(table):
        position = [row[name] for name in DEGREES] if located and row["longitude"] is not None else None
        geometry = position and {"type": "Point", "coordinates": position}
        properties = {name: _json(value) for name, value in row.items() if position is None or name not in DEGREES}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return (json.dumps({"type": "FeatureCollection", **table.about, "features": features}, ensure_ascii=False) + "\n").encode()


def as_gpkg(table: FlatTable) -> bytes:
    """Return a GeoPackage with one layer of points in EPSG:4326 and an attribute table `about`.

    Rows without columns `longitude` and `latitude` become an attribute table.
    """
    lower = {name.lower() for name in table.columns}
    if len(lower) < len(table.columns):
        raise SchemaError("has two columns whose names differ in case only, which GeoPackage takes for one", Path(table.name))
    layer = _arrow(table)
    kind = {"geometry_name": _geometry_name(table), "geometry_type": "Point", "crs": CRS} if _is_located(table) else {}
    own_names = {"FID": _free("fid", lower), "GEOMETRY_NAME": _free("geom", lower)}
    about = pa.table(
        {"name": list(table.about), "value": list(table.about.values())}, pa.schema({"name": pa.string(), "value": pa.string()})
    )
    with tempfile.TemporaryDirectory(prefix="gpkg-") as folder:
        path = Path(folder, "table.gpkg")
        pyogrio.write_arrow(layer, path, layer=table.name, driver="GPKG", layer_options=own_names, **kind)
        pyogrio.write_arrow(about, path, layer=ABOUT, driver="GPKG")
        return path.read_bytes()


def as_geoparquet(table: FlatTable) -> bytes:
    """GeoParquet with points in EPSG:4326 and `about` in the metadata of the file.

    Rows without columns `longitude` and `latitude` become plain Parquet.
    """
    metadata = dict(table.about)
    if _is_located(table):
        geometry = {"encoding": "WKB", "geometry_types": ["Point"], "crs": gpd.GeoSeries(crs=CRS).crs.to_json_dict()}
        name = _geometry_name(table)
        metadata["geo"] = json.dumps({"version": "1.1.0", "primary_column": name, "columns": {name: geometry}})
    stream = io.BytesIO()
    pq.write_table(_arrow(table).replace_schema_metadata(metadata), stream)
    return stream.getvalue()


FORMATS: Mapping[str, Callable[[FlatTable], bytes]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "geojson": as_geojson,
    "gpkg": as_gpkg,
    "geoparquet": as_geoparquet,
}


def _rows(table: FlatTable) -> list[dict[str, Value]]:
    """Rows with a value for every column, positions as numbers.

    Raises
    ------
    SchemaError
        A value is none that every format can hold, or a position is none or half of one.
    """
    rows = []
    for number, given in enumerate(table.rows, 1):
        row = {name: _value(given.get(name), name, table, number) for name in table.columns}
        empty = [name for name in DEGREES if row.get(name, "") is None]
        if len(empty) == 1 and _is_located(table):
            raise SchemaError("is empty where the other half of the position is given", Path(table.name), number, empty[0])
        rows.append(row)
    return rows


def _value(value: object, column: str, table: FlatTable, row: int) -> Value:
    try:
        text = cell_text(value)
        if column in DEGREES and text:
            return float(DEGREES[column](text))
    except (RefusedError, ValueError) as problem:
        raise SchemaError(str(problem), Path(table.name), row, column) from None
    return value if isinstance(value, (bool, int, float)) or type(value) is dt.date else text or None


def _is_located(table: FlatTable) -> bool:
    return set(DEGREES) <= set(table.columns)


def _json(value: Value) -> bool | int | float | str | None:
    return value.isoformat() if isinstance(value, dt.date) else value


def _xlsx_cell(sheet: Any, value: Value) -> WriteOnlyCell:
    if isinstance(value, bool) or (type(value) is dt.date and value >= XLSX_FIRST_DATE):
        return WriteOnlyCell(sheet, value)
    text = cell_text(value)
    number = isinstance(value, float) or (isinstance(value, int) and len(text.lstrip("-")) <= XLSX_DIGITS)
    escaped = text if number else _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if len(escaped.encode("utf-16-le")) > 2 * XLSX_CELL:
        raise RefusedError(f"has a text longer than the {XLSX_CELL:,} characters that a cell of XLSX holds")
    cell = WriteOnlyCell(sheet, escaped or None)
    if escaped:
        # Said of our own accord: openpyxl would guess formulas and errors from the text, and round a float to 16 digits.
        cell.data_type = "n" if number else "s"
    return cell


def _arrow(table: FlatTable) -> pa.Table:
    """Return the rows with a column of points in place of longitude and latitude; a column of one type keeps it, any other is of text."""
    rows = _rows(table)
    located = _is_located(table)
    columns = {name: _column([row[name] for row in rows]) for name in table.columns if not (located and name in DEGREES)}
    if located:
        positions = [[row[name] for name in DEGREES] for row in rows]
        points = [None if None in position else shapely.to_wkb(shapely.Point(position)) for position in positions]
        columns[_geometry_name(table)] = pa.array(points, pa.binary())
    return pa.table(columns)


def _column(values: list[Value]) -> pa.Array:
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) == 1 and (kind := _TYPES.get(kinds.pop())):
        try:
            return pa.array(values, kind)
        except OverflowError:  # a whole number beyond 64 bits
            pass
    return pa.array([None if value is None else cell_text(value) for value in values], pa.string())


def _geometry_name(table: FlatTable) -> str:
    return _free("geometry", set(table.columns))


def _free(name: str, taken: set[str]) -> str:
    """Return the name, or with underscores behind it one that no column has."""
    return name if name not in taken else _free(f"{name}_", taken)
