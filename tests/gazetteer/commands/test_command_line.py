"""`python -m gazetteer`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gazetteer.__main__ import main

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(("name", "status"), [("Mheen", 0), ("al-Mughir", 1), ("Mheen hill", 1), ("Tal Aswad", 1)])
def test_the_exit_status_says_whether_the_name_resolved(data: Path, name: str, status: int):
    assert main(["resolve", name, "--data", str(data)]) == status


def test_the_answer_is_written_for_people(data: Path, capsys: pytest.CaptureFixture[str]):
    main(["resolve", "Deir el-Zour", "--data", str(data)])
    shown = capsys.readouterr().out
    for part in ("Deir ez-Zor · دير الزور", "longitude 40.14080, latitude 35.33590", "Deir ez-Zor (SY-DY)", "  2. "):
        assert part in shown


def test_the_answer_is_written_for_programs(data: Path, capsys: pytest.CaptureFixture[str]):
    main(["resolve", "al-Mughir", "--admin1", "Hama", "--json", "--data", str(data)])
    answer = json.loads(capsys.readouterr().out)
    assert (answer["status"], answer["place_id"], answer["longitude"]) == ("resolved", "mughayr-hama", 36.4871)
    assert answer["candidates"][0]["place"]["admin1"] == "SY-HM"


@pytest.mark.parametrize("option", [["--admin1", "Narnia"], ["--country", "Syria"], ["--data", "/nowhere"]])
def test_what_is_refused_is_said_in_one_line(data: Path, capsys: pytest.CaptureFixture[str], option: list[str]):
    assert main(["resolve", "Mheen", "--data", str(data), *option]) == 2
    error = capsys.readouterr().err
    assert error.startswith("gazetteer: ")
    assert error.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--help"], ["resolve", "--help"], ["batch", "--help"]])
def test_help_documents_the_exit_status(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 0
    assert "exit status:" in capsys.readouterr().out


def test_a_batch_says_how_many_names_came_out_how(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "in.csv").write_text("query\nMheen\nHoms\nTal Aswad\n", encoding="utf-8")
    assert main(["batch", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), "--data", str(data)]) == 0
    assert capsys.readouterr().out == "3 rows: 2 resolved, 1 not found\n"
    assert main(["batch", str(tmp_path / "in.csv"), str(tmp_path / "none" / "out.csv"), "--data", str(data)]) == 2


def test_a_terminal_without_arabic_gets_escapes_and_no_terminal_gets_control_characters(data: Path):
    run = subprocess.run(
        [sys.executable, "-m", "gazetteer", "resolve", "مهين\x1b[31m", "--data", str(data)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert run.returncode == 1
    assert "\\u0645" in run.stdout
    assert "\x1b" not in run.stdout
    assert run.stderr == ""


def test_a_point_nearby_is_longitude_and_latitude(data: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["resolve", "al-Mughir", "--near", "36.76,35.13", "--json", "--data", str(data)]) == 0
    assert json.loads(capsys.readouterr().out)["place_id"] == "mughayr-hama"


@pytest.mark.parametrize("near", ["36.76", "a,b", "1,2,3", ""])
def test_a_point_that_is_none_is_refused(data: Path, capsys: pytest.CaptureFixture[str], near: str):
    with pytest.raises(SystemExit) as caught:
        main(["resolve", "al-Mughir", "--near", near, "--data", str(data)])
    assert caught.value.code == 2
    assert "is no longitude and latitude" in capsys.readouterr().err
