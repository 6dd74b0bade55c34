"""The payload: what the browser reads agrees with what the core says."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise

import pytest

from geodata import VIEWS, Control, events_of, read_dataset
from views.payload import control_payload, day_number, timeline_span


@pytest.fixture(scope="module")
def dataset():
    return read_dataset()


@pytest.fixture(scope="module")
def events(dataset):
    return events_of(dataset)


@pytest.fixture(scope="module")
def payload(dataset, events):
    return control_payload(dataset, events, {"SY-HI": "Homs"})


def state_of(payload, view, place_id, day):
    """State of a place on a day, read the way the browser does."""
    track, place = payload["views"][view], payload["places"]["id"].index(place_id)
    steps = range(track["offsets"][place], track["offsets"][place + 1])
    codes = [track["codes"][k] for k in steps if track["days"][k] <= day]
    return payload["states"][codes[-1] if codes else 0]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "date", [dt.date(2013, 5, 1), dt.date(2015, 5, 20), dt.date(2015, 11, 1), dt.date(2015, 11, 23), dt.date(2018, 5, 31)]
)
def test_the_browser_s_reading_equals_the_core_s(payload, events, view, date):
    parties = [party["id"] for party in payload["parties"]]
    for row in Control(events, view).at(date).itertuples():
        holder, contested, besieged, fading, flagged = state_of(payload, view, row.place_id, day_number(date))
        assert (parties[holder] if holder >= 0 else None) == row.holder
        assert [bool(contested), bool(besieged), bool(fading), bool(flagged)] == [
            row.contested,
            row.besieged,
            row.in_transition,
            row.flagged,
        ]


def test_every_place_of_the_dataset_is_drawn(payload, dataset):
    assert payload["places"]["id"] == list(dataset.locations)
    palmyra = payload["places"]["id"].index("palmyra")
    assert payload["places"]["longitude"][palmyra] == pytest.approx(38.27, abs=0.05)
    assert payload["places"]["latitude"][palmyra] == pytest.approx(34.56, abs=0.05)


def test_a_place_without_claims_is_unknown_on_every_day(payload):
    assert state_of(payload, "claimed", "al-ghab", payload["last"]) == [-1, 0, 0, 0, 0]


def test_no_step_repeats_the_one_before(payload):
    for track in payload["views"].values():
        for start, end in pairwise(track["offsets"]):
            codes, days = track["codes"][start:end], track["days"][start:end]
            assert all(a != b for a, b in pairwise(codes))
            assert days == sorted(set(days))


def test_every_event_leads_to_claims_and_every_claim_to_a_document(payload):
    for event in payload["events"]:
        assert event["supporting"], event["id"]
        for claim in event["supporting"] + event["opposing"]:
            assert payload["documents"][payload["claims"][claim]["document"]]["publisher"]


def test_the_timeline_spans_whole_months(events):
    first, last = timeline_span(events)
    assert first.day == 1
    assert (last + dt.timedelta(days=1)).day == 1
    assert first <= dt.date(2013, 1, 1)
    assert last >= dt.date(2018, 5, 31)


def test_it_is_plain_json(payload):
    json.dumps(payload, allow_nan=False)
