"""Rows and typed cells of CSV files; what is wrong is reported by file, row and column."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
    """Each row of a UTF-8 CSV file with a header; blank lines are no rows.

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
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = [name.strip() for name in next(reader, [])]
            for column in columns:
                if (count := header.count(column)) != 1:
                    problem = "is missing" if count == 0 else f"is there {count} times"
                    raise SchemaError(path, 1, column, f"the column {problem}")
            for number, cells in enumerate((row for row in reader if row), start=2):
                if any(cell.strip() for cell in cells[len(header) :]):
                    raise SchemaError(path, number, None, f"has {len(cells)} cells under {len(header)} columns")
                padded = cells + [""] * (len(header) - len(cells))
                yield Row(path, number, dict(zip(header, padded, strict=False)))
    except FileNotFoundError:
        raise SchemaError(path, None, None, "the file does not exist") from None
    except UnicodeDecodeError as error:
        raise SchemaError(path, None, None, f"is not UTF-8 (byte {error.start})") from error
    except csv.Error as error:
        raise SchemaError(path, None, None, f"is not a CSV file: {error}") from error
