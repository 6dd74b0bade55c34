"""The gazetteer: names in, places out."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from gazetteer.errors import AmbiguousToponymError, HintError, UnknownPlaceError
from gazetteer.features import split_feature
from gazetteer.index import Hit, Index
from gazetteer.names import plain_key
from gazetteer.place import Answer, Candidate, Place, Record
from gazetteer.rank import Hints, answer, matched, quoted, source_order
from gazetteer.sources.geonames import read_geonames
from gazetteer.sources.merge import merge
from gazetteer.sources.provinces import ProvinceHints, read_provinces
from gazetteer.sources.reviewed import read_reviewed

BUNDLED_DATA = Path(__file__).resolve().parent.parent / "data"

# No place is called by more; a longer text is no toponym and is not worth normalising.
LONGEST_NAME = 200


class Gazetteer:
    """Places and their names; `Gazetteer.open` makes one.

    Parameters
    ----------
    reviewed, provinces
        Records of the two reviewed files.
    country
        ISO 3166-1 alpha-2 of the country to load at once; others are loaded when they are first asked for.
    """

    def __init__(self, reviewed: list[Record], provinces: list[Record], country: str = "SY") -> None:
        self._reviewed = reviewed
        self._provinces = provinces
        self._hints = ProvinceHints(provinces)
        self._indexes: dict[str, Index] = {}
        self._home = self._index(_country(country))

    @classmethod
    def open(cls, data: Path | None = None, country: str = "SY") -> Self:
        """A gazetteer of the reviewed places, the provinces and GeoNames.

        Parameters
        ----------
        data
            Directory with `places.csv` and `provinces.csv`; the bundled one by default.
        country
            ISO 3166-1 alpha-2 of the country that `search` looks in.

        Raises
        ------
        SchemaError
            When one of the files is missing or does not have the form of docs/data-model.md.
        """
        directory = BUNDLED_DATA if data is None else data
        provinces = read_provinces(directory / "provinces.csv")
        by_code = {record.place.admin1: record.place for record in provinces}
        return cls(read_reviewed(directory / "places.csv", by_code), provinces, country)

    def resolve(self, name: str, admin1: str | None = None, country: str = "SY") -> Answer:
        """The places that a toponym may mean, best first, and how far to trust the first.

        Parameters
        ----------
        name
            A toponym in any script, with or without a word for what it is ("Homs province", "Kweiras air base").
            Any text is accepted; what is no toponym is not found.
        admin1
            The province it should lie in: ISO 3166-2 code or name in any spelling or script. Empty means none.
        country
            ISO 3166-1 alpha-2 of the country to search.

        Raises
        ------
        HintError
            When no province has the name given as `admin1`, or `country` is no country code.
        """
        code = _country(country)
        province = self._hints.find(admin1, code) if admin1 and admin1.strip() else None
        if len(name) > LONGEST_NAME:
            return answer(name, (), Hints(code, province, None))
        _, feature = split_feature(name)
        return answer(name, self._index(code).lookup(name), Hints(code, province, feature))

    def locate(self, name: str, admin1: str | None = None, country: str = "SY") -> Place | None:
        """The one place that a toponym means, or None when none is known; for loaders that need places.

        Parameters are those of `resolve`.

        Raises
        ------
        AmbiguousToponymError
            When several places fit, or one too weakly; carries `.candidates`.
        HintError
            As `resolve`.
        """
        found = self.resolve(name, admin1, country)
        if found.best is None:
            return None
        if found.status != "resolved":
            raise AmbiguousToponymError(found.reason, found.candidates)
        return found.best.place

    def place(self, place_id: str) -> Place:
        """The place with this key; a GeoNames key leads to the reviewed place that has absorbed the record.

        Raises
        ------
        UnknownPlaceError
            When there is none in the countries loaded so far.
        """
        for index in self._indexes.values():
            if place_id in index.places:
                return index.places[place_id]
        for record in self._reviewed:
            place = record.place
            absorbed = f"geonames-{place.geonames_id}" if place.geonames_id is not None else None
            if place_id in (place.place_id, absorbed):
                return self._index(place.country).places[place.place_id]
        raise UnknownPlaceError(f"no place has the key {quoted(place_id)}")

    def places(self) -> tuple[Place, ...]:
        """The reviewed places, in the order of their file."""
        return tuple(self.place(record.place.place_id) for record in self._reviewed)

    def search(self, text: str, limit: int = 8) -> tuple[Candidate, ...]:
        """Places with a name that begins with the text, for search as one types.

        Parameters
        ----------
        text
            The beginning of a name in any script; case, diacritics and the definite article do not matter.
        limit
            How many places at most.

        Returns
        -------
        tuple of Candidate
            Reviewed places first, then provinces, then the rest, each by rank and population.
        """
        if len(text) > LONGEST_NAME:
            return ()
        typed = len(plain_key(text))
        found: dict[str, tuple[float, Hit]] = {}
        for key, hit in self._home.starting_with(text):
            share = min(1.0, typed / len(key))
            if share > found.get(hit.place.place_id, (0.0, hit))[0]:
                found[hit.place.place_id] = (share, hit)
        ordered = sorted(found.values(), key=lambda pair: _search_order(pair[1].place))[: max(limit, 0)]
        return tuple(
            Candidate(
                place=hit.place,
                confidence=round(share, 3),
                tier=hit.tier,
                source=hit.name.source,
                source_key=hit.name.source_key,
                matched_name=hit.name.text,
                reason=f"begins with the text: {matched(hit)}",
            )
            for share, hit in ordered
        )

    def _index(self, country: str) -> Index:
        if country not in self._indexes:
            in_country = [record for record in self._reviewed if record.place.country == country]
            provinces = [record for record in self._provinces if record.place.country == country]
            names = {record.place.admin1: record.place.name for record in provinces}
            self._indexes[country] = Index(merge(in_country, provinces, read_geonames(country, names)))
        return self._indexes[country]


def _country(country: str) -> str:
    code = country.strip().upper()
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise HintError(f"{quoted(country)} is not an ISO 3166-1 country code of two letters, such as SY", "country")
    return code


def _search_order(place: Place) -> tuple[int, int, int, str]:
    return (source_order(place), place.rank, -place.population, place.name)
