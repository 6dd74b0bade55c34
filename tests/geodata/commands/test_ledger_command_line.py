"""`python -m geodata verify`, `backup`, `restore` and `journal`."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from geodata.__main__ import main
from geodata.ledger import Change, open_ledger

Said = tuple[int, str, str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], tables: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Runs the command on the usual dataset; gives its exit status, what it printed and what it complained about."""
    folder = tables()
    monkeypatch.setenv("CONTROL_ATLAS_HOME", str(folder / "home"))

    def run(action: str, *arguments: object) -> Said:
        try:
            status = main([action, *map(str, arguments), "--data", str(folder)])
        except SystemExit as leaving:
            status = leaving.code
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def path(said: Callable[..., Said], tmp_path: Path) -> Path:
    """The ledger that the command is about, with an entry of a user."""
    with closing(open_ledger(tmp_path)) as ledger:
        seen = ledger.current("claims", "claim-1")
        ledger.append(
            [Change("claims", "claim-1", "correct", {**seen.cells, "note": "\x1b[31mred"}, seen.number)],
            "Ana \u0645\u0647\u064a\u0646",
            "Why.",
        )
        return ledger.path


def test_an_intact_ledger_is_said_to_be_with_its_head(said: Callable[..., Said], path: Path):
    status, shown, complaint = said("verify")
    assert (status, complaint) == (0, "")
    intact, head = shown.splitlines()
    assert intact == "intact, 16 entries"
    assert said("verify", "--head", head.removeprefix("head "))[0] == 0
    assert json.loads(said("verify", "--format", "json")[1]) == {
        "ledger": str(path),
        "intact": True,
        "head": head.removeprefix("head "),
        "problems": [],
    }


def test_what_verify_finds_is_listed_and_the_exit_status_says_so(said: Callable[..., Said], path: Path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER claims_no_update")
        connection.execute("UPDATE claims SET credibility = 1 WHERE entry = 16")
    status, shown, _ = said("verify")
    assert status == 1
    assert shown.splitlines()[:2] == [
        "The trigger 'claims_no_update' is missing.",
        "Entry 16 (claims, 'claim-1') is not as it was written.",
    ]
    status, shown, _ = said("verify", "--format", "json")
    assert status == 1
    assert json.loads(shown)["problems"][0] == "The trigger 'claims_no_update' is missing."


def test_a_head_from_elsewhere_shows_a_cut_tail(said: Callable[..., Said], path: Path):
    status, shown, _ = said("verify", "--head", f"17:{'0' * 64}")
    assert (status, shown.splitlines()[0]) == (
        1,
        "The ledger ends with entry 16, but the head that was kept is entry 17: the newest were cut off.",
    )
    assert said("verify", "--head", "17")[0] == 2


def test_verify_makes_no_ledger_and_survives_a_file_that_is_none(said: Callable[..., Said], tmp_path: Path):
    status, shown, _ = said("verify")
    assert status == 1
    assert "it is not there" in shown
    assert not (tmp_path / "home").exists()
    said("journal")
    (tmp_path / "home").glob("*.sqlite").__next__().write_bytes(b"x" * 5000)
    status, shown, _ = said("verify", "--format", "json")
    assert status == 1
    assert json.loads(shown)["head"] is None


def test_a_backup_is_made_and_restored(said: Callable[..., Said], path: Path, tmp_path: Path):
    backup = tmp_path / "backup.sqlite"
    status, shown, _ = said("backup", backup)
    assert status == 0
    assert shown.startswith(f"16 entries copied to {backup}\nhead 16:")
    status, shown, _ = said("restore", backup, "--format", "json")
    assert status == 0
    assert json.loads(shown)["head"].startswith("16:")
    assert len(list(path.parent.glob("*Z.sqlite"))) == 1
    for action in ("backup", "restore"):
        status, shown, complaint = said(action, tmp_path / "claims.csv")
        assert (status, shown) == (2, "")
        assert complaint.startswith("geodata: ")


def test_the_journal_is_listed_the_newest_first(said: Callable[..., Said], path: Path):
    status, shown, _ = said("journal", "--limit", 2)
    assert status == 0
    heading, newest, older, caption = shown.splitlines()
    assert heading.split() == ["number", "recorded", "at", "by", "action", "table", "key", "reason"]
    assert newest.startswith("16 ")
    assert "Ana \u0645\u0647\u064a\u0646" in newest
    assert newest.split()[-4:] == ["correct", "claims", "claim-1", "Why."]
    assert older.startswith("15 ")
    assert caption == "2 entries, times in UTC"
    assert said("journal", "--before", 3)[1].splitlines()[1].startswith("2 ")


def test_the_journal_is_written_for_programs_with_every_cell(said: Callable[..., Said], path: Path):
    [newest] = json.loads(said("journal", "--limit", 1, "--format", "json")[1])
    assert (newest["number"], newest["by"], newest["supersedes"]) == (16, "Ana \u0645\u0647\u064a\u0646", 15)
    assert newest["cells"]["note"] == "\x1b[31mred"
    assert newest["recorded_at"].endswith("+00:00")
