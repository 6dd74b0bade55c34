"""The app on a free port and a Chromium to drive it; every page fails on a request that leaves the machine or an error in its console."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect, sync_playwright

from tests.browser.provide_chromium import chromium

ROOT = Path(__file__).resolve().parents[2]
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
SHARED = "--process-per-site"  # pages of one window share what was compiled
# No other name is ever looked up, whatever a page asks for.
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
LOCAL = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|data:|blob:")
DRAWN = "() => Array.from(frames).some((f) => f.atlasDrawn) && window.controlAtlas?.feed"
# What passes between browser and server, and what the page has set itself to do within a moment: whoever waits for rest asks for it.
_NOTES = """(() => {
  if (window !== top) return;
  const MOMENT_MS = 3000, RUN_ASKED = 0x5a, HASH = 0x0a, METADATA = 0x12; // Streamlit's protocol
  const RUN_BEGUN = 0x22, RUN_ENDED = 0x30, TO_RUN_AGAIN = 2;
  const Real = WebSocket, { setTimeout, clearTimeout, fetch } = window;
  const link = (window.testLink = { asked: 0, begun: 0, ended: 0, timers: new Set(), fetches: 0, Real });
  link.says = (data) => { if (data[0] === RUN_ASKED) link.asked = performance.now(); };
  link.hears = (data) => {
    const bytes = new Uint8Array(data);
    let at = 0;
    while (bytes[at] === HASH || bytes[at] === METADATA) {
      let length = 0, shift = 0;
      do length += (bytes[++at] & 127) * 2 ** shift, shift += 7; while (bytes[at] > 127);
      at += 1 + length;
    }
    if (bytes[at] === RUN_BEGUN) link.begun = performance.now();
    if (bytes[at] === RUN_ENDED && bytes[at + 1] !== TO_RUN_AGAIN) link.ended = performance.now();
  };
  window.WebSocket = class extends Real {
    constructor(...all) {
      super(...all);
      this.addEventListener("message", ({ data }) => link.hears(data));
    }
    send(data) {
      link.says(data);
      super.send(data);
    }
  };
  window.setTimeout = (act, ms = 0, ...all) => {
    const timer = setTimeout((...all) => (link.timers.delete(timer), act(...all)), ms, ...all);
    if (ms <= MOMENT_MS) link.timers.add(timer);
    return timer;
  };
  window.fetch = async (...all) => {
    link.fetches += 1;
    try {
      return await fetch(...all);
    } finally {
      link.fetches -= 1;
    }
  };
  window.clearTimeout = (timer) => (link.timers.delete(timer), clearTimeout(timer));
})()"""
# Connected, everything said is answered, no script runs, nothing is about to happen and nothing moves, for some frames on end.
_QUIET = """(from) => {
  const { testConnectionState, testScriptState } = document.querySelector("[data-testid=stApp]")?.dataset ?? {};
  const atRest = testConnectionState === "CONNECTED" && testScriptState === "notRunning";
  const moves = (animation) => animation.playState === "running" && animation.effect.getComputedTiming().endTime !== Infinity;
  const { asked, begun, ended } = testLink, isAnswered = asked < begun && begun < ended;
  const quiet = atRest && isAnswered && !testLink.fetches && !testLink.timers.size && !document.getAnimations().some(moves);
  const seen = (window.testQuiet = window.testQuiet?.from === from ? testQuiet : { from, frames: 0 });
  seen.frames = quiet ? seen.frames + 1 : 0;
  return seen.frames > 30;
}"""
# Every message between browser and server takes its time, in both directions and in order.
_SLOW_LINK = """(() => {
  if (window !== top) return;
  const MS = %d, { Real } = testLink;
  class Slow extends EventTarget {
    constructor(...all) {
      super();
      this.real = new Real(...all);
      const pass = (type, made) => {
        const say = () => (this[`on${type}`]?.(made), this.dispatchEvent(made));
        type === "message" || type === "open" ? setTimeout(say, MS) : say();
      };
      this.real.addEventListener("open", () => pass("open", new Event("open")));
      this.real.addEventListener("message", ({ data }) => (testLink.hears(data), pass("message", new MessageEvent("message", { data }))));
      this.real.addEventListener("error", () => pass("error", new Event("error")));
      this.real.addEventListener("close", ({ code, reason }) => pass("close", new CloseEvent("close", { code, reason })));
    }
    get readyState() { return this.real.readyState; }
    get binaryType() { return this.real.binaryType; }
    set binaryType(type) { this.real.binaryType = type; }
    send(data) {
      testLink.says(data);
      setTimeout(() => this.real.readyState === Real.OPEN && this.real.send(data), MS);
    }
    close(...all) { this.real.close(...all); }
  }
  for (const name of ["CONNECTING", "OPEN", "CLOSING", "CLOSED"]) Slow[name] = Slow.prototype[name] = Real[name];
  window.WebSocket = Slow;
})()"""
# Streamlit asks for its own health below a page's address first, and is told no.
EXPECTED = re.compile(r"404 \(Not Found\)")
_LASTING = """(() => {
  const { setTimeout } = window;
  window.setTimeout = (act, ms, ...all) => setTimeout(act, ms === 4000 ? 60000 : ms, ...all);
})()"""
PATIENCE_MS = 120_000
"""How long what does not come is waited for: a run takes its time on a busy machine, and how long is for the benchmarks to say."""
expect.set_options(timeout=PATIENCE_MS)
_counts = itertools.count()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(log: Path, script: str = "app.py", port: int | None = None, **environment: str) -> Iterator[str]:
    """Address of the app, started as a user would start it and stopped at the end; without a `port` on a free one."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), "--server.address", "127.0.0.1"]
    with log.open("wb") as stream:
        home = {"CONTROL_ATLAS_HOME": str(log.parent / "atlas-home")}
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | home | environment, stdout=stream, stderr=stream)
        try:
            until = time.monotonic() + PATIENCE_MS / 1000
            while not _answers(port):
                assert process.poll() is None, f"the server has ended: {log.read_text('utf-8', 'replace')}"
                assert time.monotonic() < until, "the server does not answer"
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE_MS / 1000)


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=10):
        return True
    return False


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on the bundled data. Each worker has one of its own: Streamlit clears a download away when others' pages have run twice."""
    with serving(tmp_path_factory.mktemp("app") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS.split(), SHARED, NOWHERE])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Windows by their options, each opened once: what a page has loaded and compiled the next need not, which saves half of the work."""
    contexts: dict[str, BrowserContext] = {}

    def find(**options: object) -> BrowserContext:
        name = repr(sorted(options.items()))
        if name not in contexts:
            contexts[name] = browser.new_context(**options)
            # A page that stays keeps the window open and the process at work that draws pages of this site.
            keeper = contexts[name].new_page()
            keeper.route("**", lambda route: route.fulfill(body=""))
            keeper.goto("http://127.0.0.1/")
        return contexts[name]

    yield find
    for context in contexts.values():
        context.close()


@pytest.fixture
def new_page(window: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Opens pages, in the window with these `options`; complains at the end about all that went wrong in them."""
    pages, outside, errors = [], [], []

    def see(address: str) -> None:
        if not LOCAL.match(address):
            outside.append(address)

    def complain(message) -> None:
        if message.type == "error" and not EXPECTED.search(message.text):
            errors.append(message.text)

    def make(width: int = 1440, height: int = 900, **options: object) -> Page:
        page = noted(window(**options).new_page())
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.on("request", lambda request: see(request.url))
        page.on("websocket", lambda socket: see(socket.url))
        page.on("console", complain)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield make
    for page in pages:
        if not page.is_closed() and LOCAL.match(page.url):
            page.evaluate("localStorage.clear()")
        page.close()
    assert outside == []
    assert errors == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


