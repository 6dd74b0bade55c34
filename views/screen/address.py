"""The state in the URL: short, readable, dates in ISO form. A link opened cold shows the same picture."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

_MAP = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)_(-?\d{1,2}(?:\.\d{1,5})?)_(-?\d{1,3}(?:\.\d{1,5})?)")


@dataclass(frozen=True)
class Address:
    """What a link says. '' or None: not said.

    `date` is inclusive; `place` a place_id; `view` one of `geodata.VIEWS`; `map` is zoom_latitude_longitude (EPSG:4326);
    `province` is ISO 3166-2.
    """

    date: dt.date | None = None
    place: str = ""
    view: str = ""
    map: str = ""
    province: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str], date: dt.date | None) -> Address:
        """From names and values that are known to be good."""
        return cls(date, said.get("place", ""), said.get("view", ""), said.get("map", ""), said.get("province", ""))

    def query(self) -> dict[str, str]:
        """Only what is said, in a fixed order."""
        values = {"date": self.date.isoformat() if self.date else "", "place": self.place, "view": self.view}
        values |= {"map": self.map, "province": self.province}
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
    span: tuple[dt.date, dt.date] = (dt.date.min, dt.date.max),
) -> tuple[Address, list[str]]:
    """The address in a query, and a sentence for every part of it that had to be left out.

    Parameters
    ----------
    query
        Names and values of the URL, from anybody.
    places, views, provinces
        What exists: place_ids, view names, ISO 3166-2 codes.
    span
        First and last day of the timeline, both inclusive.
    """
    said: dict[str, str] = {}
    date, notes = None, []
    for key, value in query.items():
        text = value[:60]
        if key == "date":
            try:
                date = dt.date.fromisoformat(value)
            except ValueError:
                notes.append(f"The link's date “{text}” is not a date like 2015-11-23, so the map opens on its usual day.")
                continue
            if not span[0] <= date <= span[1]:
                notes.append(f"{date} is outside the timeline, {span[0]} to {span[1]}; the nearest day of it is shown.")
                date = min(max(date, span[0]), span[1])
        elif key == "map":
            match = _MAP.fullmatch(value)
            if match and 3 <= float(match[1]) <= 15 and abs(float(match[2])) <= 85 and abs(float(match[3])) <= 180:
                said[key] = value
            else:
                notes.append(f"The link's map position “{text}” is not zoom_latitude_longitude.")
        elif key in ("place", "view", "province"):
            known = {"place": places, "view": views, "province": provinces}[key]
            if value in known:
                said[key] = value
            else:
                notes.append(f"The link asks for the {key} “{text}”, which this dataset does not have.")
        else:
            notes.append(f"The link's “{key[:30]}” is not known here and was left out.")
    return Address.of(said, date), notes
