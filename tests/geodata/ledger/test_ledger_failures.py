"""When the disk, the file or somebody else is in the way, one sentence says so, nothing is half-written, and later it works again."""

import os
import resource
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from geodata.ledger import Change, Ledger, LedgerError

NOBODY = 65534


def incidents(first: int, count: int) -> list[Change]:
    """A batch of some 300 bytes a row."""
    cells = {
        "source": "s",
        "kind": "k",
        "date_earliest": "2015-05-21",
        "date_latest": "2015-05-21",
        "date_precision": "1",
        "note": "x" * 250,
    }
    return [Change("incidents", f"i-{n}", "add", {**cells, "incident_id": f"i-{n}"}) for n in range(first, first + count)]


def in_child(work: Callable[[], str]) -> str:
    """What `work` returns in a forked process, where limits and rights can be given up."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            answer = work()
        except BaseException as problem:  # noqa: BLE001 - told to the parent
            answer = f"{type(problem).__name__}: {problem}"
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        answer = stream.read().decode()
    os.waitpid(child, 0)
    return answer


def refused(work: Callable[[], object]) -> str:
    """The sentence with which something is refused."""
    with pytest.raises(LedgerError) as problem:
        work()
    return str(problem.value)


def test_a_full_database_refuses_and_later_works_again(ledger: Ledger):
    head = ledger.head()
    ledger.close()
    event.listen(ledger._connections._engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 60"))
    sentence = refused(lambda: ledger.append(incidents(0, 2000), "ana"))
    assert sentence == f"The ledger '{ledger.path}' cannot grow, because there is no space left; nothing was written."
    assert ledger.head() == head
    ledger.append(incidents(0, 3), "ana")
    ledger.close()
    ledger.append(incidents(3, 2000), "ana")
    assert ledger.verify(ledger.head()) == []


def test_a_disk_that_takes_no_more_refuses_and_later_works_again(ledger: Ledger):
    def work() -> str:
        log = ledger.path.with_name(f"{ledger.path.name}-wal")
        ledger.append(incidents(0, 1), "ana")
        head = ledger.head()
        most = log.stat().st_size + 30_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        sentence = refused(lambda: ledger.append(incidents(1, 2000), "ana"))
        assert ledger.head() == head
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        ledger.append(incidents(1, 2000), "ana")
        assert ledger.verify(head) == []
        return sentence

    assert in_child(work) == f"The ledger '{ledger.path}' cannot be read or written: the disk is full or failing; nothing was written."
    assert ledger.head().number == 15 + 2001


def test_a_ledger_that_does_not_fit_on_the_disk_leaves_nothing_behind(tmp_path: Path):
    def work() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, resource.RLIM_INFINITY))
        sentence = refused(lambda: Ledger.open(tmp_path / "home" / "ledger.sqlite"))
        assert list((tmp_path / "home").iterdir()) == []
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert Ledger.open(tmp_path / "home" / "ledger.sqlite").verify() == []
        return sentence

    assert "cannot be read or written: the disk is full or failing" in in_child(work)


def test_a_backup_that_does_not_fit_leaves_the_older_one(ledger: Ledger, tmp_path: Path):
    target = tmp_path / "backup.sqlite"
    ledger.backup(target)
    good = target.read_bytes()
    ledger.append(incidents(0, 100), "ana")

    def work() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(good) - 5_000, resource.RLIM_INFINITY))
        return refused(lambda: ledger.backup(target))

    assert "the disk is full or failing" in in_child(work)
    assert target.read_bytes() == good
    assert not list(tmp_path.glob(".backup*"))


@pytest.fixture
def open_to_all(ledger: Ledger) -> Iterator[Path]:
    """A copy of the ledger in a folder that every user can reach."""
    folder = Path(tempfile.mkdtemp())
    ledger.close()
    try:
        shutil.copy(ledger.path, folder / "ledger.sqlite")
        folder.chmod(0o755)
        (folder / "ledger.sqlite").chmod(0o644)
        yield folder / "ledger.sqlite"
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def become_nobody() -> None:
    """In a child: give up the rights of an administrator, who may write everywhere."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def test_a_folder_that_may_not_be_written_to_is_said(open_to_all: Path, ledger: Ledger):
    open_to_all.parent.chmod(0o555)
    open_to_all.chmod(0o444)
    before = open_to_all.read_bytes()

    def work() -> str:
        become_nobody()
        return refused(lambda: Ledger(open_to_all, ledger.folder).append(incidents(0, 1), "ana"))

    assert "folder may not be written to" in in_child(work)
    assert open_to_all.read_bytes() == before


def test_a_file_that_may_not_be_written_to_is_said(open_to_all: Path, ledger: Ledger):
    open_to_all.parent.chmod(0o777)
    open_to_all.chmod(0o444)
    before = open_to_all.read_bytes()

    def work() -> str:
        become_nobody()
        own = Ledger(open_to_all, ledger.folder)
        assert own.head().number == 15
        return refused(lambda: own.append(incidents(0, 1), "ana"))

    assert "or its folder may not be written to; nothing was written" in in_child(work)
    assert open_to_all.read_bytes() == before
    with closing(Ledger(open_to_all, ledger.folder)) as own:
        open_to_all.chmod(0o644)
        own.append(incidents(0, 1), "ana")


def test_a_ledger_cannot_be_made_where_nothing_can_be_written(open_to_all: Path, ledger: Ledger):
    open_to_all.parent.chmod(0o555)

    def work() -> str:
        become_nobody()
        return refused(lambda: Ledger.open(open_to_all.with_name("new.sqlite"), ledger.folder))

    assert in_child(work) == f"The ledger '{open_to_all.with_name('new.sqlite')}' cannot be made (Permission denied)."


