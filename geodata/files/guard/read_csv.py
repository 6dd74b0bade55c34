"""CSV: UTF-8 text, separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from common.formulas import unguarded
from geodata.files.guard.cells import Found, RefusedError, headed
from geodata.files.guard.limits import Limits

DELIMITERS = (",", ";", "\t")


def read(path: Path, limits: Limits) -> Found:
    """Header and rows of a CSV file. The delimiter is the one that gives the header most cells.

    A row has the number of its first line, the header is row 1; blank rows are left out. The apostrophe that `formulas.guarded` puts
    before a formula is taken off.

    Raises
    ------
    RefusedError
        The file is not UTF-8, holds a NUL character, or a row has another number of cells than the header.
    """
    csv.field_size_limit(limits.file_bytes)  # cells that are too long are found later, with their column
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise RefusedError("is not UTF-8 text", content.count(b"\n", 0, problem.start) + 1) from None
    if "\0" in text:
        raise RefusedError("holds a NUL character", text.count("\n", 0, text.index("\0")) + 1)
    headers = {delimiter: next(_records(text, delimiter), (1, []))[1] for delimiter in DELIMITERS}
    delimiter = max(headers, key=lambda each: len(headers[each]))
    return Found(headed(headers[delimiter]), _rows(text, delimiter, len(headers[delimiter])))


def _rows(text: str, delimiter: str, width: int) -> Iterator[tuple[int, list[str]]]:
    records = _records(text, delimiter)
    next(records, None)
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            raise RefusedError(f"has {len(cells)} cells where the header has {width}", number)
        yield number, cells


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield number of the first line and cells of every record."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            unclosed = "unexpected end" in str(problem)
            raise RefusedError("has a quote that is never closed" if unclosed else "has a quote in the wrong place", number) from None
        if cells is None:
            return
        yield number, [unguarded(cell) for cell in cells]
