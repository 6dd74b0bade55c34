"""Names by key, in SQLite: which places a spelling may mean, and which names begin with a text."""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Self

from rapidfuzz import fuzz, process
from tqdm import tqdm

from common.atomic import draft_of, put
from gazetteer.place import Name, Place, Record, Tier
from gazetteer.spelling.qualifiers import contradict
from gazetteer.spelling.toponym import SHORTEST_SKELETON, Toponym

# In the order in which they are trusted; the first letter marks the tier's keys in the file.
_LETTERS: dict[Tier, str] = {"exact": "e", "diacritic": "d", "folded": "f", "skeleton": "s", "qualifier": "q"}
_SKELETONS = (_LETTERS["skeleton"], _LETTERS["qualifier"])
_ORDER = {tier: position for position, tier in enumerate(_LETTERS)}
# What shares one of these keys is written differently, but is hardly another name.
TRUSTED: tuple[Tier, ...] = ("exact", "diacritic", "folded")

# Two consonants are shared by hundreds of names.
_COMMON_SKELETON = 2
# One consonant more or less is forgiven only where enough others are left.
_SHORTEST_FUZZY = 3
# Below this, what shares all consonants, or all but one, is another name: its odds would be under 1 in 10.
_SIMILAR = 0.6
_MOST_FUZZY = 15
# SQLite takes at least 999 values in one query.
_MOST_VALUES = 900

_SCHEMA = """
CREATE TABLE place (number INTEGER PRIMARY KEY, place_id TEXT UNIQUE, fields TEXT);
CREATE TABLE name (number INTEGER PRIMARY KEY, place INTEGER, text TEXT, kind TEXT, source TEXT, source_key TEXT);
CREATE TABLE key (key TEXT, name INTEGER, spelling TEXT, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE TABLE near (key TEXT, skeleton TEXT, PRIMARY KEY (key, skeleton)) WITHOUT ROWID;
CREATE TABLE prefix (key TEXT, name INTEGER, PRIMARY KEY (key, name)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A name that matched, the place it belongs to, the tier at which it did, and how similar it is (0 to 1)."""

    place: Place
    name: Name
    tier: Tier
    similarity: float = 1.0


