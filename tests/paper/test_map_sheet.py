"""The map sheet says what `Control.at` says, in the same bytes every time, whatever the names are."""

import datetime as dt
import io
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text
from PIL import Image

from geodata import Control, UnknownNameError, load_events, read_dataset
from geodata.dataset.tables import Folder
from tests.trials import examples
from views.language import long_date
from views.paper import map_sheet, png_bytes, save
from views.paper.drawing.basemap import Window, base_map
from views.paper.drawing.drawing import Drawing, printable
from views.paper.drawing.labels import Box
from views.paper.facts import facts
from views.paper.output import figure_bytes
from views.style import PARTIES, POLYGONS

ROOT = Path(__file__).resolve().parents[2]
DAY = dt.date(2015, 11, 23)


@pytest.fixture(scope="module")
def events():
    return load_events()


def texts(figure) -> list[str]:
    return [artist.get_text() for artist in figure.findobj(Text) if artist.get_text()]


def count_beside(figure, name: str) -> int:
    """The number at the right end of the legend's row of a name."""
    drawn = {id(artist): artist.get_position() for artist in figure.findobj(Text)}
    artists = [artist for artist in figure.findobj(Text) if artist.get_text()]
    [row] = [artist for artist in artists if artist.get_text() == name]
    x, y = drawn[id(row)]
    beside = [a for a in artists if abs(drawn[id(a)][1] - y) < 0.01 and drawn[id(a)][0] > x and a.get_text().isdecimal()]
    return int(beside[0].get_text())


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_call_gives_the_same_bytes(events, kind):
    first, second = (figure_bytes(map_sheet(events, DAY, province="Homs"), kind) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1080), (1080, 1920), (1083, 701), (480, 480)])
def test_the_picture_has_the_size_that_was_asked_for(events, size):
    assert Image.open(io.BytesIO(png_bytes(map_sheet(events, DAY, size_px=size)))).size == size


def test_dots_per_inch_do_not_change_the_size_in_pixels(events):
    assert Image.open(io.BytesIO(png_bytes(map_sheet(events, DAY, size_px=(960, 540), dpi=200)))).size == (960, 540)


@pytest.mark.parametrize("view", ["claimed", "corroborated"])
@pytest.mark.parametrize("province", [None, "SY-HI", "SY-HM"])
def test_the_legend_counts_what_control_at_says(events, view, province):
    dataset = read_dataset()
    now = Control(events, view).at(DAY)
    inside = now if province is None else now[now["admin1"] == province]
    never = {i for i, at in dataset.locations.items() if province in (None, at.admin1)} - set(now["place_id"])
    figure = map_sheet(events, DAY, view=view, province=province)
    shown = set(texts(figure))
    for party_id, party in dataset.parties.items():
        held = int((inside["holder"] == party_id).sum())
        if party.name in shown:
            assert count_beside(figure, party.name) == held
        else:
            assert held == 0
    assert count_beside(figure, "No claim") == int((inside["status"] == "unknown").sum()) + len(never)
    assert count_beside(figure, "of these contested") == int(inside["contested"].sum())
    assert count_beside(figure, "of these besieged") == int(inside["besieged"].sum())


def test_the_counts_of_the_provinces_add_up_to_those_of_the_region(events):
    dataset = read_dataset()
    codes = {at.admin1 for at in dataset.locations.values()}
    whole = facts(events, DAY, "claimed", None, Folder(dataset.folder)).counts
    parts = [facts(events, DAY, "claimed", code, Folder(dataset.folder)).counts for code in sorted(codes)]
    for part in ("unknown", "contested", "besieged", "total"):
        assert sum(getattr(counts, part) for counts in parts) == getattr(whole, part)


@pytest.mark.parametrize("name", ["Homs", "homs", "SY-HI", "sy-hi", "حمص"])
def test_a_province_goes_by_its_name_or_its_code(events, name):
    assert facts(events, DAY, "claimed", name, Folder(read_dataset().folder)).province == "SY-HI"


def test_an_unknown_province_is_named_with_the_known_ones(events):
    with pytest.raises(UnknownNameError, match=r"'Atlantis' is not a known province; known are Homs \(SY-HI\)"):
        map_sheet(events, DAY, province="Atlantis")


def test_an_unknown_view_is_refused(events):
    with pytest.raises(UnknownNameError, match="'guessed' is not a view"):
        map_sheet(events, DAY, view="guessed")


@pytest.mark.parametrize("size", [(100, 1080), (1920, 90000)])
def test_a_size_beyond_reason_is_refused(events, size):
    with pytest.raises(ValueError, match="is not between 480 and 8000"):
        map_sheet(events, DAY, size_px=size)


def test_the_date_is_written_so_that_nobody_can_misread_it(events):
    assert "23 November 2015" in texts(map_sheet(events, DAY))
    assert long_date(dt.date(2016, 3, 5)) == "5 March 2016"


def test_the_latest_changes_end_with_the_date_and_begin_with_the_newest(events):
    folder = Folder(read_dataset().folder)
    changes = facts(events, DAY, "claimed", "SY-HI", folder).changes
    assert {change.name for change in changes[:2]} == {"Mahin", "Huwwarin"}
    assert changes[0].date == "23 Nov 2015"
    assert facts(events, dt.date(2000, 1, 1), "claimed", "SY-HI", folder).changes == []


def test_a_marking_stands_at_the_top_and_at_the_bottom(events):
    figure = map_sheet(events, DAY, marking="FOR TRAINING")
    places = [artist.get_position()[1] for artist in figure.findobj(Text) if artist.get_text() == "FOR TRAINING"]
    assert min(places) < 40
    assert max(places) > 1040


