"""Claims: who asserts what, where and when, as read from the dataset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from common.home import BUNDLED
from geodata.dataset.cells import Row
from geodata.dataset.parties import Claimant, Party, read_claimants, read_parties
from geodata.dataset.places import Locate, Location, read_locations
from geodata.dataset.tables import CLAIMS, DOCUMENTS, Source, source_of
from geodata.dataset.vocabulary import ClaimKind, Modality


@dataclass(frozen=True)
class Document:
    """A text that was read."""

    document_id: str
    publisher: str
    agency: str
    published_on: dt.date
    url: str
    description: str
    language: str = ""
    sha256: str = ""
    note: str = ""


@dataclass(frozen=True)
class Claim:
    """One assertion of one claimant about one place. Dates are inclusive; see docs/data-model.md for the columns."""

    claim_id: str
    document_id: str
    locator: str
    kind: ClaimKind
    place_id: str
    place_as_written: str
    gaining: str
    losing: str
    claimant: Claimant
    modality: Modality
    date_earliest: dt.date
    date_latest: dt.date
    date_precision: int
    reported_on: dt.date
    credibility: int
    statement: str
    note: str = ""
    where_precision: int | None = None

    @property
    def origin(self) -> str:
        """Key of the originating source."""
        return self.claimant.origin

    @property
    def days(self) -> int:
        """Length of the window in days, at least 1."""
        return (self.date_latest - self.date_earliest).days + 1


@dataclass(frozen=True)
class Dataset:
    """What a folder of tables or a ledger says, checked against itself; each mapping by its key, claims in the order of the source."""

    folder: Path
    parties: dict[str, Party]
    claimants: dict[str, Claimant]
    documents: dict[str, Document]
    locations: dict[str, Location]
    claims: tuple[Claim, ...]


def read_documents(source: Source) -> dict[str, Document]:
    """Documents by id, in the order of the table."""
    return {row["document_id"]: Document(**row.cells) for row in source.rows(DOCUMENTS, {})}


def read_dataset(source: Source | Path = BUNDLED, locate: Locate | None = None) -> Dataset:
    """Return the dataset of a folder or of another source, such as a ledger.

    Parameters
    ----------
    source
        Holds the tables of docs/data-model.md; places only where `locate` is not given. A path is a folder of CSV files.
    locate
        Finds a place by its id; raises LookupError where there is none. Default: the rows of the table of places.

    Raises
    ------
    SchemaError
        Any cell is not as documented, with file, row and column; nothing is returned by halves.
    """
    source = source_of(source)
    parties = read_parties(source)
    claimants = read_claimants(source, parties)
    documents = read_documents(source)
    locations = {} if locate else read_locations(source)
    find: Locate = locate or locations.__getitem__
    claims: list[Claim] = []
    for row in source.rows(CLAIMS, {"parties": parties, "claimants": claimants, "documents": documents}):
        check_claim(row, parties)
        try:
            locations.setdefault(row["place_id"], find(row["place_id"]))
        except LookupError:
            raise row.error(f"'{row['place_id']}' is not a known place", "place_id") from None
        cells = {name: value for name, value in row.cells.items() if name != "claimant_id"}
        cells["losing"] = cells["losing"] or ""
        claims.append(Claim(claimant=claimants[row["claimant_id"]], **cells))
    return Dataset(source.folder, parties, claimants, documents, locations, tuple(claims))


def check_claim(row: Row, parties: Mapping[str, Party]) -> None:
    """Refuse a claim whose cells are each well formed but do not fit each other, or the years of its parties.

    Raises
    ------
    SchemaError
        Names the row and the column.
    """
    if row["date_latest"] < row["date_earliest"]:
        raise row.error(f"{row['date_latest']} is before date_earliest, {row['date_earliest']}", "date_latest")
    if row["reported_on"] < row["date_earliest"]:
        raise row.error(f"{row['reported_on']} is before what it reports, {row['date_earliest']}", "reported_on")
    if row["gaining"] == row["losing"]:
        raise row.error(f"'{row['losing']}' gains and loses in one claim", "losing")
    if row["modality"] == Modality.REPELLED and (row["kind"] != ClaimKind.CONTROL_CHANGE or not row["losing"]):
        raise row.error("a repelled attack is a control_change with a losing side that held", "modality")
    if row["modality"] == Modality.DENIED and row["kind"] != ClaimKind.CONTROL_CHANGE:
        raise row.error("only a control_change can be denied", "modality")
    if row["kind"] in (ClaimKind.DIVIDED, ClaimKind.SIEGE_START, ClaimKind.SIEGE_END) and not row["losing"]:
        raise row.error(f"a claim of kind '{row['kind']}' names two sides", "losing")
    for column in ("gaining", "losing"):
        party = parties.get(row[column] or "")
        if party and party.active_from and row["date_latest"] < party.active_from:
            raise row.error(f"'{party.party_id}' is not active before {party.active_from}", column)
        if party and party.active_to and row["date_earliest"] > party.active_to:
            raise row.error(f"'{party.party_id}' is not active after {party.active_to}", column)
