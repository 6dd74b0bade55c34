"""Distances that a text states, and what the map says of them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from shapely import LineString, Point

from common.distance import distance_km
from geodata.dataset.cells import number, read_table, required, whole
from geodata.dataset.places import Location
from geodata.dataset.quantities import QuantityClaim
from geodata.sentences import Names, Sentence, message

Position = tuple[float, float]

ROAD_ERROR_KM = 3.0
"""How far a road may lie off the line through its towns. Source: villages on the M5 between two of its towns (Jandar, al-Burayj, Shinshar)
lie up to 2.6 km off the line through the others."""

DETOUR = 1.4
"""A distance told may be one by road, up to this many times the straight line. Source: detour of rural road networks, 1.2 to 1.4."""

OFF_HEADING = 60.0
"""Degrees that a place may lie off the direction told: "east" is a quarter of the horizon, 45 to either side, and is told roughly."""

_KM_A_MILE = 1.609344

_FIGURE = r"(\d{1,4}(?:\.\d+)?)"
_WIND = r"(?:north|south|east|west)(?:[- ]?(?:east|west))?"
_STATED = re.compile(
    rf"(?:\b(?P<bound>within|less than|under|up to|at most|no more than|more than|over|at least|beyond)\s+)?"
    rf"(?:(?:about|some|around|nearly|just|roughly|only)\s+)*"
    rf"{_FIGURE}(?:\s*(?:-|–|to)\s*{_FIGURE})?\s*(?P<unit>km|kms|kilomet(?:er|re)s?|miles?)\b"
    rf"(?:\s+(?:to\s+the\s+|due\s+)?(?P<wind>{_WIND})(?:ern)?)?"
    rf"\s+(?:away\s+from|from|of|off|outside)\s+(?P<object>[^.;:()]+)",
    re.IGNORECASE,
)
_ROAD_WORDS = re.compile(r"\b(?:main road|highway|motorway|international road)\b", re.IGNORECASE)
_AT_MOST = ("within", "less than", "under", "up to", "at most", "no more than")
_AT_LEAST = ("more than", "over", "at least", "beyond")
_BEARINGS = {
    message("north"): 0,
    message("northeast"): 45,
    message("east"): 90,
    message("southeast"): 135,
    message("south"): 180,
    message("southwest"): 225,
    message("west"): 270,
    message("northwest"): 315,
}


@dataclass(frozen=True)
class Stated:
    """A distance in km, from `low` to `high`, between a subject and an object.

    `heading` is the direction in which the subject lies, seen
    from the object ('' where not told), `object` the words that name the object, `before` those that come before the figure.
    """

    low: float
    high: float
    heading: str
    object: str
    before: str = ""

    def in_words(self) -> Sentence:
        """Return the distance in words, without its direction."""
        low, high = f"{self.low:g}", f"{self.high:g}"
        if self.low == 0:
            return Sentence("within {km} km", km=high)
        if math.isinf(self.high):
            return Sentence("over {km} km", km=low)
        return Sentence("{km} km", km=low) if low == high else Sentence("{low} to {high} km", low=low, high=high)


def stated_in(text: str) -> Iterator[Stated]:
    """Yield the distances that an English text states from something, such as "25 km east of the highway"."""
    for found in _STATED.finditer(text):
        factor = 1.0 if found["unit"].lower().startswith("k") else _KM_A_MILE
        low = float(found[2]) * factor
        high = float(found[3]) * factor if found[3] else low
        bound = (found["bound"] or "").lower()
        low, high = (0.0, high) if bound in _AT_MOST else (low, math.inf) if bound in _AT_LEAST else (low, high)
        before = re.split(r"[.;:]", text[: found.start()])[-1]
        yield Stated(low, high, _plain(found["wind"] or ""), found["object"].strip(), before.strip())


def stated_distance(claim: QuantityClaim) -> Stated:
    """Return the distance that a quantity claim states; its denominator names the object: 'distance to the main road Damascus-Homs'."""
    stated = next(stated_in(claim.statement), None)
    target = claim.denominator.removeprefix("distance").strip().removeprefix("to ").removeprefix("from ")
    return Stated(claim.value_low, claim.value_high, stated.heading if stated else "", target)


@dataclass(frozen=True)
class Road:
    """A main road: the line through its `towns`, from one end to the other; positions in EPSG:4326, longitude first."""

    road_id: str
    name: str
    towns: tuple[str, ...]
    line: tuple[Position, ...]

    def nearest(self, position: Position) -> Position:
        """Return the point of the line that is nearest to a position."""
        # A plane around the position is exact to well under a percent over the tens of kilometres that matter.
        stretch = math.cos(math.radians(position[1]))
        line = LineString([((x - position[0]) * stretch, y - position[1]) for x, y in self.line])
        point = line.interpolate(line.project(Point(0, 0)))
        return position[0] + point.x / stretch, position[1] + point.y


def read_roads(folder: Path) -> list[Road]:
    """Return the roads of `roads.csv`; none where the dataset has no such file."""
    path = folder / "roads.csv"
    if not path.exists():
        return []
    position = {"longitude": number(-180, 180), "latitude": number(-90, 90)}
    rows = read_table(path, {"road_id": required, "name": required, "position": whole(1, 10_000), "town": required} | position)
    ordered = sorted(rows, key=lambda row: (row["road_id"], row["position"]))
    roads = []
    for road_id, group in groupby(ordered, key=lambda row: row["road_id"]):
        stops = list(group)
        line = tuple((row["longitude"], row["latitude"]) for row in stops)
        if len(line) < 2:
            raise stops[0].error("a road passes two towns at least", "road_id")
        roads.append(Road(road_id, stops[0]["name"], tuple(row["town"] for row in stops), line))
    return roads


@dataclass(frozen=True)
class Measured:
    """`km` from a place to the nearest point `target` of what `name` names; a road may lie, and a place reach, `error_km` from there."""

    name: str
    target: Position
    km: float
    error_km: float


@dataclass(frozen=True)
class Verdict:
    """Whether a stated distance fits the map, and the sentence that says so."""

    fits: bool
    sentence: str


class Map:
    """Measures what texts state, by the places and roads of a dataset."""

    def __init__(self, places: Iterable[Location], roads: Iterable[Road]) -> None:
        named: dict[str, set[Location]] = defaultdict(set)
        for place in places:
            for name in (place.name, *place.aliases):
                named[name].add(place)
        # A name that two places share says nothing.
        self._named = {name: min(found, key=lambda p: p.place_id) for name, found in named.items() if len(found) == 1}
        self._names = re.compile("|".join(rf"\b{re.escape(name)}(?!\w)" for name in sorted(self._named, key=len, reverse=True)) or r"(?!)")
        self._roads = list(roads)

    def named_in(self, text: str) -> list[Location]:
        """Return the places whose names a text contains, each once, in their order; of names that overlap the longest."""
        return list(dict.fromkeys(self._named[found[0]] for found in self._names.finditer(text)))

    def subject(self, stated: Stated, otherwise: Location) -> Location:
        """Return what the distance is told of: the place named just before it, else the place that the text is about."""
        close = " ".join(stated.before.split()[-5:])
        return (self.named_in(close) or [otherwise])[-1]

    def measure(self, stated: Stated, subject: Location) -> Measured | None:
        """How far a place lies from the object of a stated distance; None where that is no place or road that the map knows."""
        words = re.sub(r"^the\s+", "", stated.object)
        if roads := self._roads_meant(words):
            road = min(roads, key=lambda r: distance_km(subject.position, r.nearest(subject.position)))
            return _measured(subject, road.nearest(subject.position), f"the {road.name}", ROAD_ERROR_KM)
        found = self._names.match(words)
        place = self._named[found[0]] if found else None
        if place is None or place == subject:
            return None
        return _measured(subject, place.position, place.name, place.radius_km or 0.0)

    def check(self, stated: Stated, subject: Location) -> Verdict | None:
        """Whether a distance fits; None where its object is no place or road that the map knows."""
        found = self.measure(stated, subject)
        return _verdict(stated, subject, found) if found else None

    def _roads_meant(self, words: str) -> list[Road]:
        """Roads that the words may mean: by name, or by a word for a road and the towns that it joins."""
        named = [road for road in self._roads if re.match(rf"{re.escape(road.name)}\b", words)]
        if named or not _ROAD_WORDS.search(words):
            return named
        # "the town near the highway" is a town.
        if self._names.match(words) and not re.match(r"\S+\s*(?:-|–|to|and)\s*\S+", words):
            return []
        towns = {place.name for place in self.named_in(words)}
        return [road for road in self._roads if towns <= set(road.towns)]


def _measured(subject: Location, target: Position, name: str, error_km: float) -> Measured:
    return Measured(name, target, distance_km(subject.position, target), error_km + (subject.radius_km or 0.0))


def _verdict(stated: Stated, subject: Location, found: Measured) -> Verdict:
    name, measured, slack = found.name, found.km, found.error_km
    fits = stated.low / DETOUR - rounding_km(stated.low) - slack <= measured <= stated.high + rounding_km(stated.high) + slack
    seen = _bearing(found.target, subject.position)
    if stated.heading and measured > slack:
        off = abs((seen - _BEARINGS[stated.heading] + 180) % 360 - 180)
        fits = fits and off <= OFF_HEADING
    wind = min(_BEARINGS, key=lambda w: abs((seen - _BEARINGS[w] + 180) % 360 - 180))
    if name.startswith("the "):
        name = Sentence("{road} (a line through its towns, {km} km off at most)", road=name, km=f"{ROAD_ERROR_KM:g}")
    parts = {"place": Names((subject,)), "distance": stated.in_words(), "object": name, "km": f"{measured:.1f}", "wind": Sentence(wind)}
    if stated.heading:
        sentence = Sentence(
            "{place} is said to lie {distance} {heading} of {object}; on the map it lies {km} km {wind} of it",
            heading=Sentence(stated.heading),
            **parts,
        )
    elif stated.low == 0:
        sentence = Sentence("{place} is said to lie {distance} of {object}; on the map it lies {km} km {wind} of it", **parts)
    else:
        sentence = Sentence("{place} is said to lie {distance} from {object}; on the map it lies {km} km {wind} of it", **parts)
    return Verdict(fits, sentence)


def rounding_km(distance: float) -> float:
    """How far a distance told may be rounded: a tenth of it, or half a step of 5 km."""
    if math.isinf(distance) or distance == 0:
        return 0.0
    return max(distance / 10, 2.5 if distance % 5 == 0 else 0.5)


def _bearing(one: Position, other: Position) -> float:
    """Direction from one position to another in degrees from north, clockwise."""
    east = (other[0] - one[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return math.degrees(math.atan2(east, other[1] - one[1])) % 360


def _plain(wind: str) -> str:
    return wind.lower().replace("-", "").replace(" ", "")
