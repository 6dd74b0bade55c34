"""One row a claim with everything around it: for spreadsheets and GIS, and back into a ledger."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.control.control import Control
from geodata.dataset.claims import Claim, Dataset, Document
from geodata.dataset.places import place_cells
from geodata.dataset.quantities import QuantityClaim
from geodata.dataset.tables import CLAIMANTS, CLAIMS, DOCUMENTS, PLACES, QUANTITIES, Table, canonical
from geodata.dataset.vocabulary import Basis, EventKind, Modality
from geodata.files.formats import FlatTable
from geodata.files.text import CONTROL_COLUMNS, DATE_COLUMNS, EVENT_COLUMNS, rows_of

PREFIXES = {DOCUMENTS: "document_", CLAIMANTS: "claimant_", PLACES: "place_"}
"""What a column of these tables is called in the flat table: 'publisher' becomes 'document_publisher', 'place_id' stays."""

POSITION = ("longitude", "latitude")
"""Of the place; without a prefix, since they are the geometry of the row."""

DERIVED = ("event_id", "event_role", "event_status", "event_confidence", "event_reason", "valid_from", "valid_to", "licence", "sources")
"""Columns that follow from the others: not read back."""

CARRIER_LICENCES = {
    "ACLED": "Coded by ACLED (acleddata.com); its terms of use apply and ask for attribution.",
    "UCDP GED": "UCDP Georeferenced Event Dataset, CC BY 4.0.",
}
"""Licences of data sets that claims were taken from, by the agency of their documents."""


def flat_names(table: Table) -> dict[str, str]:
    """Column of a table to its name in the flat table, in order."""
    prefix = PREFIXES.get(table, "")
    return {name: name if name in POSITION or name.startswith(prefix) else prefix + name for name in table.names}


COLUMNS = (
    *CLAIMS.names,
    *(name for table in PREFIXES for name in flat_names(table).values() if name not in (*CLAIMS.names, *POSITION)),
    *DERIVED,
    *POSITION,
)
"""Columns of the flat table, in order."""


def flat_table(dataset: Dataset, events: gpd.GeoDataFrame, head: str = "") -> FlatTable:
    """Every claim in one row, ready for `geodata.files.formats`.

    Columns are those of claims, then those of its document, claimant and place, prefixed `document_`, `claimant_` and `place_`; then:

    event_id, event_status, event_confidence, event_reason : of the event that the claim speaks for or against, '' where there is none
    event_role : 'supports', 'opposes' or ''
    valid_from, valid_to : date, both inclusive, while that event is drawn: `valid_from` empty = since before the dataset begins, `valid_to`
        empty = open, or the eve of the next change that prevails. Both empty for an event that does not prevail.
    licence, sources : str
    longitude, latitude : degrees in EPSG:4326, of the place

    Parameters
    ----------
    events
        As `events_of` gives them for this dataset.
    head
        Head of the ledger that the dataset was read from.
    """
    licence = _licence(dataset.folder)
    spoken = _events_by_claim(events, {claim.claim_id for claim in dataset.claims if claim.modality == Modality.DENIED})
    rows = []
    for claim in dataset.claims:
        document = dataset.documents[claim.document_id]
        row: dict[str, object] = _claim_cells(claim)
        row |= _prefixed(DOCUMENTS, vars(document))
        row |= _prefixed(CLAIMANTS, vars(claim.claimant))
        row |= _prefixed(PLACES, place_cells(dataset.locations[claim.place_id]))
        row |= vars(spoken.get(claim.claim_id, _NONE))
        row |= {"licence": CARRIER_LICENCES.get(document.agency, licence), "sources": _source(document)}
        rows.append(row)
    return FlatTable("claims", COLUMNS, rows, _about(licence, "Named in the column 'sources' of every row.", head))


def event_table(dataset: Dataset, events: gpd.GeoDataFrame, head: str = "") -> FlatTable:
    """Return the events of a dataset, one a row, in the columns of `exchange.EVENT_COLUMNS`."""
    sources = "Claims, by their ids in 'supporting' and 'opposing'; the table of claims names their documents."
    return _plain_table("events", events, EVENT_COLUMNS, _about(_licence(dataset.folder), sources, head))


def quantity_table(dataset: Dataset, claims: Sequence[QuantityClaim], head: str = "") -> FlatTable:
    """Return the quantity claims, one a row, with its document and claimant; rival ones share their `topic`."""
    licence, columns = _licence(dataset.folder), (*QUANTITIES.names, *flat_names(DOCUMENTS).values(), *flat_names(CLAIMANTS).values())
    rows = []
    for claim in claims:
        document, row = dataset.documents[claim.document_id], dict(vars(claim))
        row |= _prefixed(DOCUMENTS, vars(document)) | _prefixed(CLAIMANTS, vars(dataset.claimants[claim.claimant_id]))
        rows.append(row | {"licence": licence, "sources": _source(document)})
    about = _about(licence, "Named in the column 'sources' of every row.", head)
    return FlatTable("figures", (*dict.fromkeys(columns), "licence", "sources"), rows, about)


def control_table(dataset: Dataset, events: gpd.GeoDataFrame, date: dt.date, head: str = "") -> FlatTable:
    """Who holds each place at the end of a day, one place a row, in the columns of `exchange.CONTROL_COLUMNS`."""
    sources = f"Claims of the dataset, as of {date}; the tables of events and claims name them."
    return _plain_table("control", Control(events).at(date), CONTROL_COLUMNS, _about(_licence(dataset.folder), sources, head))


def _plain_table(name: str, frame: gpd.GeoDataFrame, columns: Sequence[str], about: Mapping[str, str]) -> FlatTable:
    rows = rows_of(frame, columns)
    for row in rows:
        row |= {column: dt.date.fromisoformat(str(row[column])) for column in DATE_COLUMNS if row.get(column)}
    return FlatTable(name, (*columns, *POSITION), rows, about)


def _about(licence: str, sources: str, head: str) -> dict[str, str]:
    return {"licence": licence, "sources": sources, "made_by": "Control Atlas", "head": head}


def _claim_cells(claim: Claim) -> dict[str, object]:
    cells = vars(claim) | {"claimant_id": claim.claimant.claimant_id}
    return {name: cells[name] for name in CLAIMS.names}


def _prefixed(table: Table, cells: Mapping[str, object]) -> dict[str, object]:
    """Cells under their flat names; a list becomes one cell."""
    return {flat: _joined(cells[name]) for name, flat in flat_names(table).items()}


def _joined(value: object) -> object:
    return canonical(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class _Spoken:
    """The event that a claim speaks for or against."""

    event_id: str = ""
    event_role: str = ""
    event_status: str = ""
    event_confidence: str = ""
    event_reason: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


_NONE = _Spoken()


def _events_by_claim(events: gpd.GeoDataFrame, denials: Collection[str]) -> dict[str, _Spoken]:
    """Return the event of each claim: one that it supports before one that it opposes (a denial: the reverse), changes first."""
    found: dict[str, tuple[int, _Spoken]] = {}
    for event, first, last in _spans(events):
        other = (event["kind"] != EventKind.CONTROL) * 2 + (event["basis"] != Basis.CHANGE)
        for role, claim_ids in (("supports", event["supporting"]), ("opposes", event["opposing"])):
            spoken = _Spoken(event["event_id"], role, event["status"], event["confidence"], event["reason"], first, last)
            for claim_id in claim_ids:
                rank = ((role == "opposes") != (claim_id in denials)) * 4 + other
                if claim_id not in found or rank < found[claim_id][0]:
                    found[claim_id] = rank, spoken
    return {claim_id: spoken for claim_id, (_, spoken) in found.items()}


def _spans(events: gpd.GeoDataFrame) -> Iterator[tuple[pd.Series, dt.date | None, dt.date | None]]:
    """Every event with the first and last day that it is drawn; control comes by place and date."""
    rows = [row for _, row in events.iterrows()]
    in_force = [row for row in rows if row["kind"] == EventKind.CONTROL and row["prevails"]]
    following = {now["event_id"]: after["date"] for now, after in pairwise(in_force) if now["place_id"] == after["place_id"]}
    for row in rows:
        if not row["prevails"]:
            yield row, None, None
        elif row["kind"] == EventKind.CONTROL:
            after = following.get(row["event_id"], pd.NaT)
            yield row, _day(row["date"]), _day(after - pd.Timedelta(days=1))
        else:
            yield row, _day(row["date"]), _day(row["until"])


def _day(moment: pd.Timestamp) -> dt.date | None:
    return None if pd.isna(moment) else moment.date()


def _source(document: Document) -> str:
    through = f" ({document.agency})" if document.agency not in ("", document.publisher) else ""
    return ", ".join(part for part in (f"{document.publisher}{through}", document.published_on.isoformat(), document.url) if part)


def _licence(folder: Path) -> str:
    """Licence of the table of claims, as its sidecar has it; '' where it has none."""
    sidecar = folder / "claims.csv.meta.json"
    return str(json.loads(sidecar.read_text(encoding="utf-8")).get("licence", "")) if sidecar.exists() else ""
