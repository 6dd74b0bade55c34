"""Names by key, in memory: which places a spelling may mean, and which names begin with a text."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gazetteer.features import split_feature
from gazetteer.names import article_key, exact_key, plain_key
from gazetteer.place import Name, Place, Record, Tier

# In the order in which they are trusted.
KEYS: tuple[tuple[Tier, Callable[[str], str]], ...] = (
    ("exact", exact_key),
    ("diacritic", plain_key),
    ("article", article_key),
)


_Keys = dict[Tier, dict[str, list[tuple[Place, Name]]]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A name that matched, the place it belongs to, and the tier at which it did."""

    place: Place
    name: Name
    tier: Tier


class Index:
    """The names of one country.

    Parameters
    ----------
    records
        Places with their names; each place once.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._by_key: _Keys = {tier: defaultdict(list) for tier, _ in KEYS}
        # "Hmeimim air base" without the word: only a query that has such a word itself may look here.
        self._without_word: _Keys = {tier: defaultdict(list) for tier, _ in KEYS}
        self.places: dict[str, Place] = {}
        for record in records:
            self.places[record.place.place_id] = record.place
            for name in record.names:
                _add(self._by_key, name.text, record.place, name)
                rest, feature = split_feature(name.text)
                if feature is not None and feature.fits(record.place):
                    _add(self._without_word, rest, record.place, name)
        self._sorted_keys = {tier: sorted(self._by_key[tier]) for tier in ("diacritic", "article")}

    def lookup(self, text: str) -> list[Hit]:
        """Each place that bears the name, once, by its first name at the most trusted tier.

        Parameters
        ----------
        text
            A toponym; a word in it for the kind of place may be part of the name or not.
        """
        rest, feature = split_feature(text)
        # The whole text goes first: GeoNames has "مدينة حمص", "city of Homs", as a name.
        hits = _find(self._by_key, text)
        if feature is not None:
            for place_id, hit in _find(self._by_key, rest).items():
                hits.setdefault(place_id, hit)
            for place_id, hit in _find(self._without_word, rest).items():
                if feature.fits(hit.place):
                    hits.setdefault(place_id, hit)
        return list(hits.values())

    def starting_with(self, text: str) -> Iterator[tuple[str, Hit]]:
        """Each key that begins with the text, and what bears it; a place comes once for each of its names."""
        tiers: tuple[tuple[Tier, str], ...] = (("diacritic", plain_key(text)), ("article", article_key(text)))
        for tier, prefix in tiers:
            if not prefix:
                continue
            keys = self._sorted_keys[tier]
            for position in range(bisect_left(keys, prefix), len(keys)):
                key = keys[position]
                if not key.startswith(prefix):
                    break
                for place, name in self._by_key[tier][key]:
                    yield key, Hit(place, name, "prefix")


def _add(keys: _Keys, text: str, place: Place, name: Name) -> None:
    # A name of nothing but punctuation has no plain key and would meet every other one like it.
    if plain_key(text):
        for tier, key_of in KEYS:
            keys[tier][key_of(text)].append((place, name))


def _find(keys: _Keys, text: str) -> dict[str, Hit]:
    hits: dict[str, Hit] = {}
    if plain_key(text):
        for tier, key_of in KEYS:
            for place, name in keys[tier].get(key_of(text), ()):
                hits.setdefault(place.place_id, Hit(place, name, tier))
    return hits
