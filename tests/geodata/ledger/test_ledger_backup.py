"""Backups are whole whatever goes on meanwhile, and come back whole or not at all."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from geodata.ledger import Change, Ledger, LedgerError, restore


def note(ledger: Ledger, text: str) -> None:
    seen = ledger.current("claims", "claim-1")
    ledger.append([Change("claims", "claim-1", "correct", {**seen.cells, "note": text}, seen.number)], "ana")


def test_a_backup_is_one_file_that_can_be_restored(ledger: Ledger, tmp_path: Path):
    note(ledger, "Kept.")
    target = tmp_path / "backups" / "one.sqlite"
    target.parent.mkdir()
    head = ledger.backup(target)
    assert head == ledger.head()
    assert [path.name for path in target.parent.iterdir()] == ["one.sqlite"]
    note(ledger, "Lost.")
    ledger.close()
    assert restore(target, ledger.path) == head
    assert ledger.current("claims", "claim-1").cells["note"] == "Kept."
    assert ledger.verify(head) == []
    note(ledger, "It goes on.")


def test_what_stood_there_is_kept_under_a_name_with_the_time(ledger: Ledger, tmp_path: Path):
    ledger.backup(tmp_path / "backup.sqlite")
    note(ledger, "After the backup.")
    head = ledger.head()
    ledger.close()
    restore(tmp_path / "backup.sqlite", ledger.path)
    (aside,) = ledger.path.parent.glob("ledger.20*Z.sqlite")
    with closing(Ledger(aside, ledger.folder)) as old:
        assert old.verify(head) == []
        assert old.current("claims", "claim-1").cells["note"] == "After the backup."


def test_backups_under_writes_all_restore(ledger: Ledger, tmp_path: Path):
    done = threading.Event()
    heads = {}

    def write() -> None:
        with closing(Ledger(ledger.path, ledger.folder)) as own:
            while not done.is_set():
                note(own, "x" * 3000)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(300):  # until some were made between writes, however slow the writer is
            target = tmp_path / f"{number}.sqlite"
            heads[target] = ledger.backup(target)
            if number >= 11 and len(set(heads.values())) > 3:
                break
    finally:
        done.set()
        writer.join()
    assert len(set(heads.values())) > 3
    for target, head in heads.items():
        place = tmp_path / "restored" / target.name
        assert restore(target, place) == head
        with closing(Ledger(place, ledger.folder)) as copy:
            assert copy.verify(head) == []
            assert copy.dataset().claims


def test_a_newer_backup_takes_the_place_of_an_older_one_only(ledger: Ledger, tmp_path: Path):
    target = tmp_path / "backup.sqlite"
    ledger.backup(target)
    note(ledger, "New.")
    assert ledger.backup(target) == ledger.head()
    with pytest.raises(LedgerError, match="is the ledger itself"):
        ledger.backup(ledger.path)
    for content in (b"", b"My thesis.", b"SQLite format 3\0" + bytes(5000)):
        other = tmp_path / "thesis.txt"
        other.write_bytes(content)
        with pytest.raises(LedgerError, match="is no backup of a ledger; it was left alone"):
            ledger.backup(other)
        assert other.read_bytes() == content


def test_a_damaged_ledger_is_not_backed_up_over_a_good_one(ledger: Ledger, tmp_path: Path):
    target = tmp_path / "backup.sqlite"
    ledger.backup(target)
    good = target.read_bytes()
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER claims_no_update")
    with pytest.raises(LedgerError, match=r"is damaged, nothing was copied\. The trigger 'claims_no_update' is missing"):
        ledger.backup(target)
    assert target.read_bytes() == good


def test_a_folder_that_is_not_there_is_said(ledger: Ledger, tmp_path: Path):
    with pytest.raises(LedgerError, match=r"The backup '.*' cannot be written \(No such file or directory\)"):
        ledger.backup(tmp_path / "nowhere" / "backup.sqlite")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda content: b"", "is no ledger but an empty file"),
        (lambda content: b"nothing like it" * 100, "is no ledger"),
        (lambda content: content[: len(content) // 2], "damaged"),
        (lambda content: content.replace(b"Islamic State takes", b"Islamic State loses"), "is not as it was written"),
    ],
)
def test_a_bad_backup_is_not_restored(ledger: Ledger, tmp_path: Path, spoil: Callable[[bytes], bytes], message: str):
    target = tmp_path / "backup.sqlite"
    ledger.backup(target)
    target.write_bytes(spoil(target.read_bytes()))
    note(ledger, "Stays.")
    ledger.close()
    before = ledger.path.read_bytes()
    with pytest.raises(LedgerError, match=message):
        restore(target, ledger.path)
    assert ledger.path.read_bytes() == before
    assert [path.name for path in ledger.path.parent.iterdir()] == ["ledger.sqlite"]


def test_a_backup_from_before_a_table_and_a_column_were_added_can_be_restored(ledger: Ledger, tmp_path: Path):
    head = ledger.backup(tmp_path / "old.sqlite")
    ledger.close()
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as connection:
        connection.execute("DROP TABLE incidents")
        connection.execute("ALTER TABLE places DROP COLUMN population")
    assert restore(tmp_path / "old.sqlite", ledger.path) == head
    assert ledger.verify(head) == []
    assert ledger.currents("incidents") == {}


def test_a_missing_backup_is_said(ledger: Ledger, tmp_path: Path):
    with pytest.raises(LedgerError, match="There is no backup"):
        restore(tmp_path / "backup.sqlite", ledger.path)


def test_a_ledger_in_use_is_not_replaced(ledger: Ledger, tmp_path: Path):
    ledger.backup(tmp_path / "backup.sqlite")
    with pytest.raises(LedgerError, match="is in use: close every program that has it open"):
        restore(tmp_path / "backup.sqlite", ledger.path, wait=0.1)
    note(ledger, "Nothing happened.")
    assert ledger.verify(ledger.head()) == []
    assert not list(ledger.path.parent.glob("*Z.sqlite"))


def test_a_damaged_ledger_is_set_aside_with_its_log(ledger: Ledger, tmp_path: Path):
    head = ledger.backup(tmp_path / "backup.sqlite")
    note(ledger, "In the log.")
    log = ledger.path.with_name("ledger.sqlite-wal")
    content = log.read_bytes()
    ledger.close()
    ledger.path.write_bytes(b"scribbled over" * 500)
    log.write_bytes(content)
    assert restore(tmp_path / "backup.sqlite", ledger.path) == head
    assert ledger.verify(head) == []
    assert [path.read_bytes() for path in ledger.path.parent.glob("*Z.sqlite-wal")] == [content]


def test_a_connection_finds_the_file_that_was_put_in_place_of_its_own(ledger: Ledger, tmp_path: Path):
    # Somebody replaces the file by hand, without asking who has it open.
    ledger.backup(tmp_path / "backup.sqlite")
    note(ledger, "Not in the backup.")
    for path in ledger.path.parent.iterdir():
        path.rename(path.with_name(f"old-{path.name}"))
    (tmp_path / "backup.sqlite").rename(ledger.path)
    assert ledger.current("claims", "claim-1").cells["note"] == ""
    ledger.path.unlink()
    with pytest.raises(LedgerError, match="it is not there"):
        note(ledger, "Into nowhere.")
    assert not ledger.path.exists()
