"""Words that tell neighbouring villages of one name apart: great and little, eastern and western, upper and lower."""

from __future__ import annotations

import re
from functools import lru_cache

from gazetteer.spelling.keys import article_key, bare_words, folded_key, plain_key

# Axis, value, spellings.
_WORDS = (
    ("size", "great", "kabir kabira kabeer kabeera kbir kbeer kubra great greater big كبير كبيرة كبرى"),
    ("size", "little", "saghir saghira sagheer sagheera sghir sghira sughra little lesser small صغير صغيرة صغرى"),
    ("side", "east", "sharqi sharqiya sharqia sharqiyya sharki sharkia charki east eastern شرقي شرقية"),
    ("side", "west", "gharbi gharbiya gharbia gharbiyya west western غربي غربية"),
    ("side", "north", "shamali shamaliya shamalia shmali shimali shimaliya north northern شمالي شمالية"),
    ("side", "south", "janubi janubiya janubia jnubi jenubi qibli qibliya qabli south southern جنوبي جنوبية قبلي قبلية"),
    ("height", "upper", "fawqani fawqaniya fawqaniyya fouqani foqani foqaniya fuqani fawqa foqa ulya olya upper فوقاني فوقانية فوقا عليا"),
    ("height", "lower", "tahtani tahtaniya tahtaniyya tahtania tahta sufla sofla lower تحتاني تحتانية تحتا سفلى"),
    ("height", "middle", "wastani wastaniya wusta wosta وسطاني وسطانية وسطى"),
)


# The words of a country's names are few thousands, and the same ones come again and again.
@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return folded_key(bare_words(article_key(plain_key(word))))


_QUALIFIERS = {_folded(word): (axis, value) for axis, value, words in _WORDS for word in words.split()}
# OCHA writes the sub-district behind names that it has twice: "Yarmuk (Damascus)", "اليرموك - دمشق".
_REMARK = re.compile(r" ?\([^()]*\)| - .*$")


def without_remark(name: str) -> str:
    """Return the name without what stands in brackets or behind a dash with spaces; unchanged when nothing would be left."""
    rest = _REMARK.sub("", name)
    return rest if rest != name and plain_key(rest) else name


def split_qualifiers(exact: str) -> tuple[str, dict[str, str]]:
    """Return an exact key without its qualifiers, and the value by axis of each qualifier; unchanged when nothing else would be left."""
    kept, qualifiers = [], {}
    for word in exact.split():
        found = _QUALIFIERS.get(_folded(word))
        if found is None:
            kept.append(word)
        else:
            qualifiers[found[0]] = found[1]
    if not any(map(_folded, kept)):
        return exact, {}
    return " ".join(kept), qualifiers


def contradict(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether the qualifiers name two places of one name: the great one and the little one, or the great and the eastern one."""
    if not one or not other:
        return False
    return any(axis in other and other[axis] != value for axis, value in one.items()) or not one.keys() & other.keys()