class Index:
    """The names of one country.

    Parameters
    ----------
    records
        Places with their names, each place once; held in memory. `Index.stored` keeps them in a file.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(connection, records)
        self._use(connection)

    @classmethod
    def stored(cls, path: Path) -> Self | None:
        """Return the index in a file, opened for reading only; None when there is none or it cannot be read."""
        if not path.is_file():
            return None
        index = cls.__new__(cls)
        try:
            # A finished file is only ever replaced as a whole, so SQLite need not look for changes to it.
            index._use(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False))
        except sqlite3.Error:
            return None
        return index

    def _use(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._names: dict[int, tuple[Place, Name]] = {}
        self._places: dict[int, Place] = {}
        ((self.size,),) = self._rows("SELECT count(*) FROM place")

    @property
    def places(self) -> dict[str, Place]:
        """Every place by its key."""
        numbers = self._rows("SELECT number FROM place ORDER BY number")
        return {place.place_id: place for place in (self._place(number) for (number,) in numbers)}

    def place(self, place_id: str) -> Place | None:
        """Return the place with this key, or None."""
        rows = self._rows("SELECT number FROM place WHERE place_id = ?", _storable(place_id))
        return self._place(rows[0][0]) if rows else None

    def lookup(self, toponym: Toponym) -> list[Hit]:
        """Each place that bears the name, once, by the most similar of its names at the most trusted tier.

        Parameters
        ----------
        toponym
            The name; a word in it for the kind of place may be part of it or not.
        """
        # The whole text goes first: GeoNames has "مدينة حمص", "city of Homs", as a name.
        hits = self._find("", toponym)
        if (feature := toponym.feature) is not None:
            for place_id, hit in self._find("", toponym.specific).items():
                hits.setdefault(place_id, hit)
            # "Hmeimim air base" without the word: only a query that has such a word itself may look here.
            for place_id, hit in self._find("-", toponym.specific).items():
                if feature.fits(hit.place):
                    hits.setdefault(place_id, hit)
        return list(hits.values())

    def similar(self, toponym: Toponym) -> list[Hit]:
        """Places with a name that differs in one consonant from the toponym, the most similar first; each place once.

        Parameters
        ----------
        toponym
            The name; a word in it for the kind of place does not count.
        """
        specific = toponym.specific
        if len(specific.skeleton) < _SHORTEST_FUZZY:
            return []
        variants = sorted(_variants(specific.skeleton))
        rows = self._rows(
            "SELECT DISTINCT key.name, key.spelling FROM near JOIN key ON key.key = 's' || near.skeleton "  # noqa: S608
            f"WHERE near.key IN ({_marks(variants)})",
            *variants,
        )
        alike = process.extract(specific.spoken, dict(rows), scorer=fuzz.ratio, score_cutoff=100 * _SIMILAR, limit=2 * _MOST_FUZZY)
        self._load(number for _, _, number in alike)
        hits: dict[str, Hit] = {}
        for _, ratio, number in sorted(alike, key=lambda found: (-found[1], found[2])):
            place, name = self._names[number]
            if place.place_id not in hits and not _contradicted(specific, name):
                hits[place.place_id] = Hit(place, name, "fuzzy", ratio / 100)
        return list(hits.values())

    def starting_with(self, toponym: Toponym) -> Iterator[tuple[str, Hit]]:
        """Each key that begins with the text, and what bears it; a place comes once for each of its names."""
        for prefix in dict.fromkeys((toponym.plain, toponym.article)):
            if prefix:
                found = self._rows("SELECT key, name FROM prefix WHERE key >= ? AND key < ?", prefix, prefix + chr(sys.maxunicode))
                self._load(number for _, number in found)
                for key, number in found:
                    place, name = self._names[number]
                    yield key, Hit(place, name, "prefix")

    def _find(self, mark: str, toponym: Toponym) -> dict[str, Hit]:
        if not toponym.keys:
            return {}
        tiers = {mark + _LETTERS[key.tier] + _storable(key.text): key.tier for key in toponym.keys}
        spellings = {_LETTERS[key.tier]: key.spelling for key in toponym.keys if key.spelling}
        # A name without its qualifiers meets those that have others, and one that has none.
        for key in toponym.keys:
            if _LETTERS[key.tier] in _SKELETONS:
                spellings.update(dict.fromkeys(_SKELETONS, key.spelling))
                for letter in _SKELETONS:
                    tiers.setdefault(mark + letter + key.text, "qualifier")
        long = [key for key in tiers if key[len(mark)] not in _SKELETONS or len(key) > len(mark) + 1 + _COMMON_SKELETON]
        rows = self._rows(f"SELECT * FROM key WHERE key IN ({_marks(long)})", *long)  # noqa: S608
        # So these are looked for only when the name itself is not known.
        if len(long) < len(tiers) and not any(tiers[key] in TRUSTED for key, _, _ in rows):
            short = tiers.keys() - long
            rows += self._rows(f"SELECT * FROM key WHERE key IN ({_marks(short)})", *short)  # noqa: S608
        alike: list[tuple[int, float, int, str]] = []
        for found, number, spelling in rows:
            own = spellings.get(found[len(mark)])
            ratio = 100.0 if own is None else fuzz.ratio(own, spelling)
            if ratio >= 100 * _SIMILAR:
                alike.append((_ORDER[tiers[found]], -ratio, number, found))
        self._load([number for _, _, number, _ in alike])
        hits: dict[str, Hit] = {}
        # The most trusted tier first, there the most similar name, of equal ones the first of the place.
        for _, negative, number, found in sorted(alike):
            place, name = self._names[number]
            tier = tiers[found]
            if place.place_id in hits or (tier == "qualifier" and _contradicted(toponym.bare, name)):
                continue
            hits[place.place_id] = Hit(place, name, tier, -negative / 100)
        return hits

    def _place(self, number: int) -> Place:
        place = self._places.get(number)
        if place is None:
            ((fields,),) = self._rows("SELECT fields FROM place WHERE number = ?", number)
            place = self._places[number] = _decoded(fields)
        return place

    def _load(self, numbers: Iterable[int]) -> None:
        """Keep these names in memory, with their places."""
        missing = tuple({number for number in numbers if number not in self._names})
        for start in range(0, len(missing), _MOST_VALUES):
            part = missing[start : start + _MOST_VALUES]
            query = f"SELECT name.*, fields FROM name JOIN place ON place.number = place WHERE name.number IN ({_marks(part)})"  # noqa: S608
            for number, place, text, kind, source, source_key, fields in self._rows(query, *part):
                if place not in self._places:
                    self._places[place] = _decoded(fields)
                self._names[number] = self._places[place], Name(text, kind, source, source_key)

    def _rows(self, query: str, *values: Any) -> list[Any]:
        # Streamlit asks from many threads.
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def build(records: Sequence[Record], path: Path, label: str) -> None:
    """Write an index file, at once or not at all; whoever reads an older one of the same name keeps it.

    Parameters
    ----------
    records
        Places with their names, each place once.
    path
        The file; its directory is made where it is missing. Two processes may write it at the same time.
    label
        What the progress bar says, on standard error when that is a terminal.

    Raises
    ------
    OSError, sqlite3.Error
        When it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with draft_of(path) as draft:
        with closing(sqlite3.connect(draft)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            _fill(connection, tqdm(records, desc=label, unit=" places", leave=False, disable=None))
        put(draft, path)


def _fill(connection: sqlite3.Connection, records: Iterable[Record]) -> None:
    connection.executescript(_SCHEMA)
    places: list[tuple[int, str, str]] = []
    names: list[tuple[int, int, str, str, str, str]] = []
    keys: dict[tuple[str, int], str] = {}
    near: set[tuple[str, str]] = set()
    prefixes: set[tuple[str, int]] = set()
    for place_number, record in enumerate(records):
        places.append((place_number, _storable(record.place.place_id), json.dumps(astuple(record.place))))
        for name in record.names:
            text = _storable(name.text)
            toponym = Toponym(text)
            if not toponym.keys:  # nothing but punctuation: it would meet every other name like it
                continue
            number = len(names)
            names.append((number, place_number, text, _storable(name.kind), _storable(name.source), _storable(name.source_key)))
            keys.update(((_LETTERS[key.tier] + key.text, number), key.spelling) for key in toponym.keys)
            if toponym.feature is not None and toponym.feature.fits(record.place):
                keys.update(((f"-{_LETTERS[key.tier]}{key.text}", number), key.spelling) for key in toponym.specific.keys)
            prefixes.update((key, number) for key in (toponym.plain, toponym.article) if key)
            if len(skeleton := toponym.bare.skeleton) >= SHORTEST_SKELETON:
                near.update((variant, skeleton) for variant in _variants(skeleton))
    with connection:
        connection.executemany("INSERT OR IGNORE INTO place VALUES (?, ?, ?)", places)
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", names)
        connection.executemany("INSERT INTO key VALUES (?, ?, ?)", ((*key, keys[key]) for key in sorted(keys)))
        connection.executemany("INSERT INTO near VALUES (?, ?)", sorted(near))
        connection.executemany("INSERT INTO prefix VALUES (?, ?)", sorted(prefixes))


def _contradicted(toponym: Toponym, name: Name) -> bool:
    return bool(toponym.qualifiers) and contradict(toponym.qualifiers, Toponym(name.text).qualifiers)


def _variants(skeleton: str) -> set[str]:
    """Return the skeleton, and what is left of it without each one of its letters.

    Two skeletons that differ in one letter share a variant; of three letters none is left out, because what remains is
    shared by hundreds of names.
    Source: W. Garbe, Symmetric Delete spelling correction, 2012.
    """
    if len(skeleton) <= _SHORTEST_FUZZY:
        return {skeleton}
    return {skeleton, *(skeleton[:position] + skeleton[position + 1 :] for position in range(len(skeleton)))}


def _decoded(fields: str) -> Place:
    values: Any = [tuple(value) if isinstance(value, list) else value for value in json.loads(fields)]
    return Place(*values)


def _storable(text: str) -> str:
    # A lone surrogate cannot be written as UTF-8, and SQLite holds nothing else.
    return text.encode(errors="replace").decode()


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)
