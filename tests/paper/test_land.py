"""Land on paper has the areas and the fronts of `geodata.land.territory`, by either method, and the sheet tells them."""

import datetime as dt

import geopandas as gpd
import numpy as np
import pytest
import shapely
from matplotlib.text import Text

from geodata import Control, events_of, load_events, read_dataset
from geodata.control.viewpoint import seen
from geodata.land.boundaries import boundaries
from geodata.land.territory import METHODS, Territory
from views.paper import map_sheet
from views.paper.drawing.basemap import base_map
from views.paper.drawing.patterns import diagonals
from views.paper.facts import LAND_NOTES
from views.paper.land import Lands
from views.paper.sheets.sheet_rail import rounded
from views.payload.territory import LandMethod

DAYS = (dt.date(2013, 6, 1), dt.date(2015, 11, 23), dt.date(2017, 9, 12))


@pytest.fixture(scope="module")
def events():
    return load_events()


def texts(figure) -> list[str]:
    return [artist.get_text() for artist in figure.findobj(Text) if artist.get_text()]


@pytest.mark.parametrize("limit_km", [10, 30])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("code", [None, "SY-HI"])
def test_areas_and_fronts_are_those_of_the_territory(events, method, limit_km, code):
    control, outlines, base = Control(events), boundaries(1), base_map()
    region = None if code is None else outlines["code"].to_list().index(code)
    lands = Lands(control, outlines, base.crs, region, method, limit_km)
    territory = Territory(control.places, outlines, limit_km, method)
    for day in DAYS:
        now, held = lands.on(day), control.holders_on(day)
        areas = territory.areas(held, len(control.parties))
        expected = areas.sum(axis=0) if region is None else areas[region]
        assert now.held() == pytest.approx({party: km2 for party, km2 in zip(control.parties, expected, strict=False) if km2})
        for kind, area in now.land.items():
            assert area.area / 1e6 == pytest.approx(now.km2[kind], rel=3e-3)
        if region is None:
            fronts = gpd.GeoSeries([territory.fronts(held).lines], crs="EPSG:4326").to_crs(base.crs)
            assert shapely.length(now.fronts).sum() == pytest.approx(fronts.length.sum(), rel=1e-6)


def test_the_legend_tells_the_land_of_every_party_and_how_it_was_drawn(events):
    dataset, control, outlines = read_dataset(), Control(events), boundaries(1)
    areas = Territory(control.places, outlines, 30).areas(control.holders_on(DAYS[1]), len(control.parties)).sum(axis=0)
    written = texts(map_sheet(events, DAYS[1], land=LandMethod("nearest", 30)))
    for party, km2 in zip(control.parties, areas, strict=False):
        if km2 and party in dataset.parties:
            assert rounded(km2) in written[written.index(dataset.parties[party].name) :][:3]
    assert "land, km²" in written
    assert LAND_NOTES["nearest"].format(limit=30, origin=outlines.attrs["origin"]) in " ".join(written)


def test_one_voice_alone_gets_no_land_of_places_that_it_does_not_speak_of(events):
    dataset, outlines, day = read_dataset(), boundaries(1), dt.date(2015, 11, 6)
    heard = events_of(seen(dataset, "according-to:ap"))
    assert len(set(heard["place_id"])) < len(set(events["place_id"]))
    control = Control(heard, "claimed", Control(events).places)
    areas = Territory(control.places, outlines, 20).areas(control.holders_on(day), len(control.parties)).sum(axis=0)
    written = texts(map_sheet(heard, day))
    told = {party: km2 for party, km2 in zip(control.parties, areas, strict=False) if km2 and party in dataset.parties}
    assert told
    for party, km2 in told.items():
        assert rounded(km2) in written[written.index(dataset.parties[party].name) :][:3]


def test_without_land_the_sheet_says_that_places_are_points(events):
    written = texts(map_sheet(events, DAYS[1], land=None))
    assert "land, km²" not in written
    assert "Places are points, no area is implied." in " ".join(written)


def test_a_province_without_an_outline_is_drawn_without_land(events, monkeypatch):
    known = boundaries(1)
    monkeypatch.setattr("views.paper.facts.boundaries", lambda level, region: known[known["code"] != "SY-HI"])
    assert "land, km²" not in texts(map_sheet(events, DAYS[1], province="Homs"))


@pytest.mark.parametrize(("km2", "told"), [(27_412.3, "27,000"), (945.0, "940"), (99.6, "100"), (7.4, "7"), (0.3, "<1")])
def test_an_estimate_has_two_digits(km2, told):
    assert rounded(km2) == told


def test_stripes_run_through_from_one_area_to_the_next():
    left, right = shapely.box(0, 0, 50, 40), shapely.box(50, 0, 90, 40)
    both = np.array([line for area in (left, right) for line in diagonals(area, 7)])
    whole = np.array(diagonals(shapely.box(0, 0, 90, 40), 7))
    assert set(np.unique(np.round(both.sum(axis=2), 6))) == set(np.unique(np.round(whole.sum(axis=2), 6)))
    assert diagonals(shapely.Polygon(), 7) == []
