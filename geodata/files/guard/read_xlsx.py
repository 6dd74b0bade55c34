"""XLSX: the first sheet of a workbook, values only."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import SHEET_MAIN_NS

from geodata.files.guard.cells import Found, RefusedError, headed
from geodata.files.guard.limits import Limits

ABOUT = "about"
"""A sheet of this name says where the data come from."""

LAST_ROW = 1_048_576
"""Source: ECMA-376-1, Excel's limits."""
SMALL_BYTES = 1_000_000
"""A part up to this size may be packed as tightly as it likes."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character that XML cannot hold. Source: ECMA-376-1, 22.9.2.19 ST_Xstring."""


def read(path: Path, limits: Limits) -> Found:
    """Rows of the first visible sheet with their numbers in the sheet; row 1 is the header, blank rows are left out.

    Formulas are not computed: the value that was kept with one counts. Links to other files are not followed.

    Raises
    ------
    RefusedError
        The container is larger than it seems, holds macros, or its XML declares a document type.
    """
    with zipfile.ZipFile(path) as archive:
        _check_container(archive, path.stat().st_size, limits)
        valueless = sum(_check_xml(archive, part) for part in archive.infolist())
    workbook = openpyxl.load_workbook(path.open("rb"), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible" and sheet.title != ABOUT]
    if not sheets:
        raise RefusedError("has no visible sheet")
    notes = []
    if len(sheets) > 1:
        notes.append(f"Only the first of {len(sheets)} sheets was read, '{sheets[0].title}'.")
    if valueless:
        notes.append(f"Formulas without a kept value count as empty cells: {valueless:,} in the workbook.")
    sheets[0].reset_dimensions()  # what the file says about its size may be wrong
    rows = enumerate(sheets[0].iter_rows(values_only=True), 1)
    header = _trimmed(next(rows, (1, ()))[1])
    return Found(headed(header), _rows(rows, len(header)), notes=notes)


def _rows(rows: Iterator[tuple[int, tuple[object, ...]]], width: int) -> Iterator[tuple[int, list[object]]]:
    for number, values in rows:
        if number > LAST_ROW:
            raise RefusedError(f"has rows after the last one of a sheet, {LAST_ROW:,}")
        cells = _trimmed(values)
        if len(cells) > width:
            raise RefusedError(f"has a cell right of the last column of the header, in column {get_column_letter(len(cells))}", number)
        if cells:
            yield number, cells + [None] * (width - len(cells))


def _trimmed(values: tuple[object, ...]) -> list[object]:
    """Return the cells of a row up to the last one that is not empty."""
    cells = [_unescaped(value) if isinstance(value, str) else value for value in values]
    while cells and (cells[-1] is None or cells[-1] == ""):
        cells.pop()
    return cells


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _check_container(archive: zipfile.ZipFile, size: int, limits: Limits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.members:
        raise RefusedError(f"has more than {limits.members:,} parts")
    if len({part.filename for part in parts}) < len(parts) or sum(part.compress_size for part in parts) > size:
        raise RefusedError("has parts that overlap")  # as a bomb has that tells the same bytes many times
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise RefusedError("is encrypted")
    if any(part.compress_type not in _METHODS for part in parts):
        raise RefusedError("is packed in a way that is not usual")
    if sum(part.file_size for part in parts) > limits.expanded_bytes:
        raise RefusedError(f"expands to more than {limits.expanded_bytes / 1e6:g} MB")
    if any(part.file_size > max(SMALL_BYTES, limits.ratio * part.compress_size) for part in parts):
        raise RefusedError(f"has a part that expands more than {limits.ratio}-fold")
    if any("vbaproject" in part.filename.lower() for part in parts) or b"macroenabled" in archive.read("[Content_Types].xml").lower():
        raise RefusedError("holds macros")


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Return number of formulas without a kept value in a part of the workbook.

    Raises
    ------
    RefusedError
        The part declares a document type, with which entities come, or has rows out of order.
    """
    scan = _Scan()
    try:
        with archive.open(part) as stream:
            scan.parser.ParseFile(stream)
    except expat.ExpatError:
        if part.filename.lower().endswith((".xml", ".rels")):
            raise
        # A picture, perhaps. What expat cannot read here, openpyxl cannot read with it either.
    return scan.valueless


class _Scan:
    """One pass over the XML of a part, before openpyxl sees it."""

    def __init__(self) -> None:
        self.valueless = 0
        self._row = 0
        self._kind: str | None = None
        self._formula = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._root

    def _doctype(self, *_: object) -> None:
        raise RefusedError("declares a document type in its XML")

    def _root(self, tag: str, _: dict[str, str]) -> None:
        # Charts and links to other files have rows, formulas and values of their own.
        self.parser.StartElementHandler = self._start if tag == f"{SHEET_MAIN_NS} worksheet" else None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        match name if namespace == SHEET_MAIN_NS else "":
            case "row":
                row = int(attributes.get("r", self._row + 1))
                if row <= self._row:
                    raise RefusedError("has rows out of order")  # openpyxl would leave them out
                self._row = row
            case "c":
                self._kind, self._formula = attributes.get("t"), False
                self.parser.CharacterDataHandler = None
            case "f" if self._kind != "str":  # of a text an empty value is one, too
                self.valueless += 1
                self._formula = True
            case "v" if self._formula:
                self.parser.CharacterDataHandler = self._value

    def _value(self, _: str) -> None:
        self.valueless -= 1
        self._formula = False
        self.parser.CharacterDataHandler = None
