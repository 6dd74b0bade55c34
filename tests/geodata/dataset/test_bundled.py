"""The bundled dataset says what reports of the time say. Sources of each expectation are the documents of its claims."""

import datetime as dt
from functools import cache

import pandas as pd
import pytest

from geodata import BUNDLED, Control, events_of, read_dataset

IS, GOV, REBELS = "islamic-state", "government", "opposition"


@cache
def dataset():
    return read_dataset(BUNDLED)


@cache
def control() -> Control:
    return Control(events_of(dataset()))


@cache
def on(date: str) -> pd.DataFrame:
    return control().at(dt.date.fromisoformat(date)).set_index("place_id")


@pytest.mark.parametrize(
    ("place", "date", "holder"),
    [
        ("mahin", "2015-11-02", IS),
        ("mahin", "2015-11-22", IS),
        ("mahin", "2015-11-23", GOV),
        ("huwwarin", "2015-11-02", IS),
        ("huwwarin", "2015-11-23", GOV),
        ("al-qaryatayn", "2015-07-31", GOV),
        ("al-qaryatayn", "2015-08-31", IS),
        ("al-qaryatayn", "2015-09-15", IS),
        ("palmyra", "2015-05-01", GOV),
        ("palmyra", "2015-06-01", IS),
        ("palmyra", "2016-03-26", IS),
        ("palmyra", "2016-03-27", GOV),
        ("palmyra", "2016-12-10", GOV),
        ("palmyra", "2016-12-11", IS),
        ("palmyra", "2017-02-28", IS),
        ("palmyra", "2017-03-02", GOV),
        ("talbiseh", "2015-10-15", REBELS),
        ("homs", "2015-10-15", GOV),
        ("al-waer", "2016-06-01", REBELS),
        ("al-waer", "2017-05-22", GOV),
        ("aleppo", "2016-12-23", GOV),
        ("kuweires-air-base", "2015-11-10", GOV),
        ("kuweires-air-base", "2015-11-30", GOV),
        ("kuweires-air-base", "2016-06-01", GOV),
        ("kuweires-air-base", "2017-12-31", GOV),
    ],
)
def test_a_place_is_held_as_reported(place, date, holder):
    assert on(date).loc[place, "holder"] == holder


def test_kuweires_air_base_is_the_governments_through_its_siege():
    for date in ("2015-11-01", "2015-11-09"):
        assert on(date).loc["kuweires-air-base", "holder"] == GOV
        assert on(date).loc["kuweires-air-base", "besieged"]
    assert not on("2015-11-10").loc["kuweires-air-base", "besieged"]


def test_palmyra_changes_hands_for_the_last_time_on_the_first_or_second_of_march_2017():
    palmyra = on("2017-03-01").loc["palmyra"]
    assert palmyra["holder"] == IS or palmyra["in_transition"]


@pytest.mark.parametrize("date", ["2015-10-15", "2015-11-15"])
def test_the_capture_of_ad_dar_al_kabirah_is_disputed(date):
    row = on(date).loc["ad-dar-al-kabirah"]
    assert row["status"] == "disputed" or (row["contested"] and {GOV, REBELS} <= set(row["sides"]))
    assert row["status"] != "corroborated" or row["holder"] == REBELS


def test_ad_dar_al_kabirah_was_with_the_opposition_before_and_two_years_after():
    for date in ("2015-10-14", "2017-10-06"):
        assert on(date).loc["ad-dar-al-kabirah", "holder"] == REBELS


def test_sadad_is_fought_for_but_never_lost():
    for date in ("2015-11-01", "2015-11-02"):
        assert on(date).loc["sadad", "contested"]
    days = pd.date_range("2015-01-01", "2017-12-31", unit="s")
    place = list(control().places["place_id"]).index("sadad")
    seen = control().on_days(pd.Series(place, index=days).to_numpy(), days.to_numpy().astype("datetime64[D]").astype("int64"))
    assert {control().parties[holder] for holder in set(seen.holder.tolist())} == {GOV}


def test_deir_ez_zor_is_besieged_until_the_fifth_of_september_2017():
    assert [bool(on(date).loc["deir-ez-zor", "besieged"]) for date in ("2016-06-01", "2017-09-04", "2017-09-06")] == [True, True, False]


CHANGES_IN_THE_FIVE_ARTICLES = {
    "article 000, Mahin": ("mahin", GOV, "2015-11-23", "2015-11-23"),
    "article 000, Huwwarin": ("huwwarin", GOV, "2015-11-23", "2015-11-23"),
    "article 000, Palmyra": ("palmyra", IS, "2015-05-01", "2015-05-31"),
    "article 001, Mahin": ("mahin", IS, "2015-10-31", "2015-11-01"),
    "article 001, Tadmur": ("palmyra", IS, "2015-05-01", "2015-05-31"),
    "article 001, al-Qaryatayn": ("al-qaryatayn", IS, "2015-08-01", "2015-08-31"),
    "article 003, Palmyra taken, in truth on 27 March": ("palmyra", GOV, "2016-03-27", "2016-04-30"),
    "article 003, Palmyra lost again": ("palmyra", IS, "2016-05-01", "2017-02-28"),
    "article 003, Palmyra taken again": ("palmyra", GOV, "2017-03-01", "2017-03-31"),
    "article 003, Aleppo": ("aleppo", GOV, "2016-12-01", "2016-12-31"),
    "article 004, ad-Dar al-Kabirah": ("ad-dar-al-kabirah", GOV, "2015-10-15", "2015-10-15"),
}


@pytest.mark.parametrize("change", CHANGES_IN_THE_FIVE_ARTICLES)
def test_each_change_of_control_in_the_five_articles_is_an_event(change):
    place, party, first, last = CHANGES_IN_THE_FIVE_ARTICLES[change]
    events = control().events
    found = events[(events["place_id"] == place) & (events["party"] == party) & events["date"].between(first, last)]
    assert len(found) == 1


def test_every_claim_rests_on_a_document_with_a_publisher_and_names_who_says_so():
    for claim in dataset().claims:
        assert dataset().documents[claim.document_id].publisher, claim.claim_id
        assert claim.claimant.name, claim.claim_id


def test_every_claim_was_reported_on_or_before_the_day_its_document_came_out():
    late = [c.claim_id for c in dataset().claims if c.reported_on > dataset().documents[c.document_id].published_on]
    assert late == []


def test_every_place_lies_in_or_near_syria_longitude_first():
    for place in dataset().locations.values():
        assert 35.5 < place.longitude < 42.5, place.place_id
        assert 32.2 < place.latitude < 37.4, place.place_id
    palmyra = dataset().locations["palmyra"]
    assert (palmyra.longitude, palmyra.latitude) == pytest.approx((38.28, 34.56), abs=0.02)


def test_events_have_unique_ids_and_a_reason():
    events = events_of(dataset())
    assert events["event_id"].is_unique
    assert (events["reason"] != "").all()
