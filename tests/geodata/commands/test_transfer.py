"""`python -m geodata check`, `import` and `export`, with files and ledgers."""

import csv
import json

import geopandas as gpd
import openpyxl
import pytest

from geodata.commands.files import FORMATS as NAMED
from geodata.files.flat import COLUMNS
from geodata.files.formats import FORMATS
from geodata.files.guard import read_rows
from geodata.intake import LAYOUTS
from geodata.ledger import Ledger

ENDINGS = {"geoparquet": "parquet"}


@pytest.fixture
def table(tmp_path, usual):
    """Writes rows as a CSV file of claims, each the usual one with changes, and returns its path."""

    def write(*changes, name="claims-in.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(usual["claims"][0]))
            writer.writeheader()
            writer.writerows(usual["claims"][0] | change for change in changes)
        return path

    return write


def of(ledger: Ledger) -> list[object]:
    return ["--ledger", ledger.path, "--data", ledger.folder]


NEW = {"claim_id": "claim-2", "claimant_id": "afp"}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("what", ["claims", "events", "control"])
def test_the_ledger_is_exported_in_every_format(said, ledger, tmp_path, what, form):
    path = tmp_path / f"out.{ENDINGS.get(form, form)}"
    as_of = ["--as-of", "2015-11-23"] if what == "control" else []
    arguments = ["export", "--what", what, "--format", form, *as_of, "--out", path, *of(ledger)]
    assert said(*arguments) == (0, "", "")
    rows = read_rows(path).rows
    assert {row["place_id"] for row in rows} == {"palmyra"}
    assert {(row["longitude"], row["latitude"]) for row in rows} == {("38.28", "34.56")}
    assert len(rows) == {"claims": 1, "events": 2, "control": 1}[what]


def test_the_formats_offered_are_those_that_are_written():
    assert tuple(FORMATS) == NAMED


def test_an_export_says_its_licence_sources_and_head(said, ledger, tmp_path):
    for form in ("geojson", "xlsx"):
        said(
            "export",
            "--what",
            "claims",
            "--format",
            form,
            "--out",
            tmp_path / f"out.{form}",
            "--ledger",
            ledger.path,
            "--data",
            ledger.folder,
        )
    collection = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    assert collection["head"] == str(ledger.head())
    assert "licence" in collection["features"][0]["properties"]
    about = dict(openpyxl.load_workbook(tmp_path / "out.xlsx")["about"].values)
    assert about["head"] == str(ledger.head())
    assert about["sources"]


def test_dates_of_an_export_are_dates_for_a_gis(said, ledger, tmp_path):
    path = tmp_path / "events.gpkg"
    said("export", "--what", "events", "--format", "gpkg", "--out", path, *of(ledger))
    frame = gpd.read_file(path, layer="events")
    assert frame.crs == "EPSG:4326"
    assert str(frame["date"].dtype).startswith("datetime64")


def test_the_day_of_an_export_belongs_to_control(said, ledger, tmp_path):
    for arguments in (["--what", "control"], ["--what", "events", "--as-of", "2015-01-01"]):
        status, _, complaint = said("export", *arguments, "--format", "csv", "--out", tmp_path / "x.csv", "--data", ledger.folder)
        assert (status, complaint) == (2, "geodata: --as-of is the day of --what control, and of nothing else.\n")
        assert not (tmp_path / "x.csv").exists()


def test_an_export_that_cannot_be_written_is_said_in_one_line(said, ledger, tmp_path):
    target = tmp_path / "none" / "x.csv"
    status, _, complaint = said("export", "--what", "claims", "--format", "csv", "--out", target, *of(ledger))
    assert (status, complaint.count("\n")) == (2, 1)


def test_a_file_is_entered_with_who_and_why(said, ledger, table):
    status, shown, complaint = said("import", table(NEW), "--by", "Nadia", "--reason", "A test", *of(ledger))
    assert (status, complaint) == (0, "")
    entry = ledger.current("claims", "claim-2")
    assert (entry.by, entry.reason) == ("Nadia", "A test")
    assert shown.splitlines()[0] == "claims-in.csv reads as the columns of claims.csv."
    assert shown.splitlines()[1].split() == ["1", "new", "claims"]
    assert shown.splitlines()[-1].startswith(f"Entries {entry.number} to {entry.number} made. Head {entry.number}:")


def test_a_dry_run_enters_nothing(said, ledger, table):
    head = ledger.head()
    status, shown, _ = said("import", table(NEW), "--dry-run", *of(ledger))
    assert (status, shown.splitlines()[-1]) == (0, "Nothing was entered.")
    assert ledger.head() == head


def test_an_import_without_a_name_is_refused(said, ledger, table):
    for by in ([], ["--by", " "]):
        status, _, complaint = said("import", table(NEW), *by, "--data", ledger.folder)
        assert (status, complaint) == (2, "geodata: Say who enters it: --by NAME, or look first with --dry-run.\n")


def test_a_wrong_file_is_told_by_row_and_column_and_nothing_is_entered(said, ledger, table):
    head = ledger.head()
    path = table(NEW, NEW | {"claim_id": "claim-3", "gaining": "martians\x1b[31m"})
    status, shown, _ = said("import", path, "--by", "Nadia", *of(ledger))
    assert status == 1
    assert "  row 3, gaining: 'martians\\x1b[31m' is not a known party" in shown
    assert ledger.head() == head


def test_an_update_is_made_only_when_asked_for(said, ledger, table):
    arguments = ["import", table({"credibility": 4}), "--by", "Nadia", *of(ledger)]
    shown = said(*arguments)[1]
    assert "  claim 'claim-1' (row 2): credibility: '2' there, '4' in the file." in shown
    assert ledger.current("claims", "claim-1").cells["credibility"] == "2"
    said(*arguments, "--update")
    assert ledger.current("claims", "claim-1").cells["credibility"] == "4"


def test_long_lists_are_cut_short_for_people_only(said, ledger, table):
    path = table(*({"claim_id": f"c{number}", "gaining": "x"} for number in range(25)))
    arguments = ["import", path, "--dry-run", *of(ledger)]
    assert "  and 5 more" in said(*arguments)[1].splitlines()
    report = json.loads(said(*arguments, "--format", "json")[1])
    assert (report["layout"], len(report["wrong"]), report["entered"]) == ("claims", 25, None)
    assert (report["wrong"][0]["row"], report["wrong"][0]["column"]) == (2, "gaining")


def test_names_in_doubt_are_listed_with_what_they_may_mean(said, ledger, table):
    path = table(NEW | {"place_id": "", "place_as_written": "Nowhere"})
    arguments = ["import", path, "--dry-run", *of(ledger)]
    assert "  'Nowhere', 1 row: not found." in said(*arguments)[1].splitlines()
    [name] = json.loads(said(*arguments, "--format", "json")[1])["unresolved"]
    assert (name["name"], name["status"], name["rows"], name["candidates"]) == ("Nowhere", "not found", [2], [])


def test_what_is_exported_can_be_imported_into_the_users_own_ledger(said, ledger, tmp_path):
    path = tmp_path / "out.csv"
    said("export", "--what", "claims", "--format", "csv", "--out", path, "--data", ledger.folder)
    status, shown, _ = said("import", path, "--by", "Nadia", "--data", ledger.folder)
    assert (status, shown.splitlines()[-1]) == (0, "Nothing was entered.")
    with path.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(COLUMNS)


def test_help_names_every_layout(said):
    status, shown, _ = said("import", "--help")
    assert status == 0
    assert all(layout in shown for layout in LAYOUTS)


def test_a_file_that_is_not_read_is_said_in_one_line(said, ledger, tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    for name in ("x.pdf", "none.csv"):
        status, _, complaint = said("import", tmp_path / name, "--dry-run", "--data", ledger.folder)
        assert (status, complaint.count("\n")) == (1, 1)


# check


def test_check_says_what_the_linter_finds_and_fails_on_errors(said, claims):
    warned = claims({"date_precision": 4})
    status, shown, _ = said("check", warned)
    assert status == 0
    assert shown.splitlines()[-2].split()[:3] == ["warning", "precision", "claim-1:"]
    assert shown.splitlines()[-1] == "1 warning"
    status, shown, _ = said("check", "--data", claims({"reported_on": "2016-01-02"}))
    assert (status, shown.splitlines()[-1]) == (1, "1 error")


def test_check_measures_by_the_outlines_of_provinces(said, tables, usual):
    # 40 km into Hama by its outline, though within the reach of Homs.
    places = [place | {"longitude": 37.3, "latitude": 35.3} for place in usual["places"]]
    status, shown, _ = said("check", tables(places=places))
    assert status == 0
    assert "outside the outline of Homs" in shown


def test_check_gives_findings_to_programs(said, claims):
    report = json.loads(said("check", claims({"date_precision": 4}), "--format", "json")[1])
    assert report["counts"]["claims"] == 1
    [finding] = report["findings"]
    assert (finding["rule"], finding["severity"], finding["claim_ids"]) == ("precision", "warning", ["claim-1"])


def test_check_reads_a_ledger(said, ledger):
    status, shown, _ = said("check", ledger.path, "--data", ledger.folder)
    assert (status, shown.splitlines()[0].split()) == (0, ["1", "claims"])


def test_check_tries_a_file_of_claims(said, ledger, table):
    status, shown, _ = said("check", table(NEW | {"gaining": "martians"}), *of(ledger))
    assert status == 1
    assert "row 2, gaining: 'martians' is not a known party" in shown
    head = ledger.head()
    assert said("check", table(NEW), *of(ledger))[0] == 0
    assert ledger.head() == head


def test_check_makes_no_ledger_where_there_is_no_file(said, tmp_path, claims):
    status, _, complaint = said("check", tmp_path / "none.sqlite", "--data", claims({}))
    assert (status, complaint) == (1, f"geodata: There is no file or folder '{tmp_path / 'none.sqlite'}'.\n")
    assert not (tmp_path / "none.sqlite").exists()


def test_a_ledger_of_the_bundled_dataset_is_in_order(said, tmp_path):
    Ledger.open(tmp_path / "bundled.sqlite").close()
    assert said("check", tmp_path / "bundled.sqlite")[0] == 0
