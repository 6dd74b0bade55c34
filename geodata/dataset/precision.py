"""The date precision of UCDP: how wide a window of days is."""

from __future__ import annotations

LONGEST_DAYS = {1: 1, 2: 6, 3: 7, 4: 32}
"""Longest window of a date precision, in days, both ends inclusive; 5 is longer. A month counted from one day to the same day is 32."""


def date_precision(days: int) -> int:
    """Return the date precision of a window of so many days, both ends inclusive."""
    return next((precision for precision, longest in LONGEST_DAYS.items() if days <= longest), 5)
