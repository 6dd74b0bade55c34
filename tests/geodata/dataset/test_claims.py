"""A dataset is read as a whole or refused with file, row and column."""

import datetime as dt

import pytest

from geodata import Location, SchemaError, read_dataset


def refusal(folder, locate=None) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        read_dataset(folder, locate)
    return caught.value


def test_a_dataset_is_read_with_its_keys_resolved(tables):
    dataset = read_dataset(tables())
    [claim] = dataset.claims
    assert (claim.claim_id, claim.place_id, claim.gaining, claim.losing) == ("claim-1", "palmyra", "islamic-state", "government")
    assert claim.date_earliest == dt.date(2015, 5, 20)
    assert claim.claimant is dataset.claimants["sohr"]
    assert dataset.parties["government"].active_from is None
    assert dataset.documents["report"].publisher == "AFP"


def test_a_place_lies_where_the_table_says_longitude_first(tables):
    palmyra = read_dataset(tables()).locations["palmyra"]
    assert (palmyra.longitude, palmyra.latitude) == (38.28, 34.56)


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("date_earliest", "20 May 2015", "is not a date"),
        ("date_latest", "2015-05-19", "is before date_earliest"),
        ("reported_on", "2015-05-19", "is before what it reports"),
        ("place_id", "atlantis", "is not a known place"),
        ("gaining", "rebels", "is not a known party; known are government, islamic-state, opposition"),
        ("losing", "rebels", "is not a known party"),
        ("losing", "islamic-state", "gains and loses in one claim"),
        ("claimant_id", "nobody", "is not a known claimant"),
        ("document_id", "none", "is not a known document"),
        ("kind", "capture", "is not a known kind of claim"),
        ("modality", "hoped", "is not a known modality"),
        ("date_precision", "6", "is not a whole number from 1 to 5"),
        ("credibility", "0", "is not a whole number from 1 to 6"),
        ("statement", "", "may not be empty"),
    ],
)
def test_a_wrong_cell_of_a_claim_is_named(claims, column, cell, words):
    error = refusal(claims({}, {column: cell}))
    assert (error.file.name, error.row, error.column) == ("claims.csv", 3, column)
    assert words in str(error)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"modality": "repelled", "losing": ""}, "modality"),
        ({"modality": "repelled", "kind": "contested"}, "modality"),
        ({"modality": "denied", "kind": "control_state"}, "modality"),
        ({"kind": "divided", "losing": ""}, "losing"),
        ({"kind": "siege_start", "losing": ""}, "losing"),
        ({"date_earliest": "2012-05-20", "date_latest": "2012-05-20"}, "gaining"),
        ({"date_earliest": "2019-05-20", "date_latest": "2019-05-20", "reported_on": "2019-05-20"}, "gaining"),
    ],
)
def test_a_claim_that_makes_no_sense_is_refused(claims, change, column):
    error = refusal(claims(change))
    assert (error.file.name, error.row, error.column) == ("claims.csv", 2, column)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("parties", "party_id"),
        ("claimants", "claimant_id"),
        ("documents", "document_id"),
        ("places", "place_id"),
        ("claims", "claim_id"),
    ],
)
def test_an_id_that_comes_twice_is_refused(tables, usual, table, key):
    rows = usual[table]
    error = refusal(tables(**{table: [*rows, rows[0]]}))
    assert (error.file.name, error.row, error.column) == (f"{table}.csv", len(rows) + 2, key)


@pytest.mark.parametrize("table", ["parties", "claimants", "documents", "places", "claims"])
def test_a_missing_table_is_named(tables, table):
    assert str(refusal(tables(**{table: None}))) == f"{table}.csv: there is no such file."


@pytest.mark.parametrize(
    ("column", "cell"),
    [("longitude", "nan"), ("longitude", "190"), ("latitude", "inf"), ("latitude", "-91"), ("latitude", ""), ("rank", "0")],
)
def test_a_position_that_is_not_on_the_globe_is_refused(tables, usual, column, cell):
    palmyra, *others = usual["places"]
    error = refusal(tables(places=[*others, palmyra | {column: cell}]))
    assert (error.file.name, error.row, error.column) == ("places.csv", 4, column)


def test_a_position_with_longitude_and_latitude_exchanged_is_refused(tables, usual):
    palmyra, *others = usual["places"]
    error = refusal(tables(places=[*others, palmyra | {"longitude": 34.56, "latitude": 38.28}]))
    assert (error.file.name, error.row, error.column) == ("places.csv", 4, "longitude")
    assert "longitude and latitude look exchanged" in str(error)


def test_a_place_outside_its_province_is_refused(tables, usual):
    palmyra, *others = usual["places"]
    error = refusal(tables(places=[*others, palmyra | {"admin1": "SY-HM", "longitude": 40.14, "latitude": 35.33}]))
    assert "from the middle of Hama, which reaches 115 km." in str(error)


def test_without_provinces_a_place_can_lie_anywhere(tables, usual):
    anywhere = [place | {"longitude": -151.2, "latitude": 70.1} for place in usual["places"]]
    assert read_dataset(tables(places=anywhere, provinces=None)).locations["palmyra"].latitude == 70.1


def test_a_claimant_speaks_for_a_known_party_or_for_none(tables, usual):
    claimants = [usual["claimants"][0] | {"side": "martians"}]
    assert refusal(tables(claimants=claimants)).column == "side"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "www.example.org"])
def test_an_address_that_is_not_of_the_web_is_refused(tables, usual, url):
    error = refusal(tables(documents=[usual["documents"][0] | {"url": url}]))
    assert (error.file.name, error.column) == ("documents.csv", "url")


def test_a_table_in_another_encoding_is_refused(tables):
    folder = tables()
    (folder / "places.csv").write_bytes("place_id\nحمص\n".encode("cp1256"))
    assert str(refusal(folder)) == "places.csv: is not UTF-8 text."


def test_places_can_come_from_a_gazetteer(tables):
    found = {"palmyra": Location("palmyra", "Tadmur", "تدمر", "SY-HI", 38.3, 34.5)}
    folder = tables(places=None)
    assert read_dataset(folder, found.__getitem__).locations == found
    error = refusal(folder, {}.__getitem__)
    assert (error.row, error.column) == (2, "place_id")
