"""The state in the URL: short, readable, dates in ISO form. A link opened cold shows the same picture."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

DAYS = ("date", "from", "known")
WORDS = ("place", "view", "map", "province", "speed", "loop", "land", "voice")
SPEEDS = ("0.5", "2", "4")
"""How much faster than usual the timeline plays; the usual speed is not said."""

OFF, USUAL_LAND = "off", "nearest-20"
LANDS = (OFF, "nearest-10", "nearest-30", "weighted-10", "weighted-20", "weighted-30")
"""Territory as a link names it: none, or the method and the distance limit in km. The usual one is not said."""

_MAP = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)_(-?\d{1,2}(?:\.\d{1,5})?)_(-?\d{1,3}(?:\.\d{1,5})?)")


_INSTEAD = {
    "date": ", so the map opens on its usual day",
    "from": ", so no range is shown",
    "known": ", so everything is taken as known",
}


@dataclass(frozen=True)
class Address:
    """What a link says. '' or None: not said.

    `date` is inclusive; `start` the first day of a range that ends on `date`, inclusive, `from` in the link; `place` a place_id; `view` one
    of `geodata.VIEWS`; `map` is zoom_latitude_longitude (EPSG:4326); `province` is ISO 3166-2; `speed` one of `SPEEDS`; `loop` '1';
    `land` one of `LANDS`; `voice` a claimant or outlet whose claims alone count; `known_on` the day by whose end claims had to be reported,
    inclusive, `known` in the link.
    """

    date: dt.date | None = None
    start: dt.date | None = None
    known_on: dt.date | None = None
    place: str = ""
    view: str = ""
    map: str = ""
    province: str = ""
    speed: str = ""
    loop: str = ""
    land: str = ""
    voice: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Address:
        """From names and values that are known to be good, as `query` gives them."""
        days = {key: dt.date.fromisoformat(said[key]) if said.get(key) else None for key in DAYS}
        return cls(days["date"], days["from"], days["known"], **{key: said.get(key, "") for key in WORDS})

    def query(self) -> dict[str, str]:
        """Only what is said, in a fixed order."""
        days = {key: day.isoformat() if day else "" for key, day in zip(DAYS, (self.date, self.start, self.known_on), strict=True)}
        values = days | {key: getattr(self, key) for key in WORDS}
        return {key: value for key, value in values.items() if value}

    def link(self) -> str:
        """The query as it stands in a link, with its question mark."""
        query = urlencode(self.query())
        return f"?{query}" if query else ""


def read_address(
    query: Mapping[str, str],
    places: Collection[str],
    views: Collection[str],
    provinces: Collection[str],
    voices: Collection[str],
    span: tuple[dt.date, dt.date] = (dt.date.min, dt.date.max),
    *,
    called: Mapping[str, str] = {},
    instead: Mapping[str, str] = {},
) -> tuple[Address, list[str]]:
    """The address in a query, and a sentence for every part of it that had to be left out.

    Parameters
    ----------
    query
        Names and values of the URL, from anybody.
    places, views, provinces, voices
        What exists: place_ids, view names, ISO 3166-2 codes, claimants and outlets.
    span
        First and last day of the timeline, both inclusive.
    called
        What the link calls a name of the query, where that is something else.
    instead
        What follows from a date that is none, by name, where that is not the usual.
    """
    said: dict[str, str] = {}
    notes = []
    allowed = {"place": places, "view": views, "province": provinces, "speed": SPEEDS, "loop": ("1",), "land": LANDS, "voice": voices}
    for key, value in query.items():
        text, name = value[:60], called.get(key, key)
        if key in DAYS:
            try:
                day = dt.date.fromisoformat(value)
            except ValueError:
                notes.append(f"The link's {name} “{text}” is not a date like 2015-11-23{(_INSTEAD | {**instead})[key]}.")
                continue
            if key != "known" and not span[0] <= day <= span[1]:
                notes.append(f"{day} is outside the timeline, {span[0]} to {span[1]}; the nearest day of it is shown.")
                day = min(max(day, span[0]), span[1])
            said[key] = day.isoformat()
        elif key == "map":
            match = _MAP.fullmatch(value)
            if match and 3 <= float(match[1]) <= 15 and abs(float(match[2])) <= 85 and abs(float(match[3])) <= 180:
                said[key] = value
            else:
                notes.append(f"The link's map position “{text}” is not zoom_latitude_longitude.")
        elif key in WORDS:
            if value in allowed[key]:
                said[key] = value
            else:
                notes.append(f"The link asks for the {name} “{text}”, which this dataset does not have.")
        else:
            notes.append(f"The link's “{key[:30]}” is not known here and was left out.")
    if "from" in said and said["from"] > said.get("date", said["from"]):
        notes.append(f"The link's range begins on {said.pop('from')}, after its date, so only the date is shown.")
    return Address.of(said), notes
