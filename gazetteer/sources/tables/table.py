"""Rows and typed cells of CSV files; what is wrong is reported by file, row and column."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from common.table import read_csv
from gazetteer.errors import SchemaError


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; cells are stripped of surrounding white space.

    Attributes
    ----------
    path
        The file.
    number
        Counted as a spreadsheet shows it, the header being row 1.
    cells
        Cell by column.
    """

    path: Path
    number: int
    cells: dict[str, str]

    def problem(self, column: str, problem: str) -> SchemaError:
        """Return an error that names this row and the column."""
        return SchemaError(self.path, self.number, column, problem)

    def text(self, column: str) -> str:
        """Return the cell; empty where it is."""
        return self.cells[column].strip()

    def required(self, column: str) -> str:
        """Return the cell, which may not be empty."""
        if not (value := self.text(column)):
            raise self.problem(column, "is empty")
        return value

    def listed(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell between `|`, without empty ones."""
        return tuple(part.strip() for part in self.cells[column].split("|") if part.strip())

    def number_between(self, column: str, low: float, high: float) -> float:
        """Return the cell as a number within the bounds, both inclusive."""
        value = self.required(column)
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not low <= number <= high:  # false for NaN as well
            raise self.problem(column, f"{value!r} is not a number between {low:g} and {high:g}")
        return number

    def whole_number(self, column: str) -> int | None:
        """Return the cell as a whole number; None where it is empty."""
        value = self.text(column)
        if not value:
            return None
        if not (value.isascii() and value.isdigit()):
            raise self.problem(column, f"{value!r} is not a whole number")
        return int(value)


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Each row of a UTF-8 CSV file with a header; blank lines are left out, but counted.

    Parameters
    ----------
    path
        The file; a byte order mark is accepted.
    columns
        Columns that the file must have, once each; it may have others.

    Raises
    ------
    SchemaError
        When the file is missing or is no such table.
    """
    for number, cells in read_csv(path, columns, ragged=True, error=_wrong):
        yield Row(path, number, cells)


def _wrong(problem: str, path: Path, row: int | None, column: str | None) -> SchemaError:
    return SchemaError(path, row, column, problem)
