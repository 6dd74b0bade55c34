"""The linter: one finding for each thing that is wrong, none where nothing is."""

import csv
import json

import pytest
from shapely.geometry import box, shape

from geodata import BUNDLED, read_dataset
from geodata.checks.findings import RULES
from geodata.checks.lint import lint
from geodata.checks.rows import lint_row, namesakes
from geodata.dataset.quantities import read_quantities
from geodata.dataset.tables import CLAIMS, QUANTITIES

HOMS_BOX = {"SY-HI": box(36.5, 33.5, 39.0, 35.5)}


@pytest.fixture
def found(claims):
    """Lints the usual dataset with the given changes to the usual claim; gives the findings as (rule, severity)."""

    def run(*changes, **options):
        return [(f.rule, f.severity) for f in lint(read_dataset(claims(*changes)), **options)]

    return run


def test_a_dataset_in_order_has_no_findings(found):
    assert found({}, {"place_id": "hama"}, outlines=HOMS_BOX) == []


def test_a_loser_that_did_not_hold_the_place_is_found(claims):
    folder = claims(
        {"gaining": "opposition", "losing": "government", "date_earliest": "2014-01-01", "date_latest": "2014-01-01"},
        {"claimant_id": "afp", "losing": "government"},
        {"claimant_id": "reuters", "losing": "opposition"},
    )
    [finding] = lint(read_dataset(folder))
    assert (finding.rule, finding.severity, finding.place_id) == ("loser", "warning", "palmyra")
    assert finding.claim_ids == ("claim-2",)
    assert finding.sentence == "Palmyra, 2015-05-20: AFP names 'government' as the loser, but 'opposition' held the place."


def test_who_loses_a_divided_place_held_the_rest_of_it(found):
    divided = {
        "kind": "divided",
        "gaining": "government",
        "losing": "opposition",
        "date_earliest": "2015-05-01",
        "date_latest": "2015-05-19",
    }
    assert found(divided, {"gaining": "government", "losing": "opposition"}) == []


def test_two_parties_that_gain_one_place_on_one_day_are_rivals(found):
    assert ("rivals", "warning") in found({}, {"claimant_id": "sana", "gaining": "opposition", "losing": ""})
    assert ("rivals", "warning") not in found({}, {"claimant_id": "sana", "gaining": "opposition", "losing": "", "place_id": "hama"})


def test_an_outline_finds_a_place_outside_its_province(found):
    assert found({}, outlines={"SY-HI": box(37.0, 34.0, 38.0, 35.0)}) == [("province", "warning")]  # Palmyra, 25 km off
    assert found({}, outlines={"SY-HI": box(37.0, 34.0, 38.25, 35.0)}) == [("province", "note")]  # 3 km off: outlines are coarse


def test_without_an_outline_the_reach_of_the_province_counts(claims):
    folder = claims({})
    dataset = read_dataset(folder)
    (folder / "provinces.csv").write_text("iso_3166_2,name,longitude,latitude,radius_km\nSY-HI,Homs,38.38,34.47,5\n", encoding="utf-8")
    [palmyra, mahin] = lint(dataset)
    assert (palmyra.rule, palmyra.severity, mahin.severity) == ("province", "error", "error")


@pytest.mark.parametrize(
    ("dates", "severity"),
    [
        ({"date_earliest": "2016-01-02", "date_latest": "2016-01-02", "reported_on": "2016-01-02"}, "error"),
        ({"date_earliest": "2015-12-31", "date_latest": "2016-01-02", "date_precision": 2, "reported_on": "2016-01-01"}, "warning"),
    ],
)
def test_what_a_document_of_the_first_of_january_reports_of_the_second_is_found(found, dates, severity):
    assert ("after-document", severity) in found(dates)


def test_a_statement_dated_after_its_document_is_an_error(found):
    assert found({"reported_on": "2016-01-02"}) == [("reported-late", "error")]


def test_figures_are_dated_too(tables, usual):
    folder = tables()
    row = "quantity_id,document_id,locator,claimant_id,reported_on,topic,subject,metric,value_low,value_high,denominator,"
    row += "as_of_earliest,as_of_latest,statement\nq1,report,p1,sohr,2016-02-01,Share,government,share_percent,5,5,Syria,"
    (folder / "quantity_claims.csv").write_text(row + "2016-02-01,2016-02-01,Five percent.\n", encoding="utf-8")
    dataset = read_dataset(folder)
    findings = lint(dataset, read_quantities(folder, dataset))
    assert {(f.rule, f.quantity_ids, f.document_id) for f in findings} == {
        (r, ("q1",), "report") for r in ("after-document", "reported-late")
    }


