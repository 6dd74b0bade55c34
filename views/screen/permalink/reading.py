"""A link is read name by name: a parser for every kind of value, and a sentence for each value that had to be left out.

The browser's `state/permalink.js` has the same parsers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from views.language import N_, _
from views.screen.permalink.schema import CHOICE, DATE, FLAG, LONGEST_TEXT, NUMBER, PERCENT, POSITION, TEXT, Key

_POSITION = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)_(-?\d{1,2}(?:\.\d{1,5})?)_(-?\d{1,3}(?:\.\d{1,5})?)", re.ASCII)

_NO_DATE = {
    "date": N_("The link's date “{text}” is not a date like 2015-11-23, so the map opens on its usual day."),
    "from": N_("The link's first day “{text}” is not a date like 2015-11-23, so no range is shown."),
    "known": N_("The link's day of knowing “{text}” is not a date like 2015-11-23, so everything is taken as known."),
    "to": N_("The link's second date “{text}” is not a date like 2015-11-23, so both sides show one day."),
    "known2": N_("The link's second day of knowing “{text}” is not a date like 2015-11-23, so everything is taken as known."),
}


@dataclass(frozen=True)
class Existing:
    """What a link may name: place_ids, views, ISO 3166-2 codes, claimants and outlets, party_ids, claimant_ids; `span` is inclusive."""

    places: Collection[str]
    views: Collection[str]
    provinces: Collection[str]
    voices: Collection[str]
    parties: Collection[str] = ()
    claimants: Collection[str] = ()
    span: tuple[dt.date, dt.date] = (dt.date.min, dt.date.max)


def read(query: Mapping[str, str], keys: Sequence[Key], exists: Existing) -> tuple[dict[str, str], list[str]]:
    """Return what a query says, each value as a link writes it, and a sentence for every part of it that had to be left out.

    Parameters
    ----------
    query
        Names and values of the URL, from anybody.
    keys
        The names that the page knows.
    """
    said, notes = {}, []
    known = {key.name: key for key in keys}
    for name, text in query.items():
        key = known.get(name)
        if key is None:
            notes.append(_("The link's “{key}” is not known here and was left out.", key=name[:30]))
            continue
        value = _PARSERS[key.kind](text, _allowed(key, exists))
        if value is None:
            notes.append(_left_out(key, text))
            continue
        if key.within:
            value = _moved(value, exists.span, notes)
        if value != key.usual:
            said[name] = value
    return said, notes


def _allowed(key: Key, exists: Existing) -> Collection[str]:
    return getattr(exists, key.of) if key.of else key.among


def _left_out(key: Key, text: str) -> str:
    if key.kind == DATE:
        return _(_NO_DATE[key.name], text=text[:60])
    if key.kind == POSITION:
        return _("The link's map position “{text}” is not zoom_latitude_longitude.", text=text[:60])
    if key.kind == TEXT:
        return _("The link's text “{text}” is not one to filter events by: at most {most} letters.", text=text[:60], most=LONGEST_TEXT)
    return _("The link asks for the {key} “{text}”, which there is not here.", key=key.name, text=text[:60])


def _moved(value: str, span: tuple[dt.date, dt.date], notes: list[str]) -> str:
    """Return the nearest day of the timeline, with a note where that is another."""
    day, (first, last) = dt.date.fromisoformat(value), span
    if not first <= day <= last:
        notes.append(
            _("{day} is outside the timeline, {first} to {last}; the nearest day of it is shown.", day=day, first=first, last=last)
        )
    return min(max(day, first), last).isoformat()


def _date(text: str, _allowed: Collection[str]) -> str | None:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _choice(text: str, allowed: Collection[str]) -> str | None:
    return text if text in allowed else None


def _flag(text: str, _allowed: Collection[str]) -> str | None:
    return text if text == "1" else None


def _position(text: str, _allowed: Collection[str]) -> str | None:
    match = _POSITION.fullmatch(text)
    inside = match and 3 <= float(match[1]) <= 15 and abs(float(match[2])) <= 85 and abs(float(match[3])) <= 180
    return text if inside else None


def _percent(text: str, _allowed: Collection[str]) -> str | None:
    number = text[:9]
    return str(int(number)) if text.isascii() and text.isdecimal() and int(number) <= 100 else None


def _text(text: str, _allowed: Collection[str]) -> str | None:
    return text if text and len(text) <= LONGEST_TEXT and text.isprintable() else None


_PARSERS: dict[str, Callable[[str, Collection[str]], str | None]] = {
    DATE: _date,
    CHOICE: _choice,
    NUMBER: _choice,
    FLAG: _flag,
    POSITION: _position,
    PERCENT: _percent,
    TEXT: _text,
}
"""A value as a link writes it, None where it is none of its kind."""
