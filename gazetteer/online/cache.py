"""Answers of online geocoders on disk, because the services ask not to be asked twice."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from gazetteer.errors import OnlineError

_WAIT_S = 30.0
_KEPT_S = 180 * 86_400.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
    provider TEXT NOT NULL, query TEXT NOT NULL, country TEXT NOT NULL, most INTEGER NOT NULL,
    asked_at REAL NOT NULL, answers TEXT NOT NULL,
    PRIMARY KEY (provider, query, country, most)
) STRICT
"""


class Cache:
    """Answers by provider and question, kept for half a year.

    Parameters
    ----------
    path
        SQLite file; made when it is first used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, provider: str, query: str, country: str, most: int) -> list[dict[str, Any]] | None:
        """Return what the provider answered; None when it was not asked, or too long ago."""
        if not self._path.exists():
            return None
        with closing(self._connect()) as database:
            row = database.execute(
                "SELECT answers FROM answer WHERE provider = ? AND query = ? AND country = ? AND most = ? AND asked_at > ?",
                (provider, query, country, most, time.time() - _KEPT_S),
            ).fetchone()
        if row is None:
            return None
        answers: list[dict[str, Any]] = json.loads(row[0])
        return answers

    def put(self, provider: str, query: str, country: str, most: int, answers: list[dict[str, Any]]) -> None:
        """Nothing; keeps what the provider answered."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as database, database:
            database.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)",
                (provider, query, country, most, time.time(), json.dumps(answers, ensure_ascii=False)),
            )

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=_WAIT_S)
        try:
            database.execute(_SCHEMA)
        except sqlite3.DatabaseError as error:
            database.close()
            raise OnlineError(f"{self._path}: kept answers cannot be read ({error}); the file may be deleted") from error
        return database
