"""The checks that hold for every format, and the lines that the reading process writes."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

from geodata.files.guard.cells import Found, RefusedError, cell_text
from geodata.files.guard.limits import Limits
from geodata.files.guard.positions import DEGREES

Line = list[object] | dict[str, object]


def lines(path: Path, form: str, limits: Limits) -> Iterator[Line]:
    """Yield what `child` writes about the file at `path`, which is of format `form`."""
    try:
        found: Found = importlib.import_module(f"geodata.files.guard.read_{form}").read(path, limits)
        yield from _checked(found, limits)
    except RefusedError as refusal:
        yield _refusal(refusal.problem, refusal.row, refusal.column)
    except MemoryError:
        yield _refusal("takes too much memory to read")
    except RecursionError:
        yield _refusal("is nested too deeply")
    except Exception:  # noqa: BLE001  # a library that stumbles over a hostile file may raise anything
        yield _refusal("is damaged or not what its name says")


def _refusal(problem: str, row: int | None = None, column: str | None = None) -> Line:
    return {"refused": problem, "row": row, "column": column}


def _checked(found: Found, limits: Limits) -> Iterator[Line]:
    names = _names(found, limits)
    yield {"columns": [name for name in names if name], "crs": found.crs}
    total = 0
    for count, (row, values) in enumerate(found.rows, 1):
        if count > limits.rows:
            raise RefusedError(f"has more than {limits.rows:,} rows")
        if count * len(names) > limits.cells:
            raise RefusedError(f"has more than {limits.cells:,} cells")
        cells = {}
        for name, value in zip(names, values, strict=True):
            try:
                cells[name] = cell = cell_text(value)
                if len(cell) > limits.cell_characters:
                    raise RefusedError(f"is longer than {limits.cell_characters:,} characters")
                if cell and not name:
                    raise RefusedError("has a cell in a column without a name")
            except RefusedError as refusal:
                raise RefusedError(refusal.problem, row, name or None) from None
            total += len(cell.encode())
        if total > limits.result_bytes:
            raise RefusedError(f"holds more than {limits.result_bytes:,} bytes of text")
        _check_position(cells, row)
        cells.pop("", None)
        yield [row, *cells.values()]
    yield {"notes": found.notes}


def _names(found: Found, limits: Limits) -> list[str]:
    """Names of the columns; empty ones are allowed as long as no row has a cell there."""
    if len(found.columns) > limits.columns:
        raise RefusedError(f"has more than {limits.columns:,} columns")
    names: list[str] = []
    for value in found.columns:
        name = cell_text(value)
        if len(name) > limits.cell_characters:
            raise RefusedError("has a column name that is too long")
        if name and name in names:
            raise RefusedError("stands twice in the header", column=name)
        names.append(name)
    return names


def _check_position(cells: dict[str, str], row: int) -> None:
    for name, parse in DEGREES.items():
        if cell := cells.get(name):
            try:
                parse(cell)
            except ValueError as problem:
                raise RefusedError(str(problem), row, name) from None
    empty = [name for name in DEGREES if not cells.get(name)]
    if len(empty) == 1 and set(DEGREES) <= set(cells):
        raise RefusedError("is empty where the other half of the position is given", row, empty[0])
