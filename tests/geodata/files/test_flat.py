"""The flat table: one row a claim with everything around it."""

import datetime as dt
import json

import pytest

from geodata import BUNDLED, events_of, read_dataset
from geodata.dataset.quantities import read_quantities
from geodata.dataset.tables import CLAIMANTS, CLAIMS, DOCUMENTS, PLACES
from geodata.files.flat import COLUMNS, DERIVED, flat_names, flat_table, quantity_table
from geodata.files.formats import FORMATS
from geodata.files.guard import Upload, read_rows

DAY = dt.date.fromisoformat


@pytest.fixture
def flat(claims):
    """Rows of the flat table of the usual dataset with the given claims, by claim_id."""

    def build(*changes, head=""):
        dataset = read_dataset(claims(*changes))
        return {row["claim_id"]: row for row in flat_table(dataset, events_of(dataset), head).rows}

    return build


def test_every_column_of_claims_documents_claimants_and_places_is_there():
    for table in (CLAIMS, DOCUMENTS, CLAIMANTS, PLACES):
        assert set(flat_names(table)) == set(table.names)
        assert set(flat_names(table).values()) <= set(COLUMNS)
    assert flat_names(DOCUMENTS)["document_id"] == "document_id"
    assert flat_names(PLACES)["name"] == "place_name"
    assert len(COLUMNS) == len(set(COLUMNS))
    assert COLUMNS[-2:] == ("longitude", "latitude")


def test_a_row_has_the_claim_with_its_document_claimant_and_place(flat):
    row = flat({})["claim-1"]
    assert (row["document_publisher"], row["claimant_name"], row["place_name"]) == ("AFP", "SOHR", "Palmyra")
    assert (row["longitude"], row["latitude"]) == (38.28, 34.56)
    assert (row["date_earliest"], row["date_precision"]) == (DAY("2015-05-20"), 1)
    assert row["sources"] == "AFP, 2016-01-01, https://example.org/report"


def test_a_change_is_valid_until_the_eve_of_the_next(flat):
    rows = flat(
        {},
        {
            "gaining": "government",
            "losing": "islamic-state",
            "date_earliest": "2015-06-01",
            "date_latest": "2015-06-01",
            "reported_on": "2015-06-02",
        },
    )
    spans = [(row["event_id"], row["event_role"], row["valid_from"], row["valid_to"]) for row in rows.values()]
    assert spans == [
        ("palmyra-2", "supports", DAY("2015-05-20"), DAY("2015-05-31")),
        ("palmyra-3", "supports", DAY("2015-06-01"), None),
    ]
    assert (rows["claim-1"]["event_status"], rows["claim-1"]["event_confidence"]) == ("claimed", "B2")


def test_a_change_at_one_place_does_not_end_that_of_another(flat):
    rows = flat({"losing": ""}, {"place_id": "hama", "losing": "", "date_earliest": "2015-04-01", "date_latest": "2015-04-01"})
    assert [(row["event_id"], row["valid_to"]) for row in rows.values()] == [("palmyra-1", None), ("hama-1", None)]


def test_a_denial_opposes_the_event_and_an_event_that_does_not_prevail_is_never_valid(flat):
    rows = flat({"credibility": 5}, {"claimant_id": "sana", "modality": "denied", "credibility": 1})
    assert rows["claim-2"]["event_role"] == "opposes"
    assert rows["claim-2"]["event_id"] == rows["claim-1"]["event_id"]
    assert {row["event_status"] for row in rows.values()} == {"disputed"}
    assert {(row["valid_from"], row["valid_to"]) for row in rows.values()} == {(None, None)}


def test_a_fight_is_valid_on_its_days(flat):
    row = flat({"kind": "contested", "date_latest": "2015-05-25", "reported_on": "2015-05-25"})["claim-1"]
    assert (row["event_role"], row["valid_from"], row["valid_to"]) == ("supports", DAY("2015-05-20"), DAY("2015-05-25"))


def test_a_claim_that_gives_no_event_has_none(flat):
    divided = {"kind": "divided", "date_latest": "2015-06-20", "reported_on": "2015-06-20", "gaining": "government", "losing": "opposition"}
    state = {
        "kind": "control_state",
        "gaining": "opposition",
        "losing": "",
        "date_earliest": "2015-06-01",
        "date_latest": "2015-06-01",
        "reported_on": "2015-06-02",
    }
    row = flat(divided, state)["claim-2"]
    assert {row[name] for name in ("event_id", "event_role", "valid_from", "valid_to")} == {"", None}


def test_licence_and_head_say_where_the_rows_come_from(claims):
    folder = claims({}, {"document_id": "report"})
    (folder / "claims.csv.meta.json").write_text(json.dumps({"licence": "CC BY 4.0"}), encoding="utf-8")
    dataset = read_dataset(folder)
    table = flat_table(dataset, events_of(dataset), "7:abc")
    assert table.about["head"] == "7:abc"
    assert table.about["licence"] == "CC BY 4.0"
    assert {row["licence"] for row in table.rows} == {"CC BY 4.0"}


def test_a_claim_from_acled_carries_its_terms(tables, usual):
    dataset = read_dataset(tables(documents=[usual["documents"][0] | {"agency": "ACLED"}]))
    [row] = flat_table(dataset, events_of(dataset)).rows
    assert "ACLED" in row["licence"]
    assert row["sources"].startswith("AFP (ACLED), ")


def test_every_claim_of_the_bundled_dataset_has_a_row_and_nearly_every_one_an_event():
    dataset = read_dataset(BUNDLED)
    rows = flat_table(dataset, events_of(dataset)).rows
    assert [row["claim_id"] for row in rows] == [claim.claim_id for claim in dataset.claims]
    assert all(set(row) >= set(COLUMNS) for row in rows)
    assert sum(row["event_id"] == "" for row in rows) < len(rows) / 50
    mahin = next(row for row in rows if row["claim_id"] == "ap-mahin-2015-11-23-mahin-1")
    assert (mahin["valid_from"], mahin["valid_to"], mahin["event_status"]) == (DAY("2015-11-23"), DAY("2015-12-09"), "corroborated")
    assert set(DERIVED) <= set(mahin)


def test_rival_figures_are_exported_with_their_documents():
    dataset = read_dataset()
    figures = read_quantities(BUNDLED, dataset)
    table = quantity_table(dataset, figures, "1:abc")
    rows = read_rows(Upload("figures.csv", FORMATS["csv"](table))).rows
    assert len(rows) == len(figures)
    rivals = [row for row in rows if row["topic"] == "How much of Homs Province rebels hold, October 2015"]
    assert {row["denominator"] for row in rivals} == {"area of Homs Province", "area between the cities of Homs and Hama"}
    assert all(row["document_publisher"] and row["sources"] and row["licence"] for row in rows)
