"""Rows of tables that users bring, whatever their format: CSV, tab-separated, XLSX or GeoJSON."""

from __future__ import annotations

import csv
import io
import json
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

import openpyxl

from gazetteer.errors import SchemaError
from gazetteer.sources.tables.files import LIMITS, Limits, check_file, check_zip, chunks, is_zip, opened, text_lines, whole
from gazetteer.sources.tables.table import Row

Report = Callable[[SchemaError], None]
"""Takes the errors of single rows, which do not keep the other rows from being read."""

# The columns into which the position of a GeoJSON point goes.
LONGITUDE, LATITUDE = "geometry longitude", "geometry latitude"

_MOST_COLUMNS = 256
_GEOJSON_BYTES = 200_000_000
_XLSX_LIMITS = Limits(file_bytes=50_000_000, expanded_bytes=300_000_000)
_DEEPEST_JSON = 64
_MOST_EMPTY_ROWS = 10_000


def read_rows(path: Path, report: Report) -> Iterator[Row]:
    """Each row of a table under its header; of GeoJSON each point, with its properties and its position.

    Parameters
    ----------
    path
        A CSV or tab-separated file in UTF-8 (plain or the only file in a zip archive), an XLSX workbook, of which the
        first sheet is read as far as 10,000 empty rows in succession, or a GeoJSON FeatureCollection or Feature.
    report
        Gets the error of each row that cannot be read.

    Raises
    ------
    SchemaError
        When the file as a whole cannot be read.
    """
    check_file(path)
    if is_zip(path) and path.suffix.lower() in (".xlsx", ".xlsm"):
        return _named(path, _xlsx(path), report)
    with opened(path) as file:
        start = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return _geojson(path, report)
    if start.startswith(b"<"):
        raise SchemaError(path, None, None, "is XML or HTML; expected CSV, XLSX or GeoJSON")
    return _named(path, _csv(path), report)


def _named(path: Path, rows: Iterator[Sequence[str]], report: Report) -> Iterator[Row]:
    header = [name.strip() for name in next(rows, ())]
    if not any(header):
        raise SchemaError(path, 1, None, "has no header")
    if len(header) > _MOST_COLUMNS:
        raise SchemaError(path, 1, None, f"has more than {_MOST_COLUMNS} columns")
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise SchemaError(path, 1, twice[0], "the column is there twice")
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(header) :]):
            report(SchemaError(path, number, None, f"has {len(cells)} cells under {len(header)} columns"))
            continue
        padded = [*cells, *[""] * (len(header) - len(cells))]
        yield Row(path, number, dict(zip(header, padded, strict=False)))


def _csv(path: Path) -> Iterator[list[str]]:
    with opened(path) as file:
        lines = text_lines(path, file)
        first = next(lines, "")
        delimiter = max((",", "\t", ";"), key=first.count)
        try:
            yield from csv.reader(_then(first, lines), delimiter=delimiter, strict=True)
        except csv.Error as error:
            raise SchemaError(path, None, None, f"is not a CSV file: {error}") from error


def _then(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _xlsx(path: Path) -> Iterator[list[str]]:
    check_file(path, _XLSX_LIMITS)
    try:
        with zipfile.ZipFile(path) as archive:
            check_zip(path, archive, _XLSX_LIMITS)
            for member in archive.infolist():
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as file:
                        _check_xml(path, file)
        with warnings.catch_warnings():
            # It warns of styles and extensions that are lost, and none are wanted.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                sheet = book.worksheets[0]
                # What a sheet says of its size may be a lie in either direction.
                sheet.reset_dimensions()
                yield from _until_it_is_empty(sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS))
            finally:
                book.close()
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, TypeError, SyntaxError, NotImplementedError) as error:
        # zipfile raises NotImplementedError for a compression it does not know: the file is wrong, nothing of ours is missing.
        if isinstance(error, SchemaError):
            raise
        raise SchemaError(path, None, None, f"is not an XLSX workbook that can be read: {error}") from error


def _until_it_is_empty(sheet: Iterator[tuple[object, ...]]) -> Iterator[list[str]]:
    # One cell far below the others makes a million rows, as does a column that somebody has coloured.
    empty = 0
    for cells in islice(sheet, LIMITS.rows):
        texts = [_cell_text(cell) for cell in cells]
        empty = 0 if any(texts) else empty + 1
        if empty > _MOST_EMPTY_ROWS:
            return
        yield texts


def _check_xml(path: Path, file: IO[bytes]) -> None:
    # Office writes neither document types nor UTF-16; entities can be declared in document types only.
    before = b""
    for piece in chunks(file):
        if not before and (piece[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in piece[:4]):
            raise SchemaError(path, None, None, "holds XML that is not UTF-8")
        if b"<!DOCTYPE" in before + piece or b"<!ENTITY" in before + piece:
            raise SchemaError(path, None, None, "holds XML with a document type, which is not accepted")
        before = piece[-16:]


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _geojson(path: Path, report: Report) -> Iterator[Row]:
    with opened(path) as file:
        content = whole(path, file, _GEOJSON_BYTES)
    _check_depth(path, content)
    try:
        document = json.load(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SchemaError(path, None, None, f"is not JSON: {error}") from error
    features = document.get("features") if isinstance(document, dict) and document.get("type") == "FeatureCollection" else [document]
    if not isinstance(features, list) or not all(isinstance(one, dict) and one.get("type") == "Feature" for one in features):
        raise SchemaError(path, None, None, "is JSON, but no GeoJSON FeatureCollection or Feature")
    _check_crs(path, document)
    if len(features) > LIMITS.rows:
        raise SchemaError(path, None, None, f"has more than {LIMITS.rows:,} features")
    for number, feature in enumerate(features, start=1):
        try:
            yield _feature_row(path, number, feature)
        except SchemaError as error:
            report(error)


def _check_crs(path: Path, document: dict[str, Any]) -> None:
    # RFC 7946 has no such member; the form before it had, and older tools still write it.
    crs = document.get("crs")
    name = crs.get("properties", {}).get("name", "") if isinstance(crs, dict) and isinstance(crs.get("properties"), dict) else ""
    if crs is not None and not (isinstance(name, str) and name.endswith(("CRS84", "EPSG::4326", "EPSG:4326"))):
        raise SchemaError(path, None, "crs", "is not WGS 84 (CRS84, EPSG:4326)")


def _feature_row(path: Path, number: int, feature: dict[str, Any]) -> Row:
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict) or len(properties) > 100 * _MOST_COLUMNS:
        raise SchemaError(path, number, "properties", "is no object of properties")
    cells = {str(key): _json_text(value) for key, value in properties.items()}
    geometry = feature.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        position = geometry.get("coordinates")
        if not isinstance(position, list) or len(position) < 2:
            raise SchemaError(path, number, "geometry", "the point has no position")
        cells[LONGITUDE], cells[LATITUDE] = _json_text(position[0]), _json_text(position[1])
    else:
        cells[LONGITUDE] = cells[LATITUDE] = ""
    return Row(path, number, cells)


def _json_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(_json_text(part) for part in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _check_depth(path: Path, content: bytes) -> None:
    # Brackets inside texts count as well; no gazetteer has so many of them unclosed.
    depth = 0
    for byte in content.translate(None, delete=_NO_BRACKETS):
        depth += 1 if byte in b"[{" else -1
        if depth > _DEEPEST_JSON:
            raise SchemaError(path, None, None, f"is nested more than {_DEEPEST_JSON} deep")


_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
