"""Finds a Chromium for the browser tests, or installs one: the machine's, else Debian's package, else Playwright's download."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Path of a Chromium on this machine or in Playwright's own folder, None if there is none."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def provide() -> str:
    """Path of a Chromium, installed if need be."""
    if found := chromium():
        return found
    for attempt in (_debian, _playwright):
        attempt()
        if found := chromium():
            return found
    raise SystemExit("No Chromium: install one with 'apt-get install chromium', or let Playwright reach its downloads.")


def _debian() -> None:
    apt = shutil.which("apt-get")
    if not apt:
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not shutil.which("sudo"):
        return
    quiet = {"stdout": subprocess.DEVNULL}
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, apt, "update"], check=False, env=environment, **quiet)
    subprocess.run(
        [*prefix, apt, "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-core"], check=False, env=environment, **quiet
    )


def _playwright() -> None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=False)


if __name__ == "__main__":
    print(f"Chromium: {provide()}")  # noqa: T201 - a command's output
