"""The state in the URL: short, readable, dates in ISO form. A link opened cold shows the same picture."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from views.language import ENGLISH, LANGUAGES, N_, _

DAYS = ("date", "from", "known")
LANGUAGE = "lang"
LOOK = ("theme", "pattern")
FILTERS = ("party", "kind", "status", "by", "area", "q")
"""Which events the feed lists."""
WORDS = ("place", "view", "map", "province", "speed", "loop", "land", "voice", LANGUAGE, *LOOK, *FILTERS)
SPEEDS = ("0.5", "2", "4")
"""How much faster than usual the timeline plays; the usual speed is not said."""

THEMES = ("dark", "light")
"""What a page looks like; what the system says is not said."""

KINDS = ("control", "contested", "siege")
STATUSES = ("corroborated", "claimed", "disputed")
LONGEST_TEXT = 60

OFF, USUAL_LAND = "off", "nearest-20"
LANDS = (OFF, "nearest-10", "nearest-30", "weighted-10", "weighted-20", "weighted-30")
"""Territory as a link names it: none, or the method and the distance limit in km. The usual one is not said."""

_MAP = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)_(-?\d{1,2}(?:\.\d{1,5})?)_(-?\d{1,3}(?:\.\d{1,5})?)")


_NO_DATE = {
    "date": N_("The link's date “{text}” is not a date like 2015-11-23, so the map opens on its usual day."),
    "from": N_("The link's first day “{text}” is not a date like 2015-11-23, so no range is shown."),
    "known": N_("The link's day of knowing “{text}” is not a date like 2015-11-23, so everything is taken as known."),
}


@dataclass(frozen=True)
class Address:
    """What a link says. '' or None: not said.

    `date` is inclusive; `start` the first day of a range that ends on `date`, inclusive, `from` in the link; `place` a place_id; `view` one
    of `geodata.VIEWS`; `map` is zoom_latitude_longitude (EPSG:4326); `province` is ISO 3166-2; `speed` one of `SPEEDS`; `loop` '1';
    `land` one of `LANDS`; `voice` a claimant or outlet whose claims alone count; `known_on` the day by whose end claims had to be reported,
    inclusive, `known` in the link; `lang` one of `LANGUAGES` but English; `theme` one of `THEMES`; `pattern` '1' where parties have
    patterns beside their colours. The feed lists the events of a `party`, gaining, losing or fighting; of a `kind`, one of `KINDS`; of a
    `status`, one of `STATUSES`; `by` a claimant_id who claims them; in an `area`, ISO 3166-2; with the text `q` in a name or a reason.
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
    lang: str = ""
    theme: str = ""
    pattern: str = ""
    party: str = ""
    kind: str = ""
    status: str = ""
    by: str = ""
    area: str = ""
    q: str = ""

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
        """Return the query as it stands in a link, with its question mark."""
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
    parties: Collection[str] = (),
    claimants: Collection[str] = (),
    called: Mapping[str, str] = {},
    instead: Mapping[str, str] = {},
) -> tuple[Address, list[str]]:
    """Return the address in a query, and a sentence for every part of it that had to be left out.

    Parameters
    ----------
    query
        Names and values of the URL, from anybody.
    places, views, provinces, voices
        What exists: place_ids, view names, ISO 3166-2 codes, claimants and outlets.
    span
        First and last day of the timeline, both inclusive.
    parties, claimants
        What exists: party_ids and claimant_ids.
    called
        What the link calls a name of the query, where that is something else.
    instead
        What follows from a date that is none, by name, where that is not the usual.
    """
    said: dict[str, str] = {}
    notes = []
    allowed: dict[str, Collection[str]] = {
        "place": places,
        "view": views,
        "province": provinces,
        "speed": SPEEDS,
        "loop": ("1",),
        "land": LANDS,
        "voice": voices,
        LANGUAGE: LANGUAGES,
        "theme": THEMES,
        "pattern": ("1",),
    }
    allowed |= {"party": parties, "kind": KINDS, "status": STATUSES, "by": claimants, "area": provinces}
    for key, value in query.items():
        text, name = value[:60], called.get(key, key)
        if key in DAYS:
            try:
                day = dt.date.fromisoformat(value)
            except ValueError:
                notes.append(_(instead.get(key, _NO_DATE[key]), text=text))
                continue
            if key != "known" and not span[0] <= day <= span[1]:
                first, last = span
                notes.append(
                    _("{day} is outside the timeline, {first} to {last}; the nearest day of it is shown.", day=day, first=first, last=last)
                )
                day = min(max(day, span[0]), span[1])
            said[key] = day.isoformat()
        elif key == "map":
            match = _MAP.fullmatch(value)
            if match and 3 <= float(match[1]) <= 15 and abs(float(match[2])) <= 85 and abs(float(match[3])) <= 180:
                said[key] = value
            else:
                notes.append(_("The link's map position “{text}” is not zoom_latitude_longitude.", text=text))
        elif key == "q":
            if value and len(value) <= LONGEST_TEXT and value.isprintable():
                said[key] = value
            else:
                notes.append(
                    _("The link's text “{text}” is not one to filter events by: at most {most} letters.", text=text, most=LONGEST_TEXT)
                )
        elif key in WORDS:
            if value in allowed[key]:
                said[key] = value if value != ENGLISH else ""
            else:
                notes.append(_("The link asks for the {key} “{text}”, which there is not here.", key=name, text=text))
        else:
            notes.append(_("The link's “{key}” is not known here and was left out.", key=key[:30]))
    if "from" in said and said["from"] > said.get("date", said["from"]):
        first = dt.date.fromisoformat(said.pop("from"))
        notes.append(_("The link's range begins on {first}, after its date, so only the date is shown.", first=first))
    return Address.of(said), notes
