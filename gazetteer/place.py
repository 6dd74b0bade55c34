"""Places, the names they go by, and what the gazetteer answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from common import distance

Status = Literal["resolved", "ambiguous", "low confidence", "not found"]
Tier = Literal["confirmed", "exact", "diacritic", "folded", "skeleton", "qualifier", "fuzzy", "prefix"]

# Source: two gazetteers of Syria disagree about the point of one and the same town by up to 1.4 km (95th percentile).
USUAL_RADIUS_KM = 1.5


@dataclass(frozen=True, slots=True)
class Place:
    """A named feature at a position in EPSG:4326.

    Attributes
    ----------
    place_id
        Stable key: the slug of a reviewed place, `geonames-<id>`, or the ISO 3166-2 code of a province.
    name, name_ar
        The names to print; `name_ar` is empty when no Arabic name is known.
    names
        Every name known, in any script, `name` first.
    feature_class, feature_code
        As in GeoNames: P.PPL town, S.AIRB air base, A.ADM1 province.
    country, admin1, admin1_name
        ISO 3166-1 alpha-2, ISO 3166-2, and the province's name; the last two are empty where not known.
    longitude, latitude
        Decimal degrees.
    radius_km
        How far the feature reaches around the point.
    population
        0 when not known.
    rank
        1 cities named at every zoom, 2 major towns, 3 the rest.
    geonames_id
        None when the place is not known to be a GeoNames record.
    sources
        Where the place comes from, the source of the position first.
    part_of
        place_id of the place it is part of, or empty.
    """

    place_id: str
    name: str
    name_ar: str
    names: tuple[str, ...]
    feature_class: str
    feature_code: str
    country: str
    admin1: str
    admin1_name: str
    longitude: float
    latitude: float
    radius_km: float = USUAL_RADIUS_KM
    population: int = 0
    rank: int = 3
    geonames_id: int | None = None
    sources: tuple[str, ...] = ()
    part_of: str = ""

    @property
    def feature(self) -> str:
        """Feature class and code in one word, such as `P.PPL`."""
        return f"{self.feature_class}.{self.feature_code}"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a place, with the row it was read from.

    Attributes
    ----------
    text
        The name as the source writes it.
    kind
        What the name is to the place, with its article: "the name", "an alias".
    source, source_key
        The source, and the key or row within it.
    """

    text: str
    kind: str
    source: str
    source_key: str


@dataclass(frozen=True, slots=True)
class Record:
    """A place as one or more sources give it, with all its names."""

    place: Place
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One name to resolve among others.

    Attributes
    ----------
    name
        A toponym in any script.
    admin1
        The province it should lie in: ISO 3166-2 code or any spelling; empty or None means none.
    country
        ISO 3166-1 alpha-2 of the country to search.
    group
        What the names have in common that come from one text, such as its address; names of a group help one another.
        Empty means that the name stands alone.
    """

    name: str
    admin1: str | None = None
    country: str = "SY"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a toponym may mean.

    Attributes
    ----------
    place
        The place.
    confidence
        Between 0 and 1; from `resolve`, how likely it is that the place within 4 km is meant; from `search`, how much
        of the matched name has been typed.
    tier
        How the name was matched: exact, diacritic (without diacritics, ayn and hamza), folded (articles, doubled
        letters and kinds of vowels aside), skeleton (the consonants, in either script), qualifier (the same without
        words such as "great" or "eastern"), fuzzy (a similar name, only ever a suggestion) or prefix (only from
        `search`).
    source, source_key
        Where the name that matched comes from.
    matched_name
        The name that matched, as its source writes it.
    reason
        One sentence.
    """

    place: Place
    confidence: float
    tier: Tier
    source: str
    source_key: str
    matched_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a toponym means: a status, the candidates best first, and the reason in one sentence.

    The properties speak of the best candidate; they are None (the confidence 0) when nothing was found. Only a
    `resolved` answer should be plotted without a person having looked at it.
    """

    query: str
    status: Status
    candidates: tuple[Candidate, ...]
    reason: str

    @property
    def best(self) -> Candidate | None:
        """The first candidate."""
        return self.candidates[0] if self.candidates else None

    @property
    def place_id(self) -> str | None:
        """Key of the best place."""
        return self.best.place.place_id if self.best else None

    @property
    def name(self) -> str | None:
        """Printed name of the best place."""
        return self.best.place.name if self.best else None

    @property
    def longitude(self) -> float | None:
        """Degrees east, EPSG:4326."""
        return self.best.place.longitude if self.best else None

    @property
    def latitude(self) -> float | None:
        """Degrees north, EPSG:4326."""
        return self.best.place.latitude if self.best else None

    @property
    def radius_km(self) -> float | None:
        """How far the best place reaches around its point."""
        return self.best.place.radius_km if self.best else None

    @property
    def confidence(self) -> float:
        """Between 0 and 1."""
        return self.best.confidence if self.best else 0.0

    @property
    def tier(self) -> Tier | None:
        """How the best place was matched."""
        return self.best.tier if self.best else None


def distance_km(one: Place, other: Place) -> float:
    """Great-circle distance between two places, in kilometres."""
    return distance.distance_km((one.longitude, one.latitude), (other.longitude, other.latitude))
