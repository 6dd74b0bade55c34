"""Back and forward: a deliberate act can be taken back, without a reload; scrubbing leaves no trail."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from geodata import Control, load_events, places_of, read_dataset
from geodata.files.text import CONTROL_COLUMNS, rows_of, written
from tests.browser.conftest import DRAWN, opened, quiet, shown_date, slow_link

STATE = "() => { const { date, place, view, party, land } = controlAtlas.permalink(); return [date, place, view, party, land].join(' '); }"
SEEN = """() => { document.querySelector("iframe").mark ??= "the same"; return document.querySelector("iframe").mark; }"""


def at_rest(page: Page) -> str:
    """The state, once the address says it."""
    quiet(page)
    state = page.evaluate(STATE)
    page.wait_for_function("(date) => location.search.includes(`date=${date}`)", arg=state.split()[0])
    return state


def test_every_deliberate_act_can_be_taken_back_and_done_again(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-01")
    page.evaluate(SEEN)
    states = [at_rest(page)]
    for _ in range(5):
        page.keyboard.press("ArrowRight")  # scrubbing
    page.keyboard.press("Space")
    page.wait_for_function("() => controlAtlas.day > 16750")
    page.keyboard.press("Space")
    states[0] = at_rest(page)
    acts = [
        lambda: page.locator(".rail .feed button", has_text="Palmyra").filter(has_text="11 Dec 2016").click(),
        lambda: page.get_by_role("button", name="Corroborated only").click(),
        lambda: page.keyboard.press("Escape"),
        lambda: page.evaluate("controlAtlas.setFilters({ party: 'sdf' })"),
        lambda: page.evaluate("controlAtlas.setLand('off')"),
        lambda: (page.keyboard.press("d"), page.keyboard.type("2014-02-03"), page.keyboard.press("Enter")),
        lambda: (page.get_by_placeholder("Find a place").fill("mheen"), page.keyboard.press("Enter"), page.wait_for_url("**place=mahin**")),
    ]
    for act in acts:
        act()
        states.append(at_rest(page))
    assert len(set(states)) == len(acts) + 1
    for state in reversed(states[:-1]):
        page.go_back()
        page.wait_for_function(f"(state) => ({STATE})() === state", arg=state)
        quiet(page)  # the server has heard of it, and nothing else may move
    expect(page.get_by_role("button", name="As claimed")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".rail .chip")).to_have_count(0)
    for state in states[1:]:
        page.go_forward()
        page.wait_for_function(f"(state) => ({STATE})() === state", arg=state)
    expect(page.locator(".rail h2").first).to_contain_text("Mahin")
    assert page.evaluate(SEEN) == "the same", "nothing was loaded again"
    quiet(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export").click()
        page.get_by_role("button", name="Control on this date (CSV)").click()
    frame = Control(load_events(), "corroborated", places_of(read_dataset(), unclaimed=True)).at(dt.date(2014, 2, 3))
    said = {"as_of": "2014-02-03", "view": "corroborated", "according_to": None, "known_on": None}
    rows = [row | said for row in rows_of(frame, CONTROL_COLUMNS)]
    assert len(rows) == page.evaluate("controlAtlas.payload.places.id.length")
    assert saved.value.path().read_bytes() == written(rows, (*CONTROL_COLUMNS, *said), "csv").encode(), "the server has followed"


@pytest.mark.parametrize("delay", [0, 300])
def test_back_leads_through_other_pages_and_provinces(page: Page, app: str, delay: int) -> None:
    opened(slow_link(page, delay), f"{app}/?date=2015-11-01&place=palmyra")
    page.keyboard.press("Escape")
    first = at_rest(page)
    page.get_by_role("link", name="Provinces").click()
    page.wait_for_url("**/provinces?date=2015-11-01**")
    page.get_by_role("link", name="Hama", exact=True).click()
    page.wait_for_url("**province=SY-HM**")
    page.wait_for_function("() => controlAtlas.province === 'SY-HM' && controlAtlas.feed")
    page.locator(".rail .feed button").first.click()
    hama = at_rest(page)
    page.get_by_role("link", name="Sources").click()
    expect(page.get_by_role("tab", name="Documents")).to_be_visible()
    page.go_back()
    page.wait_for_function(f"(state) => window.controlAtlas?.province === 'SY-HM' && ({STATE})() === state", arg=hama)
    page.go_back()
    page.wait_for_function("() => controlAtlas.place === -1")
    assert "province=SY-HM" in page.url
    page.go_back()
    page.wait_for_function("() => controlAtlas.province === ''")
    expect(page.locator(".cards article").first).to_be_visible()
    page.go_back()
    page.wait_for_function(DRAWN)
    page.wait_for_function(f"(state) => ({STATE})() === state", arg=first)
    page.go_back()
    expect(page.locator(".rail h2").first).to_contain_text("Palmyra")
    page.go_forward()
    page.wait_for_function("() => controlAtlas.place === -1")
    page.go_forward()
    expect(page.locator(".cards article").first).to_be_visible()
    page.go_forward()
    page.wait_for_url(re.compile("province=SY-HM"))
    page.wait_for_function("() => controlAtlas.province === 'SY-HM'")
    assert shown_date(page) == "2015-11-01"


def test_what_is_told_while_another_province_is_to_come_does_not_hold_it_up(page: Page, app: str) -> None:
    sent: list[bytes] = []
    page.on(
        "websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame if isinstance(frame, bytes) else frame.encode()))
    )
    opened(slow_link(page, 300), f"{app}/provinces?province=SY-HI&date=2015-11-23")
    page.locator(".st-key-province input").click()
    page.get_by_role("option", name="Hama", exact=True).click()
    page.wait_for_url("**province=SY-HM**")
    page.wait_for_function("() => controlAtlas.province === 'SY-HM' && controlAtlas.feed")
    quiet(page)
    sent.clear()
    page.evaluate("controlAtlas.setDay(controlAtlas.day + 1); history.back()")  # the day is told when it has rested
    page.wait_for_function("() => controlAtlas.province === 'SY-HI'")
    page.wait_for_url("**province=SY-HI**")
    quiet(page)
    assert "province=SY-HI" in page.url
    assert not [message for message in sent if b'"date":"2015-11-24"' in message and b'"province":"SY-HM"' in message]
