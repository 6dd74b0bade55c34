"""The language of what is shown: messages from the catalogue, and numbers, dates and names as the language writes them.

The keys of the catalogue are the English texts. In English nothing is looked up, and Babel is not imported.
"""

from __future__ import annotations

import datetime as dt
import gettext
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.sentences import Named, Names, Sentence, Series

if TYPE_CHECKING:
    import pandas as pd
    from babel.messages.catalog import Catalog, Message

ENGLISH, ARABIC = "en", "ar"

_READ_BY_BROWSER = ("geodata/adjudication/adjudicate.py", "geodata/adjudication/conditions.py", "views/payload/payload.py")
"""Modules in Python whose messages the browser says: they come with the data."""

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_LEFT_TO_RIGHT, _OWN_DIRECTION, _END = "\u2066", "\u2068", "\u2069"
"""Unicode's isolates: what stands between them keeps its own order in a line that runs from right to left."""

_NEUTRAL = re.compile(r"[\d.,/]*|[\u0600-\u06FF][\u0600-\u06FF\s\d]*")
"""Values that are read alike wherever they stand in an Arabic line."""


@dataclass(frozen=True)
class Language:
    """`code` as in the address, `name` as its speakers write it, `direction` ltr or rtl, `locale` of its numbers and dates in the CLDR."""

    code: str
    name: str
    direction: str
    locale: str


LANGUAGES = {
    ENGLISH: Language(ENGLISH, "English", "ltr", "en"),
    # Months as they are called in Syria, Lebanon, Jordan, Palestine and Iraq.
    ARABIC: Language(ARABIC, "العربية", "rtl", "ar_SY"),
}


_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)
_asked: list[Callable[[], str]] = []


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Everything inside is said in this language; '' is English."""
    token = _spoken.set(code or ENGLISH)
    try:
        yield
    finally:
        _spoken.reset(token)


def ask(source: Callable[[], str]) -> None:
    """Outside `speaking`, let this function say which language it is; the last one counts."""
    _asked[:] = [source]


def language() -> Language:
    """Return the language that is spoken now."""
    code = _spoken.get()
    if code is None and _asked:
        code = _asked[0]()
    return LANGUAGES.get(code or ENGLISH, LANGUAGES[ENGLISH])


def _(message: str, **values: object) -> str:
    """Return a message in the present language, with values in the place of its {names}."""
    text = _translations(language().code).gettext(message)
    return _filled(text, values) if values else text


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """Return the form of a message that fits the number `n`, with values in the place of its {names}; {n} is the number."""
    text = _translations(language().code).ngettext(one, many, n)
    return _filled(text, {"n": number(n), **values})


def _filled(text: str, values: Mapping[str, object]) -> str:
    if language().direction == "ltr":
        return text.format(**values)
    return text.format(**{name: _isolated(str(value)) for name, value in values.items()})


def _isolated(value: str) -> str:
    """Return a value of a message, whose own direction does not touch what stands around it."""
    return value if _NEUTRAL.fullmatch(value) else f"{_OWN_DIRECTION}{value}{_END}"


def said(text: str) -> str:
    """Return a sentence of the cores in the present language; a text that does not tell how it is made stays English."""
    if not isinstance(text, Sentence) or language().code == ENGLISH:
        return text
    parts = {name: _said_part(part) for name, part in text.parts.items()}
    return ngettext(text.message, text.many, text.n, **parts) if text.many else _(text.message, **parts)


def _said_part(part: object) -> object:
    if isinstance(part, Names):
        named = [thing if isinstance(thing, str) else name_of(thing) for thing in part.named]
        return listed([said(name) for name in named] + ([ngettext("{n} other", "{n} others", part.others)] if part.others else []))
    if isinstance(part, Series):
        return _(part.between).join(said(sentence) for sentence in part.sentences)
    return said(part) if isinstance(part, str) else part


def listed(words: Sequence[str]) -> str:
    """Return 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return _("{words} and {last}", words=_(", ").join(words[:-1]), last=words[-1])


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's users know
    """Return the message as it is, noted for the catalogue; whoever shows it hands it to `_`."""
    return message


def number(value: float, decimals: int = 0) -> str:
    """Return a number with groups of thousands, in Latin digits."""
    spoken = language()
    if spoken.code == ENGLISH:
        return f"{value:,.{decimals}f}"
    from babel.numbers import format_decimal  # takes a fifth of a second, which English need not wait for

    return format_decimal(round(value, decimals), "#,##0." + "0" * decimals, locale=spoken.locale, numbering_system="latn")


def short_date(day: dt.date) -> str:
    """Return a date for narrow places: '1 Nov 2015', '1/11/2015'."""
    if language().code == ENGLISH:  # not strftime, whose months follow the server's language
        return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"
    return f"{day.day}/{day.month}/{day.year}"


def long_date(day: dt.date) -> str:
    """Return a date in full: '1 November 2015'."""
    return f"{day.day} {long_month(day)}"


def long_month(day: dt.date) -> str:
    """Return the month of a date in full: 'November 2015'."""
    return f"{month_name(day)} {day.year}"


def month_name(day: dt.date) -> str:
    """Return the month of a date by its name alone: 'November'."""
    spoken = language()
    if spoken.code == ENGLISH:
        return _MONTHS[day.month - 1]
    from babel.dates import get_month_names

    return str(get_month_names("wide", locale=spoken.locale)[day.month])


def name_of(thing: Named) -> str:
    """Return the name in the present language, where there is one, else the English one."""
    return (language().code == ARABIC and thing.name_ar) or thing.name


def names_in(table: pd.DataFrame) -> pd.Series:
    """Return the same for every row of a table with the columns `name` and `name_ar`."""
    return table["name_ar"].where(table["name_ar"] != "", table["name"]) if language().code == ARABIC else table["name"]


def left_to_right(text: str) -> str:
    """Text that keeps its order inside a line of any direction: figures with a sign, English, identifiers."""
    return text if language().direction == "ltr" or not text else f"{_LEFT_TO_RIGHT}{text}{_END}"


def catalogue_path(code: str) -> Path:
    """Return the catalogue of a language. `CONTROL_ATLAS_LOCALE` names another folder of catalogues, for who works on one."""
    folder = os.environ.get("CONTROL_ATLAS_LOCALE")
    return (Path(folder) if folder else Path(__file__).parents[1] / "locale") / code / "LC_MESSAGES" / "atlas.po"


def browser_messages(code: str) -> dict[str, str | list[str]]:
    """Return what the browser's modules say: by English text the text, or all its plural forms."""
    if code == ENGLISH:
        return {}
    said = {}
    for message in read_catalogue(code):
        if any(path.endswith(".js") or path in _READ_BY_BROWSER for path, _line in message.locations):
            plural = isinstance(message.id, tuple)
            said[message.id[0] if plural else str(message.id)] = forms_of(message) if plural else forms_of(message)[0]
    return said


def forms_of(message: Message) -> list[str]:
    """Return what a catalogue says for a message: its text, or all its plural forms; '' where it is not translated."""
    if isinstance(message.string, str):
        return [message.string]
    return [form or "" for form in message.string or ("",)]


def read_catalogue(code: str) -> Catalog:
    """Return the catalogue of a language as Babel reads it."""
    from babel.messages.pofile import read_po

    with catalogue_path(code).open("rb") as file:
        return read_po(file, locale=code)


@lru_cache
def _translations(code: str) -> gettext.NullTranslations:
    if code == ENGLISH:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
