"""Patterns beside colours on paper, for who prints in grey or cannot tell the colours apart."""

import datetime as dt

import numpy as np
import pytest
import shapely
from matplotlib.collections import LineCollection, PathCollection

from geodata import load_events
from views.paper import map_sheet
from views.paper.__main__ import main
from views.paper.drawing.drawing import Drawing
from views.paper.drawing.drawn_land import draw_sample
from views.paper.drawing.labels import Box
from views.paper.drawing.patterns import diagonals, lattice
from views.screen import loading
from views.screen.frame import exports
from views.style import PARTIES

DAY = dt.date(2015, 11, 23)


@pytest.fixture(scope="module")
def events():
    return load_events()


def marks(figure) -> tuple[int, int]:
    """How many straight lines and outlines a sheet has."""
    lines = sum(len(found.get_segments()) for found in figure.findobj(LineCollection))
    return lines, sum(len(found.get_paths()) for found in figure.findobj(PathCollection))


def test_lines_fall_and_dots_run_through_from_one_area_to_the_next():
    left, right, whole = shapely.box(0, 0, 40, 40), shapely.box(40, 0, 90, 40), shapely.box(0, 0, 90, 40)
    falling = np.array(diagonals(whole, 7, falling=True))
    down, across = falling[:, 0, 1] - falling[:, 1, 1], falling[:, 0, 0] - falling[:, 1, 0]
    assert down == pytest.approx(across), "to the right is down, since y grows downwards"
    parts = [line for area in (left, right) for line in diagonals(area, 7, falling=True)]
    assert shapely.length(shapely.linestrings(parts)).sum() == pytest.approx(shapely.length(shapely.linestrings(falling)).sum())
    assert set(lattice(left, 6)) | set(lattice(right, 6)) == set(lattice(whole, 6))
    assert all(shapely.contains_xy(whole, x, y) for x, y in lattice(whole, 6))
    assert lattice(shapely.Polygon(), 6) == []


def test_a_sheet_has_patterns_where_they_are_asked_for(events):
    plain, patterned = (marks(map_sheet(events, DAY, patterns=asked)) for asked in (False, True))
    assert patterned[0] > plain[0] + 100, "lines of the opposition and of Islamic State"
    assert patterned[1] > plain[1] + 100, "dots of the SDF"


@pytest.mark.parametrize(("party", "lines"), [("government", 0), ("opposition", 0), ("hts", 20)])
def test_only_who_always_has_a_pattern_has_it_unasked(party, lines):
    drawing = Drawing(200, 200, 100)
    draw_sample(drawing, Box(0, 0, 100, 100), PARTIES[party], 1)
    assert marks(drawing.figure)[0] >= lines
    assert bool(marks(drawing.figure)[0]) is bool(lines)


def test_the_command_draws_patterns(tmp_path):
    size = ["--width", "900", "--height", "600", "--as-of", "2015-11-23"]
    assert main(["map", *size, "--out", str(tmp_path / "plain.png")]) == 0
    assert main(["map", *size, "--patterns", "--out", str(tmp_path / "patterned.png")]) == 0
    assert (tmp_path / "plain.png").read_bytes() != (tmp_path / "patterned.png").read_bytes()


def test_the_picture_of_a_page_with_patterns_has_them(tmp_path, monkeypatch):
    monkeypatch.setenv("CONTROL_ATLAS_HOME", str(tmp_path))
    atlas = loading.load()
    pictures = [exports._picture(atlas, {"date": "2015-11-23", "view": "claimed", "pattern": pattern}) for pattern in ("", "1")]
    assert pictures[0] != pictures[1]
