"""Decisions of analysts win over every other answer, and can be taken back; how they are kept is in `test_decisions.py`."""

from __future__ import annotations

import json

from gazetteer import Gazetteer
from gazetteer.__main__ import main
from gazetteer.decisions import Decisions


def test_a_decision_wins_at_once_and_until_it_is_undone(tmp_path):
    gazetteer, decisions = Gazetteer.open(home=tmp_path), Decisions.open(tmp_path)
    before = gazetteer.resolve("Tal Aswad")
    assert before.status != "resolved"
    number = decisions.add("Tal Aswad", "", "SY", "mahin", "Rima")
    after = gazetteer.resolve("Tal Aswad", "Homs")
    assert (after.status, after.place_id, after.tier, after.confidence) == ("resolved", "mahin", "confirmed", 1.0)
    assert "Rima" in after.reason
    decisions.undo(number, "Rima")
    assert gazetteer.resolve("Tal Aswad") == before


def test_a_decision_for_one_province_says_nothing_of_another(tmp_path):
    gazetteer = Gazetteer.open(home=tmp_path)
    Decisions.open(tmp_path).add("Tal Aswad", "SY-HI", "SY", "mahin", "Rima")
    assert gazetteer.resolve("Tal Aswad", "SY-HI").place_id == "mahin"
    assert gazetteer.resolve("Tal Aswad", "SY-HM").place_id != "mahin"


def test_a_decision_on_a_place_that_is_not_there_is_passed_over(tmp_path):
    Decisions.open(tmp_path).add("Mheen", "", "SY", "gone", "Rima")
    assert Gazetteer.open(home=tmp_path).resolve("Mheen").place_id == "mahin"


def test_the_commands_confirm_undo_and_export(tmp_path, capsys):
    home = ["--home", str(tmp_path)]
    assert main(["confirm", "Tal Aswad", "mahin", "--by", "Rima", *home]) == 0
    assert main(["resolve", "Tal Aswad", "--json", *home]) == 0
    assert json.loads(capsys.readouterr().out.split("\n", 1)[1])["status"] == "resolved"
    assert main(["undo", "1", "--by", "Omar", *home]) == 0
    assert main(["decisions", str(tmp_path / "out.csv"), *home]) == 0
    assert "Omar" in (tmp_path / "out.csv").read_text("utf-8")
    assert main(["confirm", "Tal Aswad", "nowhere", "--by", "Rima", *home]) == 2
