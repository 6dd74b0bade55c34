"""Texts that a spreadsheet would run as a formula, kept harmless in CSV and given back unchanged."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How a formula begins, with the apostrophes that may stand before it already. Source of the letters: OWASP, CSV Injection."""
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """Return the text behind an apostrophe if it begins like a formula, or like a text that was put behind apostrophes for that reason."""
    return f"'{text}" if _FORMULA.match(text) else text


def guarded_cell(value: object) -> object:
    """Return a value for a cell of a CSV file: a text as `guarded` has it, any other as it is."""
    return guarded(value) if isinstance(value, str) else value


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text
