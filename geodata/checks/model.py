"""What a check is made of: intervals, our own range, published figures beside it, a verdict with its reason."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum

from geodata.dataset.published import PublishedFigure
from geodata.dataset.quantities import QuantityClaim
from geodata.dataset.vocabulary import Metric
from geodata.sentences import Sentence, message


class Verdict(StrEnum):
    """What a check comes to."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    CANNOT_TELL = "cannot tell"


SUPPORTED, REFUTED, CANNOT_TELL = VERDICTS = tuple(Verdict)

UNITS = {Metric.SHARE_PERCENT: "%", Metric.AREA_KM2: "km²", Metric.DISTANCE_KM: "km"}

_IN_WORDS = {
    "%": (message("at least {low} %"), message("{value} %"), message("{low} to {high} %")),
    "km²": (message("at least {low} km²"), message("{value} km²"), message("{low} to {high} km²")),
    "km": (message("at least {low} km"), message("{value} km"), message("{low} to {high} km")),
}
"""Of every unit: without an upper bound, one figure, two."""

DAYS_BESIDE = 31
"""Published figures are set beside a claim if their day is at most so far from those that the claim is about."""


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both inclusive."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """High less low."""
        return self.high - self.low

    def widened(self, margin: float) -> Interval:
        """Return the interval with a margin on both sides."""
        return Interval(self.low - margin, self.high + margin)

    def within(self, other: Interval) -> bool:
        """Whether all of it lies in the other."""
        return other.low <= self.low and self.high <= other.high

    def meets(self, other: Interval) -> bool:
        """Whether the two have anything in common."""
        return self.low <= other.high and other.low <= self.high

    def in_words(self, unit: str) -> Sentence:
        """In words: '27,000 km²', '45 to 50 %'. Of shares and distances one decimal, of areas none."""
        decimals = 0 if unit == UNITS[Metric.AREA_KM2] else 1
        at_least, one, two = _IN_WORDS[unit]
        low, high = (f"{round(value, decimals):,g}" if abs(value) < 1e5 else f"{value:,.0f}" for value in (self.low, self.high))
        if math.isinf(self.high):
            return Sentence(at_least, low=low)
        return Sentence(one, value=low) if low == high else Sentence(two, low=low, high=high)


@dataclass(frozen=True)
class Ours:
    """Our own range for what a claim is about, in its unit.

    Attributes
    ----------
    range
        All that we hold possible.
    held
        Of land, what the party held in our readings: the least and the most. None for distances.
    coverage
        Of land, the least share of it, on any day that the claim is about, that lies within reach of a place with a known holder. None for
        distances.
    how
        What was measured, in words.
    """

    range: Interval
    held: Interval | None
    coverage: float | None
    how: Sentence


@dataclass(frozen=True)
class Check:
    """A quantity claim with its verdict.

    Attributes
    ----------
    ours
        None where we have no measure for what the claim is about.
    published
        Figures on the same question, nearest day first; those of the claimant itself are among them.
    verdict
        One of `VERDICTS`.
    reason
        One sentence.
    """

    claim: QuantityClaim
    ours: Ours | None
    published: tuple[PublishedFigure, ...]
    verdict: Verdict
    reason: Sentence

    @property
    def claimed(self) -> Interval:
        """What was claimed."""
        return Interval(self.claim.value_low, self.claim.value_high)

    @property
    def unit(self) -> str:
        """Of the claim and of our range."""
        return UNITS[self.claim.metric]


def compared(claimed: Interval, widest: Interval, ours: Interval, narrow: float, unit: str) -> tuple[Verdict, Sentence]:
    """Verdict and reason from two intervals.

    Parameters
    ----------
    widest
        The claim with all that it may be off without being false.
    narrow
        The widest range that can support anything.
    """
    parts = {"claimed": claimed.in_words(unit), "ours": ours.in_words(unit)}
    if not widest.meets(ours):
        return REFUTED, Sentence("{claimed} lies outside our range, {ours}.", **parts)
    if ours.width > narrow:
        return CANNOT_TELL, Sentence("Our range, {ours}, is too wide to support a figure.", ours=parts["ours"])
    if claimed.within(ours) or ours.within(claimed):
        return SUPPORTED, Sentence("{claimed} fits our range, {ours}.", **parts)
    return CANNOT_TELL, Sentence("{claimed} and our range, {ours}, lie too close to tell.", **parts)


def days_apart(claim: QuantityClaim, day: dt.date) -> int:
    """Days from the period that a claim is about to a day; 0 within it."""
    return max((claim.as_of_earliest - day).days, (day - claim.as_of_latest).days, 0)
