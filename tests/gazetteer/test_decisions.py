"""What analysts decide is kept, and none of it is lost; how decisions answer is in `test_decided_answers.py`."""

import csv
import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from gazetteer.decisions import COLUMNS, Decisions, decision_key
from gazetteer.errors import DecisionError
from gazetteer.spelling.toponym import Toponym


@pytest.fixture
def decisions(tmp_path: Path) -> Decisions:
    return Decisions.open(tmp_path / "home")


def test_nothing_has_been_decided_and_no_file_made(decisions: Decisions, tmp_path: Path):
    assert (decisions.current(), decisions.history()) == ({}, [])
    assert not (tmp_path / "home").exists()


def test_a_decision_holds_for_every_spelling_of_its_plain_key(decisions: Decisions):
    decisions.add("Tal al-Ṣakhr", "SY-HM", "SY", "tal-al-sakhr", "Rima")
    assert decisions.current()[decision_key(Toponym("tal al sakhr"), "SY-HM", "sy")] == "tal-al-sakhr"
    assert decision_key(Toponym("tal al sakhr"), None, "SY") not in decisions.current()


def test_the_latest_decision_holds_and_undoing_it_brings_back_the_earlier(decisions: Decisions):
    decisions.add("Zahra", "", "SY", "zahra-homs", "Rima")
    number = decisions.add("Zahra", "", "SY", "zahra-aleppo", "Omar", "the report is about Aleppo")
    key = decision_key(Toponym("Zahra"), "", "SY")
    assert decisions.current()[key] == "zahra-aleppo"
    decisions.undo(number, "Rima")
    assert decisions.current()[key] == "zahra-homs"
    undone = decisions.history()[1]
    assert (undone.by, undone.note, undone.undone_by) == ("Omar", "the report is about Aleppo", "Rima")
    assert undone.at.endswith("+00:00")


def test_what_cannot_be_undone_is_said(decisions: Decisions):
    number = decisions.add("Zahra", "", "SY", "zahra-homs", "Rima")
    decisions.undo(number, "Rima")
    with pytest.raises(DecisionError, match="decision 1 has been undone already"):
        decisions.undo(number, "Rima")
    with pytest.raises(DecisionError, match="there is no decision 7"):
        decisions.undo(7, "Rima")
    with pytest.raises(DecisionError, match="needs a by"):
        decisions.undo(number, " ")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"query": "..."}, "needs a query with letters"), ({"place_id": " "}, "needs a place_id"), ({"by": ""}, "needs a by"),
        ({"country": ""}, "needs a country"), ({"note": "x" * 2001}, "note is longer than 2000 characters"),
    ],
)  # fmt: skip
def test_a_decision_without_what_it_needs_is_refused(decisions: Decisions, changes: dict[str, str], problem: str):
    given = {"query": "Zahra", "admin1": "", "country": "SY", "place_id": "zahra", "by": "Rima", "note": ""}
    with pytest.raises(DecisionError, match=problem):
        decisions.add(**given | changes)
    assert decisions.history() == []


def test_no_decision_can_be_changed_or_deleted(decisions: Decisions, tmp_path: Path):
    decisions.undo(decisions.add("Zahra", "", "SY", "zahra", "Rima"), "Rima")
    database = sqlite3.connect(tmp_path / "home" / "corrections.sqlite")
    for statement in ("UPDATE correction SET by = 'x'", "DELETE FROM correction", "UPDATE undone SET by = 'x'", "DELETE FROM undone"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            database.execute(statement)
    database.close()


def test_the_export_has_who_and_when_and_runs_no_formula(decisions: Decisions, tmp_path: Path):
    decisions.undo(decisions.add("=cmd|x", "", "SY", "zahra", "Rima", "a\r\nb"), "Omar")
    decisions.add("مهين", "SY-HI", "SY", "mahin", "Rima")
    assert decisions.export(tmp_path / "out.csv") == 2
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert tuple(first) == COLUMNS
    assert (first["query"], first["note"], first["undone_by"]) == ("'=cmd|x", "a\r\nb", "Omar")
    assert (second["query"], second["place_id"], second["undone_at"]) == ("مهين", "mahin", "")
    assert second["at"]


def test_a_damaged_file_is_named(decisions: Decisions, tmp_path: Path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "corrections.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(DecisionError, match=r"corrections\.sqlite: the decisions cannot be read"):
        decisions.current()


def _decide(home: str, number: int) -> None:
    for turn in range(20):
        Decisions.open(Path(home)).add(f"place {number} {turn}", "", "SY", "somewhere", "Rima")


def test_two_processes_at_once_lose_nothing(decisions: Decisions, tmp_path: Path):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_decide, args=(str(tmp_path / "home"), number)) for number in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert len(decisions.current()) == 40
