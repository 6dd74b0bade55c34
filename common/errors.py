"""What is wrong with a table, as both packages say it."""

from __future__ import annotations

from pathlib import Path


class TableError(ValueError):
    """A table is not as documented; the message names file, row and column.

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
        super().__init__(f"{', '.join(where)}: {problem.removesuffix('.')}.")
