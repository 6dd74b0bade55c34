"""How land is drawn on paper."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from views.paper.basemap import Window
from views.paper.drawing import WHITE, Drawing
from views.paper.labels import Box
from views.paper.land import Land
from views.style import FAINT, MAP, PartyStyle, mixed


def draw_land(
    drawing: Drawing,
    window: Window,
    land: Land,
    area: BaseGeometry,
    style: PartyStyle,
    unit: float,
    within: Box | None = None,
    see_through: float = 0,
) -> None:
    """Draw a piece of land: the holder's colour, paler where weakly known, striped where contested, its edge broken then.

    Parameters
    ----------
    style
        Of the party that holds it.
    unit
        Pixels of the picture for a pixel of the screen.
    see_through
        How far the colour goes towards that of blank land, 0 to 1.
    """
    colour = mixed(land_colour(style, land.faint), MAP.land, see_through)
    path = window.path(shapely.get_parts(area))
    # The edge in the same colour hides the seam between lands of one party.
    drawing.shape(path, within, face=colour, edge=colour if land.party else "none", width=0.6 * unit)
    shape = shapely.transform(area, window.to_px)
    if style.edge != WHITE and land.party:
        drawing.segments(diagonals(shape, 5 * unit), style.edge, 0.9 * unit, within)
        drawing.line(path, within, style.edge, 0.9 * unit)
    if land.contested:
        drawing.segments(diagonals(shape, 6.5 * unit), mixed(colour, WHITE, 0.75), 2.6 * unit, within)
    if land.party:
        drawing.line(path, within, MAP.land, 0.8 * unit, dashes=(3 * unit, 2 * unit) if land.contested else None)


def draw_siege(drawing: Drawing, window: Window, area: BaseGeometry, unit: float, within: Box | None = None) -> None:
    """Outline the land around besieged places."""
    if not area.is_empty:
        around = window.path(shapely.get_parts(area))
        drawing.line(around, within, WHITE, 3.4 * unit)
        drawing.line(around, within, MAP.ink, 1.8 * unit)


def land_colour(style: PartyStyle, faint: bool) -> str:
    """Colour of a party's land, paler where weakly known."""
    return mixed(style.colour, MAP.land, FAINT) if faint else style.colour


def diagonals(area: BaseGeometry, step: float) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Lines that rise to the right, `step` pixels apart, as far as they are inside an area; they run through from one area to the next."""
    if area.is_empty:
        return []
    west, top, east, bottom = area.bounds
    starts = np.arange(math.floor((west + top) / step) * step, east + bottom + step, step)
    lines = shapely.linestrings([[(start - bottom, bottom), (start - top, top)] for start in starts])
    inside = shapely.get_parts(shapely.intersection(lines, area))
    ends = shapely.get_coordinates(inside[shapely.length(inside) > 0]).reshape(-1, 2, 2)
    return [((x, y), (u, v)) for (x, y), (u, v) in ends.tolist()]
