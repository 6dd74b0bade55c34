"""Time per move and per played frame in Chromium: ours beside the usual ways of Streamlit and folium, in one run.

Run with `make bench`, or `python -m benchmarks.scrubbing [--places 50 500 5000 50000] [--changes 4] [--only-ours] [--json]`.

"move" is from the change of date to the first frame that shows it, "frame" the time between two frames while playing; for the ways that
ask the server at every move, from one picture to the next when a move follows as soon as the last one is seen. Medians in milliseconds;
the number of moves stands beside the median of a slow way. "blank" is the share of frames without any symbol. "heap" is JavaScript's memory
after a collection, typed arrays included.

The naive maps load scripts from public hosts; here those come from packages: Leaflet from django-js-lib-leaflet, the plugins of
TimestampedGeoJson from npm, through `npm pack`. Bootstrap, jQuery UI and fonts, which they do not need, are answered empty. Without npm,
TimestampedGeoJson is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Frame, Page, sync_playwright

from benchmarks.synthetic import DATA, write_dataset
from tests.browser.conftest import DRAWN, FLAGS, serving
from tests.browser.provide_chromium import chromium

MOVES = 15
FRAMES = 240
PATIENCE_S = 900

Way = Callable[[Browser, Path | None, Path], dict[str, Any]]
"""Measures a dataset, by default the bundled one, with a file for the server's log."""
SLOW_MS = 10_000
"""A way whose move takes longer gets no more than two of them."""

# A MessageChannel's message runs after the frame has been painted.
PAINTED = """const painted = (then) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = then;
  channel.port2.postMessage(0);
});"""

MOVE = """(days) => new Promise((resolve) => {
  const times = [];
  PAINTED
  const next = (k) => {
    if (k === days.length) return resolve(times);
    const start = performance.now();
    controlAtlas.setDay(days[k]);
    painted(() => { times.push(performance.now() - start); setTimeout(() => next(k + 1), 60); });
  };
  next(0);
})""".replace("PAINTED", PAINTED)

PLAY = """(count) => new Promise((resolve) => {
  const stamps = [];
  controlAtlas.player.play();
  const frame = (now) => {
    stamps.push(now);
    if (stamps.length > count) { controlAtlas.pause(); resolve(stamps.slice(1).map((t, k) => t - stamps[k])); }
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})"""

# TimeDimension: a move by setCurrentTime, until its layer has taken it in and a frame has been painted.
JUMP = """({ days, wait }) => new Promise((resolve) => {
  const times = [], { timeDimension } = naiveMap;
  PAINTED
  const next = (k) => {
    if (k === days.length) return resolve(times);
    const start = performance.now();
    timeDimension.once('timeload', () => painted(() => { times.push(performance.now() - start); setTimeout(() => next(k + 1), wait); }));
    timeDimension.setCurrentTime(timeDimension.getAvailableTimes()[days[k]]);
  };
  next(0);
})""".replace("PAINTED", PAINTED)

# Looks at every frame from now on: does any document of the page show a symbol?
WATCH = """() => {
  window.looks = window.blank = 0;
  const shows = (document) => {
    if (!document) return false;
    if (document.querySelector('path.leaflet-interactive')) return true;
    const canvas = document.querySelector('.atlas-places');
    return Boolean(canvas?.width) && canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value);
  };
  const look = () => {
    looks++;
    if (![...document.querySelectorAll('iframe')].some((frame) => shows(frame.contentDocument))) blank++;
    window.watching = requestAnimationFrame(look);
  };
  look();
}"""
WATCHED = "() => { cancelAnimationFrame(watching); return [blank, looks]; }"


