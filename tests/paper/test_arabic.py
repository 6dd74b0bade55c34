"""Pictures in Arabic: words from the catalogue, rows from right to left, the map as it lies."""

from __future__ import annotations

import datetime as dt

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from geodata import load_events
from views.language import speaking
from views.paper import map_sheet
from views.paper.sheets.multiples import multiples_sheet

DAY = dt.date(2015, 11, 1)


def texts(figure: Figure) -> dict[str, Text]:
    return {artist.get_text(): artist for artist in figure.findobj(Text) if artist.get_text()}


@pytest.fixture(scope="module")
def sheets() -> dict[str, Figure]:
    drawn = {}
    for code in ("en", "ar"):
        with speaking(code):
            drawn[code] = map_sheet(load_events(), DAY, province="SY-HI", size_px=(1920, 1080))
    return drawn


def test_a_sheet_in_arabic_says_everything_but_the_credits_in_arabic(sheets: dict[str, Figure]):
    said = texts(sheets["ar"])
    assert {"محافظة حمص: من يسيطر على ماذا", "1 تشرين الثاني 2015", "السيطرة في هذا التاريخ", "تنظيم الدولة الإسلامية", "تدمر"} <= set(said)
    latin = [text for text in said if any("a" <= letter.lower() <= "z" for letter in text)]
    assert [text for text in latin if not any(word in text for word in ("Natural Earth", "WGS 84", "OCHA")) and len(text) > 1] == []


def test_rows_are_mirrored_and_the_map_is_not(sheets: dict[str, Figure]):
    english, arabic = (texts(sheets[code]) for code in ("en", "ar"))
    assert english["Control on this date"].get_ha() == "left"
    assert arabic["السيطرة في هذا التاريخ"].get_ha() == "right"
    assert arabic["تدمر"].get_position()[0] == pytest.approx(english["Palmyra"].get_position()[0], abs=150)
    assert english["as-Sukhnah"].get_position()[0] > english["Palmyra"].get_position()[0], "east is on the right"
    assert arabic["السخنة"].get_position()[0] > arabic["تدمر"].get_position()[0]


def test_small_maps_follow_each_other_from_right_to_left():
    with speaking("ar"):
        said = texts(multiples_sheet(load_events(), "SY-HI"))
    named = {text: artist.get_position() for text, artist in said.items() if text.startswith("الربع")}
    first, second = named["الربع 3 من 2015"], named["الربع 4 من 2015"]
    assert first[1] == second[1]
    assert first[0] > second[0]
