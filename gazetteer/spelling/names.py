"""Keys under which two spellings of one toponym meet: each key forgives more than the one before it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

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

# Words that names of villages begin with, in the spellings that the vowel classes do not join by themselves.
_GENERIC_WORDS = {
    **dict.fromkeys(("tell", "tall", "tel", "til", "till"), "tal"),
    **dict.fromkeys(("kafar", "kfar", "kafer", "kefr", "kfr", "kefer"), "kafr"),
    **dict.fromkeys(("jebel", "jabel", "jebal", "djebel", "gabal", "djabal"), "jabal"),
    **dict.fromkeys(("khirbat", "khirbet", "khirbit", "kherbet", "kherbat", "kherba", "kherbeh", "khurbet", "khurbat"), "khirba"),
    **dict.fromkeys(("maarrat", "maaret", "maarat", "marrat", "maarret", "maara", "maarra", "maarrah", "marat", "maret"), "maara"),
    **dict.fromkeys(("im", "em"), "um"),
    **dict.fromkeys(("bu", "bou", "bo", "abi", "abe", "albu", "albou", "albo"), "abu"),
    **dict.fromkeys(("بو", "البو"), "ابو"),
    **dict.fromkeys(("beit", "bait", "bet", "beyt"), "bayt"),
    "kasr": "qasr",
}
_ATTACHED_ARTICLE = re.compile(r"[ae]l(?=[b-df-hj-np-tv-z].{3})")
# Ta marbuta: t before another word (Qal'at al-Madiq), h or nothing at the end (Qal'a, Qal'ah).
_TA_MARBUTA_BEFORE_A_WORD = re.compile(r"(?<=..)[aei][ht]?$")
_TA_MARBUTA_AT_THE_END = re.compile(r"(?<=..)(?:[ae]h?|ih)$")
_DIGRAPHS = re.compile("sh|ch|kh|gh|th|dh|ph|dj")
_FOLDED_DIGRAPHS = {"sh": "c", "ch": "c", "kh": "x", "gh": "g", "th": "t", "dh": "d", "ph": "f", "dj": "j"}
_VOWEL_CLASSES = str.maketrans("eyowqpv", "iiuukbf")
_DIPHTHONG = re.compile("a(?=[iu])")
_DOUBLED = re.compile(r"(.)\1+")
# Arabic script in the alphabet of the folded key, for comparing across scripts.
_ROMANISED = str.maketrans({**dict(zip("ابتثجحخدذرزسشصضطظغفقكلمنهويپچژگڤ", "abttjhxddrzscsdtzgfkklmnhuibczkf", strict=True)), "ع": None})
_DOUBLED_LATIN = re.compile(r"([a-zشخغ])\1+")
_ARABIC_ENDING = re.compile("(?<=..)[اه]$")

# The skeleton is written in Arabic letters, one for each group of sounds that romanisations confuse.
_SKELETON_DIGRAPHS = {"sh": "ش", "ch": "ش", "kh": "خ", "gh": "غ", "th": "ت", "dh": "د", "ph": "ف", "dj": "ج"}
_SKELETON_LETTERS = str.maketrans(
    {
        **dict(zip("bcdfghjklmnpqrstvxz", "بكدفجحجكلمنبكرستفخز", strict=True)),
        **dict(zip("طثضذظصهقپچژگڤ", "تتددزسحكبشزكف", strict=True)),
        **dict.fromkeys("aeiouwyاويع"),
    }
)


def exact_key(text: str) -> str:
    """Return the text casefolded, in one canonical composition, with single spaces and without control characters."""
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return " ".join(unicodedata.normalize("NFC", folded.translate(_CONTROLS)).split())


# An index asks for it three times in a row for each of its names.
@lru_cache(maxsize=1024)
def plain_key(text: str) -> str:
    """Return the text in words of bare letters: no diacritics, ayn, hamza, apostrophes, hyphens or other punctuation.

    Arabic loses its vowel signs and tatweel; the forms of alef and hamza, ya and alef maqsura, ha and ta marbuta fall
    together.
    """
    # Before decomposition as well: a lone acute accent would fall apart into a space and a mark.
    decomposed = unicodedata.normalize("NFKD", text.translate(_TRANSLATION))
    # Compatibility caseless matching (Unicode 15, section 3.13, D146) needs both again after folding.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", decomposed.casefold()).casefold())
    return " ".join(folded.translate(_LETTERS).split())


def article_key(text: str) -> str:
    """Return the plain key without definite articles, so that `al-Qaryatayn` meets `Qaryatayn` and `القريتين` meets `قريتين`.

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


