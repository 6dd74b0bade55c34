"""Keys under which two spellings of one toponym meet: each key forgives more than the one before it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Written for ayn and hamza, or as plain apostrophes: some reports have them and others leave them out.
_AYN_AND_HAMZA = "'`´‘’‛′ʹʻʼʽʾʿˈˊˋ՚＇ء\u0640"  # the last one is tatweel, which only stretches a word

# Letters that no decomposition joins to the one that other writers use in the same place.
_TO_LETTER = {
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ک": "ك",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ة": "ه",
    "ۃ": "ه",
    "ı": "i",
}
_TRANSLATION = str.maketrans({**_TO_LETTER, **dict.fromkeys(_AYN_AND_HAMZA)})

_ARTICLES = frozenset({"al", "el", "ul"})
# Sun letters as they are romanised; the article takes the first sound of the word: ar-Rastan, ez-Zor, ash-Shaykh.
_SUN_LETTERS = frozenset({"t", "th", "d", "dh", "r", "z", "s", "sh", "ch", "n"})
_ARABIC_ARTICLE = "ال"
# A shorter remainder is no word that the article was put before: Allah, or a word that begins with these letters.
_SHORTEST_AFTER_ARTICLE = 3


# The control characters of ASCII and Latin-1.
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")


class _Letters(dict[int, str | None]):
    """What becomes of each character in a plain key, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        category = unicodedata.category(character)
        kept: str | None
        if character in _TO_LETTER:
            kept = _TO_LETTER[character]
        elif character in _AYN_AND_HAMZA:
            kept = None
        elif category[0] in "LN" or category == "Mc":
            kept = character
        elif category[0] == "M" or category == "Cf":  # direction marks and joiners stand inside words
            kept = None
        else:
            kept = " "
        self[code] = kept
        return kept


_LETTERS = _Letters()


def exact_key(text: str) -> str:
    """The text casefolded, in one canonical composition, with single spaces and without control characters."""
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return " ".join(unicodedata.normalize("NFC", folded.translate(_CONTROLS)).split())


# An index asks for it three times in a row for each of its names.
@lru_cache(maxsize=1024)
def plain_key(text: str) -> str:
    """The text in words of bare letters: no diacritics, ayn, hamza, apostrophes, hyphens or other punctuation.

    Arabic loses its vowel signs and tatweel; the forms of alef and hamza, ya and alef maqsura, ha and ta marbuta fall
    together.
    """
    # Before decomposition as well: a lone acute accent would fall apart into a space and a mark.
    decomposed = unicodedata.normalize("NFKD", text.translate(_TRANSLATION))
    # Compatibility caseless matching (Unicode 15, section 3.13, D146) needs both again after folding.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", decomposed.casefold()).casefold())
    return " ".join(folded.translate(_LETTERS).split())


def article_key(text: str) -> str:
    """The plain key without definite articles, so that `al-Qaryatayn` meets `Qaryatayn` and `القريتين` meets `قريتين`.

    A Latin article is taken away only where it stands as a word of its own before another word; an assimilated one
    (ar-, ez-, ash-) only before the letter that it was assimilated to.
    """
    kept: list[str] = []
    # From the end, so that an article is judged by the word that remains after it.
    for word in reversed(plain_key(text).split()):
        while word.startswith(_ARABIC_ARTICLE) and len(word) >= len(_ARABIC_ARTICLE) + _SHORTEST_AFTER_ARTICLE:
            word = word.removeprefix(_ARABIC_ARTICLE)
        if not (kept and _is_article(word, before=kept[-1])):
            kept.append(word)
    return " ".join(reversed(kept))


def is_arabic(text: str) -> bool:
    """Whether the text is written with the letters of the Arabic language (Persian and Kurdish have others)."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all("\u0621" <= c <= "\u064a" for c in letters)


def _is_article(word: str, before: str) -> bool:
    if word in _ARTICLES:
        return True
    return word[:1] in ("a", "e", "u") and word[1:] in _SUN_LETTERS and before.startswith(word[1:])
