"""The page that compares: two dates or two viewpoints, one picture from one link, every reversal listed."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geodata import read_dataset
from geodata.control.changes import changes_between
from geodata.control.viewpoint import control_seen
from tests.browser.accessibility import findings
from tests.browser.conftest import DRAWN, map_frame, opened, quiet

BOTH_DRAWN = "() => Array.from(frames).some((f) => f.atlasDrawn) && window.controlPair?.sides.every((side) => side.feed)"
HELD = """() => controlPair.sides.map((side) => Object.fromEntries(side.payload.places.id.map((id, i) => {
  const [holder] = side.state(i);
  return [id, holder < 0 ? null : side.payload.parties[holder].id];
})))"""
CHANGED = """() => controlPair.compared.changes.map(({ place, day, from, to, number }) => {
  const { payload, events } = controlPair.other, party = (k) => (k < 0 ? null : payload.parties[k].id);
  const { status, basis } = events.at(number), date = new Date(day * 86400000).toISOString().slice(0, 10);
  return [date, payload.places.id[place], party(from), party(to), status, basis];
})"""

# Both maps have come to rest at another zoom.
ZOOMED = "(before) => atlasMaps.every((map) => map.getZoom() !== before && !map._animatingZoom && !map._panAnim?._inProgress)"


def compared(page: Page, address: str) -> Page:
    """The page once both maps have been drawn."""
    page.goto(address)
    page.wait_for_function(BOTH_DRAWN)
    return page


def dates(page: Page) -> list[str]:
    return page.evaluate("() => controlPair.sides.map((side) => new Date(side.day * 86400000).toISOString().slice(0, 10))")


def grounds(page: Page) -> list[list[float]]:
    """Zoom, and the position at the top left corner in pixels of the world, of both maps."""
    return map_frame(page).evaluate(
        "() => atlasMaps.map((map) => { const { x, y } = map.project(map.containerPointToLatLng([0, 0])); return [map.getZoom(), x, y]; })"
    )


def test_two_voices_on_one_date_differ_as_the_core_says_and_the_link_opens_the_same_picture(page: Page, app: str) -> None:
    link = f"{app}/compare?date=2015-11-23&voice=sohr&voice2=sana&map=7.5_34.600_37.900&mode=side"
    compared(page, link)
    dataset, day = read_dataset(), dt.date(2015, 11, 23)
    expected = [control_seen(dataset, f"according-to:{who}").at(day).set_index("place_id")["holder"] for who in ("sohr", "sana")]
    shown = page.evaluate(HELD)
    differing = {place for place in expected[0].index if expected[0][place] != expected[1][place]}
    for held, holders in zip(shown, expected, strict=True):
        assert {place: held[place] for place in holders.index} == holders.to_dict()
    assert differing
    ids = "(list) => list.map((place) => controlPair.one.payload.places.id[place])"
    assert set(page.evaluate(f"() => ({ids})([...controlPair.compared.holders, ...controlPair.compared.silent])")) == differing
    lesser = page.evaluate("() => controlPair.compared.lesser.length")
    expect(page.get_by_role("button", name=f"Places that differ ({len(differing) + lesser})")).to_be_visible()
    row = page.locator(".difference .feed li", has_text="Mahin")
    expect(row).to_contain_text("A: claimed, Syrian Observatory for Human Rights")
    expect(row).to_contain_text("B: no claim")
    expect(page.frame_locator("iframe").locator(".atlas-chip")).to_contain_text(["According to Syrian Observatory", "According to SANA"])
    assert dates(page) == ["2015-11-23", "2015-11-23"]
    page.keyboard.press("ArrowRight")
    assert dates(page) == ["2015-11-24", "2015-11-24"], "one date for both"
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(link)
    [one, other] = grounds(page)
    assert one == pytest.approx(other, abs=0.01)
    assert one[0] == 7.5


@pytest.mark.parametrize("view", ["claimed", "corroborated"])
def test_between_two_dates_every_change_is_listed_also_one_that_was_reversed(page: Page, app: str, view: str) -> None:
    compared(page, f"{app}/compare?date=2015-10-31&to=2016-12-31&view={view}&view2={view}")
    dataset, first, last = read_dataset(), dt.date(2015, 10, 31), dt.date(2016, 12, 31)
    frame = changes_between(control_seen(dataset, view), dataset.claims, first, last)
    expected = [
        [change["date"], row.place_id, change["from"], change["to"], change["status"], change["basis"]]
        for row in frame.itertuples()
        for change in row.changes
    ]
    assert sorted(page.evaluate(CHANGED), key=str) == sorted(expected, key=str)
    back = [row.place_id for row in frame.itertuples() if row.holder_start == row.holder_end]
    assert back, "the period has reversals"
    said = page.locator(".difference .said")
    expect(said).to_contain_text(f"{len(expected)} changes in between at {len(frame)} places of which {len(back)} ")
    page.get_by_role("button", name=f"All changes in between ({len(expected)})").click()
    rows = page.locator(".difference .feed li")
    expect(rows).to_have_count(len(expected))
    expect(rows.first.locator("a")).to_have_attribute("href", re.compile(r"ledger\?event="))
    rows.nth(3).locator("button").click()
    chosen = page.evaluate("() => controlPair.sides.map((side) => side.payload.places.id[side.place])")
    assert chosen[0] == chosen[1]
    mine = [change for change in expected if change[1] == chosen[0]]
    expect(page.locator(".difference .one-side")).to_have_count(2)
    expect(page.locator(".difference .own li")).to_have_count(len(mine))
    page.keyboard.press("Escape")
    expect(page.locator(".difference .one-side")).to_have_count(0)
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="All changes (CSV)").click()
    table = [row for row in csv.DictReader(Path(saved.value.path()).read_text("utf-8").splitlines()) if row["side"]]
    found = [[row["date"], row["place_id"], row["from"] or None, row["to"], row["change_status"], row["basis"]] for row in table]
    assert sorted(found, key=str) == sorted(expected, key=str)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Both maps with all changes").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")


def test_the_divider_moves_by_mouse_and_keys_and_both_maps_move_as_one(page: Page, app: str) -> None:
    compared(page, f"{app}/compare?date=2015-11-01&to=2015-11-23&map=8_34.500_37.500")
    frame, box = map_frame(page), page.locator("iframe").bounding_box()
    divider = frame.get_by_role("slider")
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, middle, steps=5)
    page.mouse.up()
    expect(divider).to_have_attribute("aria-valuenow", "30")
    divider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    expect(divider).to_have_attribute("aria-valuenow", "22")
    assert dates(page) == ["2015-11-01", "2015-11-23"], "the divider keeps its keys"
    page.wait_for_url("**split=22**")
    in_front = "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('#map_div'))"
    assert frame.evaluate(in_front, [box["width"] * 0.15, 300])
    assert not frame.evaluate(in_front, [box["width"] * 0.5, 300])

    def agree() -> None:
        [one, other] = grounds(page)
        assert one == pytest.approx(other, abs=0.01)

    before = grounds(page)[0]
    for start in (0.7, 0.1):  # on each of both maps
        page.mouse.move(box["x"] + box["width"] * start, middle + 100)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * start + 40, middle + 30, steps=4)
        agree()
        page.mouse.up()
    page.mouse.wheel(0, -200)
    frame.wait_for_function(ZOOMED, arg=before[0])
    agree()
    assert grounds(page)[0][0] > before[0]
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Side by side")).to_have_attribute("aria-pressed", "true")
    expect(divider).to_be_hidden()
    quiet(page)
    agree()
    before = grounds(page)[0]
    page.mouse.move(box["x"] + box["width"] * 0.75, middle)
    page.mouse.wheel(0, 200)
    frame.wait_for_function(ZOOMED, arg=before[0])
    agree()


def test_from_the_map_and_back_it_is_one_click(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-12-12&place=mahin&view=corroborated")
    page.get_by_role("link", name="Compare", exact=True).click()
    page.wait_for_function(BOTH_DRAWN)
    assert dates(page) == ["2015-11-12", "2015-12-12"]
    page.wait_for_url("**/compare?date=2015-11-12&to=2015-12-12&view=corroborated&view2=corroborated&place=mahin**")
    page.keyboard.press("a")
    page.keyboard.press("Shift+ArrowRight")
    assert dates(page)[0] > "2015-11-12"
    page.keyboard.press("d")
    page.keyboard.type("2015-11-05")
    page.keyboard.press("Enter")
    assert dates(page) == ["2015-11-05", "2015-12-12"]
    page.keyboard.press("b")
    page.keyboard.press("Home")
    assert dates(page) == ["2012-01-01", "2012-01-01"], "A is never later than B"
    page.get_by_label("Date of side B").focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="Previous change on side B").click()
    [_, last] = dates(page)
    page.wait_for_url(f"**to={last}**")
    page.get_by_role("link", name="On the map").first.click()
    page.wait_for_url("**/?date=2012-01-01&place=mahin&view=corroborated**")
    page.wait_for_function("() => controlAtlas.day === controlAtlas.payload.first")
    page.goto(f"{app}/provinces?province=SY-HI&date=2016-12-15")
    page.wait_for_function(DRAWN)
    page.get_by_role("link", name="Compare", exact=True).click()
    page.wait_for_function(BOTH_DRAWN)
    page.wait_for_url("**province=SY-HI**")
    page.get_by_role("link", name="On the map").last.click()
    page.wait_for_url("**/provinces?date=2016-12-15**province=SY-HI**")


def test_a_comparison_is_found_again_on_the_way_back_and_from_the_menu(page: Page, app: str) -> None:
    link = f"{app}/compare?date=2015-06-01&to=2015-11-20&view2=corroborated&voice=sana&mode=side&split=30"
    compared(page, link)
    page.get_by_role("link", name="On the map").last.click()
    page.wait_for_function(DRAWN)
    page.wait_for_url(f"{app}/?date=2015-11-20&view=corroborated")
    page.go_back()
    page.wait_for_url(link)
    page.wait_for_function("() => controlPair.mode === 'side' && controlPair.one.voice === 'sana'")
    page.get_by_role("link", name="Sources").click()
    expect(page.get_by_role("tab", name="Documents")).to_be_visible()
    page.get_by_role("link", name="Compare").click()
    page.wait_for_url(link)
    together = page.get_by_role("checkbox", name="One date for both")
    together.check()
    page.wait_for_function("() => controlPair.one.day === controlPair.other.day")
    together.uncheck()
    page.wait_for_url(link)


def test_the_pair_from_the_menu_is_about_the_place_that_is_shown(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2016-03-27&place=homs")
    page.get_by_role("link", name="Compare").click()
    page.wait_for_url("**/compare?**place=homs**")
    page.wait_for_function(BOTH_DRAWN)
    page.get_by_role("link", name="Map", exact=True).click()
    page.wait_for_url("**/?date=2016-03-27&place=homs&view=claimed")
    quiet(page)
    page.evaluate("controlAtlas.select(controlAtlas.index.get('palmyra'))")
    page.wait_for_url("**place=palmyra**")
    quiet(page)
    page.get_by_role("link", name="Compare").click()
    page.wait_for_url("**/compare?**place=palmyra**")


def test_the_choice_of_a_viewpoint_closes_by_escape_and_by_a_click_elsewhere(page: Page, app: str) -> None:
    compared(page, f"{app}/compare?date=2015-06-01&to=2015-11-20")
    panel = page.locator(".sides details.viewpoint").first
    for close in (lambda: page.keyboard.press("Escape"), lambda: page.mouse.click(500, 500)):
        panel.locator("summary").click()
        expect(panel).to_have_attribute("open", "")
        close()
        expect(panel).not_to_have_attribute("open", "")


def test_axe_finds_nothing_of_ours_and_a_bad_link_says_so(new_page: Callable[..., Page], app: str) -> None:
    for scheme, size, mode in (("light", (1440, 900), "swipe"), ("dark", (390, 844), "side")):
        page = new_page(*size, color_scheme=scheme)
        page.goto(f"{app}/compare?date=2015-11-01&to=2016-03-30&mode={mode}&colour=red")
        page.get_by_test_id("stToast").wait_for()
        page.wait_for_function(BOTH_DRAWN)
        page.get_by_test_id("stToast").wait_for(state="detached")
        assert findings(page) == []
        page.get_by_role("button", name=re.compile("All changes")).click()
        page.locator(".difference .feed li button").first.click()
        page.locator(".difference .one-side").first.wait_for()
        assert findings(page) == []
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]
