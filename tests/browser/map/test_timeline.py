"""The timeline's parts: typed dates, the range, loop and speed, touch, and the end of the data."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import map_frame, opened, shown_date

FROM = "() => controlAtlas.from === null ? null : new Date(controlAtlas.from * 86400000).toISOString().slice(0, 10)"


def typed(page: Page, text: str) -> None:
    page.locator(".timeline .date").click()
    page.get_by_label("Date, such as").fill(text)
    page.keyboard.press("Enter")


def test_a_typed_date_is_gone_to(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-01")
    for text in ("2015-12-12", " 12 Dec 2015 ", "12 december 2015", "Dec 12, 2015", "2015-12-12."):
        typed(page, text)
        assert shown_date(page) == "2015-12-12", text
        expect(page.locator(".timeline .date")).to_have_text("12 December 2015")
        page.keyboard.press("ArrowRight")  # the keys are the timeline's again
        assert shown_date(page) == "2015-12-13"


def test_what_is_no_date_stays_in_the_field_with_the_reason(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-05")
    for text, says in (
        ("Christmas", "“Christmas” is not a date"),
        ("2015-02-30", "“2015-02-30” is not a date"),
        ("12 Foo 2015", "“12 Foo 2015” is not a date"),
        ("2024-01-01", "The data end on 22 May 2018: nothing is known of 1 January 2024."),
        ("1999-01-01", "The timeline begins on 1 January 2012, after 1 January 1999."),
        ("2015-12-12 to 2015-11-01", "The range ends before it begins."),
        ("<img src=x onerror=window.pwned=1>", "is not a date"),
    ):
        typed(page, text)
        expect(page.locator(".timeline .wrong")).to_contain_text(says)
        field = page.get_by_label("Date, such as")
        expect(field).to_have_value(text)
        assert shown_date(page) == "2015-11-05"
        page.get_by_role("heading", level=1).click()  # elsewhere
        expect(field).to_have_value(text)
        field.fill("2015-11-05")
        field.press("Enter")
        assert shown_date(page) == "2015-11-05"
        expect(page.locator(".timeline .wrong")).to_be_empty()
    assert page.evaluate("window.pwned") is None


def test_the_field_opens_by_a_key_in_the_map_and_closes_by_escape(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-01&place=palmyra")
    page.locator("iframe").click(position={"x": 700, "y": 580})
    page.keyboard.press("d")
    page.keyboard.type("2016-01-0")  # over the date that stands there
    expect(page.get_by_label("Date, such as")).to_have_value("2016-01-0")
    page.keyboard.press("Escape")
    expect(page.locator(".timeline .date")).to_be_visible()
    assert shown_date(page) == "2015-11-01"


def test_a_typed_range_shows_what_changed_in_it(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-10-01")
    typed(page, "2015-11-01 to 23 Nov 2015")
    assert (page.evaluate(FROM), shown_date(page)) == ("2015-11-01", "2015-11-23")
    expect(page.locator(".timeline .date")).to_have_text("1 – 23 Nov 2015")
    rows = page.locator(".rail .feed button")
    expect(rows.first).to_contain_text("23 Nov 2015")
    expect(rows.last).to_contain_text("1 Nov 2015")
    assert rows.count() == int(page.locator(".rail h2 small").inner_text())


def test_the_range_counts_both_its_ends_on_map_feed_and_legend(page: Page, app: str) -> None:
    """Mahin fell to the Islamic State on 1 November 2015 and back to the government on the 23rd."""
    opened(page, f"{app}/?date=2015-11-23&from=2015-11-23")
    ringed = "() => controlAtlas.payload.places.id.filter((_, i) => controlAtlas.ringed(i)).sort()"
    gained = page.locator(".rail tbody tr", has_text="Government").locator("td").last
    assert page.evaluate(ringed) == ["huwwarin", "mahin"]
    expect(page.locator(".rail thead")).to_contain_text("in range")
    expect(gained).to_have_text("▲ 2")
    alone = map_frame(page).evaluate("document.querySelector('.atlas-places').toDataURL()")
    page.evaluate("controlAtlas.setFrom(controlAtlas.day - 22)")
    assert page.evaluate(ringed) == ["al-hadath", "al-hawl", "huwwarin", "mahin"]
    assert map_frame(page).evaluate("document.querySelector('.atlas-places').toDataURL()") != alone
    expect(page.locator(".rail .feed button").last).to_contain_text("1 Nov 2015")
    page.keyboard.press("ArrowLeft")  # the 22nd: Mahin's first change is still within
    assert "mahin" in page.evaluate(ringed)
    page.keyboard.press("r")
    assert page.evaluate(ringed) == []
    expect(page.locator(".rail thead")).to_contain_text("30 days")


def test_the_range_has_a_handle_of_its_own_for_mouse_and_keys(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23")
    page.get_by_role("button", name="Show all that changed").click()
    assert page.evaluate(FROM) == "2015-10-24"
    plot, handle = page.locator(".timeline .plot").bounding_box(), page.locator(".timeline .begin").bounding_box()
    day, first, last = page.evaluate("[controlAtlas.from, controlAtlas.payload.first, controlAtlas.payload.last]")
    x = plot["x"] + plot["width"] * (day - first) / (last - first)
    page.mouse.move(x - 4, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(x - 304, handle["y"] + 9, steps=5)
    page.mouse.up()
    moved = page.evaluate("controlAtlas.from")
    assert abs(day - moved - 304 * (last - first) / plot["width"]) < 4
    assert shown_date(page) == "2015-11-23"
    page.keyboard.press("ArrowRight")  # the handle has the focus
    assert page.evaluate("controlAtlas.from") == moved + 1
    assert shown_date(page) == "2015-11-23"
    page.wait_for_url("**from=**")


def test_a_date_before_the_range_takes_its_beginning_along(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-23&from=2015-11-01")
    page.keyboard.press("Home")
    assert page.evaluate("controlAtlas.from === controlAtlas.day && controlAtlas.day === controlAtlas.payload.first")


def test_playing_goes_through_the_range_and_round_again_only_if_asked(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-10&from=2015-11-01&speed=4")
    seen = """() => { window.seen = []; controlAtlas.on('day', ({ changed }) => seen.push([controlAtlas.from, controlAtlas.day])); }"""
    page.evaluate(seen)
    page.keyboard.press("Space")
    page.wait_for_function("() => !controlAtlas.playing")
    assert shown_date(page) == "2015-11-10"
    first, last = page.evaluate("[seen[0], seen.at(-1)]")
    assert first[1] <= first[0] + 3, "from the beginning of the range"
    assert last == [first[0], first[0] + 9]
    page.keyboard.press("l")
    expect(page.get_by_role("button", name="Play again and again")).to_have_attribute("aria-pressed", "true")
    page.evaluate("seen.length = 0")
    page.keyboard.press("Space")
    page.wait_for_function("() => seen.filter(([from, day]) => day === from + 9).length >= 3")
    assert page.evaluate("seen.every(([from, day]) => day >= from && day <= from + 9)")
    page.keyboard.press("Space")
    page.wait_for_url("**speed=4&loop=1")


def test_the_last_day_is_the_last_with_data_and_says_so(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-01")
    page.keyboard.press("End")
    assert shown_date(page) == "2018-05-22"
    expect(page.locator(".timeline .note")).to_have_text(re.compile(r"The data end here, \d+ years ago"))
    page.keyboard.press("ArrowRight")
    assert shown_date(page) == "2018-05-22"
    expect(page.get_by_role("button", name="Last day with data")).to_have_attribute("title", "Last day with data, 22 May 2018 (End)")


def test_speed_changes_by_key_and_shows_in_the_address(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-01")
    for _ in range(5):
        page.keyboard.press("+")
    assert page.evaluate("controlAtlas.player.speed") == 4
    page.wait_for_url("**speed=4")
    for _ in range(5):
        page.keyboard.press("-")
    assert page.locator(".timeline select").input_value() == "0.5"
    page.wait_for_url("**speed=0.5")


def test_a_finger_sets_the_date(new_page: Callable[..., Page], app: str) -> None:
    page = opened(new_page(390, 844, has_touch=True, is_mobile=True), f"{app}/?date=2013-01-01")
    plot = page.locator(".timeline .plot").bounding_box()
    page.touchscreen.tap(plot["x"] + plot["width"] / 2, plot["y"] + 30)
    middle = page.evaluate("Math.round((controlAtlas.payload.first + controlAtlas.payload.last) / 2)")
    assert abs(page.evaluate("controlAtlas.day") - middle) <= 4
    slider = page.locator(".timeline .range").bounding_box()
    assert slider["height"] >= 24, "a thumb needs room"
    page.touchscreen.tap(slider["x"] + slider["width"] - 14, slider["y"] + slider["height"] / 2)
    assert page.evaluate("controlAtlas.payload.last - controlAtlas.day") < 30


def test_the_feed_keeps_the_rows_in_sight_alone(page: Page, app: str) -> None:
    """A million rows in the module itself."""
    opened(page, f"{app}/?date=2015-11-01")
    made = """async () => {
      const found = performance.getEntriesByType('resource').map((entry) => entry.name);
      const { VirtualList } = await import(found.find((name) => name.endsWith('/virtual_list.js')));
      const list = new VirtualList('list', (j) => Object.assign(document.createElement('li'), { textContent: `row ${j}` }));
      Object.assign(list.element.style, { position: 'fixed', inset: '0 0 auto auto', width: '200px', height: '300px', overflow: 'auto' });
      list.list.style.cssText = 'position: absolute; top: 0; margin: 0; padding: 0';
      document.body.append(list.element);
      const shown = () => {
        const box = list.element.getBoundingClientRect(), rows = [...list.list.children];
        const sees = ({ top, bottom }) => bottom > box.top + 1 && top < box.bottom - 1;
        const inside = rows.filter((row) => sees(row.getBoundingClientRect()));
        return { rows: rows.length, first: inside[0].textContent, last: inside.at(-1).textContent };
      };
      list.show(1e6, 700000, true);
      const middle = shown();
      list.element.scrollTop = 1e9;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
      const end = shown();
      list.show(1e6, 0, false);
      return { middle, end, start: shown() };
    }"""
    seen = page.evaluate(made)
    assert all(part["rows"] < 80 for part in seen.values())
    first, last = (int(seen["middle"][key].split()[1]) for key in ("first", "last"))
    assert first < 700_000 < last
    assert seen["end"]["last"] == "row 999999"
    assert seen["start"]["first"] == "row 0"
