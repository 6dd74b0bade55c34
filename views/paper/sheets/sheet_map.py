"""The map of a sheet: ground, symbols, names, and what helps to read it."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.path import Path as Outline

from views.language import _, name_of, short_date
from views.paper.drawing.basemap import Window
from views.paper.drawing.drawing import Drawing, Mark, symbol
from views.paper.drawing.drawn_land import draw_land, draw_siege
from views.paper.drawing.labels import Box, Label, Room, place
from views.paper.facts import VIEW_NAMES, Facts, Place
from views.paper.sheets.layout import Layout
from views.style import MAP, OUTSIDE, OUTSIDE_STRENGTH, RING_GAP, SEE_THROUGH, SYMBOL_RADIUS, WHITE

NAME_SIZE = {1: 21.0, 2: 17.0, 3: 14.5}
SYMBOL_UNIT = 1.2
MOST_WITH_LEADERS = 150  # on a fuller map lines would only add to the crowd, and take long to find


def bounds(said: Facts) -> tuple[float, float, float, float]:
    """Return what the map has to show: west, south, east, north in the CRS of the base map."""
    base = said.base
    provinces, countries = base.provinces, base.countries
    shown = (
        provinces[provinces["iso_3166_2"] == said.province] if said.province else countries[countries["iso_3166_1"] == said.region.country]
    )
    points = [place for place in said.places if place.included]
    if len(shown) or not points:
        west, south, east, north = (shown if len(shown) else countries).total_bounds
    else:
        west, east = min(p.easting for p in points), max(p.easting for p in points)
        south, north = min(p.northing for p in points), max(p.northing for p in points)
    return float(west), float(south), float(east), float(north)


def ground(drawing: Drawing, window: Window, said: Facts, scale: float) -> None:
    """Draw land, water and borders."""
    base, box = said.base, window.box
    home = base.countries["iso_3166_1"] == said.region.country
    chosen = base.provinces[base.provinces["iso_3166_2"] == said.province].geometry
    drawing.rectangle(box, face=MAP.paper)
    drawing.shape(window.path([base.frame]), box, face=MAP.water)
    drawing.shape(window.path(base.countries.geometry[~home]), box, face=MAP.neighbour)
    drawing.shape(window.path(base.countries.geometry[home]), box, face=MAP.land)
    drawing.shape(window.path(chosen), box, face=MAP.paper)
    if said.land:
        for land, area in said.land.land.items():
            draw_land(drawing, window, land, area, said.style(land.party), scale, box, SEE_THROUGH)
    drawing.shape(window.path(base.lakes.geometry), box, face=MAP.water, edge=MAP.river, width=0.8 * scale)
    for rank, width in ((2, 1.0), (1, 1.9)):
        drawing.line(window.path(base.rivers.geometry[base.rivers["rank"] == rank]), box, MAP.river, width * scale, opacity=0.9)
    drawing.line(window.path([base.province_lines]), box, MAP.province, 1.1 * scale, dashes=(6 * scale, 4 * scale))
    drawing.line(window.path(shapely.boundary(base.countries.geometry.to_numpy())), box, MAP.border, 1.5 * scale)
    if len(chosen):
        drawing.line(window.path(shapely.boundary(chosen.to_numpy())), box, MAP.ink, 2.4 * scale)
    if said.land:
        drawing.line(window.path(said.land.fronts), box, MAP.ink, 1.6 * scale)
        draw_siege(drawing, window, said.land.besieged, scale, box)


@dataclass(frozen=True)
class Spot:
    """A place where it is drawn: centre, radius and line unit in pixels."""

    place: Place
    x: float
    y: float
    radius: float
    unit: float

    @property
    def extent(self) -> float:
        """From the centre to the outermost ink."""
        ringed = self.place.contested or self.place.besieged
        return self.radius + self.unit * (RING_GAP + 2 if ringed else 2)

    @property
    def matters(self) -> bool:
        """Whether nothing may hide it: counted, or a city that gives orientation."""
        return self.place.included or self.place.rank == 1

    @property
    def box(self) -> Box:
        """What the symbol covers."""
        return Box.around(self.x, self.y, 2 * self.extent, 2 * self.extent)

    def marks(self, said: Facts) -> list[Mark]:
        """Return the symbol."""
        place = self.place
        return symbol(
            said.style(place.holder),
            self.x,
            self.y,
            self.radius,
            self.unit,
            hollow=place.flagged,
            pale=place.in_transition,
            contested=place.contested,
            besieged=place.besieged,
            strength=1 if place.included else OUTSIDE_STRENGTH,
        )


def spots_in(said: Facts, window: Window, scale: float) -> list[Spot]:
    """Symbols in the picture in drawing order: major places on top, among equals the southern one."""
    unit = SYMBOL_UNIT * scale
    ground = np.array([(p.easting, p.northing) for p in said.places], dtype=float).reshape(-1, 2)
    spots = []
    for found, (x, y) in zip(said.places, window.to_px(ground).tolist(), strict=True):
        spot = Spot(found, x, y, SYMBOL_RADIUS[found.rank] * unit * (1 if found.included else OUTSIDE), unit)
        if spot.box.within(window.box):
            spots.append(spot)
    return sorted(spots, key=lambda spot: (spot.place.included, -spot.place.rank, spot.y))


def names(
    drawing: Drawing,
    layout: Layout,
    said: Facts,
    spots: Sequence[Spot],
    room: Room,
    frame: Box,
    enlarged: Collection[Place] = (),
    scale: float = 1,
) -> None:
    """Write the names of places; minor ones that an enlargement names do not stand apart with a line."""
    leaders = len(spots) <= MOST_WITH_LEADERS
    # On a province's sheet a place beyond it is there for orientation only.
    named = [spot for spot in reversed(spots) if spot.matters]
    named.sort(key=lambda spot: (not spot.place.included, spot.place.rank))
    gap, widest = layout.px(7), frame.width * (0.3 if scale == 1 else 0.6)
    labels, texts = [], []
    for spot in named:
        rank, included = spot.place.rank, spot.place.included
        size = layout.px((NAME_SIZE[rank] if included else NAME_SIZE[3]) * scale)
        bold = rank < 3 and included
        ways = [(drawing.fit(way, size, widest, bold), "") for way in _ways(spot.place.name)]
        if bold and spot.place.name_ar:
            ways.insert(0, (ways[0][0], drawing.fit(spot.place.name_ar, size, widest, bold)))
        widths = [drawing.width(name, size, bold) + (gap + drawing.width(arabic, size, bold) if arabic else 0) for name, arabic in ways]
        leader = included and (rank < 3 or leaders) and (rank == 1 or spot.place not in enlarged)
        labels.append(Label(spot.x, spot.y, spot.extent + layout.px(1.5), tuple((width, size * 1.16) for width in widths), leader))
        texts.append((ways, size, bold, MAP.ink if included else MAP.muted))
    places = place(labels, room, frame.grown(-layout.px(4)))
    drawing.segments([found.leader for found in places if found and found.leader], MAP.ink, layout.px(1))
    for found, (ways, size, bold, colour) in zip(places, texts, strict=True):
        if found is None:
            continue
        name, arabic = ways[found.size]
        y = found.box.centre[1] + size * 0.34
        drawing.text(found.box.left, y, name, size, bold=bold, colour=colour, halo=MAP.paper)
        # Two texts, each in its own direction: one line of both would let a name turn the other around.
        x = found.box.left + drawing.width(name, size, bold) + gap
        if arabic:
            drawing.text(x, y, arabic, size, bold=bold, colour=colour, halo=MAP.paper)


def _ways(name: str) -> list[str]:
    """Return a name, and the same without what it has in brackets at its end: 'al-Hosn (Krak des Chevaliers)'."""
    short = name.partition(" (")[0] if name.endswith(")") else name
    return [name] if short in ("", name) else [name, short]


def area_names(drawing: Drawing, layout: Layout, said: Facts, window: Window, room: Room) -> None:
    """Write the names of countries and provinces where there is room."""
    base = said.base
    shown = shapely.box(*window.ground)
    abroad = base.countries[base.countries["iso_3166_1"] != said.region.country]
    for areas, size, bold in ((abroad, 15, True), (base.provinces, 13.5, False)):
        for row in areas.itertuples():
            visible = shapely.intersection(row.geometry, shown)
            if visible.is_empty:
                continue
            text = drawing.spaced(name_of(row))
            width, height = drawing.width(text, layout.px(size), bold), layout.px(size) * 1.2
            colour = MAP.contested if bold else MAP.province
            box = _spot_inside(visible, window, width, height, room, layout.map.grown(-layout.px(6)))
            if box:
                room.take(box)
                drawing.text(box.left, box.centre[1] + layout.px(size) * 0.36, text, layout.px(size), bold=bold, colour=colour)


def _spot_inside(area: shapely.Geometry, window: Window, width: float, height: float, room: Room, frame: Box) -> Box | None:
    """Return a free rectangle of a size within an area, as near to its middle as there is one."""
    path_px = shapely.transform(area, window.to_px)
    middle = path_px.centroid
    west, north, east, south = path_px.bounds
    columns, rows = np.linspace(west, east, 25), np.linspace(north, south, 25)
    spots = sorted(((x, y) for x in columns.tolist() for y in rows.tolist()), key=lambda at: math.hypot(at[0] - middle.x, at[1] - middle.y))
    shapely.prepare(path_px)
    for x, y in [(middle.x, middle.y), *spots]:
        box = Box.around(x, y, width, height)
        clear = box.grown(height * 0.3)
        if box.within(frame) and room.is_free(clear) and path_px.contains(shapely.box(clear.left, clear.top, clear.right, clear.bottom)):
            return box
    return None


def _corner(layout: Layout, width: float, height: float, corners: Sequence[str], spots: Sequence[Spot]) -> Box:
    """Return the first of the corners with no symbol that matters in it; the first of all if there is none."""
    inner = layout.map.grown(-layout.px(12))
    boxes = [
        Box(
            inner.left if "left" in corner else inner.right - width,
            inner.top if "top" in corner else inner.bottom - height,
            inner.left + width if "left" in corner else inner.right,
            inner.top + height if "top" in corner else inner.bottom,
        )
        for corner in corners
    ]
    shown = [spot.box for spot in spots if spot.matters]
    return next((box for box in boxes if not any(box.overlaps(spot) for spot in shown)), boxes[0])


def chip(drawing: Drawing, layout: Layout, said: Facts, window: Window, spots: Sequence[Spot]) -> Box:
    """Return the date in a corner of the map, so that any crop of it is dated."""
    date, view, px = short_date(said.date), _(VIEW_NAMES[said.view]), layout.px
    width = px(24) + max(drawing.width(date, px(19), bold=True), drawing.width(view, px(13)))
    box = _corner(layout, width, px(54), ("right top", "left top", "right bottom"), spots)
    drawing.rectangle(box, face=MAP.paper, edge=MAP.province, width=px(1), opacity=0.94)
    drawing.text(box.left + px(12), box.top + px(24), date, px(19), bold=True)
    drawing.text(box.left + px(12), box.top + px(44), view, px(13), colour=MAP.muted)
    return box


def scale_bar(drawing: Drawing, layout: Layout, said: Facts, window: Window, spots: Sequence[Spot]) -> Box:
    """Scale bar and north arrow."""
    px = layout.px
    length = round_length(layout.map.width * 0.2 / window.px_per_m / 1000)
    bar = length * 1000 * window.px_per_m
    label = _("{km} km", km=f"{length:g}")
    side = px(16) + drawing.width(label, px(13)) / 2
    width = px(44) + px(16) + bar + side
    box = _corner(layout, width, px(50), ("left bottom", "right bottom", "left top"), spots)
    drawing.rectangle(box, face=MAP.paper, edge=MAP.province, width=px(1), opacity=0.94)
    x, top = box.left + px(26), box.top + px(7)
    arrow = [(x, top), (x + px(7), top + px(19)), (x, top + px(14.5)), (x - px(7), top + px(19)), (x, top)]
    drawing.shape(Outline(arrow, closed=True), None, face=MAP.ink)
    drawing.text(x, box.bottom - px(8), _("N"), px(14), bold=True, align="center")
    left, y = box.left + px(60), box.top + px(14)
    for k, face in enumerate((MAP.ink, WHITE)):
        drawing.rectangle(Box(left + bar * k / 2, y, left + bar * (k + 1) / 2, y + px(7)), face=face, edge=MAP.ink, width=px(1))
    for share, text in ((0, "0"), (0.5, f"{length / 2:g}"), (1, label)):
        drawing.text(left + bar * share, box.bottom - px(9), text, px(13), align="center")
    return box


def round_length(km: float) -> float:
    """Return the largest of 1, 2, 5 times a power of ten that is not above `km`."""
    power: float = 10.0 ** math.floor(math.log10(km))
    return max(step * power for step in (1, 2, 5) if step * power <= km * (1 + 1e-9))