def noted(page: Page) -> Page:
    """The page, which keeps count of what it tells the server, and waits long for what does not come."""
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(_NOTES)
    return page


def opened(page: Page, address: str) -> Page:
    """The page once its map has been drawn."""
    page.goto(address)
    page.wait_for_function(DRAWN)
    return page


def lasting(page: Page) -> Page:
    """The page, on which, opened next, a note stays a minute instead of four seconds, in which a busy machine may not come to look."""
    page.add_init_script(_LASTING)
    return page


def slow_link(page: Page, milliseconds: int) -> Page:
    """The page, which, opened next, hears and is heard so much later: what a machine at rest does in an instant then overlaps."""
    page.add_init_script(_SLOW_LINK % milliseconds)
    return page


def quiet(page: Page, **options: float) -> None:
    """Wait until the server has answered everything, and the page is at rest and about to do nothing."""
    page.wait_for_function(_QUIET, arg=next(_counts), **options)


def map_frame(page: Page) -> Frame:
    """The map's own document."""
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


def shown_date(page: Page) -> str:
    """The date on the screen, in ISO form."""
    return page.evaluate("new Date(controlAtlas.day * 86400000).toISOString().slice(0, 10)")


def point_of(page: Page, place_id: str) -> tuple[float, float]:
    """Where a place stands on the screen, in pixels of the page."""
    box = page.locator("iframe").bounding_box()
    x, y = map_frame(page).evaluate(
        """(id) => {
          const { index, payload } = parent.controlAtlas, i = index.get(id);
          const point = map_div.latLngToContainerPoint([payload.places.latitude[i], payload.places.longitude[i]]);
          return [point.x, point.y];
        }""",
        place_id,
    )
    return box["x"] + x, box["y"] + y
