"""Claims: who asserts what, where and when, as read from the dataset."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from geodata.parties import Claimant, Party, read_claimants, read_parties
from geodata.places import Locate, Location, read_locations
from geodata.schema import BUNDLED, KINDS, MODALITIES, Row, iso_date, one_of, optional, read_table, required, text, unique, whole


@dataclass(frozen=True)
class Document:
    """A text that was read."""

    document_id: str
    publisher: str
    agency: str
    published_on: dt.date
    url: str
    description: str


@dataclass(frozen=True)
class Claim:
    """One assertion of one claimant about one place. Dates are inclusive; see docs/data-model.md for the columns."""

    claim_id: str
    document_id: str
    locator: str
    kind: str
    place_id: str
    place_as_written: str
    gaining: str
    losing: str
    claimant: Claimant
    modality: str
    date_earliest: dt.date
    date_latest: dt.date
    date_precision: int
    reported_on: dt.date
    credibility: int
    statement: str
    note: str

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
    """Everything a folder of the dataset says, checked against itself."""

    folder: Path
    parties: dict[str, Party]
    claimants: dict[str, Claimant]
    documents: dict[str, Document]
    locations: dict[str, Location]
    claims: tuple[Claim, ...]


def read_documents(folder: Path) -> dict[str, Document]:
    """Documents by id, in the order of `documents.csv`."""
    columns = {
        "document_id": required,
        "publisher": required,
        "agency": text,
        "published_on": iso_date,
        "url": _web_address,
        "description": text,
    }
    rows = unique(read_table(folder / "documents.csv", columns), "document_id")
    return {r["document_id"]: Document(**r.cells) for r in rows}


def read_dataset(folder: Path = BUNDLED, locate: Locate | None = None) -> Dataset:
    """The dataset of a folder.

    Parameters
    ----------
    folder
        Holds parties.csv, claimants.csv, documents.csv, claims.csv and, unless `locate` is given, places.csv.
    locate
        Finds a place by its id; raises LookupError where there is none. Default: the rows of places.csv.

    Raises
    ------
    SchemaError
        Any cell is not as documented, with file, row and column; nothing is returned by halves.
    """
    parties = read_parties(folder)
    claimants = read_claimants(folder, parties)
    documents = read_documents(folder)
    locations = {} if locate else read_locations(folder)
    find: Locate = locate or locations.__getitem__
    party = one_of(parties, "party")
    columns = {
        "claim_id": required,
        "document_id": one_of(documents, "document"),
        "locator": required,
        "kind": one_of(KINDS, "kind of claim"),
        "place_id": required,
        "place_as_written": required,
        "gaining": party,
        "losing": optional(party),
        "claimant_id": one_of(claimants, "claimant"),
        "modality": one_of(MODALITIES, "modality"),
        "date_earliest": iso_date,
        "date_latest": iso_date,
        "date_precision": whole(1, 5),
        "reported_on": iso_date,
        "credibility": whole(1, 6),
        "statement": required,
        "note": text,
    }
    claims: dict[str, Claim] = {}
    for row in unique(read_table(folder / "claims.csv", columns), "claim_id"):
        _check_claim(row, parties)
        try:
            locations.setdefault(row["place_id"], find(row["place_id"]))
        except LookupError:
            raise row.error(f"'{row['place_id']}' is not a known place", "place_id") from None
        cells = {name: value for name, value in row.cells.items() if name != "claimant_id"}
        cells["losing"] = cells["losing"] or ""
        claims[row["claim_id"]] = Claim(claimant=claimants[row["claimant_id"]], **cells)
    return Dataset(folder, parties, claimants, documents, locations, tuple(claims.values()))


def _web_address(cell: str) -> str:
    # A cell becomes a link on the page: a script: or data: address must never get that far.
    if cell and not cell.startswith(("https://", "http://")):
        raise ValueError(f"'{cell}' is not an http or https address")
    return cell


def _check_claim(row: Row, parties: dict[str, Party]) -> None:
    if row["date_latest"] < row["date_earliest"]:
        raise row.error(f"{row['date_latest']} is before date_earliest, {row['date_earliest']}", "date_latest")
    if row["reported_on"] < row["date_earliest"]:
        raise row.error(f"{row['reported_on']} is before what it reports, {row['date_earliest']}", "reported_on")
    if row["gaining"] == row["losing"]:
        raise row.error(f"'{row['losing']}' gains and loses in one claim", "losing")
    if row["modality"] == "repelled" and (row["kind"] != "control_change" or not row["losing"]):
        raise row.error("a repelled attack is a control_change with a losing side that held", "modality")
    if row["modality"] == "denied" and row["kind"] != "control_change":
        raise row.error("only a control_change can be denied", "modality")
    if row["kind"] in ("divided", "siege_start", "siege_end") and not row["losing"]:
        raise row.error(f"a claim of kind '{row['kind']}' names two sides", "losing")
    for column in ("gaining", "losing"):
        party = parties.get(row[column] or "")
        if party and party.active_from and row["date_latest"] < party.active_from:
            raise row.error(f"'{party.party_id}' is not active before {party.active_from}", column)
        if party and party.active_to and row["date_earliest"] > party.active_to:
            raise row.error(f"'{party.party_id}' is not active after {party.active_to}", column)
