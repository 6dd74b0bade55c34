"""Months, quarters and years of the calendar, and the time in which most happened."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import UnknownNameError, WrongPeriodError
from geodata.control.periods import MONTHS, Period, busiest, periods

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_quarters_are_whole_ones_of_the_calendar():
    assert periods(day("2015-02-14"), day("2015-07-01"), "quarter") == [
        Period(day("2015-01-01"), day("2015-03-31")),
        Period(day("2015-04-01"), day("2015-06-30")),
        Period(day("2015-07-01"), day("2015-09-30")),
    ]


def test_a_leap_month_ends_on_its_last_day():
    assert [period.last for period in periods(day("2016-02-01"), day("2016-03-01"), "month")] == [day("2016-02-29"), day("2016-03-31")]


@given(DAYS, DAYS, st.sampled_from(list(MONTHS)))
def test_periods_follow_each_other_without_gap_and_hold_the_whole_time(one, other, by):
    first, last = min(one, other), max(one, other)
    found = periods(first, last, by)
    assert found[0].first <= first <= found[0].last
    assert found[-1].first <= last <= found[-1].last
    assert all(later.first - earlier.last == dt.timedelta(days=1) for earlier, later in pairwise(found))


def test_a_time_that_ends_before_it_begins_and_an_unknown_kind_are_refused():
    with pytest.raises(WrongPeriodError, match="2015-01-01 is before 2016-01-01"):
        periods(day("2016-01-01"), day("2015-01-01"), "month")
    with pytest.raises(UnknownNameError, match="'week' is not a period; there are month, quarter, year"):
        periods(day("2015-01-01"), day("2016-01-01"), "week")


def test_what_fits_is_shown_from_one_period_before_the_first_day_to_the_last():
    days = [day("2016-08-03"), day("2015-11-23"), day("2015-11-01")]
    assert busiest(days, "quarter", most=12) == (day("2015-07-01"), day("2016-09-30"))


def test_a_single_day_is_shown_with_enough_periods_before_it():
    assert busiest([day("2016-12-22")], "quarter", most=12, least=4) == (day("2016-01-01"), day("2016-12-31"))
    assert busiest([day("2016-12-22")], "quarter", most=12) == (day("2016-07-01"), day("2016-12-31"))


def test_of_what_does_not_fit_the_time_with_most_days_is_shown():
    early, late = [day("2012-05-01")] * 2, [day("2016-05-01"), day("2016-06-01"), day("2016-09-01")]
    assert busiest([*early, *late], "month", most=6) == (day("2016-04-01"), day("2016-09-30"))


def test_nothing_has_no_busiest_time():
    assert busiest([], "month", most=6) is None


@given(st.lists(DAYS, min_size=1, max_size=30), st.sampled_from(list(MONTHS)), st.integers(2, 15))
def test_the_busiest_time_is_of_whole_periods_and_no_other_has_more(days, by, most):
    first, last = busiest(days, by, most)
    shown = periods(first, last, by)
    assert (shown[0].first, shown[-1].last) == (first, last)
    assert 2 <= len(shown) <= most
    inside = sum(first <= one <= last for one in days)
    for start in days:
        # Its first period is for what was before.
        rival = periods(start, start + dt.timedelta(days=12 * 31 * most), by)[: len(shown) - 1]
        assert sum(rival[0].first <= one <= rival[-1].last for one in days) <= inside
