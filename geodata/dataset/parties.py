"""Parties that hold places, and claimants who say so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geodata.dataset.tables import CLAIMANTS, PARTIES, Source


@dataclass(frozen=True)
class Party:
    """Who can hold a place; `active_from` and `active_to` are inclusive, None is no bound."""

    party_id: str
    name: str
    name_ar: str
    allies: tuple[str, ...] = ()
    active_from: dt.date | None = None
    active_to: dt.date | None = None
    note: str = ""


DIVIDED = Party("divided", "Divided", "مقسّم")
"""Stands for a party where each of two sides holds a part of a place."""


@dataclass(frozen=True)
class Claimant:
    """Who says so. `side` is the party whose interest it speaks for, '' for none; `reliability` is Admiralty A-F."""

    claimant_id: str
    name: str
    side: str
    reliability: str
    name_ar: str = ""
    note: str = ""

    @property
    def origin(self) -> str:
        """Key of the originating source: claimants of one side corroborate nothing for each other."""
        return f"side:{self.side}" if self.side else self.claimant_id


def read_parties(source: Source) -> dict[str, Party]:
    """Parties by id, in the order of the table."""
    return {row["party_id"]: Party(**row.cells) for row in source.rows(PARTIES, {})}


def read_claimants(source: Source, parties: dict[str, Party]) -> dict[str, Claimant]:
    """Claimants by id, in the order of the table; a side must be one of `parties`."""
    rows = source.rows(CLAIMANTS, {"parties": parties})
    return {row["claimant_id"]: Claimant(**{**row.cells, "side": row["side"] or ""}) for row in rows}
