"""Areas that others publish: what each counts, beside each other and never averaged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from geodata.dataset.cells import Row
from geodata.dataset.claims import Dataset
from geodata.dataset.tables import PUBLISHED, Folder


@dataclass(frozen=True)
class PublishedFigure:
    """How much land a publisher says somebody held on a day.

    Attributes
    ----------
    claimant_id
        Of the publisher, where it is a claimant of the dataset; '' if not.
    scope
        What is the whole: name of the region, or of several, such as 'Iraq+Syria'.
    party_id
        Whose land was counted, '' if that is no single party; `counted` says it in words.
    km2
        None where only a share is given.
    percent_low, percent_high
        Of the scope, both inclusive, equal where one number was given. A missing upper end means "at least"; None for both where only an
        area is given.
    as_of
        Inclusive.
    definition
        What the publisher counts, in our words.
    """

    figure_id: str
    publisher: str
    claimant_id: str
    scope: str
    party_id: str
    counted: str
    km2: float | None
    percent_low: float | None
    percent_high: float | None
    as_of: dt.date
    url: str
    definition: str
    note: str


def read_published(dataset: Dataset) -> list[PublishedFigure]:
    """Return the published figures in the folder of a dataset, in the order of the table; none where it has no such table.

    Raises
    ------
    SchemaError
        A cell is not as documented; names file, row and column.
    """
    known: Mapping[str, Collection[str]] = {"parties": dataset.parties, "claimants": dataset.claimants}
    found = []
    for row in Folder(dataset.folder).rows(PUBLISHED, known):
        _check(row)
        found.append(PublishedFigure(**{**row.cells, "claimant_id": row["claimant_id"] or "", "party_id": row["party_id"] or ""}))
    return found


def _check(row: Row) -> None:
    low, high = row["percent_low"], row["percent_high"]
    if low is None and row["km2"] is None:
        raise row.error("a figure has an area or a share", "km2")
    if high is not None and (low is None or high < low):
        raise row.error(f"{high:g} has no percent_low at or below it", "percent_high")
