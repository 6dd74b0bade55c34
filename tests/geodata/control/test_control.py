"""Control on a date."""

import datetime as dt

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import Control, UnknownNameError, WrongPeriodError, control_at, load_events
from geodata.adjudication.events import COLUMNS, DATES

IS, GOV, REBELS = "islamic-state", "government", "opposition"
ORIGIN = dt.date(2015, 1, 1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def event(place: str, party: str, on, earliest=None, latest=None, status="corroborated", **changes) -> dict:
    cells = dict.fromkeys(COLUMNS, "") | {
        "event_id": f"{place}-{on}-{party}",
        "kind": "control",
        "place_id": place,
        "name": place,
        "party": party,
        "date": on,
        "date_earliest": earliest or on,
        "date_latest": latest or on,
        "until": None,
        "status": status,
        "prevails": True,
        "flagged": False,
    }
    return cells | changes


def condition(place: str, kind: str, on, until, sides=(IS, GOV)) -> dict:
    return event(place, sides[0], on, kind=kind, until=until, sides=sides)


def framed(rows: list[dict]) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in DATES:
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    for column in ("prevails", "flagged"):
        frame[column] = frame[column].astype(bool)
    numbers = {place: i for i, place in enumerate(sorted(set(frame["place_id"])))}
    longitudes = [38.0 + numbers[place] for place in frame["place_id"]]
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(longitudes, [34.0] * len(frame), crs="EPSG:4326"))


def state(rows: list[dict], on: str | dt.date, place: str = "palmyra", view: str = "claimed") -> pd.Series:
    when = day(on) if isinstance(on, str) else on
    return control_at(when, view, framed(rows)).set_index("place_id").loc[place]


PALMYRA = [
    event("palmyra", GOV, None),
    event("palmyra", IS, day("2015-05-20"), day("2015-05-18"), day("2015-05-22")),
    event("palmyra", GOV, day("2016-03-27"), status="claimed"),
]


def test_an_event_counts_from_its_own_day_on():
    assert state(PALMYRA, "2015-05-19")["holder"] == GOV
    assert state(PALMYRA, "2015-05-20")["holder"] == IS
    assert state(PALMYRA, "2016-03-26")["holder"] == IS
    assert state(PALMYRA, "2016-03-27")["holder"] == GOV


def test_the_holder_says_since_when():
    assert state(PALMYRA, "2015-08-01")["since"] == pd.Timestamp(2015, 5, 20)


@pytest.mark.parametrize("when", [dt.date.min, day("1970-01-01"), day("2015-05-17")])
def test_an_incumbent_held_the_place_all_along(when):
    row = state(PALMYRA, when)
    assert row["holder"] == GOV
    assert pd.isna(row["since"])


def test_the_last_holder_holds_to_the_end_of_time():
    assert state(PALMYRA, dt.date.max)["holder"] == GOV


def test_before_the_first_claim_nobody_is_known_to_hold_the_place():
    row = state([event("palmyra", IS, day("2015-05-20"))], "2015-05-19")
    assert row["holder"] is None
    assert (row["status"], row["flagged"], row["confidence"], row["event_id"]) == ("unknown", False, "", "")
    assert pd.isna(row["since"])
    assert row["reason"] == "No claim says who holds it on this date."


def test_a_place_is_in_transition_only_within_the_window():
    days = [day("2015-05-16") + dt.timedelta(days=n) for n in range(9)]
    assert [when.day for when in days if state(PALMYRA, when)["in_transition"]] == [18, 19, 20, 21]


def test_the_corroborated_view_leaves_lone_claims_out():
    assert state(PALMYRA, "2017-01-01", view="claimed")["holder"] == GOV
    assert state(PALMYRA, "2017-01-01", view="corroborated")["holder"] == IS


def test_the_corroborated_view_flags_a_holder_that_a_later_lone_claim_challenges():
    row = state(PALMYRA, "2017-01-01", view="corroborated")
    assert (row["holder"], row["flagged"], row["status"]) == (IS, True, "corroborated")
    assert "Claimed otherwise since 2016-03-27" in row["reason"]
    assert not state(PALMYRA, "2016-03-26", view="corroborated")["flagged"]


def test_a_later_lone_claim_that_says_the_same_challenges_nothing():
    rows = [*PALMYRA[:2], event("palmyra", IS, day("2015-08-01"), status="claimed")]
    row = state(rows, "2015-09-01", view="corroborated")
    assert (row["holder"], row["flagged"], row["since"]) == (IS, False, pd.Timestamp(2015, 5, 20))


