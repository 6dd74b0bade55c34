"""Files that are written at once or not at all, and by one process at a time."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """Yield a file to write into, which takes the place of `target` when the block ends well; otherwise nothing changes."""
    with draft_of(target) as draft:
        with draft.open("r+b") as file:
            yield file
        put(draft, target)


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """Yield a new empty file beside `target`, for those who write by its name; it is gone after the block unless `put` has moved it."""
    # In the target's folder, because a rename is atomic only within one file system.
    draft = target.parent / f".{target.name}.{secrets.token_hex(8)}.part"
    # Opened so and not as a temporary file of the system, which only its owner may read: whom the umask lets may read the target.
    draft.open("xb").close()
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def put(draft: Path, target: Path) -> None:
    """Put a finished file in the place of `target`, at once, and so that a power cut finds one of the two whole."""
    sync(draft)
    draft.replace(target)
    sync(target.parent)  # without it a power cut may undo the rename


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Yield a block that one process at a time is in; the file and its folder are made where they are missing."""
    import fcntl  # which Windows lacks; only this block needs it

    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)  # which gives the lock back
