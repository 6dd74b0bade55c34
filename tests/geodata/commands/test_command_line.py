"""`python -m geodata`."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest

from geodata import BUNDLED, Location
from geodata.__main__ import main
from geodata.ledger import ledger_path

ROOT = Path(__file__).resolve().parents[3]
CONTROL = ["control", "--as-of", "2015-11-23"]
EVENTS = ["events"]
CHANGES = ["changes", "--from", "2015-05-01", "--to", "2015-11-23"]


def test_control_is_listed_for_people(said, tables):
    status, shown, complaint = said(*CONTROL, "--data", tables())
    assert (status, complaint) == (0, "")
    heading, palmyra, caption = shown.splitlines()
    assert heading.split() == ["name", "province", "holder", "since", "status", "confidence", "remarks"]
    assert palmyra.split() == ["Palmyra", "Homs", "islamic-state", "2015-05-20", "claimed", "B2", "-"]
    assert caption == "as of 2015-11-23, claimed view, 1 place"


def test_control_is_written_for_programs(said, tables):
    _, shown, _ = said(*CONTROL, "--format", "json", "--data", tables())
    [palmyra] = json.loads(shown)
    assert palmyra.pop("reason").startswith("Only SOHR says so")
    assert palmyra == {
        "place_id": "palmyra",
        "name": "Palmyra",
        "name_ar": "تدمر",
        "province": "Homs",
        "holder": "islamic-state",
        "contested": False,
        "besieged": False,
        "sides": [],
        "status": "claimed",
        "flagged": False,
        "confidence": "B2",
        "in_transition": False,
        "since": "2015-05-20",
        "longitude": 38.28,
        "latitude": 34.56,
    }


def test_the_as_of_date_is_inclusive(said, tables):
    folder = tables()
    for date, holder, since in [("2015-05-19", "government", None), ("2015-05-20", "islamic-state", "2015-05-20")]:
        [palmyra] = json.loads(said("control", "--as-of", date, "--format", "json", "--data", folder)[1])
        assert (palmyra["holder"], palmyra["since"]) == (holder, since)


def test_the_corroborated_view_leaves_a_lone_claim_out(said, claims):
    folder = claims({"losing": ""})
    [palmyra] = json.loads(said(*CONTROL, "--view", "corroborated", "--format", "json", "--data", folder)[1])
    assert (palmyra["holder"], palmyra["status"]) == (None, "unknown")


RETAKEN = {
    "claimant_id": "sana",
    "gaining": "government",
    "losing": "islamic-state",
    "date_earliest": "2015-06-01",
    "date_latest": "2015-06-01",
    "reported_on": "2015-06-03",
}


@pytest.mark.parametrize(
    ("options", "holder"),
    [
        ([], "government"),
        (["--view", "according-to:sohr"], "islamic-state"),
        (["--view", "according-to:SANA"], "government"),
        (["--view", "according-to:afp"], None),  # AFP printed both claims, and made neither
        (["--view", "according-to:outlet:afp"], "government"),
        (["--known-on", "2015-06-02"], "islamic-state"),
        (["--known-on", "2015-06-03"], "government"),
        (["--known-on", "2015-05-20"], None),
        (["--view", "according-to:sana", "--known-on", "2015-06-02"], None),
    ],
)
def test_control_is_told_by_whose_word_and_as_known_on_which_day(said, claims, options, holder):
    [palmyra] = json.loads(said(*CONTROL, *options, "--format", "json", "--data", claims({}, RETAKEN))[1])
    assert palmyra["holder"] == holder


def test_the_viewpoint_is_named_below_the_table(said, claims):
    _, shown, _ = said(*CONTROL, "--view", "according-to:sohr", "--known-on", "2015-06-02", "--data", claims({}, RETAKEN))
    assert shown.splitlines()[-1] == "as of 2015-11-23, according-to:sohr view, known on 2015-06-02, 1 place"


@pytest.mark.parametrize(
    ("options", "dates"),
    [
        (["--view", "claimed"], [None, "2015-05-20", "2015-06-01"]),
        (["--view", "according-to:sana"], ["2015-05-31", "2015-06-01"]),
        (["--view", "corroborated"], []),
        (["--known-on", "2015-06-02"], [None, "2015-05-20"]),
    ],
)
def test_events_are_told_by_whose_word_and_as_known_on_which_day(said, claims, options, dates):
    rows = json.loads(said(*EVENTS, *options, "--format", "json", "--data", claims({}, RETAKEN))[1])
    assert [row["date"] for row in rows] == dates


def test_the_corroborated_view_of_events_keeps_fighting(said, claims):
    folder = claims({"losing": ""}, {"kind": "contested"}, {"place_id": "mahin"}, {"place_id": "mahin", "claimant_id": "reuters"})
    rows = json.loads(said(*EVENTS, "--view", "corroborated", "--format", "json", "--data", folder)[1])
    assert [(row["place_id"], row["kind"], row["status"]) for row in rows] == [
        ("mahin", "control", "corroborated"),
        ("palmyra", "contested", ""),
    ]


def test_changes_are_listed_for_people_a_line_each(said, claims):
    status, shown, complaint = said(*CHANGES, "--data", claims({}, RETAKEN))
    assert (status, complaint) == (0, "")
    heading, *lines, caption = shown.splitlines()
    assert heading.split() == ["name", "province", "holder", "start", "holder", "end", "date", "from", "to", "status", "basis", "claimants"]
    ends = ["Palmyra", "Homs", "government", "government"]
    assert [line.split() for line in lines] == [
        [*ends, "2015-05-20", "government", "islamic-state", "claimed", "change", "sohr"],
        [*ends, "2015-06-01", "islamic-state", "government", "claimed", "change", "sana"],
    ]
    assert caption == "from 2015-05-01 to 2015-11-23, claimed view, 1 place"


def test_changes_are_listed_for_programs_a_row_a_place(said, claims):
    folder = claims({"losing": ""}, RETAKEN, {"place_id": "hama", "kind": "control_state", "losing": ""})
    options = [*CHANGES, "--data", folder, "--format"]
    rows = json.loads(said(*options, "json")[1])
    assert [(row["place_id"], row["holder_start"], row["holder_end"]) for row in rows] == [
        ("hama", None, "islamic-state"),
        ("palmyra", None, "government"),
    ]
    assert rows[1]["changes"][1] == {
        "date": "2015-06-01",
        "from": "islamic-state",
        "to": "government",
        "status": "claimed",
        "basis": "change",
        "claimants": ["sana"],
        "event_id": "palmyra-2",
    }
    read = list(csv.DictReader(io.StringIO(said(*options, "csv")[1], newline="")))
    assert [row["changes"] for row in read] == [
        "2015-05-20 unknown > islamic-state (state), claimed: sohr",
        "2015-05-20 unknown > islamic-state, claimed: sohr|2015-06-01 islamic-state > government, claimed: sana",
    ]
    only = json.loads(said(*options, "json", "--province", "Hama")[1])
    assert [row["place_id"] for row in only] == ["hama"]


def test_changes_follow_the_view_and_what_was_known(said, claims):
    folder = claims({}, RETAKEN)
    for options, dates in [
        (["--view", "according-to:sana"], ["2015-05-31", "2015-06-01"]),
        (["--known-on", "2015-06-02"], ["2015-05-20"]),
        (["--view", "corroborated"], []),
    ]:
        rows = json.loads(said(*CHANGES, *options, "--format", "json", "--data", folder)[1])
        assert [change["date"] for row in rows for change in row["changes"]] == dates


def test_both_sides_of_a_fight_are_a_list(said, claims):
    folder = claims({"kind": "contested"})
    arguments = ["control", "--as-of", "2015-05-20", "--data", folder, "--format"]
    [palmyra] = json.loads(said(*arguments, "json")[1])
    assert (palmyra["contested"], palmyra["sides"]) == (True, ["islamic-state", "government"])
    [row] = csv.DictReader(io.StringIO(said(*arguments, "csv")[1]))
    assert row["sides"] == "islamic-state|government"


@pytest.mark.parametrize("command", [CONTROL, EVENTS, CHANGES])
def test_csv_and_json_have_the_same_columns(said, tables, command):
    folder = tables()
    rows = json.loads(said(*command, "--format", "json", "--data", folder)[1])
    assert next(csv.reader(io.StringIO(said(*command, "--format", "csv", "--data", folder)[1]))) == list(rows[0])


@pytest.mark.parametrize("command", [CONTROL, EVENTS, CHANGES])
def test_geojson_is_longitude_first_and_readable_by_others(said, tables, tmp_path, command):
    status, shown, _ = said(*command, "--format", "geojson", "--data", tables(), "--out", tmp_path / "out.geojson")
    assert (status, shown) == (0, "")
    collection = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert collection["features"][0]["geometry"] == {"type": "Point", "coordinates": [38.28, 34.56]}
    read = gpd.read_file(tmp_path / "out.geojson")
    assert read.crs == "EPSG:4326"
    assert (read.geometry[0].x, read.geometry[0].y, read["name_ar"][0]) == (38.28, 34.56, "تدمر")


@pytest.mark.parametrize("name", ["SY-HM", "sy-hm", "Hama", " hAMA ", "Hamah", "حماة"])
def test_a_province_is_found_by_code_name_or_alias(said, claims, name):
    folder = claims({}, {"place_id": "hama"})
    rows = json.loads(said(*CONTROL, "--province", name, "--format", "json", "--data", folder)[1])
    assert [row["place_id"] for row in rows] == ["hama"]


def test_homs_and_hama_are_two_provinces(said, claims):
    folder = claims({}, {"place_id": "hama"})
    for code, place in [("SY-HI", "palmyra"), ("SY-HM", "hama")]:
        rows = json.loads(said(*EVENTS, "--province", code, "--format", "json", "--data", folder)[1])
        assert {row["place_id"] for row in rows} == {place}


@pytest.mark.parametrize("command", [CONTROL, EVENTS, CHANGES])
@pytest.mark.parametrize("name", ["Narnia", ""])
def test_an_unknown_province_is_answered_with_the_known_ones(said, tables, command, name):
    status, shown, complaint = said(*command, "--province", name, "--data", tables())
    assert (status, shown) == (2, "")
    assert complaint == f"geodata: '{name}' is not a known province; known are Homs (SY-HI), Hama (SY-HM).\n"


def test_events_are_listed_in_order_of_date_the_undated_first(said, claims):
    folder = claims({}, {"place_id": "hama", "date_earliest": "2014-01-01", "date_latest": "2014-01-01"})
    rows = json.loads(said(*EVENTS, "--format", "json", "--data", folder)[1])
    assert [row["date"] for row in rows] == [None, None, "2014-01-01", "2015-05-20"]


@pytest.mark.parametrize(
    ("options", "dates"),
    [
        (["--from", "2015-05-20"], ["2015-05-20"]),
        (["--from", "2015-05-21"], []),
        (["--to", "2015-05-20"], [None, "2015-05-20"]),
        (["--to", "2015-05-19"], [None]),
        (["--from", "2015-05-20", "--to", "2015-05-20"], ["2015-05-20"]),
    ],
)
def test_from_and_to_are_inclusive(said, tables, options, dates):
    rows = json.loads(said(*EVENTS, *options, "--format", "json", "--data", tables())[1])
    assert [row["date"] for row in rows] == dates


@pytest.mark.parametrize(("first", "last", "listed"), [("2015-06-01", "2015-06-02", 1), ("2015-07-01", "2015-07-02", 0)])
def test_fighting_is_listed_on_each_of_its_days(said, claims, first, last, listed):
    folder = claims({"kind": "contested", "date_latest": "2015-06-30", "reported_on": "2015-06-30"})
    rows = json.loads(said(*EVENTS, "--from", first, "--to", last, "--format", "json", "--data", folder)[1])
    assert len(rows) == listed


def test_events_are_listed_for_people(said, tables):
    status, shown, _ = said(*EVENTS, "--data", tables())
    assert status == 0
    palmyra = ["Palmyra", "Homs", "islamic-state", "government", "claimed", "B2"]
    assert shown.splitlines()[-2].split() == ["2015-05-20", "-", "control", *palmyra]
    assert shown.splitlines()[-1] == "2 events"


def test_nothing_found_is_an_empty_answer(said, tables):
    folder = tables()
    options = [*EVENTS, "--from", "2018-01-01", "--data", folder, "--format"]
    assert json.loads(said(*options, "json")[1]) == []
    assert json.loads(said(*options, "geojson")[1]) == {"type": "FeatureCollection", "features": []}
    assert said(*options, "csv")[1].count("\n") == 1
    assert said(*options, "table")[1].endswith("0 events\n")


def test_check_counts_what_is_there(said, tables):
    status, shown, _ = said("check", "--data", tables())
    assert status == 0
    assert [line.split() for line in shown.splitlines()] == [
        ["1", "claims"],
        ["1", "documents"],
        ["3", "places"],
        ["2", "events"],
        ["0", "figures"],
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [("quantity_claims.csv", "quantity_id\nq\n"), ("regions.toml", "[syria]\n"), ("provinces.csv", "name\nHoms\n")],
)
def test_check_reads_every_table(said, tables, name, content):
    folder = tables()
    (folder / name).write_text(content, encoding="utf-8")
    status, _, complaint = said("check", "--data", folder)
    assert status == 1
    assert complaint.startswith(f"geodata: {name}")


def test_the_bundled_dataset_is_in_order(said):
    assert said("check")[0] == 0


@pytest.mark.parametrize("command", [CONTROL, EVENTS, CHANGES, ["check"]])
def test_wrong_data_are_named_by_file_row_and_column(said, claims, command):
    status, shown, complaint = said(*command, "--data", claims({}, {"gaining": "martians\x1b[31m\n"}))
    assert (status, shown) == (1, "")
    assert complaint.startswith("geodata: claims.csv, row 3, column 'gaining': 'martians\\x1b[31m' is not a known party")
    assert complaint.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["control"],
        ["control", "--as-of", "23/11/2015"],
        ["control", "--as-of", "2015-02-29"],
        [*CONTROL, "--view", "guessed"],
        [*EVENTS, "--view", "guessed"],
        [*CHANGES, "--view", "according-to:nobody"],
        [*CONTROL, "--known-on", "yesterday"],
        ["changes", "--from", "2015-05-01"],
        ["changes", "--from", "2015-05-02", "--to", "2015-05-01"],
        [*CONTROL, "--format", "xml"],
        [*CONTROL, "--data", "/nowhere"],
        [*EVENTS, "--from", "2015-02-02", "--to", "2015-02-01"],
        ["conquer"],
    ],
)
def test_wrong_usage_is_said_in_one_line(said, arguments):
    status, shown, complaint = said(*arguments)
    assert (status, shown) == (2, "")
    assert complaint.startswith("geodata: ")
    assert complaint.count("\n") == 1


def test_a_file_that_cannot_be_written_is_said_in_one_line(said, tables, tmp_path):
    for target in (tmp_path / "none" / "out.csv", tmp_path, "."):
        status, _, complaint = said(*CONTROL, "--data", tables(), "--out", target)
        assert (status, complaint.count("\n")) == (2, 1)
    assert list(tmp_path.parent.glob(".*.part")) == []


def test_a_file_is_replaced_at_once_or_kept(said, claims, tmp_path, monkeypatch):
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    folder = claims({})
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        status, _, complaint = said(*CONTROL, "--data", folder, "--format", "csv", "--out", target)
    assert (status, target.read_text(encoding="utf-8")) == (2, "old")
    assert complaint == f"geodata: '{target}' cannot be written (No space left on device).\n"
    assert said(*CONTROL, "--data", folder, "--format", "csv", "--out", target)[0] == 0
    assert target.read_text(encoding="utf-8").startswith("place_id,")
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(said, start, monkeypatch, tables):
    # The reader strips the ends of a cell, so that a leading tab can come from elsewhere only.
    monkeypatch.setattr("geodata.dataset.claims.read_locations", _named(start))
    folder = tables()
    [row] = csv.DictReader(io.StringIO(said(*CONTROL, "--format", "csv", "--data", folder)[1], newline=""))
    assert row["name"] == f"'{start}"
    assert (row["longitude"], row["latitude"]) == ("-38.28", "-34.56")
    [same] = json.loads(said(*CONTROL, "--format", "json", "--data", folder)[1])
    assert same["name"] == start


def _named(name: str):
    return lambda folder: {"palmyra": Location("palmyra", name, "", "SY-HI", -38.28, -34.56)}


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "<img src=x onerror=alert(1)>", "</script>", "`", "\\u12", 'a "b", c', "a\nb"])
@pytest.mark.parametrize("command", [CONTROL, EVENTS, CHANGES])
def test_hostile_text_comes_out_of_csv_and_json_as_it_is(said, usual, tables, command, text):
    folder = tables(places=[place | {"name": text} for place in usual["places"]])
    rows = list(csv.DictReader(io.StringIO(said(*command, "--format", "csv", "--data", folder)[1], newline="")))
    assert {row["name"] for row in rows} == {text}
    assert {row["name"] for row in json.loads(said(*command, "--format", "json", "--data", folder)[1])} == {text}


@pytest.mark.parametrize("arguments", [["--help"], *([command, "--help"] for command in ("control", "events", "changes", "check"))])
def test_help_has_examples_and_the_exit_status(said, arguments):
    status, shown, _ = said(*arguments)
    assert status == 0
    assert "python -m geodata " in shown.partition("example")[2]
    assert "exit status:" in shown


def run(*arguments: str, **settings) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "geodata", *arguments], cwd=ROOT, capture_output=True, check=False, **settings)


def test_a_terminal_without_arabic_gets_escapes_and_no_terminal_gets_control_characters(tables, usual):
    folder = tables(places=[place | {"name": "مهين\x1b[31m\u202e"} for place in usual["places"]])
    answer = run(*CONTROL, "--data", str(folder), env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert rb"\u0645\u0647\u064a\u0646\x1b[31m\u202e" in answer.stdout


def test_csv_is_utf_8_whatever_the_terminal(tables):
    answer = run(*CONTROL, "--format", "csv", "--data", str(tables()), env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert "تدمر" in answer.stdout.decode("utf-8")


def test_a_reader_that_goes_away_does_no_harm(tables):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "geodata", *EVENTS, "--format", "json", "--data", str(tables())]
    answer = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (answer.returncode, answer.stderr) == (0, b"")


def test_the_bundled_dataset_is_read_by_default():
    answer = run(*CONTROL, "--province", "Homs", "--format", "json")
    assert answer.returncode == 0
    assert "mahin" in {row["place_id"] for row in json.loads(answer.stdout)}


def test_a_date_far_beyond_the_claims_is_answered_with_a_note(capsys):
    assert main(["control", "--as-of", "2031-01-01", "--format", "json"]) == 0
    assert "2031-01-01 lies far outside the dated claims" in capsys.readouterr().err
    assert main(["control", "--as-of", "2015-11-23", "--format", "json"]) == 0
    assert capsys.readouterr().err == ""


def test_figures_are_checked_for_people_and_for_programs(said):
    status, shown, complaint = said("check-figures", "--data", BUNDLED)
    assert (status, complaint) == (0, "")
    heading, first, *_, caption = shown.splitlines()
    assert heading.split()[:3] == ["verdict", "claimed", "ours"]
    assert first.split()[:3] == ["refuted", "85", "%"]
    assert caption == "2 supported, 3 refuted, 20 cannot tell"
    rows = json.loads(said("check-figures", "--data", BUNDLED, "--format", "json")[1])
    assert len(rows) == 25
    assert (rows[0]["verdict"], rows[0]["claimed_low"], rows[0]["claimed_high"]) == ("refuted", 85, 85)
    assert rows[0]["ours_low"] == rows[0]["held_low"] < rows[0]["held_high"] < rows[0]["ours_high"] < 100
    assert 0 < rows[0]["coverage"] < 0.2
    assert "longitude" not in rows[0]


def test_checked_figures_are_written_as_csv_without_formulas(said, tmp_path):
    target = tmp_path / "figures.csv"
    assert said("check-figures", "--data", BUNDLED, "--format", "csv", "--out", target) == (0, "", "")
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["verdict"] for row in rows} == {"supported", "refuted", "cannot tell"}
    assert rows[0]["published"].count("|") == 2


def test_figures_of_a_dataset_without_any_are_none(said, tables):
    folder = tables()
    (folder / "regions.toml").write_text('[syria]\nname = "Syria"\ncountry = "SY"\nhome = "SY-HI"\nopening_date = 2016-01-01\n')
    assert said("check-figures", "--data", folder)[1].splitlines()[-1] == "0 supported, 0 refuted, 0 cannot tell"
    assert json.loads(said("check-figures", "--data", folder, "--format", "json")[1]) == []


@pytest.fixture
def shown(tables, usual, monkeypatch):
    """A dataset that CONTROL_ATLAS_DATA names: its tables lie where its file of regions says, and its province is called Atlantis."""
    folder = tables(provinces=[usual["provinces"][0] | {"name": "Atlantis"}, usual["provinces"][1]])
    region = '[syria]\nname = "Syria"\ncountry = "SY"\nhome = "SY-HI"\nopening_date = 2016-01-01\ndataset = "tables"\n'
    (folder / "tables").mkdir()
    for path in folder.glob("*.csv"):
        path.rename(folder / "tables" / path.name)
    (folder / "regions.toml").write_text(region, encoding="utf-8")
    monkeypatch.setenv("CONTROL_ATLAS_DATA", str(folder))
    monkeypatch.setenv("CONTROL_ATLAS_HOME", str(folder / "home"))
    return folder


def test_the_dataset_that_the_app_shows_is_the_one_that_commands_read(said, shown):
    assert said("check")[1].split()[:2] == ["1", "claims"]
    told = json.loads(said("verify", "--format", "json")[1])
    assert Path(told["ledger"]) == ledger_path(shown / "tables")
    status, answer, _ = said(*CONTROL, "--province", "Atlantis", "--format", "json")
    assert (status, [row["place_id"] for row in json.loads(answer)]) == (0, ["palmyra"])


def test_a_dataset_that_is_not_there_is_said_in_one_line(said, shown, monkeypatch):
    monkeypatch.setenv("CONTROL_ATLAS_DATA", str(shown / "nowhere"))
    for command in ("check", "verify"):
        status, answer, complaint = said(command)
        assert (status, answer, complaint.count("\n")) == (1, "", 1)
