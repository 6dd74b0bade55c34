"""Whether a ledger is as it was written: everything is computed anew from what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, create_engine

from geodata.dataset.tables import TABLES
from geodata.ledger import chain
from geodata.ledger.engine import Connections
from geodata.ledger.layout import check_kind
from geodata.ledger.model import GENESIS, Head, LedgerError
from geodata.ledger.records import Records
from geodata.ledger.statements import METADATA, ORPHANS, RECORDS

_AT_ONCE = 1000
_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


def problems(connections: Connections, head: Head | None = None) -> list[str]:
    """Return a sentence for everything in the file that is not as it was written; see `Ledger.verify`."""
    found: list[str] = []
    try:
        with connections.reading() as connection:
            check_kind(connections.path, connection)
            found += _damage(connection)
            found += _schema(connection)
            found += _entries(Records(connection, connections.path, connections.path.parent), head)
            found += _orphans(connection)
    except LedgerError as problem:
        found.append(str(problem))
    return found


def _damage(connection: Connection) -> Iterator[str]:
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check").all():
        if line != "ok":
            yield f"The file is damaged: {line}."
    for table, row, other, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        yield f"Row {row} of {table} refers to a row of {other} that is missing."


def _schema(connection: Connection) -> Iterator[str]:
    """Yield what is missing of what protects the entries, or stands there beside it."""
    found, expected = _definitions(connection), _expected()
    for kind, name in sorted(expected.keys() | found.keys()):
        if (kind, name) not in found:
            yield f"The {kind} '{name}' is missing."
        elif (kind, name) not in expected:
            yield f"The {kind} '{name}' does not belong to a ledger."
        elif found[kind, name] != expected[kind, name]:
            yield f"The {kind} '{name}' was changed."


@cache
def _expected() -> dict[tuple[str, str], list[str]]:
    with create_engine("sqlite://").begin() as fresh:
        METADATA.create_all(fresh)
        return _definitions(fresh)


def _definitions(connection: Connection) -> dict[tuple[str, str], list[str]]:
    # Sorted parts, because a column that was added later stands behind the others.
    rows = connection.exec_driver_sql(_SCHEMA).all()
    return {(kind, name): sorted("".join(part.split()) for part in sql.split(",")) for kind, name, sql in rows}


def _entries(records: Records, head: Head | None) -> Iterator[str]:
    """Walk the chain from its beginning."""
    last = Head()
    newest: dict[tuple[str, str], int] = {}
    exported = Head().hash if head and head.number == 0 else None
    while rows := records.stored(last.number, _AT_ONCE):
        for row, cells in rows:
            yield from _follows(row, last)
            yield from _intact(row, cells)
            before = newest.get((row.table_name, row.record))
            if row.supersedes != before:
                yield f"Entry {row.number} supersedes entry {row.supersedes}, but the version before it is entry {before}."
            newest[row.table_name, row.record] = row.number
            last = Head(row.number, row.hash)
            if head and head.number == row.number:
                exported = row.hash
    if head and head.number > last.number:
        yield f"The ledger ends with entry {last.number}, but the head that was kept is entry {head.number}: the newest were cut off."
    elif head and exported != head.hash:
        yield f"Entry {head.number} is not the one whose hash was kept: the ledger was rewritten, or it is another one."


def _follows(row: Any, last: Head) -> Iterator[str]:
    if row.number != last.number + 1:
        missing = f"Entry {last.number + 1} is" if row.number == last.number + 2 else f"Entries {last.number + 1} to {row.number - 1} are"
        yield f"{missing} missing."
    elif row.previous_hash != (last.hash if last.number else GENESIS):
        yield f"Entry {row.number} does not continue " + (f"entry {last.number}." if last.number else "from the beginning.")


def _intact(row: Any, cells: Sequence[Any] | None) -> Iterator[str]:
    if cells is None:
        yield f"Entry {row.number} has no record in a table '{row.table_name}'."
        return
    try:
        same = chain.digest(row._mapping, dict(zip(TABLES[row.table_name].names, cells, strict=True))) == row.hash
    except ValueError:  # an infinite number, which was never written
        same = False
    if not same:
        yield f"Entry {row.number} ({row.table_name}, '{row.record}') is not as it was written."


def _orphans(connection: Connection) -> Iterator[str]:
    for table in RECORDS:
        for number in connection.scalars(ORPHANS[table]):
            yield f"{table} has a record of entry {number}, which is missing or belongs to another table."