def test_a_disputed_event_that_does_not_prevail_leaves_the_holder_disputed():
    rows = [event("palmyra", REBELS, day("2014-05-07")), event("palmyra", GOV, day("2015-10-15"), status="disputed", prevails=False)]
    assert (state(rows, "2015-10-14")["holder"], state(rows, "2015-10-14")["status"]) == (REBELS, "corroborated")
    row = state(rows, "2015-10-15")
    assert (row["holder"], row["status"], row["flagged"]) == (REBELS, "disputed", True)
    rows[1]["until"] = day("2017-10-04")  # then a later claim settled the matter
    assert state(rows, "2017-10-04")["status"] == "disputed"
    assert (state(rows, "2017-10-05")["status"], state(rows, "2017-10-05")["flagged"]) == ("corroborated", False)


def test_a_place_with_lone_claims_only_is_still_listed_in_the_corroborated_view():
    row = state([event("palmyra", IS, day("2015-05-20"), status="disputed")], "2016-01-01", view="corroborated")
    assert row["holder"] is None


def test_fighting_and_sieges_stand_beside_the_holder_and_end_inclusively():
    rows = [*PALMYRA, condition("palmyra", "contested", day("2016-01-01"), day("2016-01-03"))]
    rows.append(condition("palmyra", "siege", day("2016-01-03"), None, sides=(REBELS, IS)))
    seen = {n: state(rows, dt.date(2016, 1, n)) for n in (1, 3, 4)}
    assert {row["holder"] for row in seen.values()} == {IS}
    assert [(row["contested"], row["besieged"]) for row in seen.values()] == [(True, False), (True, True), (False, True)]
    assert [row["sides"] for row in seen.values()] == [(IS, GOV), (IS, GOV, REBELS), (REBELS, IS)]
    assert not state(rows, "2015-12-31")["contested"]
    assert state(rows, dt.date.max)["besieged"]


def test_places_never_take_each_others_events():
    rows = [event("a", IS, day("2015-01-01")), event("b", GOV, day("2016-01-01")), condition("a", "siege", day("2015-01-01"), None)]
    for when in (dt.date.min, day("2015-12-31"), dt.date.max):
        frame = control_at(when, events=framed(rows)).set_index("place_id")
        assert frame.loc["a", "holder"] == (IS if when > dt.date.min else None)
        assert frame.loc["b", "holder"] == (GOV if when == dt.date.max else None)
        assert not frame.loc["b", "besieged"]


def test_of_two_events_on_one_day_the_later_row_wins():
    rows = [event("palmyra", IS, day("2015-05-20")), event("palmyra", GOV, day("2015-05-20"))]
    assert state(rows, "2015-05-20")["holder"] == GOV


def test_the_answer_is_geographic_with_longitude_first(tables):
    frame = control_at(day("2016-01-01"), events=load_events(tables()))
    assert frame.crs == "EPSG:4326"
    assert (frame.geometry[0].x, frame.geometry[0].y) == (38.28, 34.56)


def test_of_two_events_on_one_day_the_later_row_wins_in_every_answer():
    rows = [event("a", GOV, day("2015-01-01")), event("b", IS, day("2015-05-20")), event("a", IS, day("2015-05-20"))]
    rows += [event("a", REBELS, day("2015-05-20"), status="claimed"), event("b", GOV, day("2015-05-20"))]
    for view, winner in (("claimed", REBELS), ("corroborated", IS)):
        control = Control(framed(rows), view)
        on = day("2015-05-20")
        assert list(control.at(on)["holder"]) == [winner, GOV]
        assert [control.parties[i] for i in control.holders_on(on)] == [winner, GOV]
        counts = dict(zip(control.parties, control.daily_counts(on, on)[0].tolist(), strict=True))
        assert {party: places for party, places in counts.items() if places} == {winner: 1, GOV: 1}