HOSTILE = ["$x_1$", "{{7*7}}", r"\frac{1}{0}", "<b>&amp;</b>", "${jndi:x}", "%s%n", "a\\$b$"]


def test_hostile_names_are_drawn_letter_by_letter(make_dataset):
    folder = make_dataset([(name, 2, 36.6 + 0.4 * k, 34.3 + 0.1 * k) for k, name in enumerate(HOSTILE)])
    figure = map_sheet(load_events(folder), dt.date(2016, 1, 1), source=folder, province="Homs", title="$y^2$", marking="{{8*8}}")
    png_bytes(figure)
    assert {*HOSTILE, "$y^2$", "{{8*8}}", "Government $x_1$"} <= set(texts(figure))
    assert not any(artist.get_parse_math() or artist.get_usetex() for artist in figure.findobj(Text) if artist.get_text() in HOSTILE)


@examples(12, 200)
@given(st.text(max_size=60))
def test_any_text_can_be_a_title_and_a_marking(text):
    drawing = Drawing(480, 480, 100)
    drawing.text(10, 40, drawing.fit(text, 14, 300), 14, halo="#FFFFFF")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png_bytes(drawing.figure)


def test_control_characters_and_unknown_letters_do_no_harm():
    assert printable("a\x00b\nc\u202ed") == "ab cd"
    assert printable("漢") == "\ufffd"
    assert printable("حمص") == "حمص"


def test_a_long_name_is_cut_to_its_room():
    drawing = Drawing(480, 480, 100)
    cut = drawing.fit("a name " * 30, 14, 120)
    assert cut.endswith("…")
    assert drawing.width(cut, 14) <= 120


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1080), (1280, 720)])
@pytest.mark.parametrize(("day", "province"), [(DAY, "Homs"), (dt.date(2017, 3, 5), "Homs"), (dt.date(2016, 12, 12), None)])
def test_no_two_texts_of_a_sheet_overlap_and_none_leaves_it(events, size, day, province):
    figure = map_sheet(events, day, province=province, size_px=size, marking="MARKING")
    renderer = figure.canvas.get_renderer()
    boxes = {}
    for artist in figure.findobj(Text):
        if artist.get_text().strip():
            extent = artist.get_window_extent(renderer)
            # The extent has the full height of the font's letters; names set close together only share air.
            boxes[artist] = Box(extent.x0 + 1, extent.y0 + 0.25 * extent.height, extent.x1 - 1, extent.y1 - 0.25 * extent.height)
    sheet = Box(0, 0, *size)
    assert all(box.within(sheet) for box in boxes.values())
    clashes = [(a.get_text(), b.get_text()) for (a, p), (b, q) in combinations(boxes.items(), 2) if p.overlaps(q)]
    assert clashes == []


def test_a_dataset_without_claims_gives_a_sheet_without_holders(make_dataset):
    folder = make_dataset([("Town", 1, 37.0, 34.5)])
    (folder / "claims.csv").write_text((folder / "claims.csv").read_text().splitlines()[0] + "\n")
    figure = map_sheet(load_events(folder), DAY, source=folder)
    assert count_beside(figure, "No claim") == 1
    assert "No change is recorded before this date." in texts(figure)
    png_bytes(figure)


def test_two_thousand_places_are_drawn(make_dataset):
    places = [(f"Town {k}", 3, 36.5 + 0.06 * (k % 50), 33.8 + 0.03 * (k // 50)) for k in range(2000)]
    folder = make_dataset(places)
    figure = map_sheet(load_events(folder), dt.date(2016, 1, 1), source=folder)
    assert count_beside(figure, "Government $x_1$") == 2000


def test_palmyra_lies_right_of_homs_and_below_the_northern_edge():
    window = Window.fit(base_map().provinces.set_index("iso_3166_2").geometry["SY-HI"].bounds, Box(0, 0, 1000, 700), 20)
    ground = base_map().provinces.iloc[:0]
    assert ground.crs.to_epsg() == 32637
    (homs_x, homs_y), (palmyra_x, palmyra_y) = window.to_px(np.array([(291_860.0, 3_844_950.0), (434_280.0, 3_824_630.0)])).tolist()
    assert 0 < homs_x < palmyra_x < 1000
    assert 0 < homs_y < palmyra_y < 700


def test_sheets_drawn_at_once_are_those_drawn_one_by_one(events):
    days = [dt.date(2015, 11, 1), DAY, dt.date(2016, 12, 12), dt.date(2017, 3, 5)]

    def draw(day: dt.date) -> bytes:
        return figure_bytes(map_sheet(events, day, size_px=(640, 480)), "svg")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, days)) == [draw(day) for day in days]


def test_drawing_needs_neither_streamlit_nor_pyplot():
    check = "import sys, views.paper; sys.exit(bool({'streamlit', 'folium', 'matplotlib.pyplot'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=False).returncode == 0


def test_every_symbol_of_a_party_has_an_outline():
    assert all(style.symbol in POLYGONS or style.symbol in ("circle", "dot") for style in PARTIES.values())


def test_saving_replaces_a_file_in_one_step_and_leaves_nothing_behind(events, tmp_path):
    target = tmp_path / "sheet.png"
    target.write_bytes(b"old")
    figure = map_sheet(events, DAY, size_px=(480, 480))
    save(figure, target)
    assert target.read_bytes() == png_bytes(figure)
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.png"]


def test_a_suffix_that_nobody_writes_is_refused(events, tmp_path):
    with pytest.raises(ValueError, match=r"'sheet.bmp' does not end in .png, .svg or .pdf"):
        save(map_sheet(events, DAY, size_px=(480, 480)), tmp_path / "sheet.bmp")
    assert list(tmp_path.iterdir()) == []
