"""Files that are put in their place at once or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BESIDE = ("-wal", "-shm", "-journal")
"""How the files end that SQLite keeps beside a database."""


@contextmanager
def temporary(target: Path) -> Iterator[Path]:
    """Yield a new empty file beside `target`; it is gone after the block, with what SQLite has put beside it."""
    # In the same folder, because a file is renamed or linked at once only within one file system.
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    draft.touch(exist_ok=False)
    try:
        yield draft
    finally:
        for path in (draft, *beside(draft)):
            path.unlink(missing_ok=True)


def beside(path: Path) -> list[Path]:
    """Return what SQLite may keep beside a database: its write-ahead log, the index of that, a rollback journal."""
    return [path.with_name(path.name + ending) for ending in BESIDE]


def sync(path: Path) -> None:
    """Nothing; waits until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
