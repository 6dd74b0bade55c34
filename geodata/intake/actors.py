"""Actors of event data sets to parties: data/actors.csv."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata.dataset.cells import iso_date, optional, read_table, required
from geodata.dataset.parties import Party
from geodata.dataset.tables import Column, Table

ACTORS = Table(
    "actors",
    "actor",
    (
        Column("actor", required),
        Column("party_id", required, refers="parties", what="party"),
        Column("active_from", optional(iso_date)),
        Column("active_to", optional(iso_date)),
        Column("note", needed=False),
    ),
)
"""An actor may stand in several rows, one a period; a `*` in its name stands for any text."""


@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    weight: int
    party: Party
    active_from: dt.date | None
    active_to: dt.date | None


class Actors:
    """The parties that actors count to."""

    def __init__(self, rules: list[_Rule]) -> None:
        # The longest name that fits is the most particular one.
        self._rules = sorted(rules, key=lambda rule: -rule.weight)

    def party_of(self, actor: str, first: dt.date, last: dt.date) -> str:
        """Party that an actor counts to on all of these days, both inclusive; '' where none is listed.

        Several actors, separated by ';' or ', ', count to a party if all of them do.
        """
        parties = {self._party_of_one(name.strip(), first, last) for name in re.split(r";|, ", actor)}
        return parties.pop() if len(parties) == 1 else ""

    def _party_of_one(self, actor: str, first: dt.date, last: dt.date) -> str:
        for rule in self._rules:
            spans = ((rule.active_from, rule.active_to), (rule.party.active_from, rule.party.active_to))
            if rule.pattern.fullmatch(actor) and all((not a or a <= first) and (not b or last <= b) for a, b in spans):
                return rule.party.party_id
        return ""


def read_actors(folder: Path, parties: Mapping[str, Party]) -> Actors:
    """Return the actors of `actors.csv`; none where the dataset has no such file.

    Raises
    ------
    SchemaError
        A cell is not as documented, or a party is not known; names file, row and column.
    """
    path = folder / f"{ACTORS.name}.csv"
    if not path.exists():
        return Actors([])
    rules = []
    for row in read_table(path, ACTORS.parsers({"parties": parties}), ACTORS.absent):
        pattern = ".*".join(map(re.escape, row["actor"].split("*")))
        weight = len(row["actor"].replace("*", ""))
        party = parties[row["party_id"]]
        rules.append(_Rule(re.compile(pattern, re.IGNORECASE), weight, party, row["active_from"], row["active_to"]))
    return Actors(rules)
