"""Patterns of parties on paper, as views/screen/browser/drawing/patterns.js draws them, for readers who cannot tell the colours apart."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from views.paper.drawing.drawing import Drawing, Mark, outline
from views.paper.drawing.labels import Box
from views.style import MAP, WHITE, PartyStyle, luminance, mixed

Line = tuple[tuple[float, float], tuple[float, float]]

PALE = 0.55
"""Of a pattern on its ground."""
DARK = 0.2
"""Relative luminance below which a pattern is white."""


def draw_pattern(drawing: Drawing, area: BaseGeometry, style: PartyStyle, ground: str, unit: float, within: Box | None = None) -> None:
    """Draw a party's pattern, if it has one now, over its ground.

    Parameters
    ----------
    area
        In pixels of the picture.
    ground
        Colour of what is there.
    unit
        Pixels of the picture for a pixel of the screen.
    """
    if not style.hatched or area.is_empty:
        return
    contrast = WHITE if luminance(ground) < DARK else MAP.ink
    ink = mixed(ground, contrast, PALE) if style.edge == WHITE else style.edge
    if style.hatch == "..":
        drawing.marks([Mark(outline("circle", x, y, 1.2 * unit), ink) for x, y in lattice(area, 6 * unit)], within)
        return
    step = (5 if style.hatch == "///" else 7) * unit
    lines = diagonals(area, step) if "/" in style.hatch or "x" in style.hatch else []
    if "\\" in style.hatch or "x" in style.hatch:
        lines = [*lines, *diagonals(area, step, falling=True)]
    drawing.segments(lines, ink, 0.9 * unit, within)


def diagonals(area: BaseGeometry, step: float, *, falling: bool = False) -> list[Line]:
    """Return lines that rise to the right, or fall, `step` pixels apart, as far as they are inside an area.

    They run through from one area to the next.
    """
    if area.is_empty:
        return []
    if falling:
        mirrored = shapely.transform(area, lambda points: points * (-1, 1))
        return [((-x, y), (-u, v)) for (x, y), (u, v) in diagonals(mirrored, step)]
    west, top, east, bottom = area.bounds
    starts = np.arange(math.floor((west + top) / step) * step, east + bottom + step, step)
    lines = shapely.linestrings([[(start - bottom, bottom), (start - top, top)] for start in starts])
    inside = shapely.get_parts(shapely.intersection(lines, area))
    ends = shapely.get_coordinates(inside[shapely.length(inside) > 0]).reshape(-1, 2, 2)
    return [((x, y), (u, v)) for (x, y), (u, v) in ends.tolist()]


def lattice(area: BaseGeometry, step: float) -> list[tuple[float, float]]:
    """Points inside an area, in rows that are staggered, `step` pixels apart; they run through from one area to the next."""
    if area.is_empty:
        return []
    west, top, east, bottom = area.bounds
    columns = np.arange(math.floor(west / step), math.ceil(east / step) + 1)
    rows = np.arange(math.floor(2 * top / step), math.ceil(2 * bottom / step) + 1)
    across, down = np.meshgrid(columns, rows)
    x, y = (across + 0.5 * (down % 2)) * step, down * step / 2
    inside = shapely.contains_xy(area, x, y)
    return list(zip(x[inside].tolist(), y[inside].tolist(), strict=True))
