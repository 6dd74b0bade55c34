"""Months, quarters and years: the steps in which a time is told by small pictures."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.errors import UnknownNameError, WrongPeriodError

MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""Months in each kind of period."""


@dataclass(frozen=True)
class Period:
    """A month, quarter or year of the calendar, from its first to its last day, both inclusive."""

    first: dt.date
    last: dt.date


def periods(first: dt.date, last: dt.date, by: str) -> list[Period]:
    """Return the months, quarters or years that share a day with a time, in order.

    Parameters
    ----------
    first, last
        Both inclusive.
    by
        A key of `MONTHS`.

    Raises
    ------
    UnknownNameError
        There is no such kind of period.
    WrongPeriodError
        `last` is before `first`.
    """
    if last < first:
        raise WrongPeriodError(f"{last} is before {first}.")
    length = _length(by)
    return [
        Period(_day(step, length), _day(step + 1, length) - dt.timedelta(days=1))
        for step in range(_step(first, length), _step(last, length) + 1)
    ]


def busiest(days: Sequence[dt.date], by: str, most: int, least: int = 2) -> tuple[dt.date, dt.date] | None:
    """Return the time in which most happened that at most so many periods show.

    Parameters
    ----------
    days
        On which something happened, in any order, each as often as something did.
    by
        A key of `MONTHS`.
    most, least
        Numbers of periods, both at least 2.

    Returns
    -------
    tuple of datetime.date or None
        First and last day, of whole periods. The first period shows what was before: it holds none of the days if everything fits. Else it
        is the earliest of the times with most of the days. None without any day.
    """
    length = _length(by)
    steps = sorted(_step(day, length) for day in days)
    if not steps:
        return None
    if steps[-1] - steps[0] < most - 1:
        start, end = min(steps[0] - 1, steps[-1] - least + 1), steps[-1]
    else:
        # The best time begins one period before some day, as the first picture shows what was before.
        starts = sorted({step - 1 for step in steps})
        counts = [bisect_right(steps, start + most - 1) - bisect_left(steps, start) for start in starts]
        start = starts[counts.index(max(counts))]
        end = start + most - 1
    return _day(start, length), _day(end + 1, length) - dt.timedelta(days=1)


def _length(by: str) -> int:
    if by not in MONTHS:
        raise UnknownNameError(f"'{by}' is not a period; there are {', '.join(MONTHS)}.")
    return MONTHS[by]


def _step(day: dt.date, length: int) -> int:
    """Return number of the period that a day lies in."""
    return (12 * day.year + day.month - 1) // length


def _day(step: int, length: int) -> dt.date:
    """First day of a period."""
    year, month = divmod(step * length, 12)
    return dt.date(year, month + 1, 1)
