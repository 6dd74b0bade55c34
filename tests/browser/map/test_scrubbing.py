"""Scrubbing: keys, playing and dragging change the picture in the browser and leave the server alone until they rest."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import map_frame, opened, quiet, shown_date


def messages_to_the_server(page: Page) -> list[object]:
    """Grows by one at every message that the page sends to the server from now on."""
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    return sent


def test_fifty_quick_presses_move_fifty_days(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-01")
    for _ in range(50):
        page.keyboard.press("ArrowRight", delay=0)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    assert shown_date(page) == "2015-12-21"
    for _ in range(50):
        page.keyboard.press("ArrowLeft")
    assert shown_date(page) == "2015-11-01"


def test_keys_work_with_the_focus_in_the_map(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-01")
    page.locator("iframe").click(position={"x": 700, "y": 580})
    page.keyboard.press("ArrowRight")
    assert shown_date(page) == "2015-11-02"
    page.keyboard.press("Shift+ArrowRight")
    assert shown_date(page) == "2015-11-13"  # al-Hawl falls to the SDF
    page.keyboard.press("End")
    assert shown_date(page) == page.evaluate("new Date(controlAtlas.payload.last * 86400000).toISOString().slice(0, 10)")
    page.keyboard.press("Home")
    assert shown_date(page).endswith("-01")


def test_keys_leave_the_date_alone_while_one_types(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-01")
    page.get_by_placeholder("Find a place").click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.type(" -=")
    assert shown_date(page) == "2015-11-01"
    assert page.evaluate("controlAtlas.playing") is False


def test_up_and_down_step_through_the_changes_of_the_selected_place(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2016-01-10&place=palmyra")
    page.keyboard.press("ArrowDown")
    assert shown_date(page) == "2016-03-27"
    page.keyboard.press("ArrowUp")
    assert shown_date(page) == "2015-05-20"


def test_playing_neither_asks_the_server_nor_blanks_nor_remounts_the_map(page: Page, app: str) -> None:
    sent = messages_to_the_server(page)
    opened(page, f"{app}/?date=2015-04-01")
    quiet(page)
    map_frame(page).evaluate("window.mark = 'the same map'")
    before, start = len(sent), page.evaluate("controlAtlas.day")
    page.keyboard.press("Space")
    page.evaluate(
        """() => {
          window.frameTimes = [];
          window.blank = 0;
          const canvas = Array.from(frames).find((f) => f.atlasDrawn).document.querySelector('.atlas-places');
          const look = (now) => {
            frameTimes.push(now);
            if (frameTimes.length % 10 === 0) {
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              if (!data.some((value) => value)) blank++;
            }
            if (frameTimes.length < 120) requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }"""
    )
    page.wait_for_function("() => window.frameTimes.length >= 120")
    assert page.evaluate("controlAtlas.day") > start + 30
    assert page.evaluate("blank") == 0
    assert len(sent) == before
    page.keyboard.press("Space")
    page.wait_for_url(f"**date={shown_date(page)}**")
    assert map_frame(page).evaluate("window.mark") == "the same map"


def test_the_date_reaches_the_address_when_it_rests(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-01")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**date=2015-11-06**")


def test_a_change_shows_on_map_legend_feed_and_chip_at_once(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-22")
    holder = "controlAtlas.payload.parties[controlAtlas.state(controlAtlas.index.get('mahin'))[0]].id"
    count = page.locator(".rail tbody tr", has_text="Islamic State").locator("td").first
    pixels = "document.querySelector('.atlas-places').toDataURL()"
    before, picture = int(count.inner_text()), map_frame(page).evaluate(pixels)
    assert page.evaluate(holder) == "islamic-state"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(holder) == "government"
    assert int(count.inner_text()) == before - 2  # Mahin and Huwwarin
    assert map_frame(page).evaluate(pixels) != picture
    assert map_frame(page).locator(".atlas-chip strong").inner_text() == "23 November 2015"
    assert "23 Nov 2015" in page.locator(".rail .feed .current").inner_text()


def test_the_chart_takes_the_date_where_it_is_clicked(page: Page, app: str) -> None:
    opened(page, f"{app}/?date=2015-11-22")
    box = page.locator(".timeline .plot").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 30)
    middle = page.evaluate("Math.round((controlAtlas.payload.first + controlAtlas.payload.last) / 2)")
    assert abs(page.evaluate("controlAtlas.day") - middle) <= 2
    marker = page.locator(".timeline .marker").bounding_box()
    assert abs(marker["x"] + 1 - (box["x"] + box["width"] / 2)) <= 2
