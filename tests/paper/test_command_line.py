"""`python -m views.paper map` writes a picture, or says in one sentence why not and writes nothing."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from matplotlib.text import Text
from PIL import Image

from geodata.ledger import Change, open_ledger
from views.paper.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_writes_a_picture(tmp_path):
    target = tmp_path / "homs.png"
    command = [sys.executable, "-m", "views.paper", "map", "--as-of", "2015-11-23", "--province", "Homs", "--out", str(target)]
    done = subprocess.run([*command, "--width", "960", "--height", "540"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with Image.open(target) as picture:
        assert picture.size == (960, 540)


@pytest.mark.parametrize("suffix", [".svg", ".pdf"])
def test_the_suffix_says_the_kind_of_file(tmp_path, suffix):
    target = tmp_path / f"map{suffix}"
    assert main(["map", "--as-of", "2015-11-23", "--out", str(target), "--view", "corroborated"]) == 0
    assert target.read_bytes().startswith({".svg": b"<?xml", ".pdf": b"%PDF"}[suffix])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--as-of", "23/11/2015"], "'23/11/2015' is not a date of the form YYYY-MM-DD"),
        (["--as-of", "2015-02-30"], "'2015-02-30' is not a date"),
        (["--province", "Atlantis"], "'Atlantis' is not a known province"),
        (["--view", "guessed"], "'guessed' is not a view"),
        (["--view", "according-to:nobody"], "'nobody' is neither a claimant nor an outlet"),
        (["--out", "map.bmp"], "'map.bmp' does not end in .png, .svg or .pdf"),
        (["--out", "no/such/folder/map.png"], "cannot be written: No such file or directory"),
        (["--out", "folder.png"], "cannot be written: Is a directory"),
        (["--width", "20"], "'20' is not a whole number from 480 to 8000"),
        (["--data", "nowhere"], "there is no folder or file 'nowhere'"),
        (["--frames", "3"], "unrecognized arguments: --frames 3"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_and_nothing_is_written(tmp_path, monkeypatch, capsys, options, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(SystemExit) as stopped:
        main(["map", "--as-of", "2015-11-23", "--out", "map.png", "--width", "480", "--height", "480", *options])
    said = capsys.readouterr()
    assert stopped.value.code == 2
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert [path.name for path in tmp_path.rglob("*")] == ["folder.png"]


def test_a_missing_option_is_named(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["map"])
    assert stopped.value.code == 2
    assert "--as-of, --out" in capsys.readouterr().err


def test_help_names_every_option(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["map", "--help"])
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    for option in ("--as-of", "--out", "--province", "--view", "--title", "--marking", "--data", "--width", "--height"):
        assert option in said


def test_small_multiples_are_written_with_as_many_rows_as_the_time_needs(tmp_path):
    heights = []
    for last in ("2015", "2017"):
        target = tmp_path / f"{last}.png"
        assert main(["multiples", "--province", "Homs", "--by", "quarter", "--from", "2015", "--to", last, "--out", str(target)]) == 0
        with Image.open(target) as picture:
            assert picture.width == 1440
            heights.append(picture.height)
    assert heights[1] > 2 * heights[0]


def test_years_and_months_stand_for_their_first_and_last_day(tmp_path):
    same = [["--from", "2016", "--to", "2016-02"], ["--from", "2016-01-01", "--to", "2016-02-29"]]
    for number, options in enumerate(same):
        assert main(["multiples", "--province", "Homs", "--by", "month", *options, "--out", str(tmp_path / f"{number}.svg")]) == 0
    assert (tmp_path / "0.svg").read_bytes() == (tmp_path / "1.svg").read_bytes()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--by", "week"], "invalid choice: 'week'"),
        (["--from", "2016-13"], "'2016-13' is not a date of the form YYYY-MM-DD"),
        (["--from", "2016", "--to", "2015"], "2015-12-31 is before 2016-01-01"),
        (["--province", "Atlantis"], "'Atlantis' is not a known province"),
        (["--columns", "0"], "'0' is not a whole number from 1 to 12"),
        (["--width", "100"], "'100' is not a whole number from 360 to 8000"),
        (["--by", "month", "--from", "2010", "--to", "2020"], "132 maps are too many for one sheet, which holds 60"),
    ],
)
def test_what_is_wrong_with_small_multiples_is_said_in_one_sentence(tmp_path, capsys, options, sentence):
    with pytest.raises(SystemExit) as stopped:
        main(["multiples", "--province", "Homs", "--out", str(tmp_path / "maps.png"), *options])
    said = capsys.readouterr()
    assert stopped.value.code == 2
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def drawn(monkeypatch):
    """What the command wrote, as the texts of its picture; nothing is written to a file."""
    figures = []
    monkeypatch.setattr("views.paper.__main__.save", lambda figure, _path: figures.append(figure))

    def run(*arguments: str) -> list[str]:
        assert main([*arguments, "--out", "sheet.svg"]) == 0
        return [text.get_text() for text in figures.pop().findobj(Text)]

    return run


MAP = ("map", "--as-of", "2015-11-23", "--width", "960", "--height", "540")


@pytest.mark.parametrize("name", ["Hims", "حمص", "sy-hi"])
def test_a_province_may_be_given_by_any_of_its_names(drawn, name):
    assert any("Homs province" in text for text in drawn(*MAP, "--province", name, "--land", "off"))


def test_the_users_ledger_is_drawn(drawn, tmp_path, monkeypatch):
    monkeypatch.setenv("CONTROL_ATLAS_HOME", str(tmp_path))
    with closing(open_ledger()) as ledger:
        party = ledger.current("parties", "government")
        ledger.append([Change("parties", party.key, "correct", {**party.cells, "name": "Damascus"}, party.number)], "Ana", "A test.")
    assert "Damascus" in drawn(*MAP, "--land", "off")


def test_a_picture_of_one_voice_says_whose_it_is_and_when_it_was_known(drawn):
    told = drawn(*MAP, "--view", "according-to:SANA", "--known-on", "2015-11-20", "--marking", "FOR TRAINING", "--land", "off")
    assert sum("FOR TRAINING · According to SANA" in text and "as known on 2015-11-20" in text for text in told) == 2
    maps = drawn("multiples", "--province", "Hims", "--from", "2015", "--to", "2015", "--view", "according-to:outlet:ap")
    assert any("According to AP. As claimed" in text for text in maps)
