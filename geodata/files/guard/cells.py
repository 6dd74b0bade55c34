"""What the readers of all formats share: one text for every value, and what is refused."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal


class RefusedError(Exception):
    """The file is not read; `problem` is the end of a sentence about `row` and `column`, as far as they are known."""

    def __init__(self, problem: str, row: int | None = None, column: str | None = None) -> None:
        super().__init__(problem)
        self.problem, self.row, self.column = problem, row, column


@dataclass
class Found:
    """What a reader found in a file, not yet looked at: names of columns, and rows as pairs of their number and their values.

    `crs` is the one the file declares, empty where its format declares none. `notes` is complete once the rows have been read.
    """

    columns: Sequence[object]
    rows: Iterable[tuple[int, Sequence[object]]]
    crs: str = ""
    notes: list[str] = field(default_factory=list)


def headed(header: Sequence[object]) -> Sequence[object]:
    """Return the first row of a table, which has to name columns."""
    if not any(map(cell_text, header)):
        raise RefusedError("has no header with names of columns", 1)
    return header


def cell_text(value: object) -> str:
    """Return a value as stripped text: None is empty, dates are ISO 8601, numbers their shortest exact text, lists joined by '|'.

    A timestamp at midnight without a time zone is a date.

    Raises
    ------
    RefusedError
        The value is none that a cell can hold.
    """
    if isinstance(value, str):
        return _clean(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        return _number_text(value)
    if isinstance(value, dt.datetime) and value.tzinfo is None and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return str(value)
    if isinstance(value, list):
        if any(isinstance(part, (list, dict)) for part in value):
            raise RefusedError("holds lists within a list")
        return "|".join(map(cell_text, value))
    raise RefusedError("holds binary data" if isinstance(value, bytes) else "holds a nested value")


def _clean(value: str) -> str:
    if "\0" in value:
        raise RefusedError("holds a NUL character")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise RefusedError("is not UTF-8 text") from None
    return value.strip()


def _number_text(value: float | Decimal) -> str:
    if not math.isfinite(value):
        raise RefusedError("is not a finite number")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return repr(float(value) + 0.0).removesuffix(".0")  # which makes -0.0 a plain 0
