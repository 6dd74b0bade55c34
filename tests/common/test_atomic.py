"""A file is written at once or not at all, and by one process at a time."""

from __future__ import annotations

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from common.atomic import locked, replacing


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what has been synced to the disk: 'file' or 'folder', in order."""
    found: list[str] = []

    def fsync(descriptor: int) -> None:
        found.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")

    monkeypatch.setattr(os, "fsync", fsync)
    return found


@pytest.mark.parametrize("before", [None, b"old"])
def test_a_block_that_raises_leaves_the_target_as_it_was_and_nothing_beside_it(tmp_path: Path, before: bytes | None):
    target = tmp_path / "out.csv"
    if before is not None:
        target.write_bytes(before)

    def write() -> None:
        with replacing(target) as file:
            file.write(b"half")
            file.flush()
            raise ValueError("the other half is missing")

    with pytest.raises(ValueError, match="other half"):
        write()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([] if before is None else [before])


def test_the_target_is_the_old_file_until_the_block_ends_and_the_new_one_afterwards(tmp_path: Path):
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    with replacing(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_the_file_is_on_the_disk_before_its_name_is_and_then_the_name(tmp_path: Path, synced: list[str]):
    with replacing(tmp_path / "out.csv") as file:
        file.write(b"new")
    assert synced == ["file", "folder"]


def test_whom_the_umask_lets_may_read_the_file_and_the_umask_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    before = os.umask(0o027)
    try:
        with monkeypatch.context() as patched:
            patched.delattr(os, "umask")  # setting it, even for a moment, changes the files of other threads
            with replacing(tmp_path / "out.csv") as file:
                file.write(b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o640


def _append(folder: Path) -> None:
    for _ in range(20):
        with locked(folder / "new" / ".lock"):
            path = folder / "count"
            path.write_text(str(int(path.read_text()) + 1))


def test_two_processes_are_in_the_block_one_after_the_other(tmp_path: Path):
    (tmp_path / "count").write_text("0")
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_append, args=(tmp_path,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert (tmp_path / "count").read_text() == "40"
