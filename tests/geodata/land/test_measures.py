"""Every figure lies in its range, a range says what it is made of, and no change is printed that its range does not carry."""

import datetime as dt
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from geodata import Control, WrongPeriodError, load_events
from geodata.land.boundaries import areas_km2, boundaries
from geodata.land.measures import ALL, BLANK, UNKNOWN_HOLDER, Measures
from geodata.land.territory import Territory
from tests.trials import examples

BUNDLED_CONTROL = Control(load_events())
SQUARE = gpd.GeoDataFrame({"code": ["SY-HI", "SY-HM"]}, geometry=[box(36.5, 34, 37.5, 35), box(37.5, 34, 38.5, 35)], crs="EPSG:4326")
"""Two provinces side by side, 92 x 111 km each."""


def day(number: int) -> dt.date:
    return dt.date(2015, 1, 1) + dt.timedelta(days=number)


def conflict(*events: tuple[int, str, str, int, int, int], places: int = 16) -> Control:
    """Control of places in a square grid across both provinces, all with 'a' at first.

    An event is place, party, former party, and day: earliest, own, latest.
    """
    side = int(np.sqrt(places))
    spots = [(36.5 + 2 * (i % side + 0.5) / side, 34 + (i // side + 0.5) / side) for i in range(places)]
    first = [(i, "a", "", None, None, None) for i in range(places)]
    rows = [
        {
            "event_id": f"e{number}",
            "kind": "control",
            "place_id": f"p{place:03}",
            "name": "",
            "name_ar": "",
            "admin1": "SY-HI" if spots[place][0] < 37.5 else "SY-HM",
            "province": "",
            "party": party,
            "previous": previous,
            "date": None if own is None else pd.Timestamp(day(own)),
            "date_earliest": None if early is None else pd.Timestamp(day(early)),
            "date_latest": None if late is None else pd.Timestamp(day(late)),
            "until": None,
            "status": "corroborated",
            "prevails": True,
            "flagged": False,
            "sides": (),
            "confidence": "B2",
            "reason": "",
            "reason_sentence": "",
        }
        for number, (place, party, previous, early, own, late) in enumerate([*first, *events])
    ]
    points = gpd.points_from_xy(*zip(*(spots[int(row["place_id"][1:])] for row in rows), strict=True))
    frame = gpd.GeoDataFrame(rows, geometry=points, crs="EPSG:4326")
    for column in ("date", "date_earliest", "date_latest", "until"):
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    return Control(frame)


def pick(frame: pd.DataFrame, measure: str, party: str, region: str = ALL) -> pd.Series:
    [row] = frame[(frame["measure"] == measure) & (frame["party"] == party) & (frame["region"] == region)].itertuples(index=False)
    return row


@pytest.fixture(scope="module")
def bundled() -> Measures:
    people = pd.Series(1000.0, index=BUNDLED_CONTROL.places["place_id"])
    return Measures(BUNDLED_CONTROL, boundaries(), population=people)


@given(st.dates(dt.date(2011, 1, 1), dt.date(2019, 12, 31)), st.integers(0, 700))
@examples(25, 250)
def test_every_best_figure_lies_in_its_range(date, later):
    measures = bundled_once()
    for frame in (measures.on(date), measures.change(date, date + dt.timedelta(days=later))):
        assert (frame["low"] <= frame["best"] + 1e-9).all()
        assert (frame["best"] <= frame["high"] + 1e-9).all()
        assert frame.notna().all(axis=None)


@cache
def bundled_once() -> Measures:
    """Without population; a fixture could not be shared by the examples of a property."""
    return Measures(BUNDLED_CONTROL, boundaries())


def test_land_adds_up_to_every_province_and_to_the_country(bundled):
    land = bundled.on(dt.date(2016, 3, 27)).query("measure == 'area_km2'").groupby("region")["best"].sum()
    areas = areas_km2(boundaries().set_index("code"))
    assert land.drop(ALL).to_numpy() == pytest.approx(areas[land.index.drop(ALL)].to_numpy(), rel=1e-6)
    assert land[ALL] == pytest.approx(areas.sum(), rel=1e-6)


def test_places_and_people_are_all_counted_once(bundled):
    frame = bundled.on(dt.date(2016, 3, 27))
    places = frame.query("measure == 'places'")
    assert places.query("region == @ALL")["best"].sum() == len(BUNDLED_CONTROL.places)
    by_province = places.query("region != @ALL").groupby("region")["best"].sum()
    assert by_province["SY-HI"] == (BUNDLED_CONTROL.places["admin1"] == "SY-HI").sum()
    people = frame.query("measure == 'population'")
    assert people["best"].to_numpy() == pytest.approx(1000 * places["best"].to_numpy())
    assert BLANK not in set(places["party"])


def test_counts_are_those_of_control_itself(bundled):
    date = dt.date(2015, 11, 23)
    holders = BUNDLED_CONTROL.at(date)["holder"]
    frame = bundled.on(date)
    for party in BUNDLED_CONTROL.parties:
        assert pick(frame, "places", party).best == (holders == party).sum()
    assert pick(frame, "places", UNKNOWN_HOLDER).best == holders.isna().sum()


def test_land_is_that_of_the_territory(bundled):
    date = dt.date(2015, 11, 23)
    territory = Territory(BUNDLED_CONTROL.places, boundaries(), 20)
    areas = territory.areas(BUNDLED_CONTROL.holders_on(date), len(BUNDLED_CONTROL.parties)).sum(axis=0)
    frame = bundled.on(date)
    for party, area in zip([*BUNDLED_CONTROL.parties, UNKNOWN_HOLDER, BLANK], areas, strict=True):
        assert pick(frame, "area_km2", party).best == pytest.approx(area)


@pytest.mark.parametrize("date", pd.date_range("2012-01-01", "2019-01-01", freq="97D").date)
def test_early_and_late_readings_differ_just_where_control_says_in_transition(date, bundled):
    early, late = (reading.holders_on(date) for reading in bundled._readings[1:])
    assert list(early != late) == BUNDLED_CONTROL.at(date)["in_transition"].to_list()


def test_a_vague_change_is_not_read_as_coming_before_the_one_that_preceded_it():
    control = conflict((5, "b", "a", 18, 20, 24), (5, "c", "b", 10, 22, 23))
    readings = Measures(control, SQUARE)._readings[1:]
    for number in range(40):
        early, late = (reading.holders_on(day(number)) for reading in readings)
        assert list(early != late) == control.at(day(number))["in_transition"].to_list(), number
    assert readings[0].holders_on(day(12))[5] == control.parties.index("a")


def test_without_population_there_is_no_measure_of_people():
    assert set(bundled_once().on(day(0))["measure"]) == {"places", "area_km2"}


def test_unknown_population_counts_for_nothing():
    control = conflict()
    people = pd.Series({"p000": 500.0, "p001": np.nan, "elsewhere": 9.0})
    assert pick(Measures(control, SQUARE, population=people).on(day(0)), "population", "a").best == 500


def test_a_place_in_transition_widens_the_range_by_itself():
    measures = Measures(conflict((5, "b", "a", 10, 20, 30)), SQUARE)
    for when, held in ((5, (0, 0, 0)), (15, (0, 0, 1)), (20, (0, 1, 1)), (25, (0, 1, 1)), (30, (1, 1, 1))):
        row = pick(measures.on(day(when)), "places", "b")
        assert (row.low, row.best, row.high) == held, when
        assert row.by_dates == held[2] - held[0]
        former = pick(measures.on(day(when)), "places", "a")
        assert (former.low, former.best, former.high) == (16 - held[2], 16 - held[1], 16 - held[0])


def test_two_places_in_transition_may_have_fallen_the_other_way_round():
    # One passes from a to b, the other from b to a, at dates that overlap: b may hold none, one or both.
    control = conflict((0, "b", "a", 1, 1, 1), (0, "a", "b", 10, 20, 30), (1, "b", "a", 10, 20, 30))
    row = pick(Measures(control, SQUARE).on(day(15)), "places", "b")
    assert (row.low, row.best, row.high) == (0, 1, 2)


def test_exact_dates_leave_counts_without_a_range():
    frame = Measures(conflict((5, "b", "a", 20, 20, 20)), SQUARE).on(day(25))
    counts = frame[frame["measure"] == "places"]
    assert (counts["low"] == counts["best"]).all()
    assert (counts["best"] == counts["high"]).all()


def test_the_distance_limit_makes_a_range_of_land():
    control = conflict((5, "b", "a", 20, 20, 20))
    measures = Measures(control, SQUARE, limit_km=15, limits_km=(10, 25))
    row = pick(measures.on(day(25)), "area_km2", "b")
    at = [Territory(control.places, SQUARE, limit).areas(control.holders_on(day(25)), 2).sum(axis=0)[1] for limit in (10, 15, 25)]
    assert row.best == pytest.approx(at[1])
    assert row.by_limit == pytest.approx(at[2] - at[0])
    assert row.low <= at[0]
    assert row.high >= at[2]


def test_the_range_is_the_hull_of_its_causes():
    row = pick(Measures(conflict((5, "b", "a", 10, 20, 30), (6, "b", "a", 1, 1, 1)), SQUARE).on(day(15)), "area_km2", "b")
    assert row.high - row.low >= max(row.by_dates, row.by_limit, row.by_places)
    assert min(row.by_dates, row.by_limit, row.by_places) > 0


def test_more_places_leave_less_to_chance():
    def held_half(places: int) -> float:
        flips = [(i, "b", "a", 1, 1, 1) for i in range(places) if (i * 7) % 10 < 5]
        control = conflict(*flips, places=places)
        row = pick(Measures(control, SQUARE, limit_km=60, limits_km=(60, 60)).on(day(5)), "area_km2", "b")
        return row.by_places / row.best

    assert held_half(400) < 0.5 * held_half(25)


def test_the_same_seed_gives_the_same_figures_and_another_does_not():
    control = conflict((5, "b", "a", 10, 20, 30))
    frames = [Measures(control, SQUARE, seed=seed).on(day(25)) for seed in (1, 1, 2)]
    assert frames[0].equals(frames[1])
    assert not frames[0].equals(frames[2])


def test_land_never_leaves_what_there_is():
    areas = areas_km2(SQUARE.set_index("code"))
    frame = Measures(conflict((5, "b", "a", 10, 20, 30)), SQUARE).on(day(15)).query("measure == 'area_km2'")
    assert (frame["low"] >= 0).all()
    for region in SQUARE["code"]:
        assert frame[frame["region"] == region]["high"].max() <= areas[region] + 1e-6


def test_where_nothing_changed_no_change_exceeds_its_range():
    frame = Measures(conflict((5, "b", "a", 10, 20, 30)), SQUARE).change(day(40), day(90))
    assert (frame[["low", "best", "high"]] == 0).all(axis=None)
    assert not frame["exceeds"].any()


def test_one_place_that_fell_is_a_change_of_places_but_not_of_land():
    frame = Measures(conflict((5, "b", "a", 20, 20, 20), places=100), SQUARE).change(day(10), day(30))
    places, land = pick(frame, "places", "b"), pick(frame, "area_km2", "b")
    assert (places.low, places.best, places.high, places.exceeds) == (1, 1, 1, True)
    assert land.best > 0
    assert land.low < 0
    assert not land.exceeds


def test_a_province_that_fell_whole_is_a_change_of_land_that_exceeds_its_range():
    flips = [(i, "b", "a", 20, 20, 20) for i in range(100) if i % 10 < 5]
    frame = Measures(conflict(*flips, places=100), SQUARE).change(day(10), day(30))
    assert pick(frame, "area_km2", "b", "SY-HI").exceeds
    lost = pick(frame, "area_km2", "a", "SY-HI")
    assert lost.exceeds
    assert lost.high < 0
    other = pick(frame, "area_km2", "b", "SY-HM")
    assert not other.exceeds


def test_a_change_within_its_dates_does_not_exceed_them():
    measures = Measures(conflict((5, "b", "a", 10, 20, 30)), SQUARE)
    assert not pick(measures.change(day(5), day(25)), "places", "b").exceeds
    assert pick(measures.change(day(5), day(35)), "places", "b").exceeds


def test_a_change_is_the_difference_of_its_dates(bundled):
    before, after = dt.date(2015, 11, 1), dt.date(2017, 10, 31)
    key = ["measure", "region", "party"]
    first, last, change = (f.set_index(key)["best"] for f in (bundled.on(before), bundled.on(after), bundled.change(before, after)))
    assert change.to_numpy() == pytest.approx((last - first)[change.index].to_numpy(), abs=1e-6)


def test_a_change_that_runs_backwards_is_refused(bundled):
    with pytest.raises(WrongPeriodError):
        bundled.change(dt.date(2016, 1, 2), dt.date(2016, 1, 1))


def test_of_a_single_place_the_share_of_chance_is_unbounded():
    frame = Measures(conflict(places=1), SQUARE).on(day(5))
    row = pick(frame, "area_km2", "a")
    assert (row.low, row.high) == (0, pytest.approx(areas_km2(SQUARE).sum()))
    assert (
        not Measures(conflict((0, "b", "a", 2, 2, 2), places=1), SQUARE)
        .change(day(1), day(5))
        .query("measure == 'area_km2'")["exceeds"]
        .any()
    )


def test_weighted_land_has_ranges_too():
    frame = Measures(conflict((5, "b", "a", 10, 20, 30)), SQUARE, method="weighted").on(day(25))
    row = pick(frame, "area_km2", "b")
    assert 0 <= row.low < row.best < row.high
