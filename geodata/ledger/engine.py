"""Connections to a ledger's file, and what SQLite complains about as a sentence."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError

from geodata.ledger.model import LedgerError

WAIT_SECONDS = 5.0
"""How long a write waits for another."""
WAL_BYTES = 4_000_000
"""Beyond this the write-ahead log is copied into the file. As SQLite's own default, 1,000 pages."""

_PRAGMAS = (
    "PRAGMA synchronous = FULL",  # a commit that was acknowledged survives a power cut
    "PRAGMA fullfsync = ON",  # which macOS needs for the same
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",  # the file may come from somebody else
    "PRAGMA wal_autocheckpoint = 0",  # see `_checkpoint`
    "PRAGMA journal_size_limit = 0",  # once copied and begun anew, the log is as long as what is in it
)

# Names of SQLite's result codes, or how they begin, with the end of a sentence.
_SENTENCES = (
    ("SQLITE_BUSY", "is being written by somebody else for longer than we wait; nothing was written, try again"),
    ("SQLITE_LOCKED", "is being written by somebody else; nothing was written, try again"),
    ("SQLITE_FULL", "cannot grow, because there is no space left; nothing was written"),
    ("SQLITE_READONLY", "or its folder may not be written to; nothing was written"),
    ("SQLITE_CANTOPEN", "cannot be opened: it is not there, or its folder may not be written to"),
    ("SQLITE_PERM", "may not be opened"),
    ("SQLITE_NOTADB", "is no ledger: it is not an SQLite file, or its beginning was overwritten"),
    ("SQLITE_CORRUPT", "is damaged: keep a copy of it and restore a backup"),
    ("SQLITE_IOERR", "cannot be read or written: the disk is full or failing; nothing was written"),
)


@contextmanager
def in_sentences(path: Path) -> Iterator[None]:
    """Yield a block in which SQLite's errors come as a LedgerError that names the file."""
    try:
        yield
    except DBAPIError as problem:
        raise LedgerError(f"The ledger '{path}' {_sentence(problem.orig)}.") from problem
    except sqlite3.Error as problem:
        raise LedgerError(f"The ledger '{path}' {_sentence(problem)}.") from problem


def _sentence(problem: BaseException | None) -> str:
    name = getattr(problem, "sqlite_errorname", "")
    return next((sentence for code, sentence in _SENTENCES if name.startswith(code)), f"refuses: {problem}")


_all: WeakSet[Connections] = WeakSet()


def _close_before_fork() -> None:
    # SQLite counts its locks by process. A child that has inherited an open file believes to hold locks that it does not hold; when its
    # parent then closes the file and removes the log, the child writes on into nothing. So no idle connection crosses a fork.
    for connections in list(_all):
        connections.close()


os.register_at_fork(before=_close_before_fork)


class Connections:
    """Connections to one file, for any thread, and across forks, as long as no thread is in a transaction while another one forks.

    Parameters
    ----------
    path
        The file; it is never created by connecting.
    wait
        Seconds that a write waits for another.
    """

    def __init__(self, path: Path, wait: float = WAIT_SECONDS) -> None:
        self.path, self.wait = path.absolute(), wait
        self._made: Engine | None = None
        _all.add(self)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection in a transaction that sees one state of the ledger throughout."""
        with in_sentences(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection that holds the only write lock; committed when the block ends well, else rolled back."""
        with in_sentences(self.path), self._engine.connect().execution_options(immediate=True) as connection:
            with connection.begin():
                yield connection
            self._checkpoint(connection)

    def close(self) -> None:
        """Nothing; closes the connections that nobody is using. They are opened again when needed."""
        engine, self._made = self._made, None
        if engine:
            engine.dispose()

    @property
    def _engine(self) -> Engine:
        if (engine := self._made) is None:
            engine = self._made = self._make()
        return engine

    def _make(self) -> Engine:
        address = f"{self.path.as_uri()}?mode=rw"

        def opened() -> sqlite3.Connection:
            # Transactions are begun by us: the module's own habit would begin them late and without the write lock.
            return sqlite3.connect(address, uri=True, timeout=self.wait, isolation_level=None, check_same_thread=False)

        engine = create_engine("sqlite://", creator=opened, poolclass=QueuePool, max_overflow=-1)
        event.listen(engine, "connect", self._prepare)
        event.listen(engine, "checkout", self._check_file)
        event.listen(engine, "begin", _begin)
        return engine

    def _prepare(self, connection: sqlite3.Connection, record: Any) -> None:
        record.info["file"] = self._identity()
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    def _check_file(self, connection: sqlite3.Connection, record: Any, proxy: Any) -> None:
        # A connection to a file that was replaced or removed would go on acknowledging what nobody will find again.
        if record.info["file"] != self._identity():
            raise DisconnectionError

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _checkpoint(self, connection: Connection) -> None:
        """Copy a write-ahead log that has grown long into the file, while nobody can commit.

        SQLite 3.7.0 to 3.51.2 can lose what was committed, in rare cases, if a writer begins the log anew in the middle of a checkpoint
        (https://sqlite.org/wal.html#walresetbug). Automatic checkpoints run beside writers, so they are off; here the write lock is held.
        """
        log = self.path.with_name(f"{self.path.name}-wal")
        # What was written is safe in the log: if it cannot be copied now, whoever writes next tries again.
        with suppress(OSError, DBAPIError, sqlite3.Error):
            if log.stat().st_size > WAL_BYTES:
                with connection.begin(), self._engine.connect() as beside:
                    beside.connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("immediate") else "BEGIN")
