"""Events as a GeoDataFrame."""

import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest

from geodata import Control, Location, events_of, load_events, read_dataset
from geodata.adjudication.events import COLUMNS
from geodata.dataset.vocabulary import ClaimKind, Modality

HOSTILE = ["{{ 7*7 }}", "<img src=x onerror=alert(1)>", "${alert(1)}", "</script>", "`", "\\u12", "=HYPERLINK(1)", "a\nb", "'\"--"]


@pytest.fixture
def events(tables) -> gpd.GeoDataFrame:
    return load_events(tables())


def test_there_is_one_row_an_event_with_the_documented_columns(events):
    assert list(events.columns) == [*COLUMNS, "geometry"]
    assert events["event_id"].is_unique
    before, change = events.to_dict("records")
    assert (before["party"], before["basis"], before["previous"]) == ("government", "before", "")
    assert (change["party"], change["basis"], change["previous"]) == ("islamic-state", "change", "government")
    assert (change["admin1"], change["province"], change["supporting"], change["opposing"]) == ("SY-HI", "Homs", ("claim-1",), ())


def test_palmyra_is_a_point_of_longitude_and_latitude_in_epsg_4326(events):
    assert events.crs == "EPSG:4326"
    assert {(point.x, point.y) for point in events.geometry} == {(38.28, 34.56)}


def test_dates_are_dates_and_the_open_beginning_is_none(events):
    before, change = events.to_dict("records")
    assert {events[column].dtype.kind for column in ("date", "date_earliest", "date_latest", "until")} == {"M"}
    assert pd.isna(before["date"])
    assert change["date"] == pd.Timestamp(2015, 5, 20)


def test_conditions_have_their_last_day_and_their_sides(claims):
    condition = load_events(claims({"kind": "contested", "date_latest": "2015-05-22", "reported_on": "2015-05-22"})).iloc[0]
    assert (condition["kind"], condition["sides"]) == ("contested", ("islamic-state", "government"))
    assert (condition["date"], condition["until"]) == (pd.Timestamp(2015, 5, 20), pd.Timestamp(2015, 5, 22))


def test_dates_of_any_century_are_kept(claims):
    distant = {"gaining": "government", "losing": "", "date_earliest": "1258-02-10", "date_latest": "1258-02-10"}
    assert load_events(claims(distant)).iloc[0]["date"] == pd.Timestamp("1258-02-10")


def test_a_dataset_without_claims_has_no_events(tables, usual):
    events = load_events(tables(claims=",".join(usual["claims"][0]) + "\n"))
    assert (len(events), events.crs, list(events.columns)) == (0, "EPSG:4326", [*COLUMNS, "geometry"])


def test_only_parties_without_a_beginning_hold_places_from_the_beginning(claims):
    taken = {"gaining": "government", "losing": "opposition"}
    assert load_events(claims(taken)).iloc[0]["date"] == pd.Timestamp(2015, 5, 19)


def test_words_of_claims_are_of_their_vocabularies_and_those_of_tables_plain_text(tables):
    dataset = read_dataset(tables())
    assert {(type(claim.kind), type(claim.modality)) for claim in dataset.claims} == {(ClaimKind, Modality)}
    events = events_of(dataset)
    assert {type(word) for column in ("kind", "basis", "status") for word in events[column]} == {str}
    statuses = Control(events).at(dt.date(2016, 1, 1))["status"]
    assert {type(word) for word in statuses} == {str}


def test_a_dataset_already_read_gives_the_same(tables, events):
    pd.testing.assert_frame_equal(events_of(read_dataset(tables())), events)


def test_positions_can_come_from_a_gazetteer(tables):
    events = load_events(tables(places=None), lambda place_id: Location(place_id, "Tadmur", "تدمر", "SY-HI", 38.3, 34.5))
    assert (events.geometry[0].x, events.geometry[0].y) == (38.3, 34.5)
    assert set(events["name"]) == {"Tadmur"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_through_as_it_is(tables, usual, text):
    folder = tables(
        places=[place | {"name": text, "name_ar": text} for place in usual["places"]],
        provinces=[province | {"name": text} for province in usual["provinces"]],
        claimants=[claimant | {"name": text} for claimant in usual["claimants"]],
        parties=[party | {"name": text, "name_ar": text, "allies": text} for party in usual["parties"]],
        documents=[usual["documents"][0] | {"publisher": text, "agency": text, "description": text}],
        claims=[usual["claims"][0] | {"statement": text, "note": text, "place_as_written": text, "locator": text}],
    )
    dataset = read_dataset(folder)
    events = events_of(dataset)
    assert set(events["name"]) == set(events["name_ar"]) == set(events["province"]) == {text}
    assert all(text in reason for reason in events["reason"])
    [claim] = dataset.claims
    assert {claim.statement, claim.note, claim.place_as_written, claim.locator, claim.claimant.name} == {text}
    document = dataset.documents["report"]
    assert {document.publisher, document.agency, document.description} == {text}
    assert {(party.name, party.name_ar, "|".join(party.allies)) for party in dataset.parties.values()} == {(text, text, text)}


def test_hostile_keys_come_through_as_they_are(tables, usual):
    key = "<b>{{ x }}"
    places = [usual["places"][0] | {"place_id": key}]
    events = load_events(tables(places=places, claims=[usual["claims"][0] | {"place_id": key, "claim_id": key}]))
    assert {(place_id,) for place_id in events["place_id"]} == set(events["supporting"]) == {(key,)}


def test_an_event_is_dated_in_days(events):
    assert events["date"].dropna().map(lambda moment: moment.time()).eq(dt.time()).all()