@pytest.mark.parametrize(
    ("last_day", "precision"),
    [("2015-05-20", 1), ("2015-05-21", 2), ("2015-05-25", 2), ("2015-05-26", 3), ("2015-05-27", 4), ("2015-06-19", 4), ("2015-06-21", 5)],
)
def test_a_window_has_one_date_precision(found, last_day, precision):
    for told in (1, 2, 3, 4, 5):
        findings = found({"date_latest": last_day, "reported_on": "2015-12-01", "date_precision": told})
        assert (("precision", "warning") in findings) is (told != precision), told


def test_the_days_of_a_state_have_no_date_precision(found):
    assert found({"kind": "control_state", "losing": "", "date_latest": "2015-12-01", "reported_on": "2015-12-01"}) == []


def test_another_source_with_another_position_is_found(found):
    def positions(place_id):
        return [("GeoNames 1", 38.28, 34.57), ("OCHA C1", 38.28, 34.70)] if place_id == "palmyra" else []

    assert found({}, positions=positions) == [("moved", "warning")]  # 15 km; the first is 1 km away


def test_a_stated_distance_that_does_not_fit_is_found(found):
    assert found({"statement": "The town, 200 km north of Hama, fell."}) == [("distance", "warning")]
    assert found({"statement": "The town fell.", "note": "It lies 150 km from Hama."}) == []


def test_namesakes_far_apart_in_one_file_are_found():
    rows = [(2, "Burayj", 36.0, 34.0), (3, "Burayj", 36.01, 34.0), (4, "Sadad", 36.0, 34.0), (5, "Burayj", 37.0, 34.0)]
    [finding] = namesakes(rows)
    assert (finding.rule, finding.row) == ("namesakes", 5)
    assert "row 2" in finding.sentence


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        ({}, []),
        ({"gaining": "martians"}, ["unknown-party"]),
        ({"locator": ""}, ["no-locator"]),
        ({"losing": "martians", "locator": " ", "date_earliest": "May"}, ["no-locator", "unknown-party", "cell"]),
        ({"losing": "islamic-state"}, ["claim"]),
        ({"date_latest": "2015-05-01"}, ["claim"]),
    ],
)
def test_a_raw_row_is_told_everything_that_is_wrong_with_it(usual, claims, tmp_path, cells, rules):
    dataset = read_dataset(claims({}))
    known = {"parties": dataset.parties, "claimants": dataset.claimants, "documents": dataset.documents, "places": dataset.locations}
    row = {name: str(value) for name, value in (usual["claims"][0] | cells).items()}
    read, findings = lint_row(CLAIMS, 7, row, CLAIMS.parsers(known), dataset.parties, tmp_path / "new.csv")
    assert (read is None) == bool(rules)
    assert [f.rule for f in findings] == rules
    assert all(f.severity == "error" and f.row == 7 and f.claim_ids == ("claim-1",) for f in findings)


def test_a_raw_figure_is_told_too(claims, tmp_path):
    dataset = read_dataset(claims({}))
    known = {"documents": dataset.documents, "claimants": dataset.claimants}
    row = dict.fromkeys(QUANTITIES.names, "x") | {"document_id": "report", "claimant_id": "sohr", "metric": "area_km2"}
    row |= dict.fromkeys(("reported_on", "as_of_earliest", "as_of_latest"), "2015-01-01") | {"value_low": "9", "value_high": "8"}
    _, [finding] = lint_row(QUANTITIES, 2, row, QUANTITIES.parsers(known), dataset.parties, tmp_path / "new.csv")
    assert (finding.rule, finding.column, finding.quantity_ids) == ("claim", "value_high", ("x",))


def bundled_findings():
    dataset = read_dataset(BUNDLED)
    features = json.loads((BUNDLED / "basemap" / "provinces.geojson").read_text(encoding="utf-8"))["features"]
    outlines = {feature["properties"]["iso_3166_2"]: shape(feature["geometry"]) for feature in features}
    return lint(dataset, read_quantities(BUNDLED, dataset), outlines=outlines)


def test_the_bundled_dataset_has_no_errors_and_shows_its_known_contradictions():
    findings = bundled_findings()
    assert [f for f in findings if f.severity == "error"] == []
    [mahin_2015] = [f for f in findings if f.rule == "loser" and "2015-11-01" in f.sentence]
    assert "'government' as the loser, but 'opposition' held" in mahin_2015.sentence  # the truce of docs and note
    within_20 = next(f for f in findings if f.quantity_ids == ("q-bbc-mahin-2015-11-02-1",))
    assert (within_20.rule, within_20.severity) == ("distance", "note")  # Sadad, where it fought, is nearer than 20 km


def test_every_finding_has_a_rule_that_is_documented():
    text = (BUNDLED.parent / "docs" / "data-model.md").read_text(encoding="utf-8")
    assert {f.rule for f in bundled_findings()} <= set(RULES)
    assert [rule for rule in RULES if f"| {rule} |" not in text] == []


def test_the_roads_file_is_ordered_and_sourced():
    with (BUNDLED / "roads.csv").open(encoding="utf-8", newline="") as stream:
        assert all(row["coordinate_source"] for row in csv.DictReader(stream))
