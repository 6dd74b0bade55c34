"""How long each party held each place, and how often it changed hands."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import VIEWS, Control, WrongPeriodError, control_seen, load_events
from geodata.control.histories import days_held, days_of_change, histories
from tests.geodata.drafts import GOV, IS, REBELS, dataset_of
from tests.trials import examples


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def contest(claim):
    """Palmyra goes from the government to IS, back, and to the rebels by their word; Mahin is found with the rebels."""
    return dataset_of(
        [
            claim("sohr", IS, "2015-05-18", "2015-05-20", losing=GOV),
            claim("amaq", IS, "2015-05-18", "2015-05-20", losing=GOV),
            claim("sana", GOV, "2015-07-01", losing=IS),
            claim("afp", GOV, "2015-07-01", losing=IS),
            claim("rebels", REBELS, "2015-08-01", losing=GOV),
            claim("afp", REBELS, "2015-06-01", kind="control_state", place_id="mahin"),
        ]
    )


def held(control: Control, first: str, last: str) -> dict[str, dict[str, int]]:
    """Days above zero by place and party; '' is nobody known."""
    table = days_held(control, day(first), day(last))
    names = [*control.parties, ""]
    ids = control.places["place_id"]
    return {place: {names[k]: int(n) for k, n in enumerate(row) if n} for place, row in zip(ids, table, strict=True)}


def test_a_day_counts_for_whoever_holds_the_place_at_its_end(contest):
    control = control_seen(contest)
    assert held(control, "2015-05-19", "2015-05-20") == {"mahin": {"": 2}, "palmyra": {GOV: 1, IS: 1}}
    assert held(control, "2015-05-20", "2015-07-01")["palmyra"] == {IS: 42, GOV: 1}
    assert held(control, "2015-05-31", "2015-06-02")["mahin"] == {"": 1, REBELS: 2}


def test_a_first_known_holder_is_no_flip(contest):
    told = histories(control_seen(contest), day("2015-01-01"), day("2015-12-31")).set_index("place_id")
    assert told.loc["mahin", "flips"] == 0
    assert told.loc["mahin", "holder"] == REBELS
    assert pd.isna(told.loc["mahin", "last_change"])
    assert told.loc["mahin", ["last_from", "last_to", "last_status", "last_event"]].to_list() == [""] * 4


def test_flips_are_counted_with_the_first_and_the_last_of_them(contest):
    palmyra = histories(control_seen(contest), day("2015-01-01"), day("2015-12-31")).set_index("place_id").loc["palmyra"]
    assert palmyra["flips"] == 3
    assert (palmyra["first_change"], palmyra["last_change"]) == (pd.Timestamp("2015-05-20"), pd.Timestamp("2015-08-01"))
    assert (palmyra["last_from"], palmyra["last_to"], palmyra["last_status"]) == (GOV, REBELS, "claimed")
    assert palmyra["holder"] == REBELS


def test_only_flips_of_the_time_count_the_first_and_the_last_day_included(contest):
    told = histories(control_seen(contest), day("2015-05-20"), day("2015-07-01")).set_index("place_id").loc["palmyra"]
    assert told["flips"] == 2
    assert histories(control_seen(contest), day("2015-05-21"), day("2015-06-30"))["flips"].to_list() == [0, 0]


def test_the_window_of_the_last_flip_is_told(contest):
    palmyra = histories(control_seen(contest), day("2015-01-01"), day("2015-06-30")).set_index("place_id").loc["palmyra"]
    assert (palmyra["last_earliest"], palmyra["last_latest"]) == (pd.Timestamp("2015-05-18"), pd.Timestamp("2015-05-20"))


def test_a_view_that_does_not_follow_a_change_does_not_count_it(contest):
    palmyra = histories(control_seen(contest, "corroborated"), day("2015-01-01"), day("2015-12-31")).set_index("place_id").loc["palmyra"]
    # That the government held it before is inferred, so that IS is the first known holder here.
    assert (palmyra["flips"], palmyra["holder"], palmyra["last_to"]) == (1, GOV, GOV)


@pytest.mark.parametrize("told", [days_held, histories])
def test_a_time_that_ends_before_it_begins_is_refused(contest, told):
    with pytest.raises(WrongPeriodError, match="2014-12-31 is before 2015-01-01"):
        told(control_seen(contest), day("2015-01-01"), day("2014-12-31"))


def test_a_dataset_without_claims_has_no_histories():
    control = control_seen(dataset_of([]))
    assert days_held(control, day("2015-01-01"), day("2015-01-02")).shape == (0, 1)
    assert len(histories(control, day("2015-01-01"), day("2015-01-02"))) == 0


def test_figures_are_worth_asking_for_on_days_of_change_and_at_both_ends(contest):
    control = control_seen(contest)
    days = days_of_change(control, day("2015-05-19"), day("2015-07-15"), most=10)
    assert days == [day(text) for text in ("2015-05-19", "2015-05-20", "2015-06-01", "2015-07-01", "2015-07-15")]


def test_where_too_much_happens_the_ends_of_months_stand_for_all_days(contest):
    days = days_of_change(control_seen(contest), day("2015-05-19"), day("2015-07-15"), most=2)
    assert days == [day(text) for text in ("2015-05-19", "2015-05-31", "2015-06-30", "2015-07-15")]


def test_a_single_day_is_asked_for_once(contest):
    assert days_of_change(control_seen(contest), day("2015-05-20"), day("2015-05-20"), most=10) == [day("2015-05-20")]


EVENTS = load_events()


@examples(25, 250)
@given(st.dates(dt.date(2011, 1, 1), dt.date(2019, 1, 1)), st.integers(0, 900), st.sampled_from(VIEWS))
def test_days_and_flips_are_those_that_one_counts_day_by_day(first, length, view):
    control, last = Control(EVENTS, view), first + dt.timedelta(days=length)
    daily = np.array([control.holders_on(first + dt.timedelta(days=n)) for n in range(length + 1)])
    counted = np.array([(daily == party).sum(axis=0) for party in [*range(len(control.parties)), -1]]).T
    assert (days_held(control, first, last) == counted).all()
    before = np.vstack([control.holders_on(first - dt.timedelta(days=1)), daily[:-1]])
    flipped = ((before != daily) & (before >= 0)).sum(axis=0)
    # No place of the bundled data changes hands twice on one day.
    assert (histories(control, first, last)["flips"].to_numpy() == flipped).all()
