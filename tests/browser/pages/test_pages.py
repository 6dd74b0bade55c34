"""The pages as a visitor finds them: nothing cut, nothing below the fold, provinces, sources, errors."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, opened, quiet, serving, shown_date, slow_link


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_the_map_page_is_above_the_fold(new_page: Callable[..., Page], app: str, scheme: str) -> None:
    page = opened(new_page(color_scheme=scheme), f"{app}/?date=2015-11-23")
    for width, height in ((1440, 900), (1280, 720), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        quiet(page)
        for selector in (".st-key-header", "iframe", ".rail .legend", ".rail .feed", ".timeline .axis", ".st-key-sources p"):
            box = page.locator(selector).first.bounding_box()
            assert box["y"] >= 0, selector
            assert box["y"] + box["height"] <= height, selector
            assert box["x"] + box["width"] <= width, selector
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= height
        assert page.locator(".st-key-sources p").bounding_box()["height"] < 20, "the line of sources is one line"


def test_a_phone_stacks_map_timeline_and_rail_without_sideways_scrolling(new_page: Callable[..., Page], app: str) -> None:
    page = opened(new_page(390, 844, has_touch=True), f"{app}/?date=2015-11-23")
    tops = [page.locator(selector).first.bounding_box()["y"] for selector in ("iframe", ".timeline", ".rail")]
    assert tops == sorted(tops)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".timeline .range").bounding_box()["y"] < 844


def test_a_province_page_is_about_its_places_alone(page: Page, app: str) -> None:
    opened(page, f"{app}/provinces?province=SY-HI&date=2015-11-23")
    here = page.evaluate("controlAtlas.included.reduce((a, b) => a + b)")
    assert 0 < here < page.evaluate("controlAtlas.included.length")
    counts = [int(n) for n in page.locator(".rail tbody tr:not(.layer) td:nth-child(2)").all_inner_texts()]
    assert sum(counts) == here
    expect(page.locator(".ribbons li button")).to_have_count(here)
    page.locator(".st-key-province input").click()
    page.get_by_role("option", name="Aleppo", exact=True).click()
    page.wait_for_url("**province=SY-HL**")
    page.wait_for_function("() => window.controlAtlas.province === 'SY-HL'")
    expect(page.locator(".ribbons li button", has_text="Kuweires")).to_be_visible()


def test_a_province_is_turned_to_even_where_a_slow_browser_sends_the_choice_along_with_the_date(page: Page, app: str) -> None:
    opened(page, f"{app}/provinces?province=SY-HI&date=2015-11-23")
    page.locator(".st-key-province_below .stImage img").wait_for()
    quiet(page)
    page.evaluate(
        "() => { const real = setTimeout; window.setTimeout = (act, ms, ...all) => real(act, ms || (window.held = 2000), ...all); }"
    )
    page.evaluate("controlAtlas.setDay(controlAtlas.day + 1)")
    page.wait_for_url("**date=2015-11-24**")
    page.wait_for_function("() => window.held")  # it is told
    page.locator(".st-key-province input").click()
    page.get_by_role("option", name="Aleppo", exact=True).click()
    page.wait_for_url("**date=2015-11-24**province=SY-HL**")
    expect(page.locator(".ribbons li button", has_text="Kuweires")).to_be_visible()


def test_a_province_is_turned_to_on_the_date_on_the_screen_which_the_server_has_not_heard_of(page: Page, app: str) -> None:
    opened(slow_link(page, 600), f"{app}/provinces?province=SY-HI&date=2015-11-23")
    page.locator(".st-key-province_below .stImage img").wait_for()
    quiet(page)
    for date in ("2015-11-24", "2015-11-25"):  # the second waits until the first has been heard
        page.evaluate("controlAtlas.setDay(controlAtlas.day + 1)")
        page.wait_for_url(f"**date={date}**")
    page.locator(".st-key-province input").click()
    page.get_by_role("option", name="Aleppo", exact=True).click()
    page.wait_for_url("**date=2015-11-25**province=SY-HL**")
    quiet(page)
    assert "date=2015-11-25" in page.url
    assert shown_date(page) == "2015-11-25"


def test_what_the_browser_draws_does_not_fade_while_the_server_works(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23")
    for part in (".st-key-timeline", ".st-key-rail", ".st-key-map", ".st-key-search"):
        element = page.locator(f"{part} [data-testid=stElementContainer]").first
        # As Streamlit does where a run takes more than half a second.
        assert element.evaluate("(e) => { e.style.opacity = 0.33; return getComputedStyle(e).opacity; }") == "1", part


def test_a_ribbon_takes_one_to_its_place_and_day(page: Page, app: str) -> None:
    opened(page, f"{app}/provinces?province=SY-HI&date=2015-11-23")
    row = page.locator(".ribbons li", has=page.get_by_role("button", name="Palmyra", exact=True))
    row.locator(".strip").click(position={"x": 100, "y": 9})
    assert page.evaluate("controlAtlas.payload.places.id[controlAtlas.place]") == "palmyra"
    assert page.evaluate("controlAtlas.day") < page.evaluate("controlAtlas.payload.first") + 600


def test_the_sources_page_lists_documents_and_leads_to_the_figures_that_were_claimed(page: Page, app: str) -> None:
    page.goto(f"{app}/sources")
    expect(page.get_by_text("Claims are not facts.")).to_be_visible()
    page.get_by_role("tab", name="Documents").click()
    expect(page.locator("[data-testid=stDataFrame]:visible")).to_have_count(1)
    page.get_by_role("link", name="Figures that were claimed").click()
    expect(page.get_by_text("Share of Syria held by each party, September 2017")).to_be_visible()


def test_a_wrong_dataset_is_refused_in_one_sentence(new_page: Callable[..., Page], tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    claims = (folder / "claims.csv").read_text("utf-8").splitlines()
    claims[1] = claims[1].replace(",2015-11-23,", ",2015-13-23,")
    (folder / "claims.csv").write_text("\n".join(claims), "utf-8")
    with serving(tmp_path / "log", CONTROL_ATLAS_DATA=str(folder)) as address:
        page = new_page()
        page.goto(address)
        expect(page.get_by_text("claims.csv, row 2, column 'date_earliest'")).to_be_visible()
        expect(page.get_by_text("Traceback")).to_have_count(0)
        page.close()  # before its server is gone


def test_exports_give_a_picture_and_tables_of_what_is_shown(page: Page, app: str) -> None:
    opened(page, f"{app}/provinces?province=SY-HI&date=2015-11-22")
    page.get_by_role("button", name="Export").click()
    button = page.get_by_role("button", name="Control on this date (CSV)").bounding_box()
    with page.expect_download() as table:
        page.evaluate("controlAtlas.setDay(controlAtlas.day + 1)")  # the server hears of it once scrubbing rests, and has other work
        page.mouse.click(button["x"] + 20, button["y"] + 10)
    lines = Path(table.value.path()).read_text("utf-8").splitlines()
    assert any(line.startswith("mahin,") and ",government," in line for line in lines)
    assert not any(line.startswith("aleppo,") for line in lines)
    with page.expect_download() as picture:
        page.get_by_role("button", name="Picture for a slide").click()
    assert Path(picture.value.path()).read_bytes().startswith(b"\x89PNG")
