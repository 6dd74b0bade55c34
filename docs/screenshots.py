"""Takes the pictures of README.md from the running product: `make shots`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.browser.conftest import DRAWN, FLAGS, serving
from tests.browser.provide_chromium import chromium

FOLDER = Path(__file__).resolve().parent / "pictures"

SHOTS = {
    "map": ("/?date=2015-12-12&place=mahin", 1440, 900, "light"),
    "map-dark": ("/?date=2016-12-11", 1280, 720, "dark"),
    "phone": ("/?date=2015-11-23", 390, 844, "light"),
    "arabic": ("/?date=2015-12-12&place=mahin&lang=ar", 1440, 900, "light"),
}


def main() -> None:
    """Write one PNG a view, and the print sheets."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, serving(Path(scratch) / "log") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS.split())
        for name, (path, width, height, scheme) in SHOTS.items():
            page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme).new_page()
            page.goto(address + path)
            page.wait_for_function(DRAWN)
            page.wait_for_function("() => controlAtlas.territory && controlAtlas.feed")
            page.wait_for_timeout(1000)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.context.close()
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(f"{address}/compare?date=2015-10-31&to=2015-11-23")
        page.wait_for_function("() => Array.from(frames).some((f) => f.atlasDrawn)")
        page.wait_for_timeout(3000)
        page.screenshot(path=FOLDER / "compare.png")
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(f"{address}/provinces?date=2016-12-12")
        page.wait_for_function("() => window.controlAtlas?.territory")
        page.wait_for_timeout(1000)
        page.screenshot(path=FOLDER / "provinces.png")
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(f"{address}/provinces?province=SY-HI&date=2016-12-12&place=palmyra")
        page.wait_for_function(DRAWN)
        page.locator(".ribbons").scroll_into_view_if_needed()
        page.wait_for_timeout(1000)
        page.locator(".ribbons").screenshot(path=FOLDER / "ribbons.png")
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(f"{address}/ledger?event=rferl-sukhnah-2017-08-06-as-sukhnah-1&place=as-sukhnah")
        page.wait_for_timeout(3000)
        page.screenshot(path=FOLDER / "ledger.png")
        browser.close()
    sheets = {
        "sheet": "map --as-of 2015-11-23 --province Homs --width 1440 --height 810",
        "multiples": "multiples --province Homs --by quarter --from 2015 --to 2017",
    }
    for name, options in sheets.items():
        command = [sys.executable, "-m", "views.paper", *options.split(), "--out", str(FOLDER / f"{name}.png")]
        subprocess.run(command, check=True, cwd=FOLDER.parents[1])  # noqa: S603


if __name__ == "__main__":
    main()
