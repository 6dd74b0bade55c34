"""How a table of the dataset is read: each cell parsed, each problem named by file, row and column."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from common.table import read_csv
from geodata.errors import SchemaError

FEW = 12
"""A vocabulary up to this size is told whole in a message; of a larger one only what comes near."""

Parser = Callable[[str], Any]


@dataclass(frozen=True)
class Row:
    """One row of a table: its parsed cells and where it stands."""

    file: Path
    number: int
    cells: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    def error(self, problem: str, column: str | None = None) -> SchemaError:
        """Return an error that names this row."""
        return SchemaError(problem, self.file, self.number, column)


def read_table(path: Path, columns: Mapping[str, Parser], absent: Collection[str] = ()) -> Iterator[Row]:
    """Rows of a CSV file, in the order of the file.

    Parameters
    ----------
    path
        UTF-8 CSV with a header row; a byte order mark is tolerated. Columns not asked for are ignored.
    columns
        Column name to a parser that takes the stripped cell and raises ValueError with the end of a sentence.
    absent
        Columns that the file may lack; their cells are then read as empty.

    Raises
    ------
    SchemaError
        The file is missing, is not UTF-8, lacks a column, or has a cell that its parser refuses.
    """
    for number, cells in read_csv(path, columns, absent, error=SchemaError):
        yield parsed(path, number, cells, columns)


def parsed(file: Path, number: int, cells: Mapping[str, str], columns: Mapping[str, Parser]) -> Row:
    """One row from its raw cells; a cell that is missing is read as empty.

    Raises
    ------
    SchemaError
        A parser refuses its cell; the message names file, row and column.
    """
    values: dict[str, Any] = {}
    for name, parse in columns.items():
        try:
            values[name] = parse(cells.get(name, "").strip())
        except ValueError as problem:
            raise SchemaError(str(problem), file, number, name) from None
    return Row(file, number, values)


def unique(rows: Iterable[Row], column: str) -> Iterator[Row]:
    """Yield the same rows, as long as no key in `column` comes twice.

    Raises
    ------
    SchemaError
        A key stands in an earlier row too.
    """
    seen: set[str] = set()
    for row in rows:
        if row[column] in seen:
            raise row.error(f"'{row[column]}' stands in an earlier row too", column)
        seen.add(row[column])
        yield row


def text(cell: str) -> str:
    """Return the cell as it is; empty means not known."""
    return cell


def required(cell: str) -> str:
    """Return a cell that may not be empty."""
    if not cell:
        raise ValueError("may not be empty")
    return cell


def key(cell: str) -> str:
    """Return a cell that names its row: not empty, and without the `|` that separates keys in a list."""
    if "|" in cell:
        raise ValueError(f"'{cell}' holds '|', which separates keys in a list")
    return required(cell)


def iso_date(cell: str) -> dt.date:
    """Return an ISO 8601 calendar date, `YYYY-MM-DD`."""
    try:
        day = dt.date.fromisoformat(cell)
        if day.isoformat() != cell:  # 20151123 and 2015-W48-1 are ISO 8601 too
            raise ValueError
        return day
    except ValueError:
        raise ValueError(f"'{cell}' is not a date of the form YYYY-MM-DD") from None


def web_address(cell: str) -> str:
    """Return an http or https address, or nothing."""
    # A cell becomes a link on the page: a script: or data: address must never get that far.
    if cell and not cell.startswith(("https://", "http://")):
        raise ValueError(f"'{cell}' is not an http or https address")
    return cell


def number(low: float, high: float) -> Parser:
    """Return a finite number within `low` and `high`, both inclusive."""

    def parse(cell: str) -> float:
        try:
            value = float(cell)
        except ValueError:
            raise ValueError(f"'{cell}' is not a number") from None
        if not math.isfinite(value) or not low <= value <= high:
            raise ValueError(f"{cell} is not between {low:g} and {high:g}")
        return value

    return parse


def one_of(allowed: Collection[str], what: str) -> Parser:
    """Return a word of a vocabulary; `what` names the vocabulary in the message."""

    def parse(cell: str) -> str:
        if cell not in allowed:
            near = sorted(allowed) if len(allowed) <= FEW else get_close_matches(cell, sorted(allowed))
            raise ValueError(f"'{cell}' is not a known {what}" + (f"; known are {', '.join(near)}" if near else ""))
        return cell

    return parse


def word_of(vocabulary: type[StrEnum], what: str) -> Parser:
    """Return a word of an enumeration; `what` names it in the message."""
    known = one_of([word.value for word in vocabulary], what)
    return lambda cell: vocabulary(known(cell))


def optional(parse: Parser) -> Parser:
    """Return an empty cell gives None, any other goes to `parse`."""
    return lambda cell: parse(cell) if cell else None


def whole(low: int, high: int) -> Parser:
    """Return a whole number within `low` and `high`, both inclusive."""

    def parse(cell: str) -> int:
        if not cell.isdecimal() or not low <= int(cell) <= high:
            raise ValueError(f"'{cell}' is not a whole number from {low} to {high}")
        return int(cell)

    return parse


def listed(cell: str) -> tuple[str, ...]:
    """Parts separated by `|`, without empty ones."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
