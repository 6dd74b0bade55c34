"""The timeline as a whole: whatever one presses, clicks and drags, it stands where a small model of it stands."""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from geodata import VIEWS, load_events, read_dataset
from geodata.dataset.provinces import read_provinces
from tests.browser.conftest import free_port, map_frame, noted, opened, quiet, serving, shown_date
from views.payload.payload import day_number, timeline_span
from views.screen.permalink.permalink import Permalink, read_permalink
from views.screen.permalink.reading import Existing
from views.screen.permalink.schema import EVENT_KINDS, SPEEDS, STATUSES

THUMB_PX = 16
STATE = "() => [controlAtlas.day, controlAtlas.from]"


@dataclass(frozen=True)
class Timeline:
    """What the timeline promises. Days since 1970-01-01, all inclusive; `start` is the first day of a range, None without one."""

    first: int
    last: int
    days: list[int]
    of_place: list[int]
    day: int
    start: int | None = None

    def to(self, day: int) -> Timeline:
        day = min(max(day, self.first), self.last)
        return replace(self, day=day, start=None if self.start is None else min(self.start, day))

    def step(self, direction: int, days: list[int]) -> Timeline:
        k = bisect_right(days, self.day) if direction > 0 else bisect_left(days, self.day) - 1
        return self.to(days[k]) if 0 <= k < len(days) else self

    def press(self, key: str) -> Timeline:
        match key:
            case "ArrowLeft" | "ArrowRight":
                return self.to(self.day + (1 if key == "ArrowRight" else -1))
            case "Shift+ArrowLeft" | "Shift+ArrowRight":
                return self.step(1 if key == "Shift+ArrowRight" else -1, self.days)
            case "ArrowUp" | "ArrowDown":
                return self.step(1 if key == "ArrowDown" else -1, self.of_place)
            case "Home" | "End":
                return self.to(self.first if key == "Home" else self.last)
            case "r":
                return replace(self, start=max(self.first, self.day - 30) if self.start is None else None)
        raise AssertionError(key)

    def at(self, part: float) -> Timeline:
        """At a part of the way from the start of the first day to the end of the last, 0 to 1."""
        return self.to(int(self.first + part * (self.last + 1 - self.first) + 0.5))


@pytest.fixture(scope="module")
def model() -> Timeline:
    """The bundled data on 1 November 2015, Palmyra selected."""
    events = load_events()
    first, last = (day_number(day) for day in timeline_span(events))
    shown = events[
        events["date"].notna()
        & (((events["kind"] != "control") & ~events["event_id"].str.endswith("-disputed")) | events["basis"].isin(["change", "implied"]))
    ]
    days = sorted({day_number(day.date()) for day in shown["date"]})
    of_place = sorted(day_number(day.date()) for day in shown[shown["place_id"] == "palmyra"]["date"])
    return Timeline(first, last, days, of_place, day_number(dt.date(2015, 11, 1)))


KEYS = {
    "ArrowLeft": 6,
    "ArrowRight": 6,
    "Shift+ArrowLeft": 4,
    "Shift+ArrowRight": 4,
    "ArrowUp": 3,
    "ArrowDown": 3,
    "Home": 1,
    "End": 1,
    "r": 2,
}


