"""The errors of `geodata`: one root, each kind also a standard exception."""

from __future__ import annotations

from pathlib import Path


class GeodataError(Exception):
    """Root of everything this package raises on purpose; its message is one sentence a person can act on."""


class SchemaError(GeodataError, ValueError):
    """A table is not as documented.

    Parameters
    ----------
    problem
        What is wrong, as the end of a sentence.
    file
        The table that was read.
    row
        Line number as a text editor counts it: the header is row 1. None where the whole file is meant.
    column
        Column name, or None where the whole row is meant.
    """

    def __init__(self, problem: str, file: Path, row: int | None = None, column: str | None = None) -> None:
        self.problem, self.file, self.row, self.column = problem, file, row, column
        where = [file.name]
        if row is not None:
            where.append(f"row {row}")
        if column is not None:
            where.append(f"column '{column}'")
        super().__init__(f"{', '.join(where)}: {problem}.")


class UnknownNameError(GeodataError, LookupError):
    """A province, party or view that the data do not know was asked for."""


class WrongPeriodError(GeodataError, ValueError):
    """A period that ends before it begins was asked for."""
