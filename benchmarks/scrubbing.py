"""Time per move and per played frame in Chromium: ours beside the naive st_folium way, in one run.

Run with `make bench`, or `python -m benchmarks.scrubbing [--places 50 500 5000] [--json]`. Milliseconds; medians of several moves.
"move" is from the change of date to the first frame that shows it; "frame" is the time between two frames while playing.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.synthetic import DATA, write_dataset
from tests.browser.conftest import DRAWN, FLAGS, serving
from tests.browser.provide_chromium import chromium

MOVES = 15
FRAMES = 240

MOVE = """(days) => new Promise((resolve) => {
  const times = [];
  const next = (k) => {
    if (k === days.length) return resolve(times);
    const start = performance.now();
    controlAtlas.setDay(days[k]);
    requestAnimationFrame(() => {
      const channel = new MessageChannel(); // runs after this frame was painted
      channel.port1.onmessage = () => { times.push(performance.now() - start); setTimeout(() => next(k + 1), 60); };
      channel.port2.postMessage(0);
    });
  };
  next(0);
})"""

PLAY = """(count) => new Promise((resolve) => {
  const stamps = [];
  controlAtlas.play();
  const frame = (now) => {
    stamps.push(now);
    if (stamps.length > count) { controlAtlas.pause(); resolve(stamps.slice(1).map((t, k) => t - stamps[k])); }
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})"""


def ours(browser: Browser, folder: Path | None, log: Path) -> dict[str, Any]:
    """Figures of the product on a dataset, by default the bundled one."""
    environment = {"CONTROL_ATLAS_DATA": str(folder)} if folder else {}
    with serving(log, **environment) as address:
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        start = time.monotonic()
        page.goto(f"{address}/?date=2016-02-01")
        page.wait_for_function(DRAWN, timeout=120_000)
        first = time.monotonic() - start
        page.wait_for_timeout(2000)
        sent: list[object] = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
        base = page.evaluate("controlAtlas.day")
        moves = page.evaluate(MOVE, [base + 17 * k for k in range(1, MOVES + 1)])
        page.evaluate("controlAtlas.setDay(controlAtlas.payload.first + 20)")
        page.wait_for_timeout(800)
        before = page.evaluate("performance.getEntriesByType('resource').length")
        frames = page.evaluate(PLAY, FRAMES)
        loaded = page.evaluate("performance.getEntriesByType('resource').length") - before
        page.context.close()
    return {"first picture": 1000 * first, "move": moves, "frame": frames, "requests while playing": loaded}


def naive(browser: Browser, folder: Path, log: Path, moves: int) -> dict[str, Any]:
    """Figures of the naive way on a dataset."""
    with serving(log, script="benchmarks/naive_app.py", CONTROL_ATLAS_DATA=str(folder)) as address:
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        # The naive map loads its scripts from public hosts; here they come from the package, so that it is not waiting for a network.
        page.route("**/*", _leaflet_from_disk)
        page.goto(address)
        _wait_for_day(page, 400)
        page.get_by_role("slider").focus()
        times = []
        for k in range(1, moves + 1):
            page.wait_for_timeout(500)
            start = time.monotonic()
            page.keyboard.press("ArrowRight")
            _wait_for_day(page, 400 + k)
            times.append(1000 * (time.monotonic() - start))
        page.context.close()
    return {"move": times}


def _wait_for_day(page: Page, day: int) -> None:
    page.wait_for_function("(day) => Array.from(frames).some((f) => f.naiveDay === day)", arg=day, timeout=180_000, polling=16)


def _leaflet_from_disk(route: Any) -> None:
    from importlib import resources

    url = route.request.url
    if url.startswith(("http://127.0.0.1", "data:", "blob:")):
        return route.continue_()
    name = url.rsplit("/", 1)[-1]
    files = resources.files("js_lib_leaflet") / "static" / "js_lib_leaflet"
    if name in ("leaflet.js", "leaflet.css"):
        return route.fulfill(body=(files / name).read_bytes(), content_type="text/javascript" if name.endswith("js") else "text/css")
    return route.fulfill(body="", content_type="text/javascript" if name.endswith("js") else "text/css")


def p95(values: list[float]) -> float:
    """95th percentile."""
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def main() -> None:
    """Run the benchmark and print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--places", type=int, nargs="*", default=[50, 500, 5000], help="sizes of the synthetic datasets")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS.split())
        home = Path(scratch)
        results["bundled"] = {"ours": ours(browser, None, home / "log")}
        for places in arguments.places:
            folder = write_dataset(home / str(places), places)
            moves = 5 if places < 5000 else 3
            results[str(places)] = {"ours": ours(browser, folder, home / "log"), "naive": naive(browser, folder, home / "log", moves)}
        browser.close()
    if arguments.json:
        json.dump(results, sys.stdout, indent=1)
        return
    print(f"{'places':>8} | {'first picture':>13} | {'move':>6} | {'frame':>6} | {'p95':>6} | {'requests':>8} | {'naive move':>10} | ratio")
    for size, result in results.items():
        mine = result["ours"]
        move, frame = statistics.median(mine["move"]), statistics.median(mine["frame"])
        line = f"{size:>8} | {mine['first picture']:>13.0f} | {move:>6.1f} | {frame:>6.1f} | {p95(mine['frame']):>6.1f}"
        line += f" | {mine['requests while playing']:>8}"
        if "naive" in result:
            other = statistics.median(result["naive"]["move"])
            line += f" | {other:>10.0f} | {other / move:>4.0f}x"
        print(line)


if __name__ == "__main__":
    if not (DATA / "claims.csv").exists():
        sys.exit("The bundled dataset is missing.")
    main()