class Hand:
    """Acts on a page and on the model of it alike."""

    def __init__(self, page: Page, model: Timeline, seed: int) -> None:
        self.page, self.model, self.chance = page, model, random.Random(seed)  # noqa: S311 - moves, not secrets
        self.plot = page.locator(".timeline .plot").bounding_box()
        self.slider = page.locator(".timeline .range").bounding_box()

    def act(self) -> str:
        kind = self.chance.choices(["key", "click", "drag", "slide"], [7, 1, 1, 1])[0]
        if kind == "key":
            key = self.chance.choices(list(KEYS), list(KEYS.values()))[0]
            self.page.keyboard.press(key)
            self.model = self.model.press(key)
            return key
        x = self.point()
        if kind == "slide":
            self.page.mouse.click(x, self.slider["y"] + self.slider["height"] / 2)
            free = self.slider["width"] - THUMB_PX
            self.model = self.model.at((x - self.slider["x"] - THUMB_PX / 2) / free)
            return f"slide to {x}"
        points = [x] if kind == "click" else [x, self.point(), self.point()]
        self.page.mouse.move(points[0], self.plot["y"] + 30)
        self.page.mouse.down()
        for x in points:
            self.page.mouse.move(x, self.plot["y"] + 20)
            self.model = self.model.at((x - self.plot["x"]) / self.plot["width"])
        self.page.mouse.up()
        return f"{kind} {points}"

    def point(self) -> int:
        # Away from the handle of a range's beginning, which would take the pointer.
        while True:
            x = self.chance.randint(int(self.plot["x"]) + 1, int(self.plot["x"] + self.plot["width"]) - 1)
            if self.model.start is None or abs(x - self.x_of(self.model.start)) > 2 * THUMB_PX:
                return x

    def x_of(self, day: int) -> float:
        return self.plot["x"] + self.plot["width"] * (day - self.model.first) / (self.model.last + 1 - self.model.first)


def test_two_hundred_random_moves_end_where_the_model_ends(page: Page, app: str, model: Timeline) -> None:
    opened(page, f"{app}/?date=2015-11-01&place=palmyra")
    hand, done = Hand(page, model, seed=7), []
    for _ in range(200):
        done.append(hand.act())
        assert page.evaluate(STATE) == [hand.model.day, hand.model.start], done[-5:]
    assert len(set(done)) > 30


def test_two_tabs_of_one_browser_do_not_disturb_each_other(new_page: Callable[..., Page], app: str, model: Timeline) -> None:
    tabs = [opened(new_page(), f"{app}/?date=2015-11-01&place=palmyra") for _ in range(2)]
    hands = [Hand(tab, model, seed) for seed, tab in enumerate(tabs)]
    for _ in range(15):
        for hand in hands:
            hand.act()
    for hand in hands:
        assert hand.page.evaluate(STATE) == [hand.model.day, hand.model.start]
        iso = (dt.date(1970, 1, 1) + dt.timedelta(days=hand.model.day)).isoformat()
        hand.page.wait_for_url(f"**date={iso}**")


def random_permalink(chance: random.Random, places: list[str], provinces: list[str], first: dt.date, last: dt.date) -> Permalink:
    date = first + dt.timedelta(days=chance.randint(0, (last - first).days))
    start = chance.choice([None, first + dt.timedelta(days=chance.randint(0, (date - first).days))])
    zoom, latitude, longitude = chance.randint(24, 48) / 4, chance.uniform(33, 36), chance.uniform(36, 41)
    return Permalink(
        date,
        start,
        place=chance.choice(["", *places]),
        view=chance.choice(VIEWS),
        map=chance.choice(["", f"{zoom:g}_{latitude:.3f}_{longitude:.3f}"]),
        province=chance.choice(["", *provinces]),
        speed=chance.choice(["", *SPEEDS]),
        loop=chance.choice(["", "1"]),
    )


def filtered(permalink: Permalink, chance: random.Random, provinces: list[str]) -> Permalink:
    return replace(
        permalink,
        party=chance.choice(["", "sdf"]),
        kind=chance.choice(["", *EVENT_KINDS]),
        status=chance.choice(["", *STATUSES]),
        by=chance.choice(["", "sohr"]),
        area=chance.choice(["", *provinces]),
        q=chance.choice(["", "al-Qaryatayn & مهين"]),
    )


@pytest.fixture(scope="module")
def permalinks() -> list[Permalink]:
    dataset, chance = read_dataset(), random.Random(11)  # noqa: S311 - states, not secrets
    provinces = list(read_provinces(dataset.folder))
    states = [random_permalink(chance, list(dataset.locations), provinces, *timeline_span(load_events())) for _ in range(100)]
    return [filtered(state, chance, provinces) for state in states]


