"""What analysts have decided: which place a toponym means, by whom and when. Nothing is ever overwritten."""

from __future__ import annotations

import csv
import io
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from common.atomic import replacing
from common.formulas import guarded_cell
from gazetteer.errors import DecisionError
from gazetteer.sources.store import home_directory
from gazetteer.spelling.toponym import Toponym

Key = tuple[str, str, str]
"""Plain key of the toponym, ISO 3166-2 code of the province or "", ISO 3166-1 code of the country."""

COLUMNS = ("id", "query", "admin1", "country", "place_id", "by", "at", "note", "undone_by", "undone_at")

_LONGEST_TEXT = 2_000
_WAIT_S = 30.0
# The tables and the file keep the name they had when the first decisions were kept in them.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    query TEXT NOT NULL,
    query_key TEXT NOT NULL CHECK (query_key <> ''),
    admin1 TEXT NOT NULL,
    country TEXT NOT NULL,
    place_id TEXT NOT NULL CHECK (place_id <> ''),
    by TEXT NOT NULL CHECK (by <> ''),
    at TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS undone (
    correction_id INTEGER PRIMARY KEY REFERENCES correction (id),
    by TEXT NOT NULL CHECK (by <> ''),
    at TEXT NOT NULL
) STRICT;
"""
_APPEND_ONLY = """
CREATE TRIGGER IF NOT EXISTS {table}_stays BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'corrections are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS {table}_is_kept BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'corrections are never changed'); END;
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of an analyst.

    Attributes
    ----------
    id
        Counts up.
    query, admin1, country
        What was asked, as it was written.
    place_id
        What it means.
    by, at
        Who decided, and when (UTC, ISO 8601).
    note
        Why.
    undone_by, undone_at
        Who took it back, and when; empty while it holds.
    """

    id: int
    query: str
    admin1: str
    country: str
    place_id: str
    by: str
    at: str
    note: str
    undone_by: str
    undone_at: str


class Decisions:
    """The decisions kept under one data directory; several processes may use them at once.

    Parameters
    ----------
    path
        SQLite file; made when the first decision is added.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[int, dict[Key, Decision]] = (-1, {})

    @classmethod
    def open(cls, home: Path | None = None) -> Self:
        """Return the decisions in `home`, else in the directory that GAZETTEER_HOME names, else in the user's data directory."""
        return cls(home_directory(home) / "corrections.sqlite")

    def add(self, query: str, admin1: str, country: str, place_id: str, by: str, note: str = "") -> int:
        """Return number of the new decision, which from now on holds for the toponym.

        Parameters
        ----------
        query
            The toponym; other spellings of its plain key are meant as well.
        admin1
            ISO 3166-2 code of the province that was given with it; empty for none.
        country
            ISO 3166-1 alpha-2.
        place_id
            The place it means.
        by
            Who decided.
        note
            Why.

        Raises
        ------
        DecisionError
            When the query is no toponym, or the place or the person is missing.
        """
        texts = {"query": query, "admin1": admin1, "country": country, "place_id": place_id, "by": by, "note": note}
        for name, text in texts.items():
            if len(text) > _LONGEST_TEXT:
                raise DecisionError(f"{name} is longer than {_LONGEST_TEXT} characters")
            if name in ("country", "place_id", "by") and not text.strip():
                raise DecisionError(f"a decision needs a {name}")
        key = decision_key(Toponym(query), admin1, country)
        if not key[0]:
            raise DecisionError("a decision needs a query with letters or digits")
        with self._writing() as database:
            cursor = database.execute(
                "INSERT INTO correction (query, query_key, admin1, country, place_id, by, at, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (query, *key, place_id.strip(), by.strip(), _now(), note),
            )
        return int(cursor.lastrowid or 0)

    def undo(self, id: int, by: str) -> None:  # noqa: A002 -- the column's name
        """Nothing; the decision no longer holds, and an earlier one on the same toponym holds again.

        Raises
        ------
        DecisionError
            When there is no such decision, or it has been taken back already.
        """
        if not by.strip():
            raise DecisionError("undoing a decision needs a by")
        with self._writing() as database:
            row = database.execute(
                "SELECT undone.by FROM correction LEFT JOIN undone ON undone.correction_id = correction.id WHERE correction.id = ?", (id,)
            ).fetchone()
            if row is None:
                raise DecisionError(f"there is no decision {id}")
            if row[0] is not None:
                raise DecisionError(f"decision {id} has been undone already")
            database.execute("INSERT INTO undone (correction_id, by, at) VALUES (?, ?, ?)", (id, by.strip(), _now()))

    def standing(self) -> dict[Key, Decision]:
        """Decision by `decision_key`: of several on one toponym, the latest that has not been undone. Read anew when one was added."""
        changed = max((path.stat().st_mtime_ns for path in (self._path, self._log) if path.exists()), default=0)
        if changed != self._read[0]:
            standing = [one for one in self.history() if not one.undone_at]
            self._read = changed, {decision_key(Toponym(one.query), one.admin1, one.country): one for one in standing}
        return self._read[1]

    def current(self) -> dict[Key, str]:
        """place_id by `decision_key`."""
        return {key: decision.place_id for key, decision in self.standing().items()}

    def on(self, toponym: Toponym, admin1: str, country: str) -> list[Decision]:
        """Return the decisions that hold for a toponym: the one for this province first, then the one for any.

        Parameters
        ----------
        toponym
            The name; other spellings of its plain key are meant as well.
        admin1
            ISO 3166-2 code of the province that was given with it; empty for none.
        country
            ISO 3166-1 alpha-2.
        """
        standing = self.standing()
        found = (standing.get(decision_key(toponym, code, country)) for code in dict.fromkeys((admin1, "")))
        return [decision for decision in found if decision is not None]

    @property
    def _log(self) -> Path:
        return self._path.with_name(f"{self._path.name}-wal")

    def history(self) -> list[Decision]:
        """Every decision ever made, oldest first, those that were undone included."""
        if not self._path.exists():
            return []
        with closing(self._connect()) as database:
            rows = database.execute(
                "SELECT id, query, admin1, country, place_id, correction.by, correction.at, note,"
                " coalesce(undone.by, ''), coalesce(undone.at, '')"
                " FROM correction LEFT JOIN undone ON undone.correction_id = correction.id ORDER BY id"
            ).fetchall()
        return [Decision(*row) for row in rows]

    def export(self, path: Path) -> int:
        """How many decisions were written to a CSV file with the columns of `COLUMNS`, which replaces the one at `path`.

        Texts that a spreadsheet would run as a formula stand behind an apostrophe.
        """
        history = self.history()
        text = io.StringIO()
        writer = csv.writer(text)  # its line ends are CR LF, so that it quotes both
        writer.writerow(COLUMNS)
        writer.writerows([guarded_cell(getattr(one, column)) for column in COLUMNS] for one in history)
        with replacing(path) as file:
            file.write(text.getvalue().encode())
        return len(history)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as database:
            try:
                database.execute("BEGIN IMMEDIATE")
                yield database
                database.execute("COMMIT")
            except sqlite3.Error as error:
                raise DecisionError(f"{self._path}: the decision cannot be kept: {error}") from error
            finally:
                if database.in_transaction:
                    database.execute("ROLLBACK")

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=_WAIT_S, isolation_level=None)
        try:
            _to_write_ahead(database)
            # NORMAL loses acknowledged rows when the power is cut.
            database.execute("PRAGMA synchronous = FULL")
            database.executescript(_SCHEMA + "".join(_APPEND_ONLY.format(table=table) for table in ("correction", "undone")))
        except sqlite3.DatabaseError as error:
            database.close()
            raise DecisionError(f"{self._path}: the decisions cannot be read: {error}") from error
        return database


def _to_write_ahead(database: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite refuses at once, without waiting, while another process is switching the same new file."""
    until = time.monotonic() + _WAIT_S
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def decision_key(toponym: Toponym, admin1: str | None, country: str) -> Key:
    """Return what a decision is looked up by: the plain key of the toponym, the province's code and the country's, in capitals."""
    return toponym.plain, (admin1 or "").strip().upper(), country.strip().upper()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
