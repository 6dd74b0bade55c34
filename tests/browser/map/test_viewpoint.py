"""Viewpoints on the map: one voice, or what was known on a day; and the territory that follows the date."""

from __future__ import annotations

import csv
import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import map_frame, opened, quiet, shown_date

HELD = "(id) => { const [h] = controlAtlas.state(controlAtlas.index.get(id)); return h < 0 ? '' : controlAtlas.payload.parties[h].id; }"


def test_one_voice_alone_shows_what_it_alone_says(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23&voice=sana")
    expect(page.locator(".rail .viewpoint summary")).to_have_text("According to SANA")
    expect(page.frame_locator("iframe").locator(".atlas-chip")).to_contain_text("According to SANA")
    assert page.evaluate(HELD, "palmyra") == ""
    page.locator(".rail .viewpoint summary").click()
    page.locator(".rail .viewpoint").get_by_role("button", name="all claims").click()
    page.wait_for_function(f"() => ({HELD})('palmyra') === 'islamic-state'")
    assert shown_date(page) == "2015-11-23"
    page.wait_for_function("() => !location.search.includes('voice')")


def test_a_file_of_events_says_whose_claims_they_follow_from(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23&voice=sana&known=2016-06-30")
    quiet(page)
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="All events (CSV)").click()
    rows = list(csv.DictReader(saved.value.path().read_text("utf-8").splitlines()))
    assert rows
    assert {(row["according_to"], row["known_on"]) for row in rows} == {("sana", "2016-06-30")}


def test_the_overview_of_provinces_says_whose_claims_count_and_can_change_it(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2016-03-27&voice=sohr&view=corroborated")
    page.get_by_role("link", name="Provinces").click()
    expect(page.locator(".cards .viewpoint summary")).to_have_text("According to Syrian Observatory for Human Rights")
    expect(page.locator(".cards").get_by_role("button", name="Corroborated only")).to_have_attribute("aria-pressed", "true")
    homs = page.locator(".cards article", has_text="Homs")
    expect(homs).to_contain_text("0 of 21 places known")
    page.locator(".cards").get_by_role("button", name="As claimed").click()
    expect(homs).not_to_contain_text("0 of 21 places known")
    page.locator(".cards .viewpoint summary").click()
    page.locator(".cards .viewpoint").get_by_role("button", name="all claims").click()
    page.wait_for_url("**/provinces?date=2016-03-27&view=claimed")
    expect(page.locator(".cards .viewpoint summary")).to_contain_text("All claims count")


def test_the_map_can_be_drawn_as_it_was_known_on_a_day(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-12-12")
    assert page.evaluate(HELD, "mahin") == "islamic-state"
    page.locator(".rail .viewpoint summary").click()
    page.locator(".rail .viewpoint input").fill("2015-12-01")
    page.wait_for_function(f"() => ({HELD})('mahin') === 'government'")
    expect(page.locator(".rail .viewpoint summary")).to_have_text("As known on 1 December 2015")
    page.wait_for_url("**known=2015-12-01**")
    page.reload()
    page.wait_for_function(f"() => window.controlAtlas?.payload && ({HELD})('mahin') === 'government'")


def pixel(page: Page, longitude: float, latitude: float) -> list[int]:
    """Colour of the territory's canvas at a position, red to alpha."""
    return map_frame(page).evaluate(
        """([x, y]) => {
          const canvas = document.querySelector('canvas.atlas-territory'), at = map_div.latLngToContainerPoint([y, x]);
          const box = canvas.getBoundingClientRect(), scale = canvas.width / box.width;
          return [...canvas.getContext('2d').getImageData((at.x - box.left) * scale, (at.y - box.top) * scale, 1, 1).data];
        }""",
        [longitude, latitude],
    )


def test_territory_follows_the_date_without_the_server(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2016-03-20")
    page.wait_for_function("() => controlAtlas.territory")
    near_palmyra = (38.22, 34.52)
    black = pixel(page, *near_palmyra)
    page.evaluate("controlAtlas.setDay(controlAtlas.day + 30)")
    red = pixel(page, *near_palmyra)
    assert max(black[:3]) < 80, "Islamic State's land is dark"
    assert red[0] > 150, "the government's land is red"
    assert red[1] < 80
    page.evaluate("controlAtlas.setDay(controlAtlas.day - 30)")
    assert pixel(page, *near_palmyra) == black


def test_territory_can_be_switched_off_and_measured_otherwise(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2016-03-20")
    area = page.locator(".rail td.area").first
    expect(area).to_have_text(re.compile(r"^≈ [\d,]+$"))
    before = area.inner_text()
    frame = map_frame(page)
    frame.locator(".atlas-land summary").click()
    frame.locator(".atlas-land select").nth(1).select_option("30")
    page.wait_for_function("() => controlAtlas.territory?.limit === 30")
    assert area.inner_text() != before
    frame.locator(".atlas-land select").first.select_option("off")
    expect(area).to_be_hidden()
    page.wait_for_url("**land=off**")


def test_areas_of_all_parties_and_the_rest_add_up_to_the_country(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2016-03-20")
    page.wait_for_function("() => controlAtlas.territory")
    total = page.evaluate("controlAtlas.territory.km2().reduce((a, b) => a + b)")
    assert abs(total / 185_939 - 1) < 0.001
