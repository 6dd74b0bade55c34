"""Files of a ledger: what SQLite keeps beside a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from common.atomic import draft_of

BESIDE = ("-wal", "-shm", "-journal")
"""How the files end that SQLite keeps beside a database."""


@contextmanager
def temporary(target: Path) -> Iterator[Path]:
    """Yield a new empty file beside `target`; it is gone after the block, with what SQLite has put beside it."""
    with draft_of(target) as draft:
        try:
            yield draft
        finally:
            for path in beside(draft):
                path.unlink(missing_ok=True)


def beside(path: Path) -> list[Path]:
    """Return what SQLite may keep beside a database: its write-ahead log, the index of that, a rollback journal."""
    return [path.with_name(path.name + ending) for ending in BESIDE]
