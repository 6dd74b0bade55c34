"""Seconds until a page shows its picture in Chromium: of a cold server, from cold links to every page and province, and by the menu.

Run with `make bench`, or `python -m benchmarks.opening [--servers 3] [--json]`.

A cold link is opened in a window of its own, which has loaded nothing before. Maps count until the first picture with its events,
other pages until what they are about stands. Beside them, in the same run, Streamlit's own page with nothing but a title.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.scrubbing import seconds, window
from geodata.land.boundaries import boundaries
from tests.browser.conftest import DRAWN, FLAGS, serving
from tests.browser.provide_chromium import chromium

DATE = "date=2016-02-01"
PAGES = {
    "Map": ("/", DRAWN),
    "Compare": ("/compare", "() => window.controlPair?.sides.every((side) => side.feed)"),
    "Provinces": ("/provinces", "() => window.controlAtlas?.feed && !document.querySelector('iframe')"),
    "Ledger": ("/ledger", "() => document.querySelector('[data-testid=stDataFrame]')"),
    "Places": ("/places", "() => document.querySelector('[data-testid=stTextInput], [data-testid=stTextArea]')"),
    "Sources": ("/sources", "() => document.querySelector('[data-testid=stMarkdownContainer] ul')"),
    "Methods": ("/methods", "() => document.querySelector('.claim')"),
}
"""Address by name in the menu, and what holds once the page is there."""
BARE = "import streamlit as st\n\nst.title('Nothing')\n"


def opening(page: Page, url: str, condition: str) -> float:
    """Seconds from a link to what it promises."""

    def go() -> None:
        page.goto(url)
        page.wait_for_function(condition)

    return seconds(go)


def cold(browser: Browser, url: str, condition: str) -> float:
    """Return the same in a window that has loaded nothing before."""
    with window(browser) as page:
        return opening(page, url, condition)


def switched(page: Page, name: str) -> float:
    """Seconds from a click in the menu to the page."""
    path, condition = PAGES[name]

    def go() -> None:
        page.get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_function(f"() => location.pathname === '{path}'")
        page.wait_for_function(condition)

    return seconds(go)


def measured(browser: Browser, scratch: Path, servers: int) -> dict[str, dict[str, float | list[float]]]:
    """All figures, in seconds."""
    bare = scratch / "bare.py"
    bare.write_text(BARE, "utf-8")
    with serving(scratch / "log", script=str(bare)) as address:
        least = cold(browser, address, "() => document.querySelector('h1')")
    first = []
    for number in range(servers):
        folder = scratch / str(number)
        folder.mkdir()
        with serving(folder / "log") as address:
            first.append(cold(browser, f"{address}/?{DATE}", DRAWN))
    folder = scratch / "warm"
    folder.mkdir()
    with serving(folder / "log") as address:
        cold(browser, f"{address}/?{DATE}", DRAWN)
        pages = {name: cold(browser, f"{address}{path}?{DATE}", condition) for name, (path, condition) in PAGES.items()}
        provinces = {
            name: cold(browser, f"{address}/provinces?province={code}&{DATE}", DRAWN)
            for code, name in zip(boundaries(1)["code"], boundaries(1)["name"], strict=True)
        }
        with window(browser) as page:
            opening(page, f"{address}/?{DATE}", DRAWN)
            changes: dict[str, list[float]] = {name: [] for name in PAGES}
            for _ in range(3):
                for name in [*list(PAGES)[1:], "Map"]:
                    page.wait_for_timeout(1500)
                    changes[name].append(switched(page, name))
    return {
        "nothing but a title": {"cold link": least},
        "cold server": {"first picture": first},
        "cold link": pages,
        "cold link to a province": provinces,
        "page change": {name: statistics.median(times) for name, times in changes.items()},
    }


def main() -> None:
    """Run the benchmark and print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--servers", type=int, default=3, help="cold servers to start")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", file=sys.stderr)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS.split())
        result = measured(browser, Path(scratch), arguments.servers)
        browser.close()
    if arguments.json:
        json.dump(result, sys.stdout, indent=1)
        return
    for what, figures in result.items():
        for name, figure in figures.items():
            times = figure if isinstance(figure, list) else [figure]
            print(f"{what:24} {name:16} {', '.join(f'{time:.2f}' for time in times)} s")


if __name__ == "__main__":
    main()
