"""Quantity claims: what was claimed about areas and distances; rival ones on one question stay side by side."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from geodata.dataset.cells import Row
from geodata.dataset.claims import Dataset
from geodata.dataset.tables import QUANTITIES, Source, source_of
from geodata.dataset.vocabulary import Metric


@dataclass(frozen=True)
class QuantityClaim:
    """One claim. `value_low` and `value_high` are inclusive and equal where one number was given; dates are inclusive.

    The unit follows from `metric`: percent of the `denominator`, km2 or km.
    """

    quantity_id: str
    document_id: str
    locator: str
    claimant_id: str
    reported_on: dt.date
    statement: str
    topic: str
    subject: str
    metric: Metric
    value_low: float
    value_high: float
    denominator: str
    as_of_earliest: dt.date
    as_of_latest: dt.date
    note: str


def read_quantities(source: Source | Path, dataset: Dataset) -> list[QuantityClaim]:
    """Return the quantity claims of a source, in the order of the table; none where it has no such table.

    Raises
    ------
    SchemaError
        A cell is not as documented, or its document or claimant is not known; names file, row and column.
    """
    source = source_of(source)
    found = []
    for row in source.rows(QUANTITIES, {"documents": dataset.documents, "claimants": dataset.claimants}):
        check_quantity(row)
        found.append(QuantityClaim(**row.cells))
    return found


def check_quantity(row: Row) -> None:
    """Refuse a quantity claim whose ends are exchanged.

    Raises
    ------
    SchemaError
        Names the row and the column.
    """
    if row["value_high"] < row["value_low"]:
        raise row.error(f"{row['value_high']:g} is below value_low, {row['value_low']:g}", "value_high")
    if row["as_of_latest"] < row["as_of_earliest"]:
        raise row.error(f"{row['as_of_latest']} is before as_of_earliest", "as_of_latest")
