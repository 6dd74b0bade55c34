"""The file of a ledger: made at once or not at all, recognised, and grown where the dataset has gained a table or a column."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.schema import CreateColumn

from common.atomic import sync
from geodata.ledger.engine import Connections, in_sentences
from geodata.ledger.files import temporary
from geodata.ledger.model import LedgerError
from geodata.ledger.statements import APPLICATION_ID, LAYOUT, METADATA

_COLUMNS = """
SELECT master.name, info.name FROM sqlite_master AS master JOIN pragma_table_info(master.name) AS info
WHERE master.type = 'table' AND master.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
"""


def create(path: Path, wait: float, fill: Callable[[Connection], object]) -> None:
    """Nothing; makes a ledger and lets `fill` write its first entries. Where another process is first, theirs stands.

    Raises
    ------
    LedgerError
        It cannot be made; nothing is left behind.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary(path) as draft:
            with in_sentences(path), closing(sqlite3.connect(draft)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
            connections = Connections(draft, wait)
            try:
                with connections.writing() as connection:
                    METADATA.create_all(connection, checkfirst=False)
                    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                    connection.exec_driver_sql(f"PRAGMA user_version = {LAYOUT}")
                    fill(connection)
            finally:
                connections.close()  # the last one to close brings everything from the log into the file
            with suppress(FileExistsError):
                os.link(draft, path)  # unlike a rename it never replaces what another process has put there
        sync(path.parent)
    except OSError as problem:
        raise LedgerError(f"The ledger '{path}' cannot be made ({problem.strerror}).") from problem


def check(connections: Connections) -> None:
    """Nothing; refuses what `check_kind` refuses, and adds the tables and columns that the dataset has gained.

    Raises
    ------
    LedgerError
        Says what the file is instead.
    """
    with connections.reading() as connection:
        check_kind(connections.path, connection)
        missing = _expected() - _found(connection)
    if missing:
        with connections.writing() as connection:
            _grow(connection, _expected() - _found(connection))


def check_kind(path: Path, connection: Connection) -> None:
    """Nothing; refuses a file that is no ledger or was written by a newer version.

    Raises
    ------
    LedgerError
        Says what the file is instead.
    """
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
    found = _found(connection)
    if application != APPLICATION_ID:
        what = "an SQLite file of something else" if application or found else "an empty file: what was in it is lost"
        raise LedgerError(f"'{path}' is no ledger but {what}.")
    if version > LAYOUT or found - _expected():
        raise LedgerError(f"The ledger '{path}' was written by a newer version of Control Atlas: use that one.")


def _found(connection: Connection) -> set[tuple[str, str]]:
    """Names of tables and their columns."""
    return {(table, column) for table, column in connection.exec_driver_sql(_COLUMNS)}


def _expected() -> set[tuple[str, str]]:
    return {(table.name, column.name) for table in METADATA.sorted_tables for column in table.columns}


def _grow(connection: Connection, missing: set[tuple[str, str]]) -> None:
    there = {table for table, _ in _expected() - missing}
    for table in METADATA.sorted_tables:
        if table.name not in there:
            table.create(connection, checkfirst=False)
            continue
        for column in table.columns:
            if (table.name, column.name) in missing:
                described = CreateColumn(column).compile(dialect=connection.dialect)
                connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ADD COLUMN {described}')
