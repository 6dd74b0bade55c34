"""The sheet of a pair."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata import events_of, read_dataset
from geodata.control.comparison import comparison
from geodata.control.viewpoint import control_seen, seen
from views.paper import Side, pair_sheet


@pytest.fixture(scope="module")
def dataset():
    return read_dataset()


def texts(figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_every_change_is_on_the_sheet_which_grows_with_them(dataset):
    control, events = control_seen(dataset), events_of(dataset)
    sizes = []
    for first, last in ((dt.date(2015, 11, 1), dt.date(2015, 11, 23)), (dt.date(2012, 1, 1), dt.date(2018, 5, 22))):
        listed = comparison(dataset, control, first, control, last)
        figure = pair_sheet(Side(events, first), Side(events, last), listed, land=None)
        assert texts(figure).count("→") == len(listed)
        sizes.append(round(figure.get_size_inches()[1] * figure.dpi))
    assert sizes[1] > sizes[0] == 1080


def test_two_viewpoints_are_named_above_their_maps(dataset):
    day = dt.date(2015, 11, 23)
    one, other = (control_seen(dataset, f"according-to:{who}") for who in ("sohr", "sana"))
    listed = comparison(dataset, one, day, other, day)
    views = [(events_of(seen(dataset, f"according-to:{who}")), who.upper()) for who in ("sohr", "sana")]
    sides = [Side(events, day, viewpoint=f"According to {who}") for events, who in views]
    said = texts(pair_sheet(*sides, listed, land=None))
    assert any(text.endswith("According to SOHR") for text in said)
    assert any(text.endswith("According to SANA") for text in said)
    assert f"All changes: 0, and places that differ: {len(listed)}" in said