# A fresh atlas for each state, in one page: the page around it is the same for all and has tests of its own.
REOPEN = """async (queries) => {
  const found = performance.getEntriesByType('resource').map((entry) => entry.name);
  const { Atlas } = await import(found.find((name) => name.endsWith('/atlas.js')));
  const states = [];
  for (const query of queries) {
    const atlas = new Atlas();
    await atlas.open({ url: controlAtlas.url, ...query });
    states.push(atlas.permalink());
    atlas.pause();
  }
  return states;
}"""


def test_a_hundred_random_states_come_back_from_their_links(page: Page, app: str, permalinks: list[Permalink]) -> None:
    dataset, span = read_dataset(), timeline_span(load_events())
    exists = Existing(dataset.locations, VIEWS, read_provinces(dataset.folder), [], ["sdf"], ["sohr"], span)
    queries = []
    for permalink in permalinks:
        read, notes = read_permalink(permalink.query(), exists)
        assert (read, notes) == (permalink, [])
        queries.append(read.query())
    opened(page, app)
    for permalink, state in zip(permalinks, page.evaluate(REOPEN, queries), strict=True):
        assert Permalink.of(state) == permalink


def test_states_come_back_when_their_links_are_opened_cold(new_page: Callable[..., Page], app: str, permalinks: list[Permalink]) -> None:
    for permalink in [replace(permalink, province="") for permalink in permalinks[:3]]:
        page = opened(new_page(), f"{app}/{permalink.link()}")
        state = page.evaluate("controlAtlas.permalink()")
        assert replace(Permalink.of(state), map=permalink.map) == permalink
        if permalink.map:
            zoom, latitude, longitude = (float(part) for part in permalink.map.split("_"))
            seen = map_frame(page).evaluate("[map_div.getZoom(), map_div.getCenter().lat, map_div.getCenter().lng]")
            assert seen == [zoom, pytest.approx(latitude, abs=0.01), pytest.approx(longitude, abs=0.01)]
        page.close()


def test_a_restarted_server_finds_the_page_where_the_hand_left_it(browser: Browser, tmp_path: Path) -> None:
    # A page of its own: while there is no server, the browser's console complains, and may.
    page, wrong, port = noted(browser.new_context(viewport={"width": 1440, "height": 900}).new_page()), [], free_port()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    with serving(tmp_path / "log", port=port) as address:
        opened(page, f"{address}/?date=2015-11-01")
        for _ in range(10):
            page.keyboard.press("ArrowRight")
    for _ in range(10):  # while there is no server
        page.keyboard.press("ArrowRight")
    assert shown_date(page) == "2015-11-21"
    with serving(tmp_path / "log", port=port):
        quiet(page)
        assert shown_date(page) == "2015-11-21"
        for _ in range(2):
            page.keyboard.press("ArrowRight")
        page.wait_for_url("**date=2015-11-23**")
        quiet(page)
        page.get_by_role("button", name="Export").click()
        with page.expect_download() as table:
            page.get_by_role("button", name="Control on this date (CSV)").click()
        lines = Path(table.value.path()).read_text("utf-8").splitlines()
        assert any(line.startswith("mahin,") and ",government," in line for line in lines), "the server knows the new date"
        page.context.close()
    assert wrong == []


def test_a_page_that_a_new_server_does_not_know_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    page, port = noted(browser.new_context(viewport={"width": 1440, "height": 900}).new_page()), free_port()
    with serving(tmp_path / "log", port=port) as address:
        page.goto(f"{address}/sources")
        page.get_by_role("tab", name="Documents").wait_for()
        quiet(page)  # the last run was one of the whole page: Streamlit does not ask for another
    with serving(tmp_path / "log", port=port):
        quiet(page)
        page.locator(".search input").fill("mheen")
        page.locator(".search [role=option]").first.wait_for()
        page.context.close()
