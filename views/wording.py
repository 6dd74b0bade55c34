"""Figures in words, no finer than they are known, and viewpoints."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd

from geodata.control.viewpoint import Voice
from geodata.dataset.claims import Dataset
from views.language import N_, _, left_to_right, name_of, number, short_date

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


def voice_name(dataset: Dataset, voice: Voice) -> str:
    """Return what a voice is called: outlets have no other name than the one that they print."""
    claimant = dataset.claimants.get(voice.who)
    return name_of(claimant) if claimant else voice.name


def viewpoint_in_words(voice: str, known_on: dt.date | None) -> str:
    """Return what a picture must say of a viewpoint that leaves claims out, '' where all count; `voice` is the name of one, or ''."""
    if voice and known_on:
        return _("According to {voice}, as known on {day}", voice=voice, day=known_on)
    if voice:
        return _("According to {voice}", voice=voice)
    return _("As known on {day}", day=known_on) if known_on else ""
