"""Places by district: what lies where, and who holds it there."""

import datetime as dt

import geopandas as gpd
import pytest
import shapely
from pandas.testing import assert_frame_equal

from geodata import VIEWS, Control, load_events
from geodata.land.boundaries import boundaries
from geodata.land.districts import control_in, placed_in
from geodata.land.measures import Measures

DAY = dt.date(2015, 11, 23)


@pytest.fixture(scope="module")
def events():
    return load_events()


@pytest.fixture(scope="module")
def halves():
    """Homs Province in a western and an eastern half that share a border."""
    homs = boundaries(1).set_index("code").loc["SY-HI", "geometry"]
    west, south, east, north = homs.bounds
    middle = 37.5
    parts = [shapely.intersection(homs, shapely.box(*box)) for box in ((west, south, middle, north), (middle, south, east, north))]
    return gpd.GeoDataFrame({"code": ["W", "E"]}, geometry=parts, crs="EPSG:4326")


def test_a_place_belongs_to_the_outline_that_it_lies_in(events, halves):
    places = Control(events).places
    placed = placed_in(places, halves).set_index("place_id")["admin1"]
    assert (placed["mahin"], placed["palmyra"], placed["aleppo"]) == ("W", "E", "")
    assert (placed[(places["admin1"] == "SY-HI").to_numpy()] != "").all()


def test_a_place_on_a_border_counts_once():
    squares = gpd.GeoDataFrame({"code": ["B", "A"]}, geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs="EPSG:4326")
    place = gpd.GeoDataFrame({"admin1": ["?"]}, geometry=[shapely.Point(1, 0.5)], crs="EPSG:4326")
    assert placed_in(place, squares)["admin1"].to_list() == ["A"]


def test_places_that_share_nothing_with_the_outlines_are_in_none():
    squares = gpd.GeoDataFrame({"code": ["A"]}, geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:4326")
    places = gpd.GeoDataFrame({"admin1": ["?", "?"]}, geometry=[shapely.Point(5, 5), shapely.Point(6, 6)], crs="EPSG:4326")
    assert placed_in(places, squares)["admin1"].to_list() == ["", ""]


@pytest.mark.parametrize("view", VIEWS)
def test_control_by_district_is_the_same_control(events, halves, view):
    control = Control(events, view)
    apart = control_in(control, halves)
    assert_frame_equal(apart.at(DAY).drop(columns="admin1"), control.at(DAY).drop(columns="admin1"))
    assert apart.view == view


def test_the_figures_of_the_districts_add_up_to_those_of_the_province(events, halves):
    control = Control(events)
    found = Measures(control_in(control, halves), halves).on(DAY)
    whole = Measures(control, boundaries(1)).on(DAY)
    for measure, tolerance in (("places", 0), ("area_km2", 1e-3)):
        parts = found[(found["measure"] == measure) & found["region"].isin(["W", "E"])].groupby("party")["best"].sum()
        province = whole[(whole["measure"] == measure) & (whole["region"] == "SY-HI")].set_index("party")["best"]
        assert parts.to_dict() == pytest.approx(province.to_dict(), rel=tolerance, abs=5 if tolerance else 0)
