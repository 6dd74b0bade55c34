"""The state in the URL: short, readable, dates in ISO form. A link opened cold shows the same picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from views.language import _
from views.screen.permalink.reading import Existing, read
from views.screen.permalink.schema import DATE, MAP

_FIELDS = {key.name: {"from": "start", "known": "known_on"}.get(key.name, key.name) for key in MAP}


@dataclass(frozen=True)
class Permalink:
    """What a link says. '' or None: not said.

    `date` is inclusive; `start` the first day of a range that ends on `date`, inclusive, `from` in the link; `place` a place_id; `view` one
    of `geodata.VIEWS`; `map` is zoom_latitude_longitude (EPSG:4326); `province` is ISO 3166-2; `speed` one of `SPEEDS`; `loop` '1';
    `land` one of `LANDS`; `voice` a claimant or outlet whose claims alone count; `known_on` the day by whose end claims had to be reported,
    inclusive, `known` in the link; `lang` one of `LANGUAGES` but English; `theme` one of `THEMES`; `pattern` '1' where parties have
    patterns beside their colours. The feed lists the events of a `party`, gaining, losing or fighting; of a `kind`, one of `EVENT_KINDS`;
    of a `status`, one of `STATUSES`; `by` a claimant_id who claims them; in an `area`, ISO 3166-2; with the text `q` in a name or a reason.
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
    def of(cls, said: Mapping[str, str]) -> Permalink:
        """From names and values that are known to be good, as `query` gives them."""
        values: dict[str, Any] = {}
        for key in MAP:
            text = said.get(key.name, "")
            values[_FIELDS[key.name]] = (dt.date.fromisoformat(text) if text else None) if key.kind == DATE else text
        return cls(**values)

    def said(self) -> dict[str, str]:
        """Return the value of every name in a link, in a fixed order, '' for what is not said."""
        values = {name: getattr(self, field) for name, field in _FIELDS.items()}
        return {name: value.isoformat() if isinstance(value, dt.date) else value or "" for name, value in values.items()}

    def query(self) -> dict[str, str]:
        """Return only what is said and does not go without saying, in a fixed order."""
        said = self.said()
        return {key.name: said[key.name] for key in MAP if said[key.name] not in ("", key.usual)}

    def link(self) -> str:
        """Return the query as it stands in a link, with its question mark."""
        query = urlencode(self.query())
        return f"?{query}" if query else ""


def read_permalink(query: Mapping[str, str], exists: Existing) -> tuple[Permalink, list[str]]:
    """Return the state in a query, from anybody, and a sentence for every part of it that had to be left out."""
    said, notes = read(query, MAP, exists)
    if "from" in said and said["from"] > said.get("date", said["from"]):
        first = dt.date.fromisoformat(said.pop("from"))
        notes.append(_("The link's range begins on {first}, after its date, so only the date is shown.", first=first))
    return Permalink.of(said), notes
