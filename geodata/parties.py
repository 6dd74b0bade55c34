"""Parties that hold places, and claimants who say so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from geodata.schema import iso_date, one_of, optional, read_table, required, text, unique


@dataclass(frozen=True)
class Party:
    """Who can hold a place; `active_from` and `active_to` are inclusive, None is no bound."""

    party_id: str
    name: str
    name_ar: str
    allies: str
    active_from: dt.date | None
    active_to: dt.date | None


DIVIDED = Party("divided", "Divided", "مقسّم", "", None, None)
"""Stands for a party where each of two sides holds a part of a place."""


@dataclass(frozen=True)
class Claimant:
    """Who says so. `side` is the party whose interest it speaks for, '' for none; `reliability` is Admiralty A-F."""

    claimant_id: str
    name: str
    side: str
    reliability: str

    @property
    def origin(self) -> str:
        """Key of the originating source: claimants of one side corroborate nothing for each other."""
        return f"side:{self.side}" if self.side else self.claimant_id


def read_parties(folder: Path) -> dict[str, Party]:
    """Parties by id, in the order of `parties.csv`."""
    columns = {"party_id": required, "name": required, "name_ar": text, "allies": text}
    dates = {"active_from": optional(iso_date), "active_to": optional(iso_date)}
    rows = unique(read_table(folder / "parties.csv", columns | dates), "party_id")
    return {r["party_id"]: Party(**r.cells) for r in rows}


def read_claimants(folder: Path, parties: dict[str, Party]) -> dict[str, Claimant]:
    """Claimants by id, in the order of `claimants.csv`; a side must be one of `parties`."""
    columns = {
        "claimant_id": required,
        "name": required,
        "side": optional(one_of(parties, "party")),
        "reliability": one_of("ABCDEF", "reliability"),
    }
    rows = unique(read_table(folder / "claimants.csv", columns), "claimant_id")
    return {r["claimant_id"]: Claimant(r["claimant_id"], r["name"], r["side"] or "", r["reliability"]) for r in rows}
