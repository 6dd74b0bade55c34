"""The analyst's desk: by keys alone, in patterns, in dark and light, on paper, and cited."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import findings
from tests.browser.conftest import DRAWN, lasting, map_frame, opened, quiet, shown_date

FOCUSED = """() => {
  let element = document.activeElement;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return [element.innerText || element.getAttribute('aria-label'), outlineStyle !== 'none' && parseFloat(outlineWidth) > 0];
}"""


def tab_to(page: Page, text: str, key: str = "Tab") -> None:
    """Go on by the Tab key until what has the focus says a text; the focus is to be seen all the way."""
    for _ in range(60):
        said, seen = page.evaluate(FOCUSED)
        if text in (said or ""):
            assert seen, f"the focus on “{said}” is not to be seen"
            return
        page.keyboard.press(key)
    raise AssertionError(f"{text} is out of reach of the Tab key")


def test_a_place_is_reviewed_by_keys_alone(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-12-12")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("previous or next change of the chosen place")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    expect(page.get_by_role("combobox", name="Find a place")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("mheen")
    page.keyboard.press("Enter")
    expect(page.locator(".rail h2").first).to_contain_text("Mahin")
    expect(page.locator(".rail .claims").first).to_be_visible()
    assert "9 changes here" in page.evaluate(FOCUSED)[0]
    page.keyboard.press("Shift+Tab")
    tab_to(page, "1 Nov 2015")
    page.keyboard.press("Enter")
    assert shown_date(page) == "2015-11-01"
    assert "1 Nov 2015" in page.evaluate(FOCUSED)[0], "the focus stays where the hand was"
    page.keyboard.press("ArrowDown")
    assert shown_date(page) == "2015-11-16"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert shown_date(page) == "2015-10-31"
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".rail h3", has_text="Claims against")).to_be_attached()
    tab_to(page, "source ↗")
    page.context.route(re.compile("^https://"), lambda route: route.fulfill(body="The document"))
    with page.context.expect_page() as document:
        page.keyboard.press("Enter")
    expect(document.value.locator("body")).to_have_text("The document")
    document.value.close()
    page.context.unroute_all()
    page.keyboard.press("Escape")
    expect(page.locator(".rail .feed.virtual")).to_be_visible()
    assert shown_date(page)[:4] in page.evaluate(FOCUSED)[0], "back at the present event"
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.tagName") == "SELECT"


def test_patterns_tell_parties_apart_without_colour_and_stay_in_the_link(page: Page, app: str) -> None:
    shades = """([x, y]) => {
      const canvas = document.querySelector('canvas.atlas-territory'), at = map_div.latLngToContainerPoint([y, x]);
      const box = canvas.getBoundingClientRect(), scale = canvas.width / box.width;
      const { data } = canvas.getContext('2d').getImageData((at.x - box.left) * scale, (at.y - box.top) * scale, 16, 16);
      return new Set(data).size;
    }"""
    near_palmyra = [38.35, 34.45]
    opened(lasting(page), f"{app}/?date=2016-03-20&pattern=2&map=9_34.5_38.3")
    expect(page.get_by_test_id("stToast")).to_contain_text("pattern “2”")
    page.wait_for_function("() => controlAtlas.territory")
    plain = map_frame(page).evaluate(shades, near_palmyra)
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Patterns")).to_have_attribute("aria-pressed", "true")
    assert map_frame(page).evaluate(shades, near_palmyra) > plain
    swatch = "(party) => { const marks = {}; for (const row of document.querySelectorAll('.st-key-rail *')) if (row.shadowRoot)"
    swatch += " for (const tr of row.shadowRoot.querySelectorAll('tbody tr')) marks[tr.innerText.split('\\t')[0].trim()] ="
    swatch += " tr.querySelector('.swatch')?.style.backgroundImage; return marks; }"
    patterns = [drawn for drawn in page.evaluate(swatch).values() if drawn]
    assert len(patterns) == len(set(patterns)) >= 4, "opposition, Islamic State, SDF, HTS and divided, each its own"
    page.wait_for_url("**pattern=1**")
    page.reload()
    page.wait_for_function(DRAWN)
    expect(page.get_by_role("button", name="Patterns")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("p")
    assert len([drawn for drawn in page.evaluate(swatch).values() if drawn]) == 1, "HTS always has its pattern"
    page.wait_for_url(lambda url: "pattern" not in url)
    page.go_back()
    expect(page.get_by_role("button", name="Patterns")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(("system", "other"), [("light", "dark"), ("dark", "light")])
def test_the_theme_of_a_link_is_shown_on_every_page_without_a_reload(
    new_page: Callable[..., Page], app: str, system: str, other: str
) -> None:
    scheme = "() => getComputedStyle(document.querySelector('.stApp')).colorScheme"
    page = new_page(color_scheme=system)
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    opened(page, f"{app}/?date=2015-11-23&theme={other}&pattern=1")
    page.wait_for_function(f"(other) => ({scheme})() === other", arg=other)
    quiet(page)  # all colours have faded into the others
    page.locator(".rail .filters summary").click()
    assert findings(page) == []
    page.get_by_role("link", name="Sources").click()
    page.wait_for_url(f"**/sources?theme={other}&pattern=1")
    assert page.evaluate(scheme) == other
    page.get_by_role("button", name="Dark or light").click()
    page.wait_for_function(f"(system) => ({scheme})() === system", arg=system)
    page.wait_for_url("**/sources?pattern=1")
    page.get_by_role("link", name="Map", exact=True).click()
    page.wait_for_function(DRAWN)
    assert page.evaluate(scheme) == system
    assert len(loads) == 1
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    assert findings(page) == []


def test_a_view_is_cited_with_its_claims_data_and_link(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23&from=2015-11-01&view=corroborated")
    quiet(page)
    page.get_by_role("button", name="Export").click()
    page.get_by_role("button", name="Cite this view").click()
    dialog = page.get_by_role("dialog", name="Cite this view")
    text, entry, link = (dialog.locator("code").nth(k) for k in range(3))
    expect(text).to_contain_text("“Syria: who controls which town, 1 November 2015 to 23 November 2015”. Corroborated only. It rests on")
    expect(text).to_contain_text(re.compile(r"Data [0-9a-f]{64}\."))
    expect(entry).to_contain_text("@misc{control-atlas-syria-2015-11-01-2015-11-23-corroborated,")
    expect(link).to_have_text(f"{app}/?date=2015-11-23&from=2015-11-01&view=corroborated")
    assert findings(page) == []
    page.goto(link.inner_text())
    page.wait_for_function(DRAWN)
    assert (shown_date(page), page.evaluate("controlAtlas.view")) == ("2015-11-23", "corroborated")


@pytest.mark.parametrize("path", ["/?date=2015-11-22&theme=dark", "/provinces?province=SY-HI&date=2015-11-22"])
def test_on_paper_there_is_the_picture_with_its_date_sources_and_link_and_nothing_to_press(page: Page, app: str, path: str) -> None:
    opened(page, app + path)
    width = page.locator("iframe").bounding_box()["width"]
    page.evaluate("controlAtlas.setDay(controlAtlas.day + 1); window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    stage = page.locator(".st-key-stage").bounding_box()
    assert stage["width"] <= 1045
    assert stage["height"] <= 660
    assert page.locator("iframe").evaluate("(map) => map.clientWidth") == pytest.approx(width, abs=4), "the map is shrunk, not cropped"
    expect(page.locator(".st-key-sources .printed")).to_contain_text(page.url)
    assert "date=2015-11-23&view=claimed" in page.url
    expect(page.locator(".rail table")).to_be_visible()
    expect(page.locator(".st-key-sources")).to_be_visible()
    expect(page.locator(".timeline .date")).to_have_text("23 November 2015")
    for gone in (".st-key-search", ".st-key-header .stPageLink", ".timeline .play", ".timeline .slider", ".rail .feed", ".tools"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(map_frame(page).locator(".leaflet-control-zoom")).to_be_hidden()
    expect(map_frame(page).locator(".atlas-chip")).to_be_visible()
    ink = page.locator(".rail thead th").first.evaluate("(head) => getComputedStyle(head).color")
    assert re.findall(r"\d+", ink) == ["34", "37", "42"]


def test_without_motion_the_map_jumps(new_page: Callable[..., Page], app: str) -> None:
    page = opened(new_page(reduced_motion="reduce"), f"{app}/?date=2015-11-23&map=9_34.2_37")
    page.get_by_placeholder("Find a place").fill("Raqqa")
    page.get_by_role("option", name="Raqqa").first.wait_for()
    moves = "map_div.moves = 0; map_div.on('move', () => map_div.moves++); map_div.options.zoomAnimation"
    assert map_frame(page).evaluate(moves) is False
    page.keyboard.press("Enter")
    page.wait_for_url("**map=9_35.9**")
    assert map_frame(page).evaluate("map_div.moves") <= 2
