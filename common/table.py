"""Rows of a CSV file, each with the number of its line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from common.errors import TableError


def read_csv(
    path: Path,
    columns: Collection[str],
    absent: Collection[str] = (),
    *,
    ragged: bool = False,
    error: Callable[[str, Path, int | None, str | None], TableError] = TableError,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield number and cells by column of every row, in the order of the file.

    Parameters
    ----------
    path
        UTF-8 CSV with a header row; a byte order mark is tolerated.
    columns
        Columns that the file must have once. It may have others.
    absent
        Those of them that it may lack.
    ragged
        Whether quotes may stand anywhere, and rows may end early or have empty cells beyond the header, as in lists made by hand. A row of
        empty cells is then a row; else it is left out, as a blank line is always.
    error
        Makes the error that is raised, from problem, file, row and column.

    Raises
    ------
    TableError
        The file is missing, is not UTF-8, lacks a column, or has a row of another length.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            records = _records(stream, strict=not ragged)
            header = [name.strip() for name in next(records, (1, []))[1]]
            for name in columns:
                if name not in header and name not in absent:
                    raise error("this column is missing", path, 1, name)
                if header.count(name) > 1:
                    raise error("this column is there twice", path, 1, name)
            for number, cells in records:
                if not cells or not (ragged or any(cell.strip() for cell in cells)):
                    continue
                if len(cells) != len(header) and (not ragged or any(cell.strip() for cell in cells[len(header) :])):
                    raise error(f"has {len(cells)} cells where the header has {len(header)}", path, number, None)
                yield number, dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=False))
    except FileNotFoundError:
        raise error("there is no such file", path, None, None) from None
    except UnicodeDecodeError:
        raise error("is not UTF-8 text", path, None, None) from None
    except csv.Error as problem:
        raise error(f"is not readable as CSV ({problem})", path, None, None) from None


def _records(stream: Iterable[str], *, strict: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield number of the first line and cells of every record."""
    reader = csv.reader(stream, strict=strict)
    while True:
        number = reader.line_num + 1
        cells = next(reader, None)
        if cells is None:
            return
        yield number, cells
