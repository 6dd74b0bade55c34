"""Words in a toponym that say what kind of place is meant: "Homs province", "Kweiras air base", "مدينة حمص"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gazetteer.place import Place


@dataclass(frozen=True, slots=True)
class Feature:
    """A kind of place that a word asks for.

    Attributes
    ----------
    label
        The kind with its article, for sentences.
    codes
        Beginnings of the GeoNames features (`class.code`) that are of this kind.
    suffixes, prefixes
        Regular expressions on the exact key, for the word behind the name and before it.
    """

    label: str
    codes: tuple[str, ...]
    suffixes: str
    prefixes: str

    def fits(self, place: Place) -> bool:
        """Whether the place is of this kind."""
        return place.feature.startswith(self.codes)


# Ta marbuta is often typed as ha.
_KINDS = (
    Feature(
        "an air base",
        ("S.AIR", "L.MILB"),
        r"(?:military |international )?air[ -]?(?:base|port|field)",
        r"(?:قاعد[ةه]|مطار)",
    ),
    Feature("a province", ("A.",), r"province|governorate", r"محافظ[ةه]"),
    Feature("a hill", ("T.",), r"hill|mountain", r""),
    Feature("a populated place", ("P.",), r"city|town|village|neighbou?rhood", r"(?:مدين[ةه]|بلد[ةه]|قري[ةه]|حي)"),
)
_ARABIC_AIR_BASE_ENDING = re.compile(r" (?:الجوي[ةه]|العسكري|الدولي)$")
# "the northern province of Aleppo" describes the whole province; "northern Aleppo province" a part of it, and stays.
_DESCRIBED = r"(?:the )?(?:(?:(?:north|south|east|west)ern|central|northwestern|northeastern) )?"


def _pattern(kind: Feature) -> re.Pattern[str]:
    forms = [rf"(?P<before>.+?)[ -](?:{kind.suffixes})", rf"{_DESCRIBED}(?:{kind.suffixes}) of (?:the )?(?P<after>.+)"]
    if kind.prefixes:
        forms.append(rf"{kind.prefixes} (?P<arabic>.+)")
    return re.compile("|".join(forms))


_PATTERNS = tuple((kind, _pattern(kind)) for kind in _KINDS)


def split_feature(exact: str) -> tuple[str, Feature | None]:
    """Return an exact key without its feature word, and the kind of place asked for (None when no word says so)."""
    for kind, pattern in _PATTERNS:
        if match := pattern.fullmatch(exact):
            rest = next(part for part in match.groups() if part is not None)
            return _ARABIC_AIR_BASE_ENDING.sub("", rest), kind
    return exact, None