def ours(browser: Browser, folder: Path | None, log: Path) -> dict[str, Any]:
    """Figures of the product on a dataset, by default the bundled one."""
    environment = {"CONTROL_ATLAS_DATA": str(folder)} if folder else {}
    with serving(log, **environment) as address, window(browser) as page:
        sent: list[object] = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
        result: dict[str, Any] = {"first picture": seconds(lambda: _open(page, address))}
        result["second visit"] = seconds(lambda: _open(page, address))
        page.wait_for_timeout(2500)
        result["heap"] = heap(page)
        base = page.evaluate("controlAtlas.day")
        result["move"] = page.evaluate(MOVE, [base + 17 * k for k in range(1, MOVES + 1)])
        page.evaluate("controlAtlas.setDay(controlAtlas.payload.first + 20)")
        page.wait_for_timeout(800)
        before = len(sent), page.evaluate("performance.getEntriesByType('resource').length")
        result["frame"] = page.evaluate(PLAY, FRAMES)
        result["requests"] = len(sent) - before[0] + page.evaluate("performance.getEntriesByType('resource').length") - before[1]
        page.evaluate("controlAtlas.setDay(controlAtlas.payload.first + 20)")
        page.evaluate(WATCH)
        page.evaluate(PLAY, FRAMES // 4)
        page.evaluate(MOVE, [base + 40 * k for k in range(1, 6)])
        result["blank"] = page.evaluate(WATCHED)
    return result


def served(way: str, browser: Browser, folder: Path | None, log: Path) -> dict[str, Any]:
    """Figures of a way that asks the server at every move."""
    with serving(log, script="benchmarks/naive_app.py", CONTROL_ATLAS_DATA=str(folder), NAIVE=way) as address, window(browser) as page:
        page.route("**/*", from_packages)

        def go() -> None:
            page.goto(address)
            wait_for_day(page, 400)

        result: dict[str, Any] = {"first picture": seconds(go), "move": [], "frame": []}
        page.get_by_role("slider").focus()
        day = 400

        def press() -> None:
            page.keyboard.press("ArrowRight")
            wait_for_day(page, day)

        page.evaluate(WATCH)
        for series, rest in (("move", 500), ("frame", 0)):
            for _ in range(5):
                day += 1
                page.wait_for_timeout(rest)
                result[series].append(1000 * seconds(press))
                if result[series][-1] > SLOW_MS and len(result["move"]) > 1:
                    break
        result["blank"] = page.evaluate(WATCHED)
        result["heap"] = heap(page)
    return result


def timestamped(browser: Browser, folder: Path | None, log: Path) -> dict[str, Any]:
    """Figures of folium's TimestampedGeoJson, which plays in the browser."""
    with (
        serving(log, script="benchmarks/naive_app.py", CONTROL_ATLAS_DATA=str(folder), NAIVE="timestamped") as address,
        window(browser) as page,
    ):
        page.route("**/*", from_packages)
        found: list[Frame] = []

        def go() -> None:
            page.goto(address)
            found.append(frame_with(page, "window.naiveMap?.timeDimension?.getAvailableTimes().length > 400"))

        result: dict[str, Any] = {"first picture": seconds(go)}
        [frame] = found
        probe = frame.evaluate(JUMP, {"days": [400, 417], "wait": 60})
        moves, frames = (MOVES, FRAMES // 4) if probe[-1] < SLOW_MS else (1, 1)
        page.evaluate(WATCH)
        result["move"] = frame.evaluate(JUMP, {"days": [400 - 17 * k for k in range(1, moves + 1)], "wait": 60})
        result["frame"] = frame.evaluate(JUMP, {"days": [100 + k for k in range(frames)], "wait": 0})
        result["blank"] = page.evaluate(WATCHED)
        result["heap"] = heap(page)
    return result


def _open(page: Page, address: str) -> None:
    page.goto(f"{address}/?date=2016-02-01")
    page.wait_for_function(DRAWN)


@contextmanager
def window(browser: Browser) -> Iterator[Page]:
    """Yield a page in a context of its own, closed at the end."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(1000 * PATIENCE_S)
    yield page
    context.close()


def seconds(act: Callable[[], None]) -> float:
    """How long it took."""
    start = time.monotonic()
    act()
    return time.monotonic() - start


def heap(page: Page) -> float:
    """JavaScript's memory in megabytes after a collection, typed arrays included."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")
    return float(used["usedSize"] + used["backingStorageSize"]) / 1e6


def wait_for_day(page: Page, day: int) -> None:
    """Return when a map shows a day."""
    page.wait_for_function("(day) => Array.from(frames).some((f) => f.naiveDay === day)", arg=day, polling=16)


def frame_with(page: Page, condition: str) -> Frame:
    """Return the first frame in which a condition holds, waited for."""
    for _ in range(20 * PATIENCE_S):
        for frame in page.frames:
            try:
                if frame.evaluate(f"Boolean({condition})"):
                    return frame
            except Error:  # the frame has gone meanwhile
                continue
        page.wait_for_timeout(50)
    raise TimeoutError(condition)


@cache
def packages() -> dict[str, bytes]:
    """Files that the naive maps load, by name."""
    leaflet = resources.files("js_lib_leaflet") / "static" / "js_lib_leaflet"
    files = {name: (leaflet / name).read_bytes() for name in ("leaflet.js", "leaflet.css")}
    plugins = {
        "leaflet-timedimension@1.1.1": ["dist/leaflet.timedimension.min.js", "dist/leaflet.timedimension.control.css"],
        "iso8601-js-period@0.2.1": ["iso8601.js"],
        "moment@2.18.1": ["min/moment.min.js"],
        "jquery@3.7.1": ["dist/jquery.min.js"],
    }
    with tempfile.TemporaryDirectory() as scratch:
        for package, wanted in plugins.items() if shutil.which("npm") else ():
            name = subprocess.run(
                ["npm", "pack", "--silent", package], cwd=scratch, check=True, capture_output=True, text=True
            ).stdout.strip()
            with tarfile.open(Path(scratch) / name) as archive:
                for path in wanted:
                    member = archive.extractfile(f"package/{path}")
                    assert member is not None, path
                    files[path.rsplit("/", 1)[-1]] = member.read()
    if "iso8601.js" in files:
        files["iso8601.min.js"] = files.pop("iso8601.js")
    return files


def from_packages(route: Any) -> None:
    """Answer a request to a public host from packages."""
    url = route.request.url
    if url.startswith(("http://127.0.0.1", "data:", "blob:")):
        return route.continue_()
    name = url.rsplit("/", 1)[-1]
    name = "jquery.min.js" if name.startswith("jquery-3") else name
    return route.fulfill(body=packages().get(name, b""), content_type="text/javascript" if name.endswith("js") else "text/css")


def p95(values: list[float]) -> float:
    """95th percentile."""
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


COLUMNS = {
    "places": 8,
    "way": 23,
    "first picture s": 16,
    "move": 11,
    "frame": 7,
    "frame p95": 9,
    "blank": 14,
    "heap MB": 7,
    "move, ours = 1": 14,
}


def line(cells: list[str]) -> str:
    """Return a line of the table."""
    return " | ".join(cell.ljust(width) for cell, width in zip(cells, COLUMNS.values(), strict=False)).rstrip()


def cells(size: str, way: str, result: dict[str, Any], best: float) -> list[str]:
    """Figures of one way as text; `best` is our own move."""
    if "problem" in result:
        return [size, way, result["problem"]]
    move, few = statistics.median(result["move"]), f" ({len(result['move'])})" if len(result["move"]) < MOVES else ""
    blank, looks = result["blank"]
    first = f"{result['first picture']:.1f}" + (f", then {result['second visit']:.1f}" if "second visit" in result else "")
    return [
        *(size, way, first, f"{move:,.0f}{few}", f"{statistics.median(result['frame']):,.0f}", f"{p95(result['frame']):,.0f}"),
        *(f"{blank / max(1, looks):.0%} of {looks:,}", f"{result['heap']:.0f}", f"{move / best:,.0f}"),
    ]


def main() -> None:
    """Run the benchmark and print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--places", type=int, nargs="*", default=[50, 500, 5000, 50_000], help="sizes of the synthetic datasets")
    parser.add_argument("--changes", type=int, default=4, help="changes of control a place; 20 with 50000 places make a million")
    parser.add_argument("--only-ours", action="store_true", help="without the other ways, of which the large ones take minutes")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    others: dict[str, Way] = {
        "st_folium, map rebuilt": partial(served, "rebuild"),
        "feature_group_to_add": partial(served, "feature_group"),
        **({"TimestampedGeoJson": timestamped} if shutil.which("npm") else {}),
    }
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", file=sys.stderr)
    if not arguments.json:
        print(line(list(COLUMNS)), flush=True)
    results: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        for size in ("bundled", *map(str, arguments.places)):
            folder = write_dataset(Path(scratch) / size, int(size), arguments.changes) if size != "bundled" else None
            ways: dict[str, Way] = {"ours": ours} | (others if folder and not arguments.only_ours else {})
            results[size] = {}
            for way, measure in ways.items():
                browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS.split())
                try:
                    results[size][way] = measure(browser, folder, Path(scratch) / "log")
                except Error as problem:  # a way that does not cope with a size is a figure, too
                    results[size][way] = {"problem": str(problem).splitlines()[0][:60]}
                browser.close()
                if not arguments.json:
                    best = statistics.median(results[size]["ours"].get("move", [1]))
                    print(line(cells(size, way, results[size][way], best)), flush=True)
    if arguments.json:
        json.dump(results, sys.stdout, indent=1)
    else:
        print(f"requests while ours played: {sum(ways['ours'].get('requests', 0) for ways in results.values())}")


if __name__ == "__main__":
    if not (DATA / "claims.csv").exists():
        sys.exit("The bundled dataset is missing.")
    main()
