"""The gazetteer: names in, places out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from common.home import BUNDLED
from gazetteer.decisions import Decisions
from gazetteer.errors import AmbiguousToponymError, HintError, UnknownPlaceError
from gazetteer.index import Hit, Index
from gazetteer.place import Answer, Candidate, Place, Query
from gazetteer.resolve.candidates import find_hits
from gazetteer.resolve.evidence import Hints, source_order
from gazetteer.resolve.hints import ProvinceHints
from gazetteer.resolve.rank import answer, matched, quoted
from gazetteer.resolve.together import neighbours
from gazetteer.sources.library import Library
from gazetteer.sources.store import Store
from gazetteer.spelling.toponym import Toponym

# No place is called by more; a longer text is no toponym and is not worth normalising.
LONGEST_NAME = 200


class Gazetteer:
    """Places and their names; `Gazetteer.open` makes one.

    Parameters
    ----------
    library
        The sources.
    country
        ISO 3166-1 alpha-2 of the country to load at once; others are loaded when they are first asked for.
    decisions
        What analysts have decided; a decision comes before every other answer.
    """

    def __init__(self, library: Library, country: str = "SY", decisions: Decisions | None = None) -> None:
        self._library = library
        self._decisions = decisions
        self._hints = ProvinceHints(library.provinces)
        self._provinces: dict[tuple[str, str], Place] = {}
        self._indexes: dict[str, Index] = {}
        self._home = self._index(_country(country))

    @classmethod
    def open(cls, data: Path | None = None, country: str = "SY", home: Path | None = None) -> Self:
        """Return a gazetteer of the reviewed places, the provinces, GeoNames and the sources that were added.

        Parameters
        ----------
        data
            Directory with `places.csv` and `provinces.csv`; the bundled one by default.
        country
            ISO 3166-1 alpha-2 of the country that `search` looks in.
        home
            Directory of the added sources and the built indexes; by default the one that GAZETTEER_HOME names, else
            the user's data directory.

        Raises
        ------
        SchemaError
            When one of the files is missing or does not have the form of docs/data-model.md.
        StoreError
            When an added source cannot be read.
        """
        return cls(Library(BUNDLED if data is None else data, Store.open(home)), country, Decisions.open(home))

    def resolve(self, name: str, admin1: str | None = None, country: str = "SY", near: tuple[float, float] | None = None) -> Answer:
        """Return the places that a toponym may mean, best first, and how far to trust the first.

        Parameters
        ----------
        name
            A toponym in any script, with or without a word for what it is ("Homs province", "Kweiras air base").
            Any text is accepted; what is no toponym is not found.
        admin1
            The province it should lie in: ISO 3166-2 code or name in any spelling or script. Empty means none.
        country
            ISO 3166-1 alpha-2 of the country to search.
        near
            Longitude and latitude (EPSG:4326, degrees) of a place that was mentioned with it.

        Raises
        ------
        HintError
            When no province has the name given as `admin1`, `country` is no country code, or `near` no position.
        """
        if near is not None and not (-180 <= near[0] <= 180 and -90 <= near[1] <= 90):  # false for NaN as well
            raise HintError(f"longitude {near[0]:g}, latitude {near[1]:g} is no position on Earth", "near")
        toponym = Toponym(name)
        hints = self._known(toponym, admin1, country)
        return self._answer(toponym, hints if near is None else replace(hints, near=(near,)))

    def resolve_batch(self, queries: Sequence[Query]) -> list[Answer]:
        """Return the answer to each query, in their order; names of one group are resolved together.

        Names of a group that are sure by themselves say where to look for the others, so that the village is found
        that lies beside the town of the same report and not its namesake.

        Raises
        ------
        HintError
            As `resolve`, for the first query that has such a hint.
        """
        known_names = {query.name: Toponym(query.name) for query in queries}
        toponyms = [known_names[query.name] for query in queries]
        hints = [self._known(toponym, query.admin1, query.country) for toponym, query in zip(toponyms, queries, strict=True)]
        alone: dict[tuple[str, str, Place | None], Answer] = {}
        answers: list[Answer] = []
        for toponym, known in zip(toponyms, hints, strict=True):
            key = (toponym.text, known.country, known.province)
            if key not in alone:
                alone[key] = self._answer(toponym, known)
            answers.append(alone[key])
        for position, points in neighbours(queries, answers).items():
            answers[position] = self._answer(toponyms[position], replace(hints[position], near=points))
        return answers

    def check(self, query: Query) -> None:
        """Refuse the hints that `resolve` would refuse.

        Raises
        ------
        HintError
            As `resolve`.
        """
        self._known(Toponym(""), query.admin1, query.country)

    def locate(self, name: str, admin1: str | None = None, country: str = "SY") -> Place | None:
        """Return the one place that a toponym means, or None when none is known; for loaders that need places.

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
        """Return the place with this key; a GeoNames key leads to the reviewed place that has absorbed the record.

        Raises
        ------
        UnknownPlaceError
            When there is none in the countries loaded so far.
        """
        for index in self._indexes.values():
            if (place := index.place(place_id)) is not None:
                return place
        for record in self._library.reviewed:
            reviewed = record.place
            absorbed = f"geonames-{reviewed.geonames_id}" if reviewed.geonames_id is not None else None
            if place_id in (reviewed.place_id, absorbed):
                return self._index(reviewed.country).place(reviewed.place_id) or reviewed
        raise UnknownPlaceError(f"no place has the key {quoted(place_id)}")

    def outline(self, place_id: str) -> dict[str, Any] | None:
        """Return the GeoJSON geometry of a province, longitude first, EPSG:4326; None for a place of any other kind.

        Source: Natural Earth 10m, through `data/basemap/provinces.geojson`.
        """
        return self._library.outlines().get(place_id)

    def places(self) -> tuple[Place, ...]:
        """Return the reviewed places, in the order of their file."""
        return tuple(self.place(record.place.place_id) for record in self._library.reviewed)

    def search(self, text: str, limit: int = 8) -> tuple[Candidate, ...]:
        """Return the places with a name that begins with the text, for search as one types.

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
        toponym = Toponym(text)
        typed = len(toponym.plain)
        found: dict[str, tuple[float, Hit]] = {}
        for key, hit in self._home.starting_with(toponym):
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

    def _known(self, toponym: Toponym, admin1: str | None, country: str) -> Hints:
        code = _country(country)
        province = self._province(admin1, code) if admin1 and admin1.strip() else None
        feature = toponym.feature if len(toponym.text) <= LONGEST_NAME else None
        return Hints(code, province, feature, places_known=self._index(code).size)

    def _province(self, admin1: str, country: str) -> Place:
        key = (admin1, country)
        if key not in self._provinces:
            self._provinces[key] = self._hints.find(admin1, country)
        return self._provinces[key]

    def _answer(self, toponym: Toponym, hints: Hints) -> Answer:
        if len(toponym.text) > LONGEST_NAME:
            return answer(toponym, (), hints)
        if decided := self._decided(toponym, hints):
            return decided
        return answer(toponym, find_hits(self._index(hints.country), toponym, hints.province), hints)

    def _decided(self, toponym: Toponym, hints: Hints) -> Answer | None:
        """Return the answer that an analyst has given, for this province or for any; None where nobody has, or the place is gone."""
        admin1 = hints.province.admin1 if hints.province else ""
        for decision in self._decisions.on(toponym, admin1, hints.country) if self._decisions else ():
            try:
                place = self.place(decision.place_id)
            except UnknownPlaceError:
                continue
            reason = f"{decision.by} confirmed on {decision.at[:10]} that {quoted(toponym.text)} is {place.name}."
            sure = Candidate(place, 1.0, "confirmed", "corrections", str(decision.id), decision.query, reason)
            return Answer(toponym.text, "resolved", (sure,), reason)
        return None

    def _index(self, country: str) -> Index:
        if country not in self._indexes:
            self._indexes[country] = self._library.index(country)
        return self._indexes[country]


def _country(country: str) -> str:
    code = country.strip().upper()
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise HintError(f"{quoted(country)} is not an ISO 3166-1 country code of two letters, such as SY", "country")
    return code


def _search_order(place: Place) -> tuple[int, int, int, str]:
    return (source_order(place), place.rank, -place.population, place.name)
