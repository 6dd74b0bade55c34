"""Screen and paper draw with the same numbers, though the browser's scripts have their own: they must not wait for others."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from views import style

BROWSER = Path(__file__).resolve().parents[2] / "views" / "screen" / "browser"


@pytest.fixture(scope="module")
def scripts() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(BROWSER.rglob("*.js")))


def found(scripts: str, pattern: str) -> str:
    """What the only match of a pattern holds."""
    (match,) = set(re.findall(pattern, scripts, flags=re.DOTALL))
    return match


def test_symbols_have_the_same_corners(scripts):
    text = re.sub(r'(\w[\w-]*|"[\w-]+"):', lambda key: f'"{key[1].strip(chr(34))}":', found(scripts, r"const POLYGONS = (\{.*?\});"))
    polygons = json.loads(re.sub(r",\s*([\]}])", r"\1", text))
    assert {name: tuple(map(tuple, corners)) for name, corners in polygons.items()} == style.POLYGONS


def test_symbols_have_the_same_size_by_rank(scripts):
    assert json.loads(found(scripts, r"const SYMBOL_RADIUS = (\[.*?\]);"))[1:] == [style.SYMBOL_RADIUS[rank] for rank in (1, 2, 3)]


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (r'symbol === "dot" \? radius \* ([\d.]+)', style.DOT),
        (r"gap = small \? [\d.]+ : ([\d.]+)", style.RING_GAP),
        (r"globalAlpha = included \? 1 : ([\d.]+)", style.OUTSIDE_STRENGTH),
        (r"flagged \? ([\d.]+)", style.FAINT),
        (r"mix\(style\.colour, payload\.colours\.land, ([\d.]+)\)", style.SEE_THROUGH),
    ],
)
def test_a_number_is_the_same_on_screen_and_paper(scripts, pattern, number):
    assert float(found(scripts, pattern)) == number
