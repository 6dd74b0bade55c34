"""Tables, triggers and statements of the ledger, written once. Only the triggers are SQLite's own dialect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    REAL,
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    event,
    func,
    select,
)
from sqlalchemy.types import TypeEngine

from geodata.dataset import tables
from geodata.ledger.model import ACTIONS

APPLICATION_ID = 0x41544C53
"""Marks the file as a ledger: 'ATLS' in ASCII."""
LAYOUT = 1
"""Version of the layout of `entry` and of its hash. Tables and columns of the dataset may be added within one layout."""

_WHOLE = BigInteger().with_variant(Integer(), "sqlite")  # SQLite takes only INTEGER for its row number
_TYPES: dict[str, TypeEngine[Any]] = {"text": Text(), "integer": _WHOLE, "real": Double().with_variant(REAL(), "sqlite")}

METADATA = MetaData()


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


ENTRY = Table(
    "entry",
    METADATA,
    Column("number", _WHOLE, primary_key=True, autoincrement=False),
    Column("batch", _WHOLE, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("action", Text, CheckConstraint(f"action IN ({_listed(ACTIONS)})"), nullable=False),
    Column("supersedes", _WHOLE, ForeignKey("entry.number"), unique=True),
    Column("by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("token", Text, unique=True),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    CheckConstraint("(action = 'add') = (supersedes IS NULL)", name="only_add_supersedes_nothing"),
    CheckConstraint("(token IS NULL) = (batch < number)", name="token_on_the_first_of_a_batch"),
    sqlite_strict=True,
)
"""The journal. UNIQUE(supersedes): a version can be superseded once; UNIQUE(token): a batch can be entered once."""

Index("entry_record", ENTRY.c.table_name, ENTRY.c.record)
# A record is added once; to bring it back is to restore it. To name the same for another database loads that dialect at every start.
Index("entry_first", ENTRY.c.table_name, ENTRY.c.record, unique=True, sqlite_where=ENTRY.c.supersedes.is_(None))


def _cell(column: tables.Column) -> Column[object]:
    # An empty text is '', an empty number NULL: one way each, see `chain.digest`. The default serves columns added to an existing file.
    return Column(column.name, _TYPES[column.kind], nullable=column.kind != "text", server_default="" if column.kind == "text" else None)


RECORDS = {
    name: Table(
        name,
        METADATA,
        Column("entry", _WHOLE, ForeignKey("entry.number"), primary_key=True, autoincrement=False),
        *map(_cell, table.columns),
        sqlite_strict=True,
    )
    for name, table in tables.TABLES.items()
}
"""For each table of a dataset one of its records: the number of the entry, and the cells as of then."""


def _trigger(table: str, name: str, when: str, *refused: tuple[str, str]) -> str:
    checks = "\n".join(f"SELECT RAISE(ABORT, '{why}') WHERE {condition};" for condition, why in refused)
    return f'CREATE TRIGGER "{table}_{name}" BEFORE {when} ON "{table}" BEGIN\n{checks}\nEND'


def triggers(table: str) -> list[str]:
    """Statements that make a table append-only.

    INSERT OR REPLACE deletes without asking triggers unless `recursive_triggers` is on, so what would be replaced is refused at the INSERT.
    """
    insert: tuple[tuple[str, str], ...]
    if table == ENTRY.name:
        insert = (
            ("NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM entry)", "entries are numbered without gaps"),
            ("NEW.previous_hash <> (SELECT hash FROM entry WHERE number = NEW.number - 1)", "an entry continues the chain"),
            ("EXISTS (SELECT 1 FROM entry WHERE supersedes = NEW.supersedes)", "that version is superseded already"),
            ("EXISTS (SELECT 1 FROM entry WHERE token = NEW.token)", "that token is taken"),
            (
                "NEW.supersedes IS NULL AND EXISTS (SELECT 1 FROM entry WHERE table_name = NEW.table_name AND record = NEW.record)",
                "that record is there already",
            ),
        )
    else:
        key = tables.TABLES[table].key
        own = f"SELECT 1 FROM entry WHERE number = NEW.entry AND table_name = '{table}' AND record = NEW.\"{key}\""  # noqa: S608 - names of our own
        insert = (
            (f"NOT EXISTS ({own})", "a record belongs to an entry of its table"),
            (f'EXISTS (SELECT 1 FROM "{table}" WHERE entry = NEW.entry)', "that entry has its record already"),  # noqa: S608
        )
    never = ("1", "the ledger is append-only")
    return [
        _trigger(table, "insert", "INSERT", *insert),
        _trigger(table, "no_update", "UPDATE", never),
        _trigger(table, "no_delete", "DELETE", never),
    ]


def _make_append_only(table: Table, connection: Connection, **_: object) -> None:
    if connection.dialect.name == "sqlite":
        for statement in triggers(table.name):
            connection.exec_driver_sql(statement)


for _table in METADATA.sorted_tables:
    event.listen(_table, "after_create", _make_append_only)


_later = ENTRY.alias("later")
_first = ENTRY.alias("first")
_NEWEST = ~select(_later.c.number).where(_later.c.supersedes == ENTRY.c.number).exists()

HEAD = select(ENTRY.c.number, ENTRY.c.hash).order_by(ENTRY.c.number.desc()).limit(1)
TOKEN = select(ENTRY.c.number).where(ENTRY.c.token == bindparam("token"))
_next = select(_later.c.number).where(_later.c.number > bindparam("batch"), _later.c.token.is_not(None)).order_by(_later.c.number).limit(1)
BATCH = (
    select(ENTRY)
    .where(ENTRY.c.number >= bindparam("batch"), ENTRY.c.number < func.coalesce(_next.scalar_subquery(), 2**63 - 1))
    .order_by(ENTRY.c.number)
)
JOURNAL = select(ENTRY).where(ENTRY.c.number > bindparam("after")).order_by(ENTRY.c.number).limit(bindparam("most"))
BACKWARDS = select(ENTRY).where(ENTRY.c.number < bindparam("after")).order_by(ENTRY.c.number.desc()).limit(bindparam("most"))
KEYS = select(ENTRY.c.record).where(ENTRY.c.table_name == bindparam("table"), ENTRY.c.action != "retract", _NEWEST)
LAST_TOKEN = select(func.max(ENTRY.c.token)).where(ENTRY.c.token >= bindparam("low"), ENTRY.c.token < bindparam("high"))


def with_record(table: str) -> Select[tuple[object, ...]]:
    """Entries of a table with their records: the columns of the journal, then those of the record's table."""
    return select(ENTRY, RECORDS[table]).join(RECORDS[table], RECORDS[table].c.entry == ENTRY.c.number)


