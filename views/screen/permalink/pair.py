"""The state of the page that compares, as a URL: the first side says what it is in the words of the map, the second in words of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from views.language import _
from views.screen.permalink.permalink import Permalink
from views.screen.permalink.reading import Existing, read
from views.screen.permalink.schema import COMPARE, COMPARED_DAYS


@dataclass(frozen=True)
class PairPermalink:
    """What a link says of two sides.

    `mode` is one of `MODES` or '' for the usual one; `split` is where the divider stands, in percent from the left, '' for the middle.
    `other.date` is None where one date counts for both sides; place, map, province, land, language and look of `one` count for both.
    """

    one: Permalink = field(default_factory=Permalink)
    other: Permalink = field(default_factory=Permalink)
    mode: str = ""
    split: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> PairPermalink:
        """From names and values that are known to be good, as `query` gives them."""
        one, other = (
            Permalink.of({key.says: said.get(key.name, "") for key in COMPARE if key.side in (side, "both")}) for side in ("one", "other")
        )
        return cls(one, other, said.get("mode", ""), said.get("split", ""))

    def query(self) -> dict[str, str]:
        """Return only what is said and does not go without saying, in a fixed order."""
        own = {"mode": self.mode, "split": self.split}
        sides = {"one": self.one.said(), "other": self.other.said(), "both": self.one.said()}
        said = {key.name: sides[key.side][key.says] if key.side else own[key.name] for key in COMPARE}
        return {key.name: said[key.name] for key in COMPARE if said[key.name] not in ("", key.usual)}

    def sides(self) -> tuple[Permalink, Permalink]:
        """Both sides as links to the map, each with its date."""
        return self.one, replace(self.other, date=self.other.date or self.one.date)


def read_pair(query: Mapping[str, str], exists: Existing) -> tuple[PairPermalink, list[str]]:
    """Return the pair in a query, from anybody, and a sentence for every part of it that had to be left out."""
    said, notes = read(query, COMPARE, exists)
    first, second = said.get("date"), said.get("to")
    if first and second and second < first:
        last, day = dt.date.fromisoformat(second), dt.date.fromisoformat(first)
        notes.append(_("The link's second date {last} lies before its first, {first}; they change places.", last=last, first=day))
        said |= {"date": second, "to": first}
    return PairPermalink.of(said), notes


def pair_before(now: Permalink, span: tuple[dt.date, dt.date]) -> PairPermalink:
    """Return the date of the map as the second side, and the eve of its range, else the date 30 days before, as the first.

    Parameters
    ----------
    span
        First and last day of the timeline, both inclusive.
    """
    last = now.date or span[1]
    eve = now.start - dt.timedelta(days=1) if now.start else last - dt.timedelta(days=COMPARED_DAYS)
    said = now.said()
    side = Permalink.of({key.says: said[key.says] for key in COMPARE if key.side in ("one", "both")})
    return PairPermalink(replace(side, date=max(eve, span[0])), replace(side, date=last))
