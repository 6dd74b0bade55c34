"""Small multiples say what `Control.at` says, area by area, in the same bytes every time."""

import datetime as dt
import io
from collections import defaultdict

import numpy as np
import pytest
import shapely
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.text import Text
from PIL import Image

from geodata import BUNDLED, VIEWS, Control, UnknownNameError, WrongPeriodError, events_of, load_events, read_dataset
from geodata.dataset.tables import Folder
from geodata.land.boundaries import boundaries
from geodata.land.territory import Territory
from views.paper import multiples_sheet, png_bytes
from views.paper.output import figure_bytes
from views.paper.sheets.multiples import MOST_PANELS, description, drawn
from views.paper.sheets.panels import LIMIT_KM, panels, period_name

FIRST, LAST = dt.date(2015, 1, 1), dt.date(2017, 12, 31)


@pytest.fixture(scope="module")
def events():
    return load_events()


@pytest.fixture(scope="module")
def homs(events):
    return panels(events, "Homs", Folder(BUNDLED), FIRST, LAST)


def texts(figure) -> list[str]:
    return [artist.get_text() for artist in figure.findobj(Text) if artist.get_text()]


def test_there_is_a_map_a_quarter_in_order(homs):
    names = [period_name(panel.period, "quarter") for panel in homs.panels]
    assert names == [f"Q{quarter} {year}" for year in (2015, 2016, 2017) for quarter in (1, 2, 3, 4)]


@pytest.mark.parametrize("view", VIEWS)
def test_areas_are_those_of_the_territory_on_the_last_day_of_the_period(events, view):
    control, outlines = Control(events, view), boundaries(1)
    territory = Territory(control.places, outlines, LIMIT_KM)
    row = outlines["code"].to_list().index("SY-HI")
    for panel in panels(events, "SY-HI", Folder(BUNDLED), FIRST, LAST, view=view).panels:
        expected = territory.areas(control.holders_on(panel.period.last), len(control.parties))[row]
        assert panel.now.held() == pytest.approx({party: km2 for party, km2 in zip(control.parties, expected, strict=False) if km2})
        assert sum(km2 for land, km2 in panel.now.km2.items() if not land.party) == pytest.approx(expected[-2])


def test_what_is_drawn_has_the_area_that_is_told(homs):
    for panel in homs.panels:
        for land, area in panel.now.land.items():
            # Equal-area kilometres against those of the sheet's projection.
            assert area.area / 1e6 == pytest.approx(panel.now.km2[land], rel=2e-3)
        assert shapely.area(shapely.union_all(list(panel.now.land.values()))) / 1e6 == pytest.approx(homs.near_km2, rel=2e-3)


def test_land_is_striped_and_faint_as_control_says(events, homs):
    control = Control(events)
    for panel in homs.panels:
        now = control.at(panel.period.last)
        points = now.to_crs("EPSG:32637").geometry
        for place, point in zip(now[now["admin1"] == "SY-HI"].itertuples(), points[now["admin1"] == "SY-HI"], strict=True):
            [land] = [land for land, area in panel.now.land.items() if area.distance(point) < 1]
            assert land.party == (place.holder or "")
            assert land.contested == place.contested
            assert land.faint == (place.holder is not None and (place.flagged or place.in_transition) and not place.contested)
            assert (panel.now.besieged.distance(point) < 1) == place.besieged


def test_the_two_largest_shares_are_written_under_each_map(homs, events):
    written = texts(multiples_sheet(events, "Homs", FIRST, LAST))
    told = defaultdict(list)
    for text in written:
        if text.startswith("Q"):
            name = text
        if text.endswith("%"):
            told[name].append(text)
    for panel in homs.panels:
        shares = sorted((area / homs.near_km2 for area in panel.now.held().values()), reverse=True)[:2]
        assert told[period_name(panel.period, "quarter")] == [f"{share:.0%}" for share in shares]
    near, whole, (least, most) = homs.near_km2, homs.km2, homs.near_range
    assert least < near < most < whole
    told = (
        f"the {near:,.0f} km² within 20 km of a known place, {near / whole:.0%} of the province (with 10 km {least / whole:.0%}, with 30 km"
    )
    assert any(told in text for text in written)
    assert any("Areas are estimates" in text for text in written)


