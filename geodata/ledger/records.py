"""Reading the ledger within one transaction: every answer is of the same state."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from geodata.dataset.cells import Row, parsed
from geodata.dataset.tables import TABLES, Known, Table, canonical
from geodata.ledger import statements
from geodata.ledger.model import Entry, Head, LedgerError

_MOST_VALUES = 500
"""Keys asked for in one statement."""
_WIDTH = len(statements.ENTRY.columns)


class Records:
    """The records of a ledger, as a source of a dataset too.

    Parameters
    ----------
    connection
        In a transaction.
    path
        The ledger, for messages.
    folder
        Holds what is no table.
    """

    def __init__(self, connection: Connection, path: Path, folder: Path) -> None:
        self._connection = connection
        self.path, self.folder = path, folder

    def head(self) -> Head:
        """Return the newest entry."""
        found = self._connection.execute(statements.HEAD).first()
        return Head(*found) if found else Head()

    def rows(self, table: Table, known: Known) -> Iterator[Row]:
        """Return parsed current rows of a table, in the order in which they were added; each numbered by its entry."""
        return parsed_rows(self.path, table, (entry for entry in self.currents(table.name).values() if entry.live), known)

    def currents(self, table: str) -> dict[str, Entry]:
        """Newest entry of every record of a table by key, retractions too, in the order in which the records were added."""
        return {entry.key: entry for entry in self._entries(table, statements.CURRENT[table])}

    def newest(self, table: str, keys: Iterable[str]) -> dict[str, Entry]:
        """Newest entry of each of the records that was ever there, by key."""
        found = (self._entries(table, statements.NEWEST[table], keys=some) for some in _chunks(keys))
        return {entry.key: entry for some in found for entry in some}

    def history(self, table: str, key: str) -> list[Entry]:
        """Every entry of a record, the oldest first."""
        return self._entries(table, statements.HISTORY[table], key=key)

    def entered_by(self, table: str, by: str) -> dict[str, Entry]:
        """Return the newest of the entries that somebody made about each record of a table, by key."""
        return {entry.key: entry for entry in self._entries(table, statements.BY[table], by=by)}

    def referring(self, table: str, column: str, keys: Iterable[str]) -> list[Entry]:
        """Newest entries of records of a table that hold one of `keys` in a column."""
        statement = statements.referring(table, column)
        return [entry for some in _chunks(keys) for entry in self._entries(table, statement, keys=some)]

    def keys(self, table: str) -> set[str]:
        """Keys of the records of a table that are there."""
        return set(self._connection.scalars(statements.KEYS, {"table": table}))

    def journal(self, after: int, limit: int, newest_first: bool = False) -> list[Entry]:
        """Entries of all tables in the order in which they were written, or the reverse; `after` is the last one already seen, or 0."""
        statement = statements.BACKWARDS if newest_first else statements.JOURNAL
        return self._with_cells(statement, {"after": after or (2**63 - 1 if newest_first else 0), "most": limit})

    def batch(self, token: str) -> list[Entry]:
        """Return the entries that were written with a token; none where it is not known."""
        first = self._connection.scalar(statements.TOKEN, {"token": token})
        return [] if first is None else self._with_cells(statements.BATCH, {"batch": first})

    def last_token(self, prefix: str) -> str:
        """Return the last token, in the order of text, that begins with a prefix; '' where none does."""
        return self._connection.scalar(statements.LAST_TOKEN, {"low": prefix, "high": prefix + "\U0010ffff"}) or ""

    def _entries(self, table: str, statement: Any, **values: object) -> list[Entry]:
        return [entry_of(row[:_WIDTH], row[_WIDTH + 1 :]) for row in self._connection.execute(statement, values).all()]

    def stored(self, after: int, limit: int) -> list[tuple[Any, Sequence[Any] | None]]:
        """Rows of the journal as they are stored, each with the cells of its record in the order of its table; None where there is none."""
        return self._stored(statements.JOURNAL, {"after": after, "most": limit})

    def _with_cells(self, statement: Any, values: dict[str, object]) -> list[Entry]:
        return [entry_of(row, cells) for row, cells in self._stored(statement, values)]

    def _stored(self, statement: Any, values: dict[str, object]) -> list[tuple[Any, Sequence[Any] | None]]:
        rows = self._connection.execute(statement, values).all()
        numbers = defaultdict(list)
        for row in rows:
            numbers[row.table_name].append(row.number)
        cells = {
            (table, found[0]): found[1:]
            for table, wanted in numbers.items()
            if table in statements.CELLS
            for some in _chunks(wanted)
            for found in self._connection.execute(statements.CELLS[table], {"numbers": some}).all()
        }
        return [(row, cells.get((row.table_name, row.number))) for row in rows]


def entry_of(row: Sequence[Any], cells: Sequence[Any] | None) -> Entry:
    """Return an entry from a row of the journal and the cells of its record, both as they are stored.

    Raises
    ------
    LedgerError
        Somebody has changed the file by other means.
    """
    number, batch, table, key, action, supersedes, by, recorded_at, reason, token, previous_hash, own_hash = row
    try:
        told = {name: canonical(cell) for name, cell in zip(TABLES[table].names, cells or (), strict=True)}
        when = dt.datetime.fromisoformat(recorded_at)
    except (KeyError, ValueError):
        raise LedgerError(f"Entry {number} of the ledger is damaged: keep a copy of the file and restore a backup.") from None
    return Entry(number, batch, table, key, action, told, supersedes, by, when, reason, token or "", previous_hash, own_hash)


def parsed_rows(path: Path, table: Table, entries: Iterable[Entry], known: Known) -> Iterator[Row]:
    """Return the records of entries as rows of a table; a message names ledger, table and entry."""
    parsers = table.parsers(known)
    where = Path(f"{path.name} ({table.name})")
    return (parsed(where, entry.number, entry.cells, parsers) for entry in entries)


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    listed = list(values)
    return (listed[first : first + _MOST_VALUES] for first in range(0, len(listed), _MOST_VALUES))