def test_places_without_an_event_are_listed_when_asked_for():
    rows = [event("a", IS, day("2015-01-01")), event("b", GOV, day("2015-01-02")), event("c", GOV, day("2015-01-03"))]
    everywhere = framed(rows)
    for kept in ("a", "b", "c"):
        control = Control(framed([row for row in rows if row["place_id"] == kept]), places=everywhere)
        answer = control.at(dt.date.max).set_index("place_id")
        assert list(answer.index) == ["a", "b", "c"]
        assert list(answer.index[answer["holder"].notna()]) == [kept]
        assert set(answer.loc[answer["holder"].isna(), "status"]) == {"unknown"}
        assert control.holders_on(dt.date.max).tolist() == [0 if place == kept else -1 for place in "abc"]


def test_an_event_at_a_place_that_is_not_listed_is_refused():
    with pytest.raises(UnknownNameError, match="'b' has an event, but is not among the places"):
        Control(framed([event("a", IS, day("2015-01-01")), event("b", GOV, None)]), places=framed([event("a", IS, None)]))


def test_a_place_weighs_what_it_is_given():
    rows = [event("a", GOV, None), event("b", GOV, None), event("b", IS, day("2015-01-02"))]
    control = Control(framed(rows))
    counts = control.daily_counts(day("2015-01-01"), day("2015-01-02"), [10.5, 2])
    assert counts.tolist() == [[12.5, 0], [10.5, 2]]


def test_a_period_that_ends_before_it_begins_and_too_few_weights_are_refused():
    control = Control(framed(PALMYRA))
    with pytest.raises(WrongPeriodError, match="2015-01-01 is before 2015-01-02"):
        control.daily_counts(day("2015-01-02"), day("2015-01-01"))
    with pytest.raises(ValueError, match="1 places need as many weights"):
        control.daily_counts(day("2015-01-01"), day("2015-01-02"), [1, 2])


def test_handovers_name_every_change_of_holder_and_no_other_event():
    rows = [*PALMYRA, event("palmyra", GOV, day("2017-03-02")), event("mahin", IS, day("2015-11-01"))]
    control = Control(framed(rows))
    events, before = control.handovers()
    place, party = control.events["place_id"], control.events["party"]
    said = [(place[event], party[event], party.get(former)) for event, former in zip(events, before, strict=True)]
    assert said == [("mahin", IS, None), ("palmyra", GOV, None), ("palmyra", IS, GOV), ("palmyra", GOV, IS)]


def test_without_events_the_answer_is_empty():
    control = Control(framed([]))
    assert control.at(day("2015-01-01")).empty
    assert control.holders_on(day("2015-01-01")).tolist() == []
    assert control.daily_counts(day("2015-01-01"), day("2015-01-03")).shape == (3, 0)
    assert [len(part) for part in control.breakpoints()] == [0, 0]


def test_an_unknown_view_is_refused():
    with pytest.raises(UnknownNameError, match="'guessed' is not a view; there are claimed, corroborated"):
        Control(framed(PALMYRA), "guessed")


def test_the_bundled_dataset_is_the_default():
    assert "palmyra" in set(control_at(day("2015-11-01"))["place_id"])


# Against a plain answer, on any events

offsets = st.integers(0, 40)


@st.composite
def histories(draw) -> list[dict]:
    rows = []
    for place in "abc"[: draw(st.integers(1, 3))]:
        starts = sorted(draw(st.sets(offsets, max_size=5)))
        if draw(st.booleans()):
            rows.append(event(place, GOV, None))
        for i, start in enumerate(starts):
            earliest = draw(st.integers(starts[i - 1] + 1 if i else start - 4, start))
            latest = draw(st.integers(start, starts[i + 1] - 1 if i + 1 < len(starts) else start + 4))
            dates = [ORIGIN + dt.timedelta(days=n) for n in (start, earliest, latest)]
            rows.append(event(place, draw(st.sampled_from([IS, GOV, REBELS])), *dates, draw(st.sampled_from(["corroborated", "claimed"]))))
        for kind in ("contested", "siege"):
            edges = sorted(draw(st.sets(offsets, max_size=4)))
            for first, last in zip(edges[::2], edges[1::2], strict=False):
                rows.append(condition(place, kind, ORIGIN + dt.timedelta(days=first), ORIGIN + dt.timedelta(days=last)))
    return rows


def plain_holder(rows: list[dict], place: str, when: dt.date, column: str = "date") -> str | None:
    reached = [r for r in rows if r["place_id"] == place and r["kind"] == "control" and (r["date"] is None or r[column] <= when)]
    return reached[-1]["party"] if reached else None


def plain_condition(rows: list[dict], place: str, when: dt.date, kind: str) -> bool:
    return any(r["place_id"] == place and r["kind"] == kind and r["date"] <= when <= r["until"] for r in rows)


