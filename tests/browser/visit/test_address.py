"""Addresses: a link opened cold shows the same picture, and a bad one says what was wrong."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from geodata.dataset.regions import read_region
from tests.browser.conftest import DRAWN, lasting, map_frame, opened, quiet, shown_date


def test_a_cold_link_restores_date_place_view_and_map(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2016-12-11&place=palmyra&view=corroborated&map=9.5_34.560_38.200")
    assert shown_date(page) == "2016-12-11"
    expect(page.locator(".rail h2").first).to_contain_text("Palmyra")
    expect(page.get_by_role("button", name="Corroborated only")).to_have_attribute("aria-pressed", "true")
    assert map_frame(page).evaluate("[map_div.getZoom(), map_div.getCenter().lat.toFixed(2), map_div.getCenter().lng.toFixed(2)]") == [
        9.5,
        "34.56",
        "38.20",
    ]


def test_a_reload_keeps_the_picture(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-01")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url("**date=2015-11-13**")
    page.reload()
    page.wait_for_function("() => window.controlAtlas?.payload")
    assert shown_date(page) == "2015-11-13"


def test_a_bad_link_opens_with_notes_and_their_text_is_only_text(page: Page, app: str) -> None:
    lasting(page).goto(f"{app}/?date=yesterday&place=<img src=x onerror=alert(1)>&colour=red")
    toasts = page.get_by_test_id("stToast")
    expect(toasts).to_have_count(3)  # they go again, so before the map is there
    expect(toasts.filter(has_text="<img src=x onerror=alert(1)>")).to_have_count(1)
    page.wait_for_function(DRAWN)
    assert shown_date(page) == "2015-11-01"


def test_the_date_goes_along_to_the_other_page_and_back(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-01")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**date=2015-11-02**")
    page.get_by_role("link", name="Provinces").click()
    page.wait_for_url("**/provinces**")
    expect(page.get_by_text("2 November 2015").first).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**date=2015-11-03**")
    page.get_by_role("link", name="Map", exact=True).click()
    page.wait_for_function(DRAWN)
    assert shown_date(page) == "2015-11-03"


def test_a_page_left_by_a_busy_browser_is_not_cleared_again(page: Page, app: str) -> None:
    """What a page tells once it is being left is answered after the next page; painted in one go with it, that answer would clear it."""
    opened(page, f"{app}/?date=2015-11-01")
    quiet(page)
    page.evaluate(
        """() => {
          [...document.querySelectorAll(".stPageLink a")].find((link) => link.textContent.includes("Provinces")).click();
          controlAtlas.setDay(controlAtlas.day + 1);
          setTimeout(() => {
            controlAtlas.emit("rest");
            const end = performance.now() + 2500;
            setTimeout(() => { while (performance.now() < end); });
          });
        }"""
    )
    expect(page.locator(".cards article")).to_have_count(14)
    page.wait_for_url("**/provinces?date=2015-11-02**")


def test_a_link_to_a_place_is_followed_where_the_map_was_open_before(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2014-02-03&place=palmyra&map=9.5_34.560_38.200&party=sdf")
    page.get_by_role("link", name="Places", exact=True).click()
    page.get_by_label("Name, as a report writes it").fill("Mheen")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Show Mahin on the map").click()
    page.wait_for_url("**/?date=2014-02-03&place=mahin&view=claimed&party=sdf")
    expect(page.locator(".rail h2").first).to_contain_text("Mahin")
    page.get_by_role("link", name="Ledger", exact=True).click()
    table = page.get_by_test_id("stDataFrame")
    table.locator("canvas").first.wait_for()
    table.click(position={"x": 15, "y": 60})
    page.wait_for_url("**/ledger?event=**")
    page.get_by_role("link", name="Show on the map").click()
    page.wait_for_function("() => window.controlAtlas?.mounted && controlAtlas.payload.places.id[controlAtlas.place] !== 'mahin'")
    place, day = page.evaluate("[controlAtlas.payload.places.id[controlAtlas.place], controlAtlas.day]")
    assert place in page.url
    assert day == page.evaluate("Date.parse(new URLSearchParams(location.search).get('date')) / 86400000")
    assert shown_date(page) != "2014-02-03"


def test_the_map_opens_as_usual_after_the_ribbon_of_a_place(page: Page, app: str) -> None:
    page.goto(f"{app}/places")
    page.get_by_label("Name, as a report writes it").fill("Mheen")
    page.keyboard.press("Enter")
    expect(page.locator(".ribbons li button")).to_have_text(["Mahin"])
    page.get_by_role("link", name="Map", exact=True).click()
    page.wait_for_function(DRAWN)
    assert shown_date(page) == read_region().opening_date.isoformat()
    assert page.evaluate("controlAtlas.place") == -1