def test_contested_land_has_stripes_and_land_without_a_claim_a_name_in_the_legend(events):
    quiet = multiples_sheet(events, "SY-LA", dt.date(2016, 1, 1), dt.date(2016, 12, 31))
    fought = multiples_sheet(events, "Aleppo", dt.date(2016, 7, 1), dt.date(2016, 9, 30))
    assert not quiet.findobj(LineCollection)
    assert fought.findobj(LineCollection)
    assert "contested" in texts(fought)
    assert "contested" not in texts(quiet)
    before = multiples_sheet(events, "SY-LA", dt.date(2013, 1, 1), dt.date(2013, 12, 31))
    assert "no claim who holds it" in texts(before)
    assert texts(before).count("no claim says who holds any of it") == 4


def test_every_large_piece_of_land_has_the_symbol_of_its_party(events):
    palmyra = events[events["place_id"] == "palmyra"].reset_index(drop=True)
    said = panels(palmyra, "Homs", Folder(BUNDLED), dt.date(2016, 1, 1), dt.date(2016, 3, 31))
    [panel] = said.panels
    assert list(panel.now.held()) == ["government"]
    figure = drawn(said, columns=1, width_px=720, scale=1)
    circles = [len(collection.get_paths()) for collection in figure.findobj(PathCollection)]
    # A symbol is drawn twice, its casing and itself: in the legend, on the land, under the strip.
    assert sum(circles) >= 6


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_call_gives_the_same_bytes(events, kind):
    first, second = (figure_bytes(multiples_sheet(events, "Homs", dt.date(2016, 1, 1), dt.date(2016, 12, 31)), kind) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("width", "columns"), [(1440, 4), (720, 2), (361, 1)])
def test_the_picture_has_the_width_that_was_asked_for_and_is_as_tall_as_its_rows(events, width, columns):
    heights = []
    for months in (12, 24):
        figure = multiples_sheet(events, "Homs", FIRST, dt.date(2014 + months // 12, 12, 31), columns=columns, width_px=width)
        size = Image.open(io.BytesIO(png_bytes(figure))).size
        assert size[0] == width
        heights.append(size[1])
    assert heights[0] < heights[1]


@pytest.mark.parametrize("code", boundaries(1)["code"])
def test_every_province_can_be_drawn(events, code):
    figure = multiples_sheet(events, code)
    assert len([text for text in texts(figure) if text.startswith("Q")]) >= 4


def test_a_province_without_a_known_place_says_so(events):
    only_homs = events[events["place_id"] == "homs"].reset_index(drop=True)
    figure = drawn(panels(only_homs, "Hasakah", Folder(BUNDLED), places=only_homs.drop_duplicates("place_id")))
    assert any("No place that is known to the dataset lies within 20 km of the province" in text for text in texts(figure))
    assert not [text for text in texts(figure) if text.endswith("%")]


def test_without_events_blank_maps_of_some_year_are_drawn():
    figure = multiples_sheet(events_of(read_dataset(BUNDLED)).iloc[:0], "Homs")
    assert "Q1 1970" in texts(figure)


def test_what_cannot_be_drawn_is_refused(events):
    with pytest.raises(UnknownNameError, match="'Atlantis' is not a known province"):
        multiples_sheet(events, "Atlantis")
    with pytest.raises(UnknownNameError, match="'week' is not a period"):
        multiples_sheet(events, "Homs", by="week")
    with pytest.raises(WrongPeriodError, match="is before"):
        multiples_sheet(events, "Homs", LAST, FIRST)
    with pytest.raises(ValueError, match=f"which holds {MOST_PANELS}"):
        multiples_sheet(events, "Homs", FIRST, dt.date(2030, 1, 1), by="month")
    with pytest.raises(ValueError, match="A width of 100 px"):
        multiples_sheet(events, "Homs", width_px=100)
    with pytest.raises(ValueError, match="at least one map in a row, not 0"):
        multiples_sheet(events, "Homs", columns=0)


def test_the_sheet_in_words_names_every_map_and_its_shares(homs):
    said = description(homs)
    assert said.startswith("Homs province by quarter, 2015–2017.")
    assert "Q4 2015: Islamic State 44%, Government and allies 28%" in said
    assert said.count("%") == 2 * len(homs.panels)


def test_hostile_names_are_drawn_as_they_are(make_dataset):
    folder = make_dataset([("Sada", 3, 36.9, 34.3)])
    figure = multiples_sheet(
        load_events(folder), "Homs", dt.date(2016, 1, 1), dt.date(2016, 12, 31), source=folder, title="$x^2$ <b>{0}</b>"
    )
    assert "$x^2$ <b>{0}</b>" in texts(figure)
    assert "Government $x_1$" in texts(figure)
    pixels = np.asarray(Image.open(io.BytesIO(png_bytes(figure))).convert("RGB")).reshape(-1, 3)
    assert (np.abs(pixels.astype(int) - (0xB3, 0x26, 0x1E)).sum(axis=1) < 6).any()
