"""The state of the page that compares, as a URL: the first side says what it is in the words of the map, the second in words of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from views.language import N_, _
from views.screen.permalink.permalink import FILTERS, LANGUAGE, LOOK, Address, read_address

SWIPE, SIDE = "swipe", "side"
MODES = (SWIPE, SIDE)
"""How the maps lie: one over the other with a divider, or beside each other. The first is the usual one and is not said."""

COMPARED_DAYS = 30
"""How far the first date lies before the second where nobody says more; COMPARED_DAYS in atlas.js."""

ONE_SIDE = {"date": "date", "known": "known", "view": "view", "voice": "voice"}
OTHER_SIDE = {"date": "to", "known": "known2", "view": "view2", "voice": "voice2"}
"""Names in the link of what each side has of its own, by name in an `Address`."""

BOTH = ("place", "map", "province", "land", LANGUAGE, *LOOK)
KEYS = (*(name for pair in zip(ONE_SIDE.values(), OTHER_SIDE.values(), strict=True) for name in pair), *BOTH, "mode", "split")
"""Every name in a link, in its order there."""

_NO_DATE = {
    "date": N_("The link's second date “{text}” is not a date like 2015-11-23, so both sides show one day."),
    "known": N_("The link's second day of knowing “{text}” is not a date like 2015-11-23, so everything is taken as known."),
}


@dataclass(frozen=True)
class PairAddress:
    """What a link says of two sides.

    `mode` is one of `MODES` or ''; `split` is where the divider stands, in percent from the left, '' for
    the middle. `other.date` is None where one date counts for both sides; place, map, province and land of `one` count for both.
    """

    one: Address = field(default_factory=Address)
    other: Address = field(default_factory=Address)
    mode: str = ""
    split: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> PairAddress:
        """From names and values that are known to be good, as `query` gives them."""
        shared = {key: said.get(key, "") for key in BOTH}
        one, other = ({own: said.get(name, "") for own, name in names.items()} | shared for names in (ONE_SIDE, OTHER_SIDE))
        return cls(Address.of(one), Address.of(other), said.get("mode", ""), said.get("split", ""))

    def query(self) -> dict[str, str]:
        """Only what is said, in a fixed order."""
        one, other = self.one.query(), self.other.query()
        said = {name: one.get(own, "") for own, name in ONE_SIDE.items()} | {name: other.get(own, "") for own, name in OTHER_SIDE.items()}
        said |= {key: one.get(key, "") for key in BOTH} | {"mode": self.mode, "split": self.split}
        return {key: said[key] for key in KEYS if said[key]}

    def sides(self) -> tuple[Address, Address]:
        """Both sides as addresses of the map, each with its date."""
        return self.one, replace(self.other, date=self.other.date or self.one.date)


def read_pair(
    query: Mapping[str, str],
    places: Collection[str],
    views: Collection[str],
    provinces: Collection[str],
    voices: Collection[str],
    span: tuple[dt.date, dt.date],
) -> tuple[PairAddress, list[str]]:
    """Return the pair in a query, and a sentence for every part of it that had to be left out; parameters as for `read_address`."""
    exists = (places, views, provinces, voices, span)
    first, notes = read_address({key: query[key] for key in (*ONE_SIDE.values(), *BOTH) if key in query}, *exists)
    own = {name: query[key] for name, key in OTHER_SIDE.items() if key in query}
    second, wrong = read_address(own, *exists, called=OTHER_SIDE, instead=_NO_DATE)
    notes += wrong
    said = {}
    for key in query:
        if key == "mode" and query[key] in MODES:
            said[key] = "" if query[key] == SWIPE else query[key]
        elif key == "split" and query[key].isascii() and query[key].isdecimal() and int(query[key][:9]) <= 100:
            said[key] = str(int(query[key][:9]))
        elif key in ("mode", "split"):
            notes.append(_("The link asks for the {key} “{text}”, which there is not here.", key=key, text=query[key][:60]))
        elif key not in KEYS:
            notes.append(_("The link's “{key}” is not known here and was left out.", key=key[:30]))
    if second.date and first.date and second.date < first.date:
        notes.append(
            _("The link's second date {last} lies before its first, {first}; they change places.", last=second.date, first=first.date)
        )
        first, second = replace(first, date=second.date), replace(second, date=first.date)
    shared = {key: getattr(first, key) for key in BOTH}
    return PairAddress(first, replace(second, **shared), said.get("mode", ""), said.get("split", "")), notes


def pair_before(address: Address, span: tuple[dt.date, dt.date]) -> PairAddress:
    """Return the date of an address as the second side, and the eve of its range, else the date 30 days before, as the first.

    Parameters
    ----------
    span
        First and last day of the timeline, both inclusive.
    """
    now = address.date or span[1]
    eve = address.start - dt.timedelta(days=1) if address.start else now - dt.timedelta(days=COMPARED_DAYS)
    side = Address.of({key: value for key, value in address.query().items() if key not in ("from", "speed", "loop", *FILTERS)})
    return PairAddress(replace(side, date=max(eve, span[0])), replace(side, date=now))
