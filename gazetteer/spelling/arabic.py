"""Names in the Arabic language: which are, and which of several to print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

from gazetteer.spelling.toponym import Toponym

# As the romanisation marks them that GeoNames uses.
_EMPHATIC = {"ţ": "ط", "ḩ": "ح", "ş": "ص", "ḑ": "ض", "‘": "ع"}


def is_arabic(text: str) -> bool:
    """Whether the text is written with the letters of the Arabic language (Persian and Kurdish have others)."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all("\u0621" <= c <= "\u064a" for c in letters)


def arabic_name(name: str, texts: Iterable[str]) -> str:
    """Of Arabic texts the one that sounds most like a Latin name, '' where none is Arabic.

    A source that lists the names of a place in no order has those of a castle, an old town and a quarter among them. Of two that sound
    alike the one is taken that has the emphatic letters which the Latin name marks, and no vowel signs.
    """
    arabic = [text for text in texts if is_arabic(text)]
    if len(arabic) < 2:
        return "".join(arabic)
    spoken, marked = Toponym(name).spoken, unicodedata.normalize("NFC", name.casefold())

    def nearness(text: str) -> tuple[int, int, int, float]:
        alike = fuzz.ratio(spoken, Toponym(text).spoken)
        others = sum(abs(marked.count(latin) - text.count(letter)) for latin, letter in _EMPHATIC.items())
        signs = sum(unicodedata.combining(character) > 0 for character in text)
        return round(alike / 10), -others, -signs, alike

    return max(arabic, key=nearness)
