"""UCDP GED: every row stays an incident.

A row is a fatal event, with who fought whom; GED does not code who held the place before or after, and a fight is no change of control.
Columns are those of the GED codebook, version 24.1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from geodata.checks.findings import Finding, Severity
from geodata.dataset.cells import iso_date, required
from geodata.dataset.tables import INCIDENTS
from geodata.files.guard import RawTable
from geodata.intake.actors import Actors
from geodata.intake.draw import Drawn

SOURCE = "UCDP GED"
NEEDED = ("id", "date_start", "date_end", "date_prec", "side_a", "side_b", "where_coordinates", "adm_1", "latitude", "longitude")

_KINDS = {"1": "state-based conflict", "2": "non-state conflict", "3": "one-sided violence"}


def draw(raw: RawTable, actors: Actors) -> Drawn:
    """Return an incident for each row."""
    drawn = Drawn()
    names = {name: name.lower() for name in raw.columns}
    rows = [(number, {names[name]: cell for name, cell in cells.items()}) for number, cells in zip(raw.numbers, raw.rows, strict=True)]
    for number, row in rows:
        parsed: dict[str, Any] = {}
        for column, parse in {"id": required, "date_start": _day, "date_end": _day}.items():
            try:
                parsed[column] = parse(row[column])
            except ValueError as problem:
                drawn.findings.append(Finding("cell", Severity.ERROR, f"{problem}.", row=number, column=column))
        if len(parsed) == 3:
            drawn.wish(INCIDENTS.name, _incident(row, actors, parsed["date_start"], parsed["date_end"]), number)
    drawn.warn_of_namesakes((number, row["where_coordinates"], row["adm_1"], row["longitude"], row["latitude"]) for number, row in rows)
    return drawn


def _incident(row: Mapping[str, str], actors: Actors, first: dt.date, last: dt.date) -> dict[str, str]:
    return {
        "incident_id": f"ucdp-{_whole(row['id'])}",
        "source": SOURCE,
        "kind": _KINDS.get(_whole(row.get("type_of_violence", "")), "fatal event"),
        "place_as_written": row["where_coordinates"],
        "admin1_as_written": row["adm_1"],
        "longitude": row["longitude"],
        "latitude": row["latitude"],
        "date_earliest": first.isoformat(),
        "date_latest": last.isoformat(),
        "date_precision": _whole(row["date_prec"]),
        "where_precision": _whole(row.get("where_prec", "")),
        "actor_1": row["side_a"],
        "party_1": actors.party_of(row["side_a"], first, last),
        "actor_2": row["side_b"],
        "party_2": actors.party_of(row["side_b"], first, last),
        "reported_by": row.get("source_original") or row.get("source_office", ""),
        "reported_on": _first_date(row.get("source_date", "")),
        "note": "Not taken for a claim of control: a fatal event, of which GED does not code who holds the place.",
    }


def _day(text: str) -> dt.date:
    return iso_date(text.partition(" ")[0].partition("T")[0])


def _whole(text: str) -> str:
    # Tables that went through a data frame write 2 as 2.0.
    return text.removesuffix(".0")


def _first_date(text: str) -> str:
    """Return the earliest of several dates separated by ';', '' if there is none that can be read."""
    found = []
    for part in text.split(";"):
        try:
            found.append(_day(part.strip()).isoformat())
        except ValueError:
            continue
    return min(found, default="")
