"""The pages of provinces: all side by side, and one with what stands below its map."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geodata.land.boundaries import boundaries
from tests.browser.accessibility import findings
from tests.browser.conftest import ROOT, opened, quiet, serving, shown_date

CODES = list(boundaries(1)["code"])
HOMS = "/provinces?province=SY-HI&date=2016-12-15"
TABLE = ".st-key-province_below [data-testid=stMarkdownContainer] table"


def card(page: Page, name: str):
    return page.locator(".cards article", has=page.get_by_role("link", name=name, exact=True))


def overview(page: Page, address: str) -> Page:
    """The page once the cards have their land."""
    page.goto(address)
    page.wait_for_function("() => window.controlAtlas?.territory")
    return page


def all_drawn(page: Page, address: str) -> Page:
    """The page of a province once everything below its map stands."""
    opened(page, address)
    page.locator(".st-key-province_below .stImage img").wait_for()
    page.locator(".st-key-province_below [data-testid=stVegaLiteChart] svg, .st-key-province_below canvas.marks").first.wait_for()
    return page


def test_without_a_province_all_fourteen_stand_side_by_side_and_follow_the_date(page: Page, app: str) -> None:
    overview(page, f"{app}/provinces?date=2016-12-15")
    expect(page.locator(".cards article")).to_have_count(len(CODES))
    expect(card(page, "Homs")).to_contain_text("19 of 21 places known")
    expect(card(page, "Homs")).to_contain_text("Last change 11 Dec 2016: Palmyra")
    expect(card(page, "Daraa")).to_contain_text("No place of this province is in the dataset.")
    page.evaluate("controlAtlas.setDay(controlAtlas.payload.first)")
    expect(card(page, "Homs")).to_contain_text("4 of 21 places known")
    expect(card(page, "Homs")).to_contain_text("No change of hands so far")
    expect(page).to_have_url(re.compile(r"/provinces\?date=2012-01-01"))
    page.get_by_role("button", name="Land", exact=True).click()
    expect(card(page, "Homs").locator(".held")).to_contain_text("km² (")


def test_a_card_leads_to_its_province_on_the_same_day(page: Page, app: str) -> None:
    overview(page, f"{app}/provinces?date=2016-12-15")
    link = page.get_by_role("link", name="Hama", exact=True)
    assert link.get_attribute("href") == "/provinces?date=2016-12-15&view=claimed&province=SY-HM"
    link.click()
    page.wait_for_url("**province=SY-HM**")
    page.wait_for_function("() => controlAtlas.province === 'SY-HM'")
    assert shown_date(page) == "2016-12-15"
    expect(page.locator(".st-key-province input")).to_have_count(1)  # for a moment there are the old and the new
    page.locator(".st-key-province input").click()
    page.get_by_role("option", name="All provinces").click()
    expect(page.locator(".cards article")).to_have_count(len(CODES))


def test_a_link_to_a_place_alone_opens_its_province(page: Page, app: str) -> None:
    opened(page, f"{app}/provinces?place=palmyra")
    assert page.evaluate("controlAtlas.province") == "SY-HI"


def test_everything_stands_below_the_map(page: Page, app: str) -> None:
    all_drawn(page, app + HOMS)
    headings = page.locator(".st-key-province_below h2").all_inner_texts()
    assert headings == ["Small maps", "Over time", "Control ribbons", "Places", "Events", "How to read this page"]
    picture = page.locator(".stImage img")
    assert "Q4 2015: Islamic State 44%, Government and allies 28%" in picture.get_attribute("alt")
    expect(page.get_by_text("21 places, 2012-01-01 to")).to_be_visible()
    expect(page.get_by_text("Districts are not bundled")).to_be_visible()
    page.get_by_text("What does “no claim” mean?").click()
    expect(page.get_by_text("We do not guess from the neighbours")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="These maps as SVG").click()
    assert saved.value.suggested_filename == "homs-by-quarter.svg"
    assert Path(saved.value.path()).read_bytes().startswith(b"<?xml")


def test_the_maps_follow_the_choice_and_what_cannot_be_drawn_is_said(page: Page, app: str) -> None:
    all_drawn(page, app + HOMS)
    page.get_by_role("radio", name="year").or_(page.get_by_role("button", name="year", exact=True)).click()
    expect(page.locator(".stImage img")).to_have_attribute("alt", re.compile("^Homs province by year"))
    for label, year in (("From", "2012"), ("To", "2018")):
        page.locator(".st-key-maps_choice").get_by_label(label).click()
        page.get_by_role("option", name=year, exact=True).click()
    expect(page.locator(".stImage img")).to_have_attribute("alt", re.compile("^Homs province by year, 2012–2018"))
    page.get_by_role("radio", name="month").or_(page.get_by_role("button", name="month", exact=True)).click()
    expect(page.get_by_text("84 maps are too many for one sheet")).to_be_visible()


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo"])
def test_a_click_on_the_chart_takes_the_map_to_that_change_and_leaves_it_in_place(
    new_page: Callable[..., Page], app: str, zone: str
) -> None:
    page = all_drawn(new_page(timezone_id=zone), app + HOMS)
    page.evaluate("document.querySelector('iframe').mark = 'the same'")
    chart = page.locator("[data-testid=stVegaLiteChart]")
    chart.scroll_into_view_if_needed()
    quiet(page)
    box = chart.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.7)
    page.wait_for_function("() => controlAtlas.day < 16700")
    assert page.evaluate("[...controlAtlas.track.days].includes(controlAtlas.day)"), "it is a day of change"
    expect(page.locator(TABLE).locator("th").first).to_have_text(page.evaluate("controlAtlas.shortDate(controlAtlas.day)"))
    assert page.evaluate("document.querySelector('iframe').mark") == "the same"


def test_figures_have_ranges_and_changes_within_them_are_not_told(page: Page, app: str) -> None:
    all_drawn(page, app + HOMS)
    page.get_by_text("Land (km²)").click()
    table = page.locator(TABLE)
    expect(table).to_contain_text("within its range")
    expect(table.locator("td", has_text=re.compile(r"^[\d,]+ to [\d,]+$")).first).to_be_visible()
    page.get_by_text("People", exact=True).click()
    expect(page.get_by_text("A population is known for 6 of the 21 places (29 %)")).to_be_visible()


def test_ribbons_are_sorted_as_one_likes(page: Page, app: str) -> None:
    opened(page, app + HOMS)
    names = page.locator(".ribbons li button")
    flips = [int(text.split()[0]) for text in page.locator(".ribbons li small").all_inner_texts()]
    assert flips == sorted(flips, reverse=True)
    assert flips[0] == 4
    order = page.get_by_label("Sorted by")
    order.select_option("name")
    assert names.all_inner_texts() == sorted(names.all_inner_texts(), key=str.casefold)
    order.select_option("capital")
    assert names.first.inner_text() == "Homs"
    order.select_option("chosen")
    page.get_by_role("button", name="Palmyra", exact=True).click()
    expect(names.first).to_have_text("Palmyra")
    expect(page.locator(".ribbons li small").nth(1)).to_have_text("27 km")
    expect(page.locator(".ribbons .strip").first).to_have_attribute(
        "aria-label", re.compile("from 20 May 2015 Islamic State, from 27 Mar 2016")
    )


def test_every_province_opens_from_a_cold_link_with_all_of_its_parts(page: Page, app: str) -> None:
    for code in CODES:
        opened(page, f"{app}/provinces?province={code}&date=2016-12-15")
        page.locator(".st-key-province_below .stImage img").wait_for()
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        expect(page.get_by_text("Districts are not bundled")).to_be_visible()
        shown = page.locator("[data-testid=stVegaLiteChart]").or_(page.get_by_text("No claim is about a place in")).first
        expect(shown).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_of_ours(new_page: Callable[..., Page], app: str, scheme: str) -> None:
    assert findings(overview(new_page(color_scheme=scheme), f"{app}/provinces?date=2016-12-15")) == []
    assert findings(all_drawn(new_page(color_scheme=scheme), app + HOMS)) == []
    assert findings(overview(new_page(390, 844, color_scheme=scheme), f"{app}/provinces?date=2016-12-15")) == []


def test_axe_finds_what_is_wrong_in_page_component_and_frame(page: Page, app: str) -> None:
    opened(page, app + HOMS)
    page.evaluate("document.querySelector('.st-key-sources').insertAdjacentHTML('beforeend', '<img src=\"data:,\">')")
    page.locator(".ribbons").evaluate("(ribbons) => ribbons.insertAdjacentHTML('beforeend', '<button></button>')")
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    frame.evaluate("document.body.insertAdjacentHTML('beforeend', '<a href=\"/\"></a>')")
    rules = {line.partition(":")[0] for line in findings(page)}
    assert {"image-alt", "button-name", "link-name"} <= rules


def test_a_phone_scrolls_no_province_sideways(new_page: Callable[..., Page], app: str) -> None:
    for address in ("/provinces?date=2016-12-15", HOMS):
        page = new_page(390, 844, has_touch=True)
        page.goto(app + address)
        page.wait_for_function("() => window.controlAtlas?.feed")
        quiet(page)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_added_districts_are_listed_on_the_day_of_the_map(new_page: Callable[..., Page], tmp_path: Path) -> None:
    outlines = boundaries(1)
    homs = outlines[outlines["code"] == "SY-HI"].assign(name="A district <b>of Homs</b>")
    homs[["code", "name", "geometry"]].to_file(tmp_path / "districts.geojson")
    home = tmp_path / "atlas-home"
    add = [sys.executable, "-m", "geodata", "boundaries", "add", str(tmp_path / "districts.geojson"), "--level", "2"]
    add += ["--code-column", "code", "--name-column", "name", "--source", "Tests", "--licence", "CC0"]
    subprocess.run(add, cwd=ROOT, env={"CONTROL_ATLAS_HOME": str(home), "PATH": ""}, check=True, capture_output=True)
    with serving(tmp_path / "log", CONTROL_ATLAS_HOME=str(home)) as address:
        page = opened(new_page(), address + HOMS)
        expect(page.get_by_text("Districts on 2016-12-15")).to_be_visible()
        page.evaluate("controlAtlas.setDay(controlAtlas.day + 10)")
        expect(page.get_by_text("Districts on 2016-12-25")).to_be_visible()
        expect(page.get_by_text("Outlines: Tests (CC0)")).to_be_visible()
        page.close()  # before the server goes, which it would complain about
