"""Figures that were claimed about areas and distances; rival figures on one question stay side by side."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from geodata.claims import Dataset
from geodata.schema import iso_date, number, one_of, read_table, required, text

METRICS = ("share_percent", "area_km2", "distance_km")


@dataclass(frozen=True)
class QuantityClaim:
    """One figure. `value_low` and `value_high` are inclusive and equal where one figure was given; dates are inclusive.

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
    metric: str
    value_low: float
    value_high: float
    denominator: str
    as_of_earliest: dt.date
    as_of_latest: dt.date
    note: str


def read_quantities(dataset: Dataset) -> list[QuantityClaim]:
    """The quantity claims of a dataset's folder, in the order of the file; none if the file is absent.

    Raises
    ------
    SchemaError
        A cell is not as documented, or its document or claimant is not known; names file, row and column.
    """
    path: Path = dataset.folder / "quantity_claims.csv"
    if not path.exists():
        return []
    columns = {
        "quantity_id": required,
        "document_id": one_of(dataset.documents, "document"),
        "locator": required,
        "claimant_id": one_of(dataset.claimants, "claimant"),
        "reported_on": iso_date,
        "statement": required,
        "topic": required,
        "subject": required,
        "metric": one_of(METRICS, "metric"),
        "value_low": number(0, 1e9),
        "value_high": number(0, 1e9),
        "denominator": text,
        "as_of_earliest": iso_date,
        "as_of_latest": iso_date,
        "note": text,
    }
    found = []
    for row in read_table(path, columns):
        if row["value_high"] < row["value_low"]:
            raise row.error(f"{row['value_high']:g} is below value_low, {row['value_low']:g}", "value_high")
        if row["as_of_latest"] < row["as_of_earliest"]:
            raise row.error(f"{row['as_of_latest']} is before as_of_earliest", "as_of_latest")
        found.append(QuantityClaim(**row.cells))
    return found
