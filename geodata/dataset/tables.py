"""The tables of a dataset, column by column: one description for files, the ledger and forms."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from geodata.dataset.cells import (
    Parser,
    Row,
    iso_date,
    key,
    listed,
    number,
    one_of,
    optional,
    read_table,
    required,
    text,
    unique,
    web_address,
    whole,
    word_of,
)
from geodata.dataset.vocabulary import ClaimKind, Metric, Modality
from geodata.sentences import message

Known = Mapping[str, Collection[str]]
"""Keys that exist, by table: what a column that refers to a table may hold."""


@dataclass(frozen=True)
class Column:
    """One column: how a cell of it is read, and how it is kept.

    `kind` is 'text' (dates in ISO form and lists joined by '|' too), 'integer' or 'real'. `refers` names the table whose key it holds, and
    `what` a row of that table in a message. A column that is not `needed` may be absent from a file, which leaves its cells empty.
    """

    name: str
    parse: Parser = text
    kind: str = "text"
    refers: str = ""
    what: str = ""
    needed: bool = True

    def parser(self, known: Known) -> Parser:
        """How a cell is read where the keys of other tables are known; a table that is not among them is not checked."""
        if not self.refers or self.refers not in known:
            return self.parse
        among = one_of(known[self.refers], self.what)
        return among if self.parse is required else optional(among)


@dataclass(frozen=True)
class Table:
    """A table: its file is `name`.csv, its key the first column."""

    name: str
    what: str
    """A row of it, as a message calls it."""
    columns: tuple[Column, ...]
    needed: bool = True
    """Whether a dataset without it is refused."""

    @property
    def key(self) -> str:
        """Name of the key column."""
        return self.columns[0].name

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def parsers(self, known: Known) -> dict[str, Parser]:
        """Column name to parser, for `read_table` and `parsed`."""
        return {column.name: column.parser(known) for column in self.columns}

    @property
    def absent(self) -> frozenset[str]:
        """Columns that a file may leave out."""
        return frozenset(column.name for column in self.columns if not column.needed)


def _party(name: str, parse: Parser, needed: bool = True) -> Column:
    return Column(name, parse, refers="parties", what="party", needed=needed)


_STATED = (
    Column("document_id", required, refers="documents", what="document"),
    Column("locator", required),
    Column("claimant_id", required, refers="claimants", what="claimant"),
    Column("reported_on", iso_date),
    Column("statement", required),
    Column("note", needed=False),
)
"""Who stated it, where and when: the columns that claims and quantity claims share."""
_BY_NAME = {column.name: column for column in _STATED}

PARTIES = Table(
    "parties",
    message("party"),
    (
        Column("party_id", key),
        Column("name", required),
        Column("name_ar"),
        Column("allies", listed),
        Column("active_from", optional(iso_date)),
        Column("active_to", optional(iso_date)),
        Column("note", needed=False),
    ),
)
CLAIMANTS = Table(
    "claimants",
    message("claimant"),
    (
        Column("claimant_id", key),
        Column("name", required),
        Column("name_ar", needed=False),
        _party("side", text),
        Column("reliability", one_of("ABCDEF", "reliability")),
        Column("note", needed=False),
    ),
)
DOCUMENTS = Table(
    "documents",
    message("document"),
    (
        Column("document_id", key),
        Column("publisher", required),
        Column("agency"),
        Column("published_on", iso_date),
        Column("url", web_address),
        Column("description"),
        Column("language", needed=False),
        Column("sha256", needed=False),
        Column("note", needed=False),
    ),
)
PLACES = Table(
    "places",
    message("place"),
    (
        Column("place_id", key),
        Column("name", required),
        Column("name_ar"),
        Column("aliases", listed, needed=False),
        Column("feature_class", required),
        Column("feature_code", required),
        Column("country", needed=False),
        Column("admin1"),
        Column("longitude", number(-180, 180), "real"),
        Column("latitude", number(-90, 90), "real"),
        Column("radius_km", optional(number(0, 20_100)), "real", needed=False),
        Column("part_of", needed=False),
        Column("geonames_id", optional(whole(1, 10**10)), "integer", needed=False),
        Column("population", optional(whole(0, 10**9)), "integer", needed=False),
        Column("rank", whole(1, 3), "integer"),
        Column("coordinate_source", needed=False),
        Column("note", needed=False),
    ),
)
CLAIMS = Table(
    "claims",
    message("claim"),
    (
        Column("claim_id", key),
        _BY_NAME["document_id"],
        _BY_NAME["locator"],
        Column("kind", word_of(ClaimKind, "kind of claim")),
        Column("place_id", required, refers="places", what="place"),
        Column("place_as_written", required),
        _party("gaining", required),
        _party("losing", text),
        _BY_NAME["claimant_id"],
        Column("modality", word_of(Modality, "modality")),
        Column("date_earliest", iso_date),
        Column("date_latest", iso_date),
        Column("date_precision", whole(1, 5), "integer"),
        Column("where_precision", optional(whole(1, 7)), "integer", needed=False),
        _BY_NAME["reported_on"],
        Column("credibility", whole(1, 6), "integer"),
        _BY_NAME["statement"],
        _BY_NAME["note"],
    ),
)
QUANTITIES = Table(
    "quantity_claims",
    message("quantity claim"),
    (
        Column("quantity_id", key),
        _BY_NAME["document_id"],
        _BY_NAME["locator"],
        _BY_NAME["claimant_id"],
        _BY_NAME["reported_on"],
        Column("topic", required),
        Column("subject", required),
        Column("metric", word_of(Metric, "metric")),
        Column("value_low", number(0, 1e9), "real"),
        Column("value_high", number(0, 1e9), "real"),
        Column("denominator"),
        Column("as_of_earliest", iso_date),
        Column("as_of_latest", iso_date),
        _BY_NAME["statement"],
        _BY_NAME["note"],
    ),
    needed=False,
)
INCIDENTS = Table(
    "incidents",
    message("incident"),
    (
        Column("incident_id", key),
        Column("source", required),
        Column("kind", required),
        Column("place_as_written"),
        Column("admin1_as_written"),
        Column("longitude", optional(number(-180, 180)), "real"),
        Column("latitude", optional(number(-90, 90)), "real"),
        Column("date_earliest", iso_date),
        Column("date_latest", iso_date),
        Column("date_precision", whole(1, 5), "integer"),
        Column("where_precision", optional(whole(1, 7)), "integer"),
        Column("actor_1"),
        _party("party_1", text, needed=False),
        Column("actor_2"),
        _party("party_2", text, needed=False),
        Column("reported_by"),
        Column("reported_on", optional(iso_date)),
        Column("note"),
    ),
    needed=False,
)
"""What event data sets report that is no change of control: kept beside the claims, never adjudicated."""

PUBLISHED = Table(
    "published_figures",
    message("published figure"),
    (
        Column("figure_id", required),
        Column("publisher", required),
        Column("claimant_id", refers="claimants", what="claimant"),
        Column("scope", required),
        _party("party_id", text),
        Column("counted", required),
        Column("km2", optional(number(0, 1e9)), "real"),
        Column("percent_low", optional(number(0, 100)), "real"),
        Column("percent_high", optional(number(0, 100)), "real"),
        Column("as_of", iso_date),
        Column("url", web_address),
        Column("definition", required),
        Column("note"),
    ),
    needed=False,
)
"""What is published about areas: set beside our own figures. It is read from the folder of a dataset and is no part of a ledger."""

TABLES = {table.name: table for table in (PARTIES, CLAIMANTS, DOCUMENTS, PLACES, CLAIMS, QUANTITIES, INCIDENTS)}
"""Every table of a ledger by name, in an order in which each refers only to those before it."""


class Source(Protocol):
    """Where a dataset is read from: a folder of files, a ledger."""

    @property
    def folder(self) -> Path:
        """Holds what is no table: provinces.csv, regions.toml."""

    def rows(self, table: Table, known: Known) -> Iterator[Row]:
        """Return parsed rows of a table; no key comes twice. Raises SchemaError, naming the row."""


@dataclass(frozen=True)
class Folder:
    """A folder of CSV files, one a table."""

    folder: Path

    def rows(self, table: Table, known: Known) -> Iterator[Row]:
        """Return parsed rows of a table's file, in its order; none where the table is not needed and has no file."""
        path = self.folder / f"{table.name}.csv"
        if not table.needed and not path.exists():
            return iter(())
        return unique(read_table(path, table.parsers(known), table.absent), table.key)


def source_of(source: Source | Path) -> Source:
    """Return the source itself; a path is a folder of CSV files."""
    return Folder(source) if isinstance(source, Path) else source


def canonical(value: object) -> str:
    """Return a parsed cell as text: dates in ISO form, lists joined by '|', numbers in their shortest exact form, '' for None.

    Two cells that mean the same have the same canonical text; parsing it gives the value again.
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, float):
        return repr(value + 0.0).removesuffix(".0")  # which makes a negative zero a plain one
    return str(value)
