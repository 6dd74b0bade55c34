"""The page of methods: claims with verdicts, published figures that are not averaged, our own text, whose data."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import quiet

TABS = ["Figures that were claimed", "Figures that others publish", "How ours are made", "Whose data, whose outlines"]


def methods(page: Page, app: str) -> Page:
    page.goto(f"{app}/methods")
    page.locator(".claim").first.wait_for()
    return page


def test_85_percent_is_refuted_with_its_reason_and_the_published_figures_beside_it(page: Page, app: str) -> None:
    card = methods(page, app).locator(".claim.refuted", has_text="85").first
    expect(card.locator(".verdict")).to_contain_text("refuted")
    expect(card.locator(".reason")).to_contain_text("it counts what Islamic State did not hold")
    published = card.get_by_role("link", name="Jusoor for Studies").first
    expect(published).to_have_attribute("href", "https://www.jusoor.co/tr/details/map-of-military-influence-in-syria-15-09-2017")
    expect(card.locator(".scale")).to_have_attribute("aria-label", "Claimed 85\u00a0%; ours 1.7 to 95.5\u00a0%")


def test_verdicts_can_be_chosen(page: Page, app: str) -> None:
    methods(page, app)
    every = page.locator(".claim").count()
    page.get_by_text("✓ supported 2").click()
    expect(page.locator(".claim")).to_have_count(2)
    expect(page.locator(".claim:not(.supported)")).to_have_count(0)
    page.get_by_text(f"All {every}", exact=True).click()
    expect(page.locator(".claim")).to_have_count(every)


def test_a_card_leads_to_the_events_behind_it(page: Page, app: str) -> None:
    methods(page, app).locator(".claim", has_text="26.5").first.get_by_role("link", name="Events in the ledger").click()
    page.wait_for_url("**/ledger?place=mahin**")


def test_published_figures_are_drawn_and_what_each_counts_is_below(page: Page, app: str) -> None:
    methods(page, app).get_by_role("tab", name=TABS[1]).click()
    expect(page.locator("[data-testid=stVegaLiteChart]:visible")).to_have_count(5)  # four parties, and how much land is covered
    expect(page.get_by_text("Includes 1.1 points for the Euphrates Shield zones")).to_be_visible()
    expect(page.get_by_text("So the charts above have no range of our own")).to_be_visible()
    assert page.locator(".wide-table:visible tbody a").count() == 39


def test_text_data_and_outlines_are_there(page: Page, app: str) -> None:
    methods(page, app).get_by_role("tab", name=TABS[2]).click()
    expect(page.get_by_role("heading", name="What all this cannot show")).to_be_visible()
    page.get_by_role("tab", name=TABS[3]).click()
    expect(page.get_by_text("185,940 km²", exact=True)).to_be_visible()
    expect(page.get_by_role("row", name="Published figures of area")).to_be_visible()


@pytest.mark.parametrize("tab", TABS)
def test_nothing_scrolls_sideways_on_a_phone(new_page: Callable[..., Page], app: str, tab: str) -> None:
    page = methods(new_page(390, 844, has_touch=True), app)
    page.get_by_role("tab", name=tab).click()
    quiet(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
