"""Copies of a ledger, and back: each in its place at once or not at all."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from common.atomic import put, sync
from geodata.ledger import verify
from geodata.ledger.engine import WAIT_SECONDS, Connections, in_sentences
from geodata.ledger.files import beside, temporary
from geodata.ledger.layout import check, check_kind
from geodata.ledger.model import Head, LedgerError
from geodata.ledger.records import Records

_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


def copy(source: Connections, target: Path) -> Head:
    """Head of a verified copy at `target`, which is one file that needs nothing beside it; see `Ledger.backup`."""
    if target.exists():
        _refuse_to_replace(source.path, target)
    with _or_sentence(f"The backup '{target}' cannot be written"), temporary(target) as draft:
        head = _copied(source, draft)
        put(draft, target)
    return head


def restore(backup: Path, target: Path, wait: float = WAIT_SECONDS) -> Head:
    """Head of the ledger that is put at `target`: a verified copy of a backup.

    The file that stood there is kept beside it under a name with the time (UTC). Whoever has it open must close it first.

    Parameters
    ----------
    wait
        Seconds to wait until nobody has the ledger open.

    Raises
    ------
    LedgerError
        The backup is damaged or is no ledger, the ledger is in use, or the file cannot be written; nothing was changed.
    """
    if not backup.is_file():
        raise LedgerError(f"There is no backup '{backup}'.")
    source = Connections(backup, wait)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _or_sentence(f"The ledger '{target}' cannot be restored"), temporary(target) as draft:
            head = _copied(source, draft)
            with in_sentences(draft), closing(sqlite3.connect(draft)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
            sync(draft)
            with _set_aside(target, wait):
                draft.replace(target)
            sync(target.parent)
    finally:
        source.close()
    return head


def _copied(source: Connections, draft: Path) -> Head:
    """Head of a verified copy in an empty file."""
    with source.reading() as connection, in_sentences(draft), closing(sqlite3.connect(draft)) as copied:
        check_kind(source.path, connection)
        original = connection.connection.driver_connection
        assert isinstance(original, sqlite3.Connection)  # noqa: S101 - as the engine has made it
        original.backup(copied)
        copied.execute("PRAGMA journal_mode = DELETE")  # so that the copy can be read where nothing can be written
    connections = Connections(draft, source.wait)
    try:
        check(connections)  # an old backup may lack a table or a column that the dataset has gained
        if found := verify.problems(connections):
            raise LedgerError(f"The ledger '{source.path}' is damaged, nothing was copied. {found[0]}")
        with connections.reading() as connection:
            return Records(connection, draft, draft.parent).head()
    finally:
        connections.close()


def _refuse_to_replace(ledger: Path, target: Path) -> None:
    """Raise where something other than an older backup would be replaced."""
    if target.samefile(ledger):
        raise LedgerError(f"'{target}' is the ledger itself: a backup needs another name.")
    connections = Connections(target)
    try:
        with connections.reading() as connection:
            check_kind(target, connection)
    except LedgerError:
        raise LedgerError(f"'{target}' is there already and is no backup of a ledger; it was left alone.") from None
    finally:
        connections.close()


@contextmanager
def _set_aside(target: Path, wait: float) -> Iterator[None]:
    """Yield a block in which nobody else can use a ledger, and after which it is found under a name with the time."""
    if not target.exists():
        yield
        return
    name = f"{target.stem}.{dt.datetime.now(dt.UTC):%Y-%m-%dT%H%M%S.%fZ}{target.suffix}"
    with in_sentences(target), closing(sqlite3.connect(target, timeout=wait, isolation_level=None)) as connection:
        try:
            # Brings what is in the write-ahead log into the file and removes the log: SQLite would play it into the file that comes.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as problem:
            if problem.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise LedgerError(f"The ledger '{target}' is in use: close every program that has it open, then restore.") from problem
            if not problem.sqlite_errorname.startswith(_DAMAGED):
                raise
            for path in beside(target):
                if path.exists():
                    path.rename(path.with_name(path.name.replace(target.name, name, 1)))
        os.link(target, target.with_name(name))
        yield


@contextmanager
def _or_sentence(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise LedgerError(f"{what} ({problem.strerror}).") from problem
