"""Enlargements of crowded spots on a map sheet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from views.language import _
from views.paper.drawing.basemap import Window
from views.paper.drawing.drawing import Drawing
from views.paper.drawing.labels import Box, Room
from views.paper.facts import Facts
from views.paper.sheets.layout import Layout
from views.paper.sheets.sheet_map import Spot, ground, names, round_length, spots_in
from views.style import MAP, WHITE

CROWDED = ((4, 24.0), (4, 34.0), (4, 46.0), (3, 24.0), (3, 34.0), (3, 46.0))
"""So many symbols, each within so many pixels of another of them, cannot all have their names beside them; the tightest first."""
INSET_PX = (400.0, 300.0)
INSET_SHARE = 0.34  # of the map's width, at most
INSET_MARGIN_PX = (64.0, 34.0)
SMALLEST_ENLARGEMENT, LARGEST_ENLARGEMENT = 1.7, 8.0
SIGNS = "12"
MOST_INSETS = len(SIGNS)
MOST_SPOTS = 1000


def insets_of(layout: Layout, said: Facts, window: Window, spots: Sequence[Spot], taken: Sequence[Box]) -> list[Window]:
    """Up to two enlargements of crowded spots, where they cover no symbol and as little of the chosen area as can be."""
    shrink = min(1, INSET_SHARE * layout.map.width / layout.px(INSET_PX[0]), layout.map.height / 2 / layout.px(INSET_PX[1]))
    base = said.base
    home = base.countries[base.countries["iso_3166_1"] == said.region.country]
    area = base.provinces[base.provinces["iso_3166_2"] == said.province] if said.province else home
    chosen = shapely.transform(shapely.unary_union(area.geometry.to_numpy()), window.to_px)
    found: list[Window] = []
    blocked = [*taken, *(spot.box for spot in spots if spot.matters)]
    left = [spot for spot in spots if spot.place.included]
    for least, distance in CROWDED:
        for cluster in _clusters(left, layout.px(distance), least):
            # A small group needs less of the sheet.
            width, height = (layout.px(side) * min(shrink, 0.75 if len(cluster) <= 4 else 1) for side in INSET_PX)
            draft = _enlargement(layout, window, cluster, spots, width, height)
            if len(found) == MOST_INSETS or draft is None:
                continue
            seen = seen_by(window, draft).grown(layout.px(26))
            free = [box for box in _edges(layout, width, height) if not any(box.overlaps(other) for other in [*blocked, seen])]
            if not free or any(seen.overlaps(other.box) or seen.overlaps(seen_by(window, other)) for other in found):
                continue
            hidden = [chosen.intersection(shapely.box(box.left, box.top, box.right, box.bottom)).area / (width * height) for box in free]
            box = free[min(range(len(free)), key=lambda k: round(hidden[k], 2))]
            found.append(Window(box, draft.west, draft.north, draft.px_per_m))
            blocked += [box.grown(layout.px(10)), seen]
            left = [spot for spot in left if spot not in cluster]
    return found


def _enlargement(
    layout: Layout, window: Window, cluster: Sequence[Spot], spots: Sequence[Spot], width: float, height: float
) -> Window | None:
    """Return a window of a size on a group, as large as its names allow; None where that is hardly larger than the map."""
    west, east = min(s.place.easting for s in cluster), max(s.place.easting for s in cluster)
    south, north = min(s.place.northing for s in cluster), max(s.place.northing for s in cluster)
    across, down = max(east - west, 1), max(north - south, 1)
    room = [side - 2 * layout.px(margin) for side, margin in zip((width, height), INSET_MARGIN_PX, strict=True)]
    # The frame on the map goes around whole symbols.
    rim = 2 * (max(spot.extent for spot in cluster) + layout.px(3)) / window.px_per_m
    scale = min(room[0] / across, room[1] / down, width / (across + rim), height / (down + rim), LARGEST_ENLARGEMENT * window.px_per_m)
    if scale < SMALLEST_ENLARGEMENT * window.px_per_m:
        return None
    middle = Window(Box(0, 0, width, height), (west + east - width / scale) / 2, (south + north + height / scale) / 2, scale)
    spare = max(0.0, width / scale - across - rim) / 2, max(0.0, height / scale - down - rim) / 2
    # Off the middle, if that keeps the frame from cutting through a neighbour.
    steps = sorted(((x, y) for x in _STEPS for y in _STEPS), key=lambda step: abs(step[0]) + abs(step[1]))
    drafts = [replace(middle, west=middle.west + x * spare[0], north=middle.north + y * spare[1]) for x, y in steps]
    frames = [seen_by(window, draft) for draft in drafts]
    cut = [sum(spot.box.overlaps(frame) and not spot.box.within(frame) for spot in spots) for frame in frames]
    return drafts[cut.index(min(cut))]


_STEPS = (0.0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9)


def _clusters(spots: Sequence[Spot], distance: float, least: int) -> list[list[Spot]]:
    """Return groups of at least so many symbols, each nearer than `distance` to another of its group; the largest first."""
    left = list(spots)
    if len(left) > MOST_SPOTS:
        return []
    groups = []
    while left:
        group, edge = [], [left.pop()]
        while edge:
            spot = edge.pop()
            group.append(spot)
            near = [other for other in left if math.hypot(other.x - spot.x, other.y - spot.y) < distance]
            left = [other for other in left if other not in near]
            edge += near
        if len(group) >= least:
            groups.append(group)
    return sorted(groups, key=len, reverse=True)


def _edges(layout: Layout, width: float, height: float) -> list[Box]:
    """Rectangles of a size along the sides of the map, those at the corners first."""
    inner = layout.map.grown(-layout.px(12))
    across = np.linspace(inner.left, inner.right - width, 21).tolist()
    down = np.linspace(inner.top, inner.bottom - height, 15).tolist()
    starts = [(x, y) for y in (down[-1], down[0]) for x in across] + [(x, y) for x in (across[-1], across[0]) for y in down]
    starts.sort(key=lambda at: min(at[0] - across[0], across[-1] - at[0]) + min(at[1] - down[0], down[-1] - at[1]))
    return [Box(x, y, x + width, y + height) for x, y in starts]


def seen_by(window: Window, inset: Window) -> Box:
    """Where an enlargement's ground lies on the map."""
    west, south, east, north = inset.ground
    (left, top), (right, bottom) = window.to_px(np.array([(west, north), (east, south)])).tolist()
    return Box(left, top, right, bottom)


