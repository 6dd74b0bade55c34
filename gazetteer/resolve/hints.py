"""Provinces as hints: any spelling of a province's name leads to it."""

from __future__ import annotations

from collections.abc import Iterable

from gazetteer.errors import HintError
from gazetteer.index import TRUSTED, Index
from gazetteer.place import Place, Record
from gazetteer.resolve.rank import quoted
from gazetteer.spelling.toponym import Toponym


class ProvinceHints:
    """Provinces by any of their names, for the hint that says in which one a place lies.

    Parameters
    ----------
    provinces
        The provinces to know.
    """

    def __init__(self, provinces: Iterable[Record]) -> None:
        self._index = Index(provinces)

    def find(self, hint: str, country: str) -> Place:
        """Return the province that a hint means.

        Parameters
        ----------
        hint
            ISO 3166-2 code, or a name in any spelling or script, with or without a word for province.
        country
            ISO 3166-1 alpha-2 of the country it must be in.

        Raises
        ------
        HintError
            When no province of the country has this name.
        """
        for hit in self._index.lookup(Toponym(hint)):
            if hit.place.country == country and hit.tier in TRUSTED:
                return hit.place
        known = ", ".join(place.name for place in self._index.places.values() if place.country == country)
        choice = f"known are {known}" if known else "no provinces of it are known"
        raise HintError(f"{quoted(hint)} is not a province of {country}: {choice}", "admin1")
