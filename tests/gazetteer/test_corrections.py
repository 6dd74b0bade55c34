"""What analysts decide, and that none of it is lost."""

import csv
import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from gazetteer.decisions import COLUMNS, Corrections, correction_key
from gazetteer.errors import CorrectionError


@pytest.fixture
def corrections(tmp_path: Path) -> Corrections:
    return Corrections.open(tmp_path / "home")


def test_nothing_has_been_decided_and_no_file_made(corrections: Corrections, tmp_path: Path):
    assert (corrections.current(), corrections.history()) == ({}, [])
    assert not (tmp_path / "home").exists()


def test_a_decision_holds_for_every_spelling_of_its_plain_key(corrections: Corrections):
    corrections.add("Tal al-Ṣakhr", "SY-HM", "SY", "tal-al-sakhr", "Rima")
    assert corrections.current()[correction_key("tal al sakhr", "SY-HM", "sy")] == "tal-al-sakhr"
    assert correction_key("tal al sakhr", None, "SY") not in corrections.current()


def test_the_latest_decision_holds_and_undoing_it_brings_back_the_earlier(corrections: Corrections):
    corrections.add("Zahra", "", "SY", "zahra-homs", "Rima")
    number = corrections.add("Zahra", "", "SY", "zahra-aleppo", "Omar", "the report is about Aleppo")
    key = correction_key("Zahra", "", "SY")
    assert corrections.current()[key] == "zahra-aleppo"
    corrections.undo(number, "Rima")
    assert corrections.current()[key] == "zahra-homs"
    undone = corrections.history()[1]
    assert (undone.by, undone.note, undone.undone_by) == ("Omar", "the report is about Aleppo", "Rima")
    assert undone.at.endswith("+00:00")


def test_what_cannot_be_undone_is_said(corrections: Corrections):
    number = corrections.add("Zahra", "", "SY", "zahra-homs", "Rima")
    corrections.undo(number, "Rima")
    with pytest.raises(CorrectionError, match="correction 1 has been undone already"):
        corrections.undo(number, "Rima")
    with pytest.raises(CorrectionError, match="there is no correction 7"):
        corrections.undo(7, "Rima")
    with pytest.raises(CorrectionError, match="needs a by"):
        corrections.undo(number, " ")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"query": "..."}, "needs a query with letters"), ({"place_id": " "}, "needs a place_id"), ({"by": ""}, "needs a by"),
        ({"country": ""}, "needs a country"), ({"note": "x" * 2001}, "note is longer than 2000 characters"),
    ],
)  # fmt: skip
def test_a_decision_without_what_it_needs_is_refused(corrections: Corrections, changes: dict[str, str], problem: str):
    given = {"query": "Zahra", "admin1": "", "country": "SY", "place_id": "zahra", "by": "Rima", "note": ""}
    with pytest.raises(CorrectionError, match=problem):
        corrections.add(**given | changes)
    assert corrections.history() == []


def test_no_decision_can_be_changed_or_deleted(corrections: Corrections, tmp_path: Path):
    corrections.undo(corrections.add("Zahra", "", "SY", "zahra", "Rima"), "Rima")
    database = sqlite3.connect(tmp_path / "home" / "corrections.sqlite")
    for statement in ("UPDATE correction SET by = 'x'", "DELETE FROM correction", "UPDATE undone SET by = 'x'", "DELETE FROM undone"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            database.execute(statement)
    database.close()


def test_the_export_has_who_and_when_and_runs_no_formula(corrections: Corrections, tmp_path: Path):
    corrections.undo(corrections.add("=cmd|x", "", "SY", "zahra", "Rima", "a\r\nb"), "Omar")
    corrections.add("مهين", "SY-HI", "SY", "mahin", "Rima")
    assert corrections.export(tmp_path / "out.csv") == 2
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert tuple(first) == COLUMNS
    assert (first["query"], first["note"], first["undone_by"]) == ("'=cmd|x", "a\r\nb", "Omar")
    assert (second["query"], second["place_id"], second["undone_at"]) == ("مهين", "mahin", "")
    assert second["at"]


def test_a_damaged_file_is_named(corrections: Corrections, tmp_path: Path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "corrections.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(CorrectionError, match=r"corrections\.sqlite: the corrections cannot be read"):
        corrections.current()


def _decide(home: str, number: int) -> None:
    for turn in range(20):
        Corrections.open(Path(home)).add(f"place {number} {turn}", "", "SY", "somewhere", "Rima")


def test_two_processes_at_once_lose_nothing(corrections: Corrections, tmp_path: Path):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_decide, args=(str(tmp_path / "home"), number)) for number in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert len(corrections.current()) == 40