def test_a_writer_waits_for_another_and_says_so_when_that_takes_too_long(ledger: Ledger):
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        sentence = refused(lambda: ledger.append(incidents(0, 1), "ana"))
        assert time.monotonic() - begun >= 0.2
        assert "is being written by somebody else for longer than we wait; nothing was written, try again" in sentence
        assert ledger.head().number == 15
        other.execute("ROLLBACK")
    ledger.append(incidents(0, 1), "ana")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda content: b"", "is no ledger but an empty file: what was in it is lost"),
        (lambda content: b"{}", "is no ledger: it is not an SQLite file"),
        (lambda content: b"claim_id,kind\n" * 1000, "is no ledger: it is not an SQLite file"),
        (lambda content: content[:5000], "is damaged: keep a copy of it and restore a backup"),
        (lambda content: content[:50], "is damaged: keep a copy of it and restore a backup"),
        (lambda content: content[:100] + os.urandom(len(content) - 100), "is damaged"),
    ],
)
def test_a_file_that_is_no_ledger_is_left_alone(ledger: Ledger, spoil: Callable[[bytes], bytes], message: str):
    ledger.close()
    content = spoil(ledger.path.read_bytes())
    ledger.path.write_bytes(content)
    assert message in refused(lambda: Ledger.open(ledger.path, ledger.folder))
    assert any(message in sentence for sentence in ledger.verify())
    assert ledger.path.read_bytes() == content


def test_a_truncated_ledger_says_so_when_what_is_missing_is_read(ledger: Ledger):
    ledger.append(incidents(0, 100), "ana")
    ledger.close()
    content = ledger.path.read_bytes()
    ledger.path.write_bytes(content[: len(content) * 3 // 4])
    assert "is damaged: keep a copy of it and restore a backup" in refused(lambda: ledger.currents("incidents"))
    assert ledger.verify() != []


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("PRAGMA user_version = 2", "was written by a newer version of Control Atlas: use that one"),
        ("ALTER TABLE claims ADD COLUMN mood TEXT", "was written by a newer version of Control Atlas: use that one"),
        ("PRAGMA application_id = 1", "is no ledger but an SQLite file of something else"),
    ],
)
def test_a_file_of_something_else_or_of_a_newer_version_is_refused(ledger: Ledger, statement: str, message: str):
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as connection:
        connection.execute(statement)
    assert message in refused(lambda: Ledger.open(ledger.path, ledger.folder))


def test_an_entry_that_was_damaged_by_other_means_is_named(ledger: Ledger):
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER entry_no_update")
        connection.execute("UPDATE entry SET recorded_at = 'yesterday' WHERE number = 7")
    assert "Entry 7 of the ledger is damaged" in refused(ledger.journal)


def test_the_log_is_kept_short_though_nothing_is_copied_beside_a_writer(ledger: Ledger, monkeypatch: pytest.MonkeyPatch):
    limit = 400_000
    monkeypatch.setattr("geodata.ledger.engine.WAL_BYTES", limit)
    log = ledger.path.with_name(f"{ledger.path.name}-wal")
    with ledger._connections.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == 0
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    longest = 0
    for number in range(15):
        ledger.append(incidents(number * 200, 200), "ana")
        longest = max(longest, log.stat().st_size)
    assert ledger.path.stat().st_size > 2 * limit
    assert longest < 2 * limit
    assert ledger.verify(ledger.head()) == []


def test_a_log_that_cannot_be_copied_now_is_copied_later(ledger: Ledger, monkeypatch: pytest.MonkeyPatch):
    ledger.append(incidents(0, 50), "ana")
    size = ledger.path.stat().st_size
    monkeypatch.setattr("geodata.ledger.engine.WAL_BYTES", 0)
    connections = ledger._connections
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with connections._engine.connect().execution_options(immediate=True) as connection:
            connections._checkpoint(connection)  # somebody else is writing: no reason to complain about what was written
        assert ledger.path.stat().st_size == size
        other.execute("ROLLBACK")
    ledger.append(incidents(50, 1), "ana")
    assert ledger.path.stat().st_size > size
    assert ledger.verify(ledger.head()) == []


def test_a_forked_child_and_its_parent_both_go_on(ledger: Ledger):
    ledger.append(incidents(0, 1), "parent")
    assert in_child(lambda: str(ledger.append(incidents(1, 1), "child").last)) == "17"
    ledger.append(incidents(2, 1), "parent")
    assert ledger.verify(ledger.head()) == []
    assert [entry.by for entry in ledger.journal(after=15)] == ["parent", "child", "parent"]


def test_what_a_child_writes_after_its_parent_has_closed_the_file_is_there(ledger: Ledger):
    ledger.append(incidents(0, 1), "parent")  # leaves a connection open, which must not reach the child
    ready, go_on = os.pipe(), os.pipe()

    def work() -> str:
        ledger.append(incidents(1, 1), "child")
        os.write(ready[1], b"x")
        os.read(go_on[0], 1)
        return str(ledger.append(incidents(2, 1), "child").last)

    def parent_closes() -> None:
        os.read(ready[0], 1)
        ledger.close()
        os.write(go_on[1], b"x")

    closing_it = threading.Thread(target=parent_closes)
    closing_it.start()
    try:
        assert in_child(work) == "18"
    finally:
        closing_it.join()
        for pipe in (*ready, *go_on):
            os.close(pipe)
    assert ledger.head().number == 18
    assert ledger.verify(ledger.head()) == []
