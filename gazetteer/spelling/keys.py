"""How the keys of a toponym are made, each from the one before it, which forgives less; `Toponym` carries them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

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


def article_key(plain: str) -> str:
    """Return a plain key without definite articles, so that `al-Qaryatayn` meets `Qaryatayn` and `القريتين` meets `قريتين`.

    A Latin article is taken away only where it stands as a word of its own before another word; an assimilated one
    (ar-, ez-, ash-) only before the letter that it was assimilated to.
    """
    kept: list[str] = []
    # From the end, so that an article is judged by the word that remains after it.
    for word in reversed(plain.split()):
        while word.startswith(_ARABIC_ARTICLE) and len(word) >= len(_ARABIC_ARTICLE) + _SHORTEST_AFTER_ARTICLE:
            word = word.removeprefix(_ARABIC_ARTICLE)
        if not (kept and _is_article(word, before=kept[-1])):
            kept.append(word)
    return " ".join(reversed(kept))


def bare_words(article: str) -> list[str]:
    """Return the words of an article key, generic words in one spelling, each without the ending that is ta marbuta."""
    words = [_ATTACHED_ARTICLE.sub("", word, count=1) if _ATTACHED_ARTICLE.match(word) else word for word in article.split()]
    return [_ending(_GENERIC_WORDS.get(word, word), last=position == len(words)) for position, word in enumerate(words, start=1)]


def folded_key(words: Sequence[str]) -> str:
    """Return bare words as one word in which articles, doubled letters, kinds of vowels and generic words do not count.

    Latin script falls into the vowels a, i and u, with one letter for each digraph; Arabic script keeps its letters.
    Empty when the name has no letters.
    """
    key = _fold("".join(words))
    # Folding joins words and shortens them, which may uncover an ending or an article; it ends, for nothing grows.
    while (again := _fold("".join(bare_words(article_key(key))))) != key:
        key = again
    return key


def spoken_form(folded: str) -> str:
    """Return a folded key in Latin letters, whatever the script, for measuring how much two spellings differ."""
    return _DOUBLED.sub(r"\1", folded.translate(_ROMANISED))


def skeleton_key(words: Sequence[str]) -> str:
    """Return the consonants of bare words, in one alphabet for Latin and Arabic script, so that `Hawareen` meets `حوارين`.

    Waw, ya, alef and ayn count as vowels, a final h as silent. Empty when no consonant is left.
    """
    # Arabic script does not write a letter twice for its length.
    text = _DOUBLED_LATIN.sub(r"\1", _DIGRAPHS.sub(lambda match: _SKELETON_DIGRAPHS[match.group()], " ".join(words)))
    return text.replace(" ", "").translate(_SKELETON_LETTERS).rstrip("ح")


def _ending(word: str, *, last: bool) -> str:
    ending = _TA_MARBUTA_AT_THE_END if last else _TA_MARBUTA_BEFORE_A_WORD
    return _ARABIC_ENDING.sub("", ending.sub("a", word))


def _fold(word: str) -> str:
    word = _DIGRAPHS.sub(lambda match: _FOLDED_DIGRAPHS[match.group()], word).translate(_VOWEL_CLASSES)
    return _DIPHTHONG.sub("", _DOUBLED.sub(r"\1", word))


def _is_article(word: str, before: str) -> bool:
    if word in _ARTICLES:
        return True
    return word[:1] in ("a", "e", "u") and word[1:] in _SUN_LETTERS and before.startswith(word[1:])