# Each is built once: SQLAlchemy then finds the compiled form by identity.
CURRENT = {
    table: with_record(table)
    .join(
        _first,
        (_first.c.table_name == ENTRY.c.table_name) & (_first.c.record == ENTRY.c.record) & _first.c.supersedes.is_(None),
    )
    .where(ENTRY.c.table_name == table, _NEWEST)
    .order_by(_first.c.number)
    for table in RECORDS
}
"""Newest entry of every record, retractions too, in the order in which the records were added."""
NEWEST = {
    table: with_record(table).where(ENTRY.c.table_name == table, ENTRY.c.record.in_(bindparam("keys", expanding=True)), _NEWEST)
    for table in RECORDS
}
HISTORY = {
    table: with_record(table).where(ENTRY.c.table_name == table, ENTRY.c.record == bindparam("key")).order_by(ENTRY.c.number)
    for table in RECORDS
}
CELLS = {table: select(RECORDS[table]).where(RECORDS[table].c.entry.in_(bindparam("numbers", expanding=True))) for table in RECORDS}
BY = {
    table: with_record(table).where(ENTRY.c.table_name == table, ENTRY.c.by == bindparam("by")).order_by(ENTRY.c.number)
    for table in RECORDS
}


def referring(table: str, column: str) -> Select[tuple[object, ...]]:
    """Newest entries of a table that are no retraction and hold one of `keys` in a column."""
    holds = RECORDS[table].c[column].in_(bindparam("keys", expanding=True))
    return with_record(table).where(ENTRY.c.table_name == table, ENTRY.c.action != "retract", holds, _NEWEST)


ORPHANS = {
    table: select(RECORDS[table].c.entry)
    .outerjoin(ENTRY, (ENTRY.c.number == RECORDS[table].c.entry) & (ENTRY.c.table_name == table))
    .where(ENTRY.c.number.is_(None))
    for table in RECORDS
}
"""Numbers of the records that have no entry."""
