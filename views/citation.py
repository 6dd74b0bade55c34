"""A view as others cite it: what it shows, from which viewpoint, on whose word, of which data, and where it is."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geodata import Control, Dataset
from views.language import N_, _, listed, long_date, ngettext

NAMED_SOURCES = 12
"""So many publishers are named, those with most claims first; the others are counted."""

VIEWS_TOLD = {"claimed": N_("As claimed"), "corroborated": N_("Corroborated only")}
_MARKS = dict.fromkeys(range(0x2066, 0x206A))
_ESCAPED = str.maketrans({**{sign: f"\\{sign}" for sign in "&%$#_{}"}, "\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"})


@dataclass(frozen=True)
class Basis:
    """What a picture rests on: numbers of claims, claimants and documents, and the publishers, those with most claims first."""

    claims: int
    claimants: int
    documents: int
    publishers: tuple[str, ...]


def basis(dataset: Dataset, events: gpd.GeoDataFrame, view: str, date: dt.date, start: dt.date | None = None, province: str = "") -> Basis:
    """Return the claims that the map on a date rests on.

    Those for and against each holder, those of fighting and sieges on the date, and those of
    every change within the range.

    Parameters
    ----------
    dataset, events
        As `geodata.read_dataset` and `geodata.events_of` give them.
    view
        One of `geodata.VIEWS`.
    date, start
        Both inclusive; `start` is the first day of a range that ends on `date`, None without one.
    province
        ISO 3166-2; '' for the whole region.
    """
    here = events[events["admin1"] == province] if province else events
    day, held = pd.Timestamp(date), set(Control(events, view).at(date)["event_id"])
    fought = (here["kind"] != "control") & (here["date"] <= day) & ~(here["until"] < day)
    shown = here["event_id"].isin(held) | fought
    if start is not None:
        shown |= here["date"].between(pd.Timestamp(start), day)
    cited = {claim_id for side in ("supporting", "opposing") for ids in here.loc[shown, side] for claim_id in ids}
    claims = [claim for claim in dataset.claims if claim.claim_id in cited]
    printed = Counter(dataset.documents[claim.document_id].publisher for claim in claims)
    return Basis(
        claims=len(claims),
        claimants=len({claim.claimant.claimant_id for claim in claims}),
        documents=len({claim.document_id for claim in claims}),
        publishers=tuple(sorted(printed, key=lambda publisher: (-printed[publisher], publisher))),
    )


@dataclass(frozen=True)
class Citation:
    """A view, ready to be cited.

    Attributes
    ----------
    about
        What the map is of: the region or a province.
    date, start
        Both inclusive; `start` is None without a range.
    view
        One of `geodata.VIEWS`.
    viewpoint
        Whose claims alone count, or as known when, in words; '' where all count.
    head
        Hash of the ledger's newest entry, which stands for all of the data.
    link
        Address of the view.
    accessed
        The day on which it was looked at.
    """

    about: str
    date: dt.date
    start: dt.date | None
    view: str
    viewpoint: str
    basis: Basis
    head: str
    link: str
    accessed: dt.date

    @property
    def title(self) -> str:
        """What the picture shows, and when."""
        if self.start is None:
            return _("{region}: who controls which town, {day}", region=self.about, day=long_date(self.date))
        first, last = long_date(self.start), long_date(self.date)
        return _("{region}: who controls which town, {first} to {last}", region=self.about, first=first, last=last)

    @property
    def marking(self) -> str:
        """The view and the viewpoint."""
        return ". ".join(filter(None, (_(VIEWS_TOLD[self.view]), self.viewpoint)))

    def text(self) -> str:
        """Return the citation as one paragraph."""
        parts = [_("Control Atlas"), f"“{self.title}”", self.marking, self.rests_on()]
        parts += [_("Data {head}", head=self.head), _("Accessed {day}", day=long_date(self.accessed)), self.link]
        return _bare(". ".join(filter(None, parts)))

    def rests_on(self) -> str:
        """Return the numbers of claims and documents, and the names of publishers."""
        if not self.basis.claims:
            return _("It rests on no claim")
        claims = ngettext("{n} claim", "{n} claims", self.basis.claims)
        documents = ngettext("{n} document", "{n} documents", self.basis.documents)
        named, rest = self.basis.publishers[:NAMED_SOURCES], len(self.basis.publishers) - NAMED_SOURCES
        sources = listed([*named, *([ngettext("{n} more", "{n} more", rest)] if rest > 0 else [])])
        return _("It rests on {claims} in {documents}, by {sources}", claims=claims, documents=documents, sources=sources)

    def bibtex(self) -> str:
        """Return the citation as an entry of BibTeX, with the fields of biblatex for the address and the day of access."""
        days = "-".join(day.isoformat() for day in (self.start, self.date) if day)
        slug = re.sub(r"[^a-z0-9]+", "-", f"{self.about}-{days}-{self.view}".casefold().encode("ascii", "ignore").decode()).strip("-")
        fields = {
            "title": f"{{{_escaped(self.title)}}}",
            "author": "{Control Atlas}",
            "year": str(self.accessed.year),
            "note": _escaped(". ".join((self.marking, self.rests_on(), _("Data {head}", head=self.head)))),
            "url": self.link,
            "urldate": self.accessed.isoformat(),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return _bare("\n".join([f"@misc{{control-atlas-{slug},", *lines, "}"]))


def _bare(text: str) -> str:
    """Without the invisible marks of directions: the text is copied elsewhere, and searched for."""
    return text.translate(_MARKS)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)
