"""Figures in words: no finer than they are known, and no change that is smaller than its range."""

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import BUNDLED, Control, load_events, read_dataset
from geodata.land.boundaries import boundaries
from geodata.land.measures import Measures
from views.wording import NONE, WITHIN, change_in_words, day_in_words, figure_in_words, range_in_words


def change(low: float, best: float, high: float) -> pd.Series:
    return pd.Series({"low": low, "best": best, "high": high, "exceeds": low > 0 or high < 0})


def test_a_day_has_its_month_in_english():
    assert day_in_words(dt.date(2015, 11, 1)) == "1 Nov 2015"


@pytest.mark.parametrize(
    ("measure", "value", "told"),
    [
        ("places", 1234, "1,234"),
        ("area_km2", 12806.4, "13,000"),
        ("area_km2", 96.7, "97"),
        ("area_km2", 99.7, "100"),
        ("population", 899229, "900,000"),
        ("population", 0, "0"),
    ],
)
def test_land_and_people_are_told_to_two_digits_and_places_as_they_are(measure, value, told):
    assert figure_in_words(measure, value) == told


def test_a_range_is_told_from_the_least_to_the_greatest():
    assert range_in_words("area_km2", 329, 12787) == "330 to 13,000"
    assert range_in_words("places", 3, 3) == "3"
    assert range_in_words("area_km2", -math.inf, math.inf) == ""


def test_a_change_within_its_range_is_not_told():
    assert change_in_words("area_km2", change(-50, 2700, 5000)) == WITHIN
    assert change_in_words("places", change(0, 1, 1)) == WITHIN
    assert change_in_words("area_km2", change(-math.inf, 1000, math.inf)) == WITHIN
    assert change_in_words("places", change(0, 0, 0)) == NONE


def test_a_change_beyond_its_range_is_told_with_sign_and_range():
    assert change_in_words("places", change(2, 4, 5)) == "+4 (2 to 5)"
    assert change_in_words("area_km2", change(-5100, -2700, -640)) == "−2,700 (640 to 5,100)"
    assert change_in_words("places", change(-4, -4, -4)) == "−4"


@given(st.floats(1, 1e9))
def test_two_digits_are_off_by_a_twentieth_at_most(value):
    told = float(figure_in_words("area_km2", value).replace(",", ""))
    assert abs(told - value) <= max(value * 0.0501, 0.5)


def test_no_change_of_the_bundled_data_is_told_that_its_range_does_not_bear():
    people = pd.Series({k: p.population for k, p in read_dataset(BUNDLED).locations.items() if p.population is not None}, dtype=float)
    measures = Measures(Control(load_events()), boundaries(1), population=people)
    told = measures.change(dt.date(2015, 1, 1), dt.date(2016, 1, 1))
    words = [change_in_words(row["measure"], row) for _, row in told.iterrows()]
    assert {WITHIN, NONE} < set(words)
    for (_, row), said in zip(told.iterrows(), words, strict=True):
        assert (said[0] in "+−") == (row["low"] > 0 or row["high"] < 0)
