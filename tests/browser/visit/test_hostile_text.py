"""Text from sources is hostile: shown verbatim everywhere, evaluated and executed nowhere."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, map_frame, opened, point_of, serving

HOSTILE = "{{ 7*7 }}<img src=x onerror=parent.pwned=window.pwned=1>${pwned=1}</script>`\\u12{% x #}$x_1$*b*"
TEXT = {
    "places.csv": ["name", "name_ar", "aliases"],
    "claims.csv": ["place_as_written", "statement", "note", "locator"],
    "documents.csv": ["publisher", "agency", "description"],
    "claimants.csv": ["name"],
    "parties.csv": ["name", "name_ar", "allies"],
    "provinces.csv": ["name_ar", "aliases"],
    "quantity_claims.csv": ["statement", "topic", "subject", "denominator", "note"],
}


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a copy of the bundled data in which every text cell carries the attack, after a letter of its own."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(ROOT / "data", folder)
    for name, columns in TEXT.items():
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        for number, row in enumerate(rows):
            row.update({column: f"{column}{number}{HOSTILE}" for column in columns})
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    with serving(folder.parent / "log", CONTROL_ATLAS_DATA=str(folder)) as address:
        yield address


def harmless(page: Page) -> None:
    assert page.evaluate("window.pwned") is None
    assert all(frame.evaluate("window.pwned") is None for frame in page.frames)
    assert page.locator("img[src='x']").count() == 0


def test_map_legend_feed_card_and_tooltip_show_it_verbatim(page: Page, hostile_app: str) -> None:
    opened(page, f"{hostile_app}/?date=2015-11-23")
    assert HOSTILE in page.locator(".rail tbody").inner_text()
    assert HOSTILE in page.locator(".rail .feed b").first.inner_text()
    assert HOSTILE in map_frame(page).locator(".atlas-chip").inner_text()
    page.mouse.move(*point_of(page, "palmyra"))
    expect(map_frame(page).locator(".atlas-tip")).to_contain_text(HOSTILE)
    page.mouse.click(*point_of(page, "palmyra"))
    card = page.locator(".rail .below").inner_text()
    for column in ("name", "publisher", "statement", "place_as_written", "note"):
        assert f"{column}" in card
    assert card.count(HOSTILE) > 10
    harmless(page)


def test_provinces_and_methods_show_it_verbatim(page: Page, hostile_app: str) -> None:
    opened(page, f"{hostile_app}/provinces?province=SY-HI&date=2015-11-23")
    assert HOSTILE in page.locator(".ribbons").inner_text()
    harmless(page)
    page.goto(f"{hostile_app}/methods")
    expect(page.get_by_text(HOSTILE).first).to_be_visible()
    harmless(page)


def test_search_shows_it_verbatim(page: Page, hostile_app: str) -> None:
    opened(page, f"{hostile_app}/?date=2015-11-23")
    page.get_by_placeholder("Find a place").fill("name3")
    expect(page.get_by_role("option").first).to_contain_text(HOSTILE)
    harmless(page)
    page.get_by_placeholder("Find a place").fill(HOSTILE)
    expect(page.locator(".search")).to_contain_text(HOSTILE[:40])
    harmless(page)