@given(rows=histories().filter(bool), when=st.integers(-6, 46), view=st.sampled_from(["claimed", "corroborated"]))
def test_the_answer_equals_that_of_a_plain_loop(rows, when, view):
    date = ORIGIN + dt.timedelta(days=when)
    counted = [r for r in rows if r["kind"] != "control" or view == "claimed" or r["status"] == "corroborated"]
    answer = control_at(date, view, framed(rows)).set_index("place_id")
    assert list(answer.index) == sorted({r["place_id"] for r in rows})
    for place in answer.index:
        assert answer.loc[place, "holder"] == plain_holder(counted, place, date)
        early, late = (plain_holder(counted, place, date, column) for column in ("date_earliest", "date_latest"))
        assert answer.loc[place, "in_transition"] == (early != late)
        for kind, column in (("contested", "contested"), ("siege", "besieged")):
            assert answer.loc[place, column] == plain_condition(counted, place, date, kind)


@given(rows=histories().filter(bool))
def test_what_a_place_has_reached_is_never_taken_back(rows):
    control = Control(framed(rows))
    days = np.arange(-10, 60) + (ORIGIN - dt.date(1970, 1, 1)).days
    for place in range(len(control.places)):
        reached = control.on_days(np.full(len(days), place), days).event
        assert (np.diff(reached) >= 0).all()


@given(rows=histories().filter(bool))
def test_between_two_breakpoints_nothing_changes(rows):
    control = Control(framed(rows))
    epoch = (ORIGIN - dt.date(1970, 1, 1)).days
    days = np.arange(-10, 60) + epoch
    places, moments = control.breakpoints()
    for place in range(len(control.places)):
        seen = control.on_days(np.full(len(days), place), days)
        arrays = (seen.event, seen.contested, seen.siege, seen.in_transition)
        changed = {int(d) for array in arrays for d in days[1:][array[1:] != array[:-1]]}
        assert changed <= set(moments[places == place].tolist())


@given(rows=histories().filter(bool), view=st.sampled_from(["claimed", "corroborated"]))
def test_holders_of_a_day_are_those_of_a_plain_loop(rows, view):
    counted = [r for r in rows if r["kind"] != "control" or view == "claimed" or r["status"] == "corroborated"]
    control = Control(framed(rows), view)
    for offset in range(-6, 46, 4):
        date = ORIGIN + dt.timedelta(days=offset)
        named = [control.parties[i] if i >= 0 else None for i in control.holders_on(date)]
        assert named == [plain_holder(counted, place, date) for place in control.places["place_id"]]


@given(rows=histories().filter(bool), first=st.integers(-6, 46), days=st.integers(1, 30), data=st.data())
def test_daily_counts_are_those_of_the_holders_day_by_day(rows, first, days, data):
    control = Control(framed(rows), data.draw(st.sampled_from(["claimed", "corroborated"])))
    dates = [ORIGIN + dt.timedelta(days=first + n) for n in range(days)]
    weight = data.draw(st.lists(st.integers(0, 9), min_size=len(control.places), max_size=len(control.places)))
    counts, weighed = control.daily_counts(dates[0], dates[-1]), control.daily_counts(dates[0], dates[-1], weight)
    assert counts.shape == weighed.shape == (days, len(control.parties))
    for row, share, date in zip(counts, weighed, dates, strict=True):
        holders = control.holders_on(date)
        assert row.tolist() == [int((holders == party).sum()) for party in range(len(control.parties))]
        assert share.tolist() == [
            sum(w for w, holder in zip(weight, holders, strict=True) if holder == p) for p in range(len(control.parties))
        ]


@given(rows=histories().filter(bool), when=st.integers(-6, 46))
def test_the_holder_is_challenged_by_the_last_event_where_the_view_does_not_follow_it_and_it_says_otherwise(rows, when):
    date = ORIGIN + dt.timedelta(days=when)
    answer = control_at(date, "corroborated", framed(rows)).set_index("place_id")
    for place, row in answer.iterrows():
        reached = [r for r in rows if r["place_id"] == place and r["kind"] == "control" and (r["date"] is None or r["date"] <= date)]
        challenged = bool(reached) and reached[-1]["status"] == "claimed" and row["holder"] not in (None, reached[-1]["party"])
        assert row["flagged"] == challenged
