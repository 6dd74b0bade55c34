"""Figures in words: no finer than they are known, and no change that is smaller than its range."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd

WITHIN = "within its range"
NONE = "none"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day_in_words(day: dt.date) -> str:
    """'1 Nov 2015'; not strftime, whose months follow the server's language."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def figure_in_words(measure: str, value: float) -> str:
    """A figure of one of the measures of `geodata.measures`: places as they are, land and people to two digits."""
    whole = abs(round(value))
    if measure == "places" or whole < 100:
        return f"{value:,.0f}"
    return f"{round(value, 1 - int(math.log10(whole))):,.0f}"


def range_in_words(measure: str, low: float, high: float) -> str:
    """From the least to the greatest value, or the one that there is; '' without bounds."""
    if not math.isfinite(high - low):
        return ""
    least, most = figure_in_words(measure, low), figure_in_words(measure, high)
    return least if least == most else f"{least} to {most}"


def change_in_words(measure: str, change: pd.Series) -> str:
    """A row of `Measures.change`: with its sign and its range, or that it is no larger than that."""
    low, best, high = (float(change[name]) for name in ("low", "best", "high"))
    if low == high == 0:
        return NONE
    if not change["exceeds"]:
        return WITHIN
    sign, (least, most) = "+" if low > 0 else "−", sorted((abs(low), abs(high)))
    span = range_in_words(measure, least, most)
    figure = figure_in_words(measure, abs(best))
    return f"{sign}{figure}" + (f" ({span})" if span != figure else "")
