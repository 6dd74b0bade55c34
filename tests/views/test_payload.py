"""The payload: what the browser reads agrees with what the core says."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from itertools import pairwise

import numpy as np
import pytest

from geodata import VIEWS, Control, events_of, read_dataset
from tests.views.test_columns import unpacked
from views.payload import payload as module
from views.payload.payload import control_files, day_number, timeline_span


@pytest.fixture(scope="module")
def dataset():
    return read_dataset()


@pytest.fixture(scope="module")
def events(dataset):
    return events_of(dataset)


@pytest.fixture(scope="module")
def files(dataset, events):
    return control_files(dataset, events, {"SY-HI": "Homs"})


@pytest.fixture(scope="module")
def picture(files):
    return unpacked(files["picture.gz"])


@pytest.fixture(scope="module")
def listed(files):
    """Events as dicts, with the claims behind them."""
    head, columns = unpacked(files["events.gz"])
    return [
        head["types"][columns["type"][k]] | {name: int(values[k]) for name, values in columns.items()} for k in range(len(columns["day"]))
    ]


@pytest.fixture(scope="module")
def evidence(files):
    return json.loads(gzip.decompress(files["evidence-0.gz"]))


def state_of(picture, view, place_id, day):
    """State of a place on a day, read the way the browser does."""
    head, columns = picture
    place = head["places"]["id"].index(place_id)
    start = int(columns[f"{view}.counts"][:place].sum())
    steps = range(start, start + columns[f"{view}.counts"][place])
    codes = [columns[f"{view}.codes"][k] for k in steps if columns[f"{view}.days"][k] <= day]
    return head["states"][codes[-1] if codes else 0]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "date", [dt.date(2013, 5, 1), dt.date(2015, 5, 20), dt.date(2015, 11, 1), dt.date(2015, 11, 23), dt.date(2018, 5, 22)]
)
def test_the_browser_s_reading_equals_the_core_s(picture, events, view, date):
    parties = [party["id"] for party in picture[0]["parties"]]
    for row in Control(events, view).at(date).itertuples():
        holder, contested, besieged, fading, flagged = state_of(picture, view, row.place_id, day_number(date))
        assert (parties[holder] if holder >= 0 else None) == row.holder
        assert [bool(contested), bool(besieged), bool(fading), bool(flagged)] == [
            row.contested,
            row.besieged,
            row.in_transition,
            row.flagged,
        ]


def test_every_place_of_the_dataset_is_drawn(picture, dataset):
    head, columns = picture
    assert head["places"]["id"] == list(dataset.locations)
    for k, place in enumerate(dataset.locations.values()):
        assert columns["longitude"][k] / head["scale"] == pytest.approx(place.longitude, abs=1e-5)
        assert columns["latitude"][k] / head["scale"] == pytest.approx(place.latitude, abs=1e-5)
        assert head["places"]["admin1"][columns["admin1"][k]] == place.admin1
        assert columns["rank"][k] == place.rank
    assert head["places"]["province"][columns["province"][head["places"]["id"].index("mahin")]] == "Homs"


def test_a_place_without_claims_is_unknown_on_every_day(picture):
    assert state_of(picture, "claimed", "al-ghab", picture[0]["last"]) == [-1, 0, 0, 0, 0]


def test_no_step_repeats_the_one_before(picture):
    head, columns = picture
    for view in head["views"]:
        offsets = np.append(0, np.cumsum(columns[f"{view}.counts"].astype(int)))
        for start, end in pairwise(offsets):
            codes, days = columns[f"{view}.codes"][start:end], columns[f"{view}.days"][start:end]
            assert all(a != b for a, b in pairwise(codes))
            assert days.tolist() == sorted(set(days.tolist()))
            assert not len(days) or days[0] >= head["first"] - 1


def test_every_event_comes_back_with_its_days_parties_and_reason(picture, listed, evidence, events):
    head = picture[0]
    parties = [party["id"] for party in head["parties"]]
    said = {k: i for i, k in enumerate(evidence["events"])}

    def name(party):
        return parties[party] if party >= 0 else ""

    read = sorted(
        (
            *(head["places"]["id"][event["place"]], event["kind"], name(event["party"]), name(event["previous"])),
            *(event["status"], event["basis"], event["confidence"], tuple(name(side) for side in event["sides"])),
            *(bool(event["prevails"]), bool(event["flagged"]), evidence["reasons"][said[k]]["text"]),
        )
        for k, event in enumerate(listed)
    )
    given = sorted(
        (
            *(row.place_id, row.kind, row.party, row.previous, row.status, row.basis, row.confidence, row.sides),
            *(row.prevails, row.flagged, row.reason),
        )
        for row in events.itertuples()
    )
    assert read == given
    assert sorted(event["day"] for event in listed if event["date"]) == sorted(day_number(d.date()) for d in events["date"].dropna())


def test_windows_come_back_where_they_are_known(files, events):
    head, columns = unpacked(files["events.gz"])
    types = [head["types"][k] for k in columns["type"]]
    for name in ("date_earliest", "date_latest", "until"):
        read = sorted(int(columns["day"][k] + columns[name][k]) for k, kind in enumerate(types) if kind[name])
        assert read == sorted(day_number(day.date()) for day in events[name].dropna())


def test_events_are_in_the_order_of_days_and_fighting_comes_before_what_ended_it(listed):
    order = [(event["day"] if event["date"] else -1, event["kind"] == "control") for event in listed]
    assert order == sorted(order)


def test_every_event_leads_to_claims_and_every_claim_to_a_document(listed, evidence, dataset):
    assert sorted(evidence["events"]) == list(range(len(listed)))
    statements = {claim.statement for claim in dataset.claims}
    for supporting, opposing in zip(evidence["supporting"], evidence["opposing"], strict=True):
        assert supporting
        for claim in supporting + opposing:
            assert evidence["claims"][claim]["statement"] in statements
            assert evidence["documents"][evidence["claims"][claim]["document"]]["publisher"]


def test_evidence_is_cut_between_places_and_nothing_is_lost(dataset, events, files, listed, monkeypatch):
    monkeypatch.setattr(module, "SHARD_ROWS", 40)
    cut = control_files(dataset, events, {})
    shards = unpacked(cut["picture.gz"])[0]["shards"]
    parts = [json.loads(gzip.decompress(cut[f"evidence-{k}.gz"])) for k in range(len(shards))]
    assert len(shards) > 5
    assert shards[0] == 0
    assert sorted(event for part in parts for event in part["events"]) == list(range(len(listed)))
    whole = dict(zip(*(json.loads(gzip.decompress(files["evidence-0.gz"]))[key] for key in ("events", "reasons")), strict=True))
    for start, end, part in zip(shards, [*shards[1:], len(dataset.locations)], parts, strict=True):
        for event, reason in zip(part["events"], part["reasons"], strict=True):
            assert start <= listed[event]["place"] < end
            assert reason == whole[event]


def test_land_is_drawn_around_few_places_only(picture, dataset, events, monkeypatch):
    assert picture[0]["land"] is True
    monkeypatch.setattr(module, "LAND_PLACES", len(dataset.locations) - 1)
    assert unpacked(control_files(dataset, events, {})["picture.gz"])[0]["land"] is False


def test_the_timeline_begins_with_a_month_and_ends_with_the_data(events):
    first, last = timeline_span(events)
    assert first.day == 1
    assert first <= dt.date(2013, 1, 1)
    assert last == max(events[column].max() for column in ("date", "date_latest", "until")).date()


def test_without_any_date_the_timeline_is_a_month_long(events):
    assert timeline_span(events.iloc[:0]) == (dt.date(1970, 1, 1), dt.date(1970, 1, 31))


def test_a_dataset_without_events_makes_files_too(dataset, events):
    files = control_files(dataset, events.iloc[:0], {})
    head, columns = unpacked(files["picture.gz"])
    assert columns["claimed.counts"].tolist() == [0] * len(dataset.locations)
    assert unpacked(files["events.gz"])[1]["day"].tolist() == []
    assert head["shards"] == [0]


def test_every_event_names_the_claimants_it_follows(files, evidence):
    head, columns = unpacked(files["events.gz"])
    names = [claimant["name"] for claimant in head["claimants"]]
    assert names == sorted(names, key=str.casefold)
    assert len({frozenset(group) for group in head["groups"]}) == len(head["groups"])
    for row, event in enumerate(evidence["events"]):
        said = {evidence["claims"][claim]["claimant"] for claim in evidence["supporting"][row]}
        assert {names[k] for k in head["groups"][columns["group"][event]]} == said


def test_a_place_is_found_by_its_aliases_and_as_claims_write_it(files, dataset):
    spelt = dict(zip(dataset.locations, json.loads(gzip.decompress(files["names.gz"])), strict=True))
    assert {"Mahin", "مهين", "Mheen", "Maheen"} <= set(spelt["mahin"])
    assert all(claim.place_as_written in spelt[claim.place_id] for claim in dataset.claims)
    assert all(name for names in spelt.values() for name in names)
