"""Thousands of places: crowds share symbols, no party is hidden, nothing is ever blank, and the page stays small."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from benchmarks.synthetic import write_dataset
from tests.browser.conftest import map_frame, opened, serving

PLACES = 3000
LAYER = "(() => { let found; map_div.eachLayer((layer) => { if (layer.crowds) found = layer; }); return found; })()"


@pytest.fixture(scope="module")
def crowded_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("crowded")
    write_dataset(folder / "data", PLACES)
    with serving(folder / "log", CONTROL_ATLAS_DATA=str(folder / "data")) as address:
        yield address


@pytest.fixture
def crowded(page: Page, crowded_app: str) -> Page:
    opened(page, f"{crowded_app}/?date=2016-11-23")
    map_frame(page).wait_for_function(f"() => {LAYER}?.waiting?.length === 0")
    return page


# Every crowd counted anew from the states of its places, beside what it shows.
CROWDS = f"""() => {{
  const layer = {LAYER}, atlas = parent.controlAtlas, out = [];
  for (const [cell, symbols] of layer.crowds.symbols) {{
    const counts = new Map();
    for (const i of layer.grid.in(cell)) counts.set(atlas.state(i)[0], (counts.get(atlas.state(i)[0]) ?? 0) + 1);
    out.push([symbols.map(({{ look, radius }}) => [(look >> 6) - 1, radius]), [...counts]]);
  }}
  return out;
}}"""


def test_every_party_of_a_crowd_has_its_symbol_on_every_day(crowded: Page) -> None:
    frame = map_frame(crowded)
    for move in (
        "",
        "controlAtlas.setDay(controlAtlas.day + 1)",
        "controlAtlas.setDay(controlAtlas.day + 300)",
        "controlAtlas.setFrom(17000)",
    ):
        crowded.evaluate(move)
        crowds = frame.evaluate(CROWDS)
        assert len(crowds) > 50
        for symbols, counts in crowds:
            assert sorted(holder for holder, _ in symbols) == sorted(holder for holder, _ in counts)
            most = max(count for _, count in counts)
            assert symbols[0][0] in [holder for holder, count in counts if count == most]
            assert all(radius <= symbols[0][1] for _, radius in symbols[1:])


def test_the_picture_after_small_steps_is_the_picture_drawn_anew(crowded: Page) -> None:
    frame, pixels = map_frame(crowded), "document.querySelector('.atlas-places').toDataURL()"
    crowded.evaluate("for (let k = 0; k < 40; k++) controlAtlas.setDay(controlAtlas.day + (k % 3 ? 2 : -1))")
    stepped = frame.evaluate(pixels)
    frame.evaluate(f"{LAYER}.drawAll()")
    assert frame.evaluate(pixels) == stepped


def test_hovering_a_crowd_counts_it_and_a_click_leads_into_it(crowded: Page) -> None:
    frame = map_frame(crowded)
    x, y, places = frame.evaluate(
        f"""() => {{
          const layer = {LAYER}, size = map_div.getSize();
          for (const cell of layer.crowds.symbols.keys()) {{
            const [x, y] = layer.grid.middle(cell), point = map_div.layerPointToContainerPoint(L.point(x, y).add(layer._bounds.min));
            const near = Math.max(Math.abs(point.x - size.x / 2), Math.abs(point.y - size.y / 2)) < 40;
            if (near) return [point.x, point.y, layer.grid.in(cell).length];
          }}
        }}"""
    )
    box = crowded.locator("iframe").bounding_box()
    crowded.mouse.move(box["x"] + x, box["y"] + y)
    expect(frame.locator(".atlas-tip")).to_contain_text(f"{places} places about Place")
    expect(frame.locator(".atlas-tip")).to_contain_text("Islamic State")
    zoom = frame.evaluate("map_div.getZoom()")
    crowded.mouse.click(box["x"] + x, box["y"] + y)
    frame.wait_for_function("(zoom) => map_div.getZoom() > zoom + 1", arg=zoom)
    assert crowded.evaluate("controlAtlas.place") == -1


def test_zoomed_in_every_place_has_a_symbol_of_its_own(crowded: Page) -> None:
    frame = map_frame(crowded)
    frame.evaluate("void map_div.setView([34.6, 38.2], 12, { animate: false })")
    assert frame.evaluate(f"{LAYER}.crowds.symbols.size") == 0
    assert frame.evaluate(f"{LAYER}.order.length") > 0


def test_a_chosen_place_stands_out_of_its_crowd(crowded: Page) -> None:
    frame, pixels = map_frame(crowded), "document.querySelector('.atlas-places').toDataURL()"
    before = frame.evaluate(pixels)
    crowded.evaluate("controlAtlas.select(controlAtlas.index.get('p1'))")
    assert frame.evaluate(pixels) != before
    crowded.keyboard.press("Escape")
    assert frame.evaluate(pixels) == before


def test_moving_the_map_and_the_date_never_leaves_it_blank(crowded: Page) -> None:
    frame = map_frame(crowded)
    frame.evaluate(
        """() => {
          const canvas = document.querySelector('.atlas-places');
          window.blank = window.looks = window.moved = 0;
          map_div.on("moveend", () => moved++);
          const look = () => {
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            looks++;
            if (!data.some((value) => value)) blank++;
            if (!window.enough) requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }"""
    )
    crowded.keyboard.press("Space")
    for step in ("map_div.panBy([150, 60])", "map_div.setZoom(map_div.getZoom() + 1)", "map_div.panBy([-90, 0])", "map_div.setZoom(7)"):
        looks, moved = frame.evaluate("[looks, moved]")
        frame.evaluate(f"void {step}")
        frame.wait_for_function("([looks, moved]) => window.moved > moved && window.looks > looks + 20", arg=[looks, moved])
    frame.evaluate("enough = true")
    assert frame.evaluate("looks") > 20
    assert frame.evaluate("blank") == 0


def test_the_page_keeps_few_rows_and_little_memory(crowded: Page) -> None:
    assert crowded.locator(".rail .feed li").count() < 80
    expect(crowded.locator(".rail h2 small")).to_have_text(f"{4 * PLACES:,}")
    row = crowded.locator(".rail .feed li.current")
    expect(row).to_contain_text("2016")
    box, feed = row.bounding_box(), crowded.locator(".rail .feed").bounding_box()
    assert feed["y"] <= box["y"] <= feed["y"] + feed["height"]
    session = crowded.context.new_cdp_session(crowded)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")
    assert used["usedSize"] + used["backingStorageSize"] < 60e6