def tag_box(layout: Layout, frame: Box, spots: Sequence[Spot]) -> Box:
    """Where the sign of a frame stands: outside a corner, clear of symbols."""
    side = layout.px(22)
    left, right = frame.left, frame.right - side
    corners = [(left, frame.top - side), (right, frame.top - side), (left, frame.bottom), (right, frame.bottom)]
    boxes = [Box(x, y, x + side, y + side) for x, y in corners]
    return next((box for box in boxes if not any(box.overlaps(spot.box) for spot in spots)), boxes[0])


def draw_tag(drawing: Drawing, layout: Layout, frame: Box, tag: Box, sign: str) -> None:
    """Draw a frame and the sign that ties it to its like."""
    px = layout.px
    drawing.rectangle(frame, edge=WHITE, width=px(3.5))
    drawing.rectangle(frame, edge=MAP.ink, width=px(1.5))
    drawing.rectangle(tag, face=MAP.ink, edge=MAP.ink, width=px(1.5))
    drawing.text(tag.centre[0], tag.centre[1] + px(15) * 0.36, sign, px(15), bold=True, colour=MAP.paper, align="center")


def draw_inset(drawing: Drawing, layout: Layout, said: Facts, inset: Window, sign: str) -> None:
    """Draw an enlargement."""
    px = layout.px
    spots = spots_in(said, inset, layout.scale)
    ground(drawing, inset, said, layout.scale)
    drawing.marks([mark for spot in spots for mark in spot.marks(said)], inset.box)
    room = Room()
    for spot in spots:
        room.take(spot.box)
    corner = Box(inset.box.left, inset.box.top, inset.box.left + px(22), inset.box.top + px(22))
    room.take(corner.grown(px(4)))
    length = round_length(inset.box.width * 0.24 / inset.px_per_m / 1000)
    bar, left, y = length * 1000 * inset.px_per_m, inset.box.left + px(12), inset.box.bottom - px(12)
    drawing.segments([((left, y), (left + bar, y))], MAP.ink, px(3))
    label = _("{km} km", km=f"{length:g}")
    drawing.text(left + bar + px(8), y + px(4.5), label, px(13), halo=MAP.paper)
    room.take(Box(left, y - px(10), left + bar + px(12) + drawing.width(label, px(13)), y + px(8)))
    names(drawing, layout, said, spots, room, inset.box, scale=0.9)
    draw_tag(drawing, layout, inset.box, corner, sign)
