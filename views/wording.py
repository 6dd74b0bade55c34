"""Figures in words: no finer than they are known, and no change that is smaller than its range."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd

from views.language import N_, _, left_to_right, number, short_date

WITHIN = N_("within its range")
NONE = N_("none")


def day_in_words(day: dt.date) -> str:
    """'1 Nov 2015'."""
    return short_date(day)


def figure_in_words(measure: str, value: float) -> str:
    """Return a figure of one of the measures of `geodata.land.measures`: places as they are, land and people to two digits."""
    whole = abs(round(value))
    if measure == "places" or whole < 100:
        return number(value)
    return number(round(value, 1 - int(math.log10(whole))))


def range_in_words(measure: str, low: float, high: float) -> str:
    """From the least to the greatest value, or the one that there is; '' without bounds."""
    if not math.isfinite(high - low):
        return ""
    least, most = figure_in_words(measure, low), figure_in_words(measure, high)
    return least if least == most else _("{least} to {most}", least=least, most=most)


def change_in_words(measure: str, change: pd.Series) -> str:
    """Return a row of `Measures.change`: with its sign and its range, or that it is no larger than that."""
    low, best, high = (float(change[name]) for name in ("low", "best", "high"))
    if low == high == 0:
        return _(NONE)
    if not change["exceeds"]:
        return _(WITHIN)
    sign, (least, most) = "+" if low > 0 else "−", sorted((abs(low), abs(high)))
    span = range_in_words(measure, least, most)
    figure = figure_in_words(measure, abs(best))
    signed = left_to_right(f"{sign}{figure}")
    return f"{signed} ({span})" if span != figure else signed
