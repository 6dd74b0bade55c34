"""How land is drawn on paper."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from views.paper.drawing.basemap import Window
from views.paper.drawing.drawing import Drawing
from views.paper.drawing.labels import Box
from views.paper.drawing.patterns import diagonals, draw_pattern
from views.paper.land import Land
from views.style import FAINT, MAP, WHITE, PartyStyle, mixed


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
    if land.party:
        draw_pattern(drawing, shape, style, colour, unit, within)
    if style.edge != WHITE and land.party:
        drawing.line(path, within, style.edge, 0.9 * unit)
    if land.contested:
        drawing.segments(diagonals(shape, 6.5 * unit), mixed(colour, WHITE, 0.75), 2.6 * unit, within)
    if land.party:
        drawing.line(path, within, MAP.land, 0.8 * unit, dashes=(3 * unit, 2 * unit) if land.contested else None)


def draw_sample(drawing: Drawing, box: Box, style: PartyStyle, unit: float, see_through: float = 0) -> None:
    """Draw a piece of a party's land for a legend."""
    colour = mixed(style.colour, MAP.land, see_through)
    drawing.rectangle(box, colour, MAP.province, 0.8 * unit)
    draw_pattern(drawing, shapely.box(box.left, box.top, box.right, box.bottom), style, colour, unit)


def draw_siege(drawing: Drawing, window: Window, area: BaseGeometry, unit: float, within: Box | None = None) -> None:
    """Outline the land around besieged places."""
    if not area.is_empty:
        around = window.path(shapely.get_parts(area))
        drawing.line(around, within, WHITE, 3.4 * unit)
        drawing.line(around, within, MAP.ink, 1.8 * unit)


def land_colour(style: PartyStyle, faint: bool) -> str:
    """Colour of a party's land, paler where weakly known."""
    return mixed(style.colour, MAP.land, FAINT) if faint else style.colour
