"""Evidence: a place leads to who says so, in whatever way one gets there."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import DRAWN, map_frame, opened, point_of, shown_date


def test_a_clicked_town_shows_its_claims_for_and_against(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-12-12")
    page.mouse.click(*point_of(page, "mahin"))
    rail = page.locator(".rail")
    expect(rail.locator("h2").first).to_contain_text("Mahin")
    expect(rail.locator(".holder")).to_contain_text("Islamic State")
    claims_for, claims_against = rail.locator("h3", has_text="Claims for"), rail.locator("h3", has_text="Claims against")
    expect(claims_for).to_be_visible()
    assert "Syrian Observatory for Human Rights" in rail.locator(".claims").first.inner_text()
    expect(claims_against).to_be_attached()
    assert "Fars" in rail.locator(".claims").nth(1).inner_text()
    page.wait_for_url("**place=mahin**")
    page.keyboard.press("Escape")
    expect(rail.locator(".feed").first).to_be_visible()


def test_sources_open_in_a_window_of_their_own_and_learn_nothing(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23&place=palmyra")
    link = page.locator(".rail .claims a").first
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("href").startswith("http")


def test_a_disputed_village_names_both_sides(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-10-15&place=ad-dar-al-kabirah")
    card = page.locator(".rail .below")
    expect(card.locator(".chip.disputed")).to_contain_text("claimed otherwise")
    expect(card.locator(".holder")).to_contain_text("Opposition")
    expect(card.locator(".layer-note").first).to_contain_text("Government and allies, by other claims since 15 Oct 2015")
    expect(card.locator(".layer-note").last).to_contain_text("Contested between Government and allies and Opposition")
    expect(card.locator("h3", has_text="For Government and allies since 15 Oct 2015")).to_be_attached()


def test_corroborated_only_keeps_the_last_corroborated_holder_and_says_that_it_is_challenged(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2016-02-01&place=mahin")
    expect(page.locator(".rail .holder")).to_contain_text("Government")
    page.get_by_role("button", name="Corroborated only").click()
    expect(page.locator(".rail .holder")).to_contain_text("Islamic State")
    expect(page.locator(".rail .chip.disputed")).to_contain_text("claimed otherwise")
    page.wait_for_url("**view=corroborated**")


def test_a_divided_city_has_no_single_holder(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23&place=aleppo")
    expect(page.locator(".rail .holder")).to_contain_text("Divided")
    expect(page.locator(".rail .layer-note")).to_contain_text("Government and allies and Opposition")


def test_search_finds_any_spelling_and_goes_there(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23")
    for spelling in ("Mheen", "Maheen", "مهين"):
        page.get_by_placeholder("Find a place").fill(spelling)
        expect(page.get_by_role("option", name="Mahin").first).to_contain_text("9 changes")
        page.get_by_role("option", name="Mahin").first.click()
        expect(page.locator(".rail h2").first).to_contain_text("Mahin")
        page.wait_for_url("**place=mahin**")
        page.keyboard.press("Escape")
        expect(page.locator(".rail .feed.virtual")).to_be_visible()
    page.get_by_placeholder("Find a place").fill("mheen")
    page.get_by_role("option", name="Mahin").first.click()
    page.locator(".rail .changes button", has_text="6 Nov 2013").click()
    assert shown_date(page) == "2013-11-06"


def test_a_place_without_claims_says_so(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23")
    page.get_by_placeholder("Find a place").fill("Manbij")
    page.keyboard.press("Enter")  # before the answers are here
    expect(page.locator(".rail .reason")).to_contain_text("No claim in the dataset")


def test_search_is_done_by_keys_from_any_page(page: Page, app: str) -> None:
    page.goto(f"{app}/sources")
    field = page.get_by_role("combobox", name="Find a place")
    field.wait_for()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("al-q")
    options = page.get_by_role("option")
    expect(options.nth(2)).to_be_visible()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    name = options.nth(1).locator("b").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_function(DRAWN)
    expect(page.locator(".rail h2").first).to_contain_text(name)
    page.keyboard.press("/")
    page.keyboard.type("zzzzqx")
    expect(page.get_by_text("No place called “zzzzqx” is known.")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_text("No place called")).to_be_hidden()
    expect(page.locator(".rail h2").first).to_contain_text(name)
    field.fill("Hama")
    page.get_by_role("option", name="province").first.click()
    page.wait_for_url("**province=SY-HM**")


def test_the_feed_leads_to_its_place_and_day(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23")
    page.locator(".rail .feed button", has_text="Palmyra").filter(has_text="11 Dec 2016").click()
    assert shown_date(page) == "2016-12-11"
    expect(page.locator(".rail h2").first).to_contain_text("Palmyra")


def test_hovering_names_place_and_holder(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23")
    page.mouse.move(*point_of(page, "palmyra"))
    expect(map_frame(page).locator(".atlas-tip")).to_contain_text("Islamic State")
