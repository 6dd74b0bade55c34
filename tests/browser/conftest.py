"""The app on a free port and a Chromium to drive it; every page fails on a request that leaves the machine or an error in its console."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect, sync_playwright

from tests.browser.provide_chromium import chromium

ROOT = Path(__file__).resolve().parents[2]
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
# No other name is ever looked up, whatever a page asks for.
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
LOCAL = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|data:|blob:")
DRAWN = "() => Array.from(frames).some((f) => f.atlasDrawn) && window.controlAtlas?.feed"
# Connected, and no script has run for two seconds.
_QUIET = """() => {
  const { testConnectionState, testScriptState } = document.querySelector('[data-testid=stApp]').dataset;
  const quiet = testConnectionState === 'CONNECTED' && testScriptState === 'notRunning';
  window.quietSince = quiet ? (window.quietSince ?? performance.now()) : null;
  return quiet && performance.now() - quietSince > 2000;
}"""
# Every message between browser and server takes its time, in both directions and in order.
_SLOW_LINK = """(() => {
  const MS = %d, Real = WebSocket;
  class Slow extends EventTarget {
    constructor(...all) {
      super();
      this.real = new Real(...all);
      const pass = (type, made) => {
        const say = () => (this[`on${type}`]?.(made), this.dispatchEvent(made));
        type === "message" || type === "open" ? setTimeout(say, MS) : say();
      };
      this.real.addEventListener("open", () => pass("open", new Event("open")));
      this.real.addEventListener("message", ({ data }) => pass("message", new MessageEvent("message", { data })));
      this.real.addEventListener("error", () => pass("error", new Event("error")));
      this.real.addEventListener("close", ({ code, reason }) => pass("close", new CloseEvent("close", { code, reason })));
    }
    get readyState() { return this.real.readyState; }
    get binaryType() { return this.real.binaryType; }
    set binaryType(type) { this.real.binaryType = type; }
    send(data) { setTimeout(() => this.real.readyState === Real.OPEN && this.real.send(data), MS); }
    close(...all) { this.real.close(...all); }
  }
  for (const name of ["CONNECTING", "OPEN", "CLOSING", "CLOSED"]) Slow[name] = Slow.prototype[name] = Real[name];
  window.WebSocket = Slow;
})()"""
# Streamlit asks for its own health below a page's address first, and is told no.
EXPECTED = re.compile(r"404 \(Not Found\)")
# A rerun takes its time on a busy machine; how long is for the benchmarks to say.
expect.set_options(timeout=20_000)


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
            for _ in range(300):
                with contextlib.suppress(urllib.error.URLError, ConnectionError):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2)
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on the bundled data."""
    with serving(tmp_path_factory.mktemp("app") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS.split(), NOWHERE])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def shared(browser: Browser) -> Iterator[BrowserContext]:
    """The window of most pages: what one page has loaded the next ones need not load again, which saves a third of a test's time."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def new_page(browser: Browser, shared: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Opens pages, with `options` in a window of their own; complains at the end about all that went wrong in them."""
    pages, contexts, outside, errors = [], [], [], []

    def see(address: str) -> None:
        if not LOCAL.match(address):
            outside.append(address)

    def complain(message) -> None:
        if message.type == "error" and not EXPECTED.search(message.text):
            errors.append(message.text)

    def make(width: int = 1440, height: int = 900, **options: object) -> Page:
        if options:
            contexts.append(browser.new_context(**options))
        page = (contexts[-1] if options else shared).new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(20_000)
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
    for context in contexts:
        context.close()
    assert outside == []
    assert errors == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


def opened(page: Page, address: str) -> Page:
    """The page once its map has been drawn."""
    page.goto(address)
    page.wait_for_function(DRAWN)
    return page


def slow_link(page: Page, milliseconds: int) -> Page:
    """The page, which, opened next, hears and is heard so much later: what a machine at rest does in an instant then overlaps."""
    page.add_init_script(_SLOW_LINK % milliseconds)
    return page


def quiet(page: Page, **options: float) -> None:
    """Wait until the server has been idle for two seconds from now."""
    page.evaluate("window.quietSince = null")
    page.wait_for_function(_QUIET, **options)


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