# Merging and the index ask for the keys of one and the same name one after the other.
@lru_cache(maxsize=1024)
def folded_key(name: str) -> str:
    """Return the name as one word in which articles, doubled letters, kinds of vowels and generic words do not count.

    Latin script falls into the vowels a, i and u, with one letter for each digraph; Arabic script keeps its letters.
    Empty when the name has no letters.
    """
    key = _fold("".join(_words(name)))
    # Folding joins words and shortens them, which may uncover an ending or an article; it ends, for nothing grows.
    while (again := _fold("".join(_words(key)))) != key:
        key = again
    return key


def spoken_form(name: str) -> str:
    """Return the folded key in Latin letters, whatever the script, for measuring how much two spellings differ."""
    return _DOUBLED.sub(r"\1", folded_key(name).translate(_ROMANISED))


@lru_cache(maxsize=1024)
def skeleton_key(name: str) -> str:
    """Return the consonants of the name, in one alphabet for Latin and Arabic script, so that `Hawareen` meets `حوارين`.

    Waw, ya, alef and ayn count as vowels, a final h as silent. Empty when no consonant is left.
    """
    # Arabic script does not write a letter twice for its length.
    text = _DOUBLED_LATIN.sub(r"\1", _DIGRAPHS.sub(lambda match: _SKELETON_DIGRAPHS[match.group()], " ".join(_words(name))))
    return text.replace(" ", "").translate(_SKELETON_LETTERS).rstrip("ح")


def _words(name: str) -> list[str]:
    """Return the words of the article key, generic words in one spelling, each without the ending that is ta marbuta."""
    words = [_ATTACHED_ARTICLE.sub("", word, count=1) if _ATTACHED_ARTICLE.match(word) else word for word in article_key(name).split()]
    return [_ending(_GENERIC_WORDS.get(word, word), last=position == len(words)) for position, word in enumerate(words, start=1)]


def _ending(word: str, *, last: bool) -> str:
    ending = _TA_MARBUTA_AT_THE_END if last else _TA_MARBUTA_BEFORE_A_WORD
    return _ARABIC_ENDING.sub("", ending.sub("a", word))


def _fold(word: str) -> str:
    word = _DIGRAPHS.sub(lambda match: _FOLDED_DIGRAPHS[match.group()], word).translate(_VOWEL_CLASSES)
    return _DIPHTHONG.sub("", _DOUBLED.sub(r"\1", word))


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
    spoken, marked = spoken_form(name), unicodedata.normalize("NFC", name.casefold())

    def nearness(text: str) -> tuple[int, int, int, float]:
        alike = fuzz.ratio(spoken, spoken_form(text))
        others = sum(abs(marked.count(latin) - text.count(letter)) for latin, letter in _EMPHATIC.items())
        signs = sum(unicodedata.combining(character) > 0 for character in text)
        return round(alike / 10), -others, -signs, alike

    return max(arabic, key=nearness)


# As the romanisation marks them that GeoNames uses.
_EMPHATIC = {"ţ": "ط", "ḩ": "ح", "ş": "ص", "ḑ": "ض", "‘": "ع"}


def _is_article(word: str, before: str) -> bool:
    if word in _ARTICLES:
        return True
    return word[:1] in ("a", "e", "u") and word[1:] in _SUN_LETTERS and before.startswith(word[1:])
