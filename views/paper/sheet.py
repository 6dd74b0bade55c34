"""The map sheet: one dated, sourced picture of who holds what, for a slide or for print."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline

from geodata import BUNDLED
from views.paper.basemap import CRS_NAME, Window, base_map
from views.paper.drawing import RING_GAP, WHITE, Drawing, Mark, ring, symbol
from views.paper.facts import VIEW_HELP, VIEW_NAMES, Change, Facts, Place, facts, long_date, short_date
from views.paper.labels import Box, Label, Placed, Room, place
from views.style import MAP, UNKNOWN, PartyStyle

SMALLEST_PX, LARGEST_PX = 480, 8000
SYMBOL_RADIUS = {1: 7.5, 2: 6.5, 3: 5.5}  # by rank, in pixels of the screen: SYMBOL_RADIUS in control_layer.js
NAME_SIZE = {1: 21.0, 2: 17.0, 3: 14.5}
SYMBOL_UNIT = 1.2
CHANGES = 7

LIMITS = "Control as reported by the sources of the dataset; places are points, no area is implied."
PLACES = {True: "places GeoNames CC BY 4.0, OCHA CC BY-IGO, UCDP CC BY 4.0", False: "places as given by the dataset"}
SOURCES = "Boundaries Natural Earth; rivers GSHHG (LGPL); {places}. Projection {projection}."


def map_sheet(
    events: gpd.GeoDataFrame,
    date: dt.date,
    *,
    view: str = "claimed",
    province: str | None = None,
    folder: Path = BUNDLED,
    title: str | None = None,
    marking: str | None = None,
    size_px: tuple[int, int] = (1920, 1080),
    dpi: int = 100,
) -> Figure:
    """A sheet with map, date, legend with counts, latest changes, locator, sources and limits.

    Parameters
    ----------
    events
        As `geodata.load_events` gives them.
    date
        Inclusive: an event of this day has happened.
    view
        'claimed' or 'corroborated'.
    province
        ISO 3166-2 code or name; its places are counted and the map shows it. Default: the whole region.
    folder
        The dataset that the events come from: its parties, places, provinces and region are read.
    title
        In place of the one that names the region or province.
    marking
        A line for bands at the top and the bottom, such as a classification. Default: no bands.
    size_px
        Width and height in pixels, each from 480 to 8000. Wide sheets have the legend beside the map, others below it.
    dpi
        Pixels per inch; gives the size on paper, not that of the picture.

    Returns
    -------
    matplotlib.figure.Figure
        Without pyplot, so nothing keeps it; `views.paper.save` writes it.

    Raises
    ------
    UnknownNameError
        No such view or province.
    SchemaError
        A table of the folder is not as documented.
    ValueError
        A side is too short or too long.
    """
    for side in size_px:
        if not SMALLEST_PX <= side <= LARGEST_PX:
            raise ValueError(f"A side of {side} px is not between {SMALLEST_PX} and {LARGEST_PX}.")
    drawing = Drawing(*size_px, dpi)
    said = facts(events, date, view, province, folder)
    sources = f"{LIMITS} {SOURCES.format(places=PLACES[folder == BUNDLED], projection=CRS_NAME)}"
    layout = _layout(drawing, len(said.parties), sources, bool(marking))
    if marking:
        _bands(drawing, layout, marking)
    _heading(drawing, layout, said, title)
    _map(drawing, layout, said)
    _rail(drawing, layout, said)
    for k, line in enumerate(layout.sources):
        y = layout.sources_top + (k + 0.8) * layout.px(LINE_PX)
        drawing.text(layout.map.left, y, line, layout.px(12), colour=MAP.muted)
    return drawing.figure


# -- layout --------------------------------------------------------------------------------------------------------------------------

LINE_PX = 17.0  # of the sources
BAND_PX = 32.0


@dataclass(frozen=True)
class Layout:
    """Where things are, in pixels. `scale` is 1 on a sheet of 1920x1080 and on one of 1080x1080."""

    scale: float
    beside: bool
    margin: float
    band: float
    map: Box
    legend: Box
    changes: Box
    locator: Box
    sources: Sequence[str]
    sources_top: float
    row: float

    def px(self, length: float) -> float:
        """A length of the design, given at scale 1."""
        return length * self.scale


def _layout(drawing: Drawing, parties: int, sources: str, marked: bool) -> Layout:
    width, height = drawing.box.right, drawing.box.bottom
    beside = width / height >= 1.3
    scale = min(width / 1920, height / 1080) if beside else min(width / 1080, height / 1000)
    margin, band = (28 if beside else 24) * scale, BAND_PX * scale if marked else 0
    lines = drawing.wrap(sources, 12 * scale, width - 2 * margin)
    sources_top = height - band - margin * 0.6 - len(lines) * LINE_PX * scale
    row = (34 if beside else 27) * scale
    legend_height = (30 + 50) * scale + (parties + 3) * row
    top = band + (92 if beside else 100) * scale
    if beside:
        rail = Box(width - margin - 436 * scale, band + margin * 0.75, width - margin, sources_top - 12 * scale)
        area = Box(margin, top, rail.left - 28 * scale, rail.bottom)
        legend = Box(rail.left, top, rail.right, top + legend_height + 24 * scale)
        changes = Box(rail.left, legend.bottom + 24 * scale, rail.right, rail.bottom)
        locator = changes
    else:
        bottom = sources_top - 14 * scale
        tall = max(legend_height + 24 * scale, 220 * scale)
        area = Box(margin, top, width - margin, bottom - tall - 18 * scale)
        third = (width - 2 * margin) / 100
        legend = Box(margin, area.bottom + 18 * scale, margin + 36 * third, bottom)
        changes = Box(margin + 39 * third, legend.top, margin + 80 * third, bottom)
        locator = Box(margin + 83 * third, legend.top, width - margin, bottom)
    return Layout(scale, beside, margin, band, area, legend, changes, locator, lines, sources_top, row)


def _bands(drawing: Drawing, layout: Layout, marking: str) -> None:
    page, size = drawing.box, layout.px(16)
    for top in (0, page.bottom - layout.band):
        drawing.rectangle(Box(0, top, page.right, top + layout.band), face=MAP.ink)
        line = drawing.fit(marking, size, page.width - 2 * layout.margin, bold=True)
        drawing.text(page.width / 2, top + layout.band / 2 + size * 0.36, line, size, bold=True, colour=MAP.paper, align="center")


def _heading(drawing: Drawing, layout: Layout, said: Facts, title: str | None) -> None:
    px, page = layout.px, drawing.box
    date, view = long_date(said.date), VIEW_NAMES[said.view]
    size = px(34 if layout.beside else 27)
    dated = drawing.width(date, size, bold=True)
    left = layout.legend.left if layout.beside else page.right - layout.margin - dated
    first, second = layout.band + px(50), layout.band + px(78)
    drawing.text(left, first, date, size, bold=True)
    drawing.text(left, second, "As of this day, inclusive · ", px(15), colour=MAP.muted)
    drawing.text(left + drawing.width("As of this day, inclusive · ", px(15)), second, view, px(15), bold=True)
    room = left - layout.margin - px(24)
    name, name_ar = (said.province_name, said.province_name_ar) if said.province else (said.region.name, said.region.name_ar)
    what = f"{name} province: who holds what" if said.province else f"{name}: who holds what"
    size = px(32 if layout.beside else 26)
    drawing.text(layout.margin, first, drawing.fit(title or what, size, room, bold=True), size, bold=True)
    arabic = ("محافظة " if said.province else "") + name_ar
    drawing.text(layout.margin, second, arabic, px(16), colour=MAP.muted)
    x = layout.margin + drawing.width(arabic, px(16)) + px(12) if name_ar else layout.margin
    last = f"Last change: {said.changes[0].name}, {said.changes[0].date}" if said.changes else "No change before this date"
    line = f"{'·  ' if name_ar else ''}{VIEW_NAMES[said.view]}: {VIEW_HELP[said.view]}" if layout.beside else f"·  {last}"
    drawing.text(x, second, drawing.fit(line, px(15), left - x - px(24)), px(15), colour=MAP.muted)


# -- map -----------------------------------------------------------------------------------------------------------------------------


def _map(drawing: Drawing, layout: Layout, said: Facts) -> None:
    window = Window.fit(_bounds(said), layout.map, layout.px(26))
    _ground(drawing, window, said, layout.scale)
    spots = _spots(said, window, layout.scale)
    drawing.marks([mark for spot in spots for mark in spot.marks(said)], layout.map)
    room = Room()
    for spot in spots:
        room.take(Box.around(spot.x, spot.y, 2 * spot.extent, 2 * spot.extent))
    for furniture in (_chip, _scale_bar):
        room.take(furniture(drawing, layout, said, window, spots).grown(layout.px(5)))
    _names(drawing, layout, said, spots, room)
    _area_names(drawing, layout, said, window, room)
    drawing.rectangle(layout.map, edge=MAP.border, width=layout.px(1.2))


def _bounds(said: Facts) -> tuple[float, float, float, float]:
    base = base_map()
    provinces, countries = base.provinces, base.countries
    shown = provinces[provinces["iso_3166_2"] == said.province] if said.province else countries[countries["iso_3166_1"] == said.region.country]
    points = [place for place in said.places if place.included]
    if len(shown) or not points:
        west, south, east, north = (shown if len(shown) else countries).total_bounds
    else:
        west, east = min(p.easting for p in points), max(p.easting for p in points)
        south, north = min(p.northing for p in points), max(p.northing for p in points)
    return float(west), float(south), float(east), float(north)


def _ground(drawing: Drawing, window: Window, said: Facts, scale: float) -> None:
    base, box = base_map(), window.box
    home = base.countries["iso_3166_1"] == said.region.country
    chosen = base.provinces[base.provinces["iso_3166_2"] == said.province].geometry
    drawing.rectangle(box, face=MAP.paper)
    drawing.shape(window.path([base.frame]), box, face=MAP.water)
    drawing.shape(window.path(base.countries.geometry[~home]), box, face=MAP.neighbour)
    drawing.shape(window.path(base.countries.geometry[home]), box, face=MAP.land)
    drawing.shape(window.path(chosen), box, face=MAP.paper)
    drawing.shape(window.path(base.lakes.geometry), box, face=MAP.water, edge=MAP.river, width=0.8 * scale)
    for rank, width in ((2, 1.0), (1, 1.9)):
        drawing.line(window.path(base.rivers.geometry[base.rivers["rank"] == rank]), box, MAP.river, width * scale, opacity=0.9)
    drawing.line(window.path([base.province_lines]), box, MAP.province, 1.1 * scale, dashes=(6 * scale, 4 * scale))
    drawing.line(window.path(shapely.boundary(base.countries.geometry.to_numpy())), box, MAP.border, 1.5 * scale)
    if len(chosen):
        drawing.line(window.path(shapely.boundary(chosen.to_numpy())), box, MAP.ink, 2.4 * scale)


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

    def marks(self, said: Facts) -> list[Mark]:
        """The symbol."""
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
            strength=1 if place.included else 0.45,
        )


def _spots(said: Facts, window: Window, scale: float) -> list[Spot]:
    """Symbols in the picture in drawing order: major places on top, among equals the southern one."""
    unit = SYMBOL_UNIT * scale
    ground = np.array([(p.easting, p.northing) for p in said.places], dtype=float).reshape(-1, 2)
    spots = []
    for found, (x, y) in zip(said.places, window.to_px(ground).tolist(), strict=True):
        radius = SYMBOL_RADIUS[found.rank] * unit * (1 if found.included else 0.8)
        if Box.around(x, y, 1, 1).within(window.box.grown(radius)):
            spots.append(Spot(found, x, y, radius, unit))
    return sorted(spots, key=lambda spot: (spot.place.included, -spot.place.rank, spot.y))


def _names(drawing: Drawing, layout: Layout, said: Facts, spots: Sequence[Spot], room: Room) -> None:
    # On a province's sheet a place beyond it is there for orientation only.
    named = [spot for spot in reversed(spots) if spot.place.included or spot.place.rank == 1]
    named.sort(key=lambda spot: (not spot.place.included, spot.place.rank))
    gap, widest = layout.px(7), layout.map.width * 0.3
    labels, texts = [], []
    for spot in named:
        rank, included = spot.place.rank, spot.place.included
        size = layout.px(NAME_SIZE[rank] if included else NAME_SIZE[3])
        bold = rank < 3 and included
        name, arabic = drawing.fit(spot.place.name, size, widest, bold), ""
        widths = [drawing.width(name, size, bold)]
        if rank < 3 and included and spot.place.name_ar:
            arabic = drawing.fit(spot.place.name_ar, size, widest, bold)
            widths.insert(0, widths[0] + gap + drawing.width(arabic, size, bold))
        leader = included and (rank < 3 or said.province is not None)
        sizes = tuple((width, size * 1.16) for width in widths)
        labels.append(Label(spot.x, spot.y, spot.extent + layout.px(1.5), sizes, leader))
        texts.append((name, arabic, size, bold, MAP.ink if included else MAP.muted))
    places = place(labels, room, layout.map.grown(-layout.px(4)))
    drawing.segments([found.leader for found in places if found and found.leader], MAP.ink, layout.px(1))
    for found, (name, arabic, size, bold, colour) in zip(places, texts, strict=True):
        if found:
            _name(drawing, found, name, arabic, size, bold, colour, gap)


def _name(drawing: Drawing, found: Placed, name: str, arabic: str, size: float, bold: bool, colour: str, gap: float) -> None:
    y = found.box.centre[1] + size * 0.34
    drawing.text(found.box.left, y, name, size, bold=bold, colour=colour, halo=MAP.paper)
    if arabic and found.size == 0:
        # Two texts, each in its own direction: one line of both would let a name turn the other around.
        x = found.box.left + drawing.width(name, size, bold) + gap
        drawing.text(x, y, arabic, size, bold=bold, colour=colour, halo=MAP.paper)


def _area_names(drawing: Drawing, layout: Layout, said: Facts, window: Window, room: Room) -> None:
    base = base_map()
    shown = shapely.box(*window.ground)
    abroad = base.countries[base.countries["iso_3166_1"] != said.region.country]
    for areas, size, bold in ((abroad, 15, True), (base.provinces, 13.5, False)):
        for row in areas.itertuples():
            visible = shapely.intersection(row.geometry, shown)
            if visible.is_empty:
                continue
            text = "\u200a\u200a".join(str(row.name).upper())
            width, height = drawing.width(text, layout.px(size), bold), layout.px(size) * 1.2
            colour = MAP.contested if bold else MAP.province
            box = _spot_inside(visible, window, width, height, room, layout.map.grown(-layout.px(6)))
            if box:
                room.take(box)
                drawing.text(box.left, box.centre[1] + layout.px(size) * 0.36, text, layout.px(size), bold=bold, colour=colour)


def _spot_inside(area: shapely.Geometry, window: Window, width: float, height: float, room: Room, frame: Box) -> Box | None:
    """A free rectangle of a size within an area, as near to its middle as there is one."""
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
    """The first of the corners with no symbol in it; the first of all if there is none."""
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
    taken = [Box.around(spot.x, spot.y, 2 * spot.extent, 2 * spot.extent) for spot in spots]
    return next((box for box in boxes if not any(box.overlaps(spot) for spot in taken)), boxes[0])


def _chip(drawing: Drawing, layout: Layout, said: Facts, window: Window, spots: Sequence[Spot]) -> Box:
    """The date in a corner of the map, so that any crop of it is dated."""
    date, view, px = short_date(said.date), VIEW_NAMES[said.view], layout.px
    width = px(24) + max(drawing.width(date, px(19), bold=True), drawing.width(view, px(13)))
    box = _corner(layout, width, px(54), ("right top", "left top", "right bottom"), spots)
    drawing.rectangle(box, face=MAP.paper, edge=MAP.province, width=px(1), opacity=0.94)
    drawing.text(box.right - px(12), box.top + px(24), date, px(19), bold=True, align="right")
    drawing.text(box.right - px(12), box.top + px(44), view, px(13), colour=MAP.muted, align="right")
    return box


def _scale_bar(drawing: Drawing, layout: Layout, said: Facts, window: Window, spots: Sequence[Spot]) -> Box:
    """Scale bar and north arrow."""
    px = layout.px
    length = _round_length(layout.map.width * 0.2 / window.px_per_m / 1000)
    bar = length * 1000 * window.px_per_m
    label = f"{length:g} km"
    side = px(16) + drawing.width(label, px(13)) / 2
    width = px(44) + px(16) + bar + side
    box = _corner(layout, width, px(50), ("left bottom", "right bottom", "left top"), spots)
    drawing.rectangle(box, face=MAP.paper, edge=MAP.province, width=px(1), opacity=0.94)
    x, top = box.left + px(26), box.top + px(7)
    arrow = [(x, top), (x + px(7), top + px(19)), (x, top + px(14.5)), (x - px(7), top + px(19)), (x, top)]
    drawing.shape(Outline(arrow, closed=True), None, face=MAP.ink)
    drawing.text(x, box.bottom - px(8), "N", px(14), bold=True, align="center")
    left, y = box.left + px(60), box.top + px(14)
    for k, face in enumerate((MAP.ink, WHITE)):
        drawing.rectangle(Box(left + bar * k / 2, y, left + bar * (k + 1) / 2, y + px(7)), face=face, edge=MAP.ink, width=px(1))
    for share, text in ((0, "0"), (0.5, f"{length / 2:g}"), (1, label)):
        drawing.text(left + bar * share, box.bottom - px(9), text, px(13), align="center")
    return box


def _round_length(km: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above `km`."""
    power: float = 10.0 ** math.floor(math.log10(km))
    return max(step * power for step in (1, 2, 5) if step * power <= km * (1 + 1e-9))


# -- rail ----------------------------------------------------------------------------------------------------------------------------


def _rail(drawing: Drawing, layout: Layout, said: Facts) -> None:
    _legend(drawing, layout, said)
    bottom = _changes(drawing, layout, said)
    column = layout.locator
    box = Box(column.left, bottom + layout.px(14), column.right, column.bottom) if layout.beside else column
    if box.height >= layout.px(100):
        _locator(drawing, layout, said, box)


def _legend(drawing: Drawing, layout: Layout, said: Facts) -> None:
    px, box, row = layout.px, layout.legend, layout.row
    size = px(16.5 if layout.beside else 14.5)
    unit = (1.2 if layout.beside else 1.1) * layout.scale
    y = box.top + px(16)
    drawing.text(box.left, y, "Control on this date", px(18 if layout.beside else 16), bold=True)
    drawing.text(box.right, y, "places", px(13), colour=MAP.muted, align="right")
    y += px(12)
    marks: list[Mark] = []
    counts, centre = said.counts, box.left + px(17)
    rows: list[tuple[PartyStyle | str, str, int]] = [(said.style(p), said.names[p], counts.by_party[p]) for p in said.parties]
    rows += [(UNKNOWN, "No claim", counts.unknown), ("contested", "of these contested", counts.contested)]
    rows += [("besieged", "of these besieged", counts.besieged)]
    for mark, name, count in rows:
        drawing.segments([((box.left, y), (box.right, y))], MAP.neighbour, px(1))
        middle = y + row / 2
        if isinstance(mark, PartyStyle):
            marks += symbol(mark, centre, middle, 7.5 * unit, unit)
        else:
            marks += ring(centre, middle, 8.5 * unit, unit, mark == "contested", mark == "besieged")
        text = drawing.fit(name, size, box.width - px(38 + 48))
        drawing.text(box.left + px(38), middle + size * 0.36, text, size, colour=MAP.ink if isinstance(mark, PartyStyle) else MAP.muted)
        drawing.text(box.right, middle + size * 0.36, str(count), size, align="right")
        y += row
    drawing.segments([((box.left, y), (box.right, y))], MAP.province, px(1))
    neutral = PartyStyle(MAP.muted, "circle", WHITE)
    helps = ((True, False, "hollow: only the gaining side says so, or disputed"), (False, True, "pale: date of the change uncertain"))
    for hollow, pale, text in helps:
        y += px(22)
        marks += symbol(neutral, centre, y, 5.2 * unit, unit * 0.85, hollow=hollow, pale=pale)
        words = drawing.fit(text, px(13), box.width - px(38))
        drawing.text(box.left + px(38), y + px(4.7), words, px(13), colour=MAP.muted)
    if said.province and layout.beside:
        y += px(22)
        marks += symbol(neutral, centre, y, 4.2 * unit, unit * 0.85, strength=0.45)
        drawing.text(box.left + px(38), y + px(4.7), "faded: outside the province, not counted", px(13), colour=MAP.muted)
    drawing.marks(marks)


def _changes(drawing: Drawing, layout: Layout, said: Facts) -> float:
    """Draws the rows that fit and returns where they end."""
    px, box = layout.px, layout.changes
    y = box.top + px(16)
    drawing.text(box.left, y, "Latest changes", px(18 if layout.beside else 16), bold=True)
    y += px(12)
    row = layout.row * 0.86
    size = px(14.5 if layout.beside else 13)
    fitting = max(0, int((box.bottom - (px(130) if layout.beside else 0) - y) / row))
    shown = said.changes[: min(CHANGES, fitting)]
    if not shown:
        drawing.text(box.left, y + row * 0.5 + size * 0.36, "No change is recorded before this date.", size, colour=MAP.muted)
        return y + row
    dates = max(drawing.width(change.date, size) for change in shown) + px(16)
    statuses = max(drawing.width(change.status, size * 0.9) for change in shown)
    marks: list[Mark] = []
    for change in shown:
        drawing.segments([((box.left, y), (box.right, y))], MAP.neighbour, px(1))
        middle = y + row / 2
        baseline = middle + size * 0.36
        drawing.text(box.left, baseline, change.date, size, colour=MAP.muted)
        marks += _from_to(drawing, layout, said, change, box.left + dates, middle)
        left = box.left + dates + px(66)
        name = drawing.fit(change.name, size, box.right - statuses - px(12) - left, bold=True)
        drawing.text(left, baseline, name, size, bold=True)
        drawing.text(box.right, baseline, change.status, size * 0.9, colour=MAP.muted, align="right")
        y += row
    drawing.segments([((box.left, y), (box.right, y))], MAP.province, px(1))
    drawing.marks(marks)
    return y


def _from_to(drawing: Drawing, layout: Layout, said: Facts, change: Change, x: float, y: float) -> list[Mark]:
    px = layout.px
    sign, size = {"control": ("→", 15), "contested": ("⚔", 13), "siege": ("◯", 11)}[change.kind]
    drawing.text(x + px(26), y + px(size) * 0.36, sign, px(size), align="center")
    unit = 0.85 * layout.scale
    before = symbol(said.style(change.before), x + px(7), y, 6.5 * unit, unit)
    return before + symbol(said.style(change.after), x + px(46), y, 6.5 * unit, unit, hollow=change.flagged)


def _locator(drawing: Drawing, layout: Layout, said: Facts, room: Box) -> None:
    """Where the map lies: the country and a frame around what the sheet shows."""
    base, px = base_map(), layout.px
    west, south, east, north = base.frame.bounds
    aspect = (east - west) / (north - south)
    height = min(room.height, room.width / aspect, px(230))
    box = Box(room.left, room.bottom - height, room.left + height * aspect, room.bottom)
    if not layout.beside:
        box = Box(room.left, room.top, room.left + height * aspect, room.top + height)
    # The frame's upright sides lean in this projection: a little closer, and no corner shows the paper.
    window = Window.fit((west, south, east, north), box, -px(6))
    home = base.countries["iso_3166_1"] == said.region.country
    drawing.rectangle(box, face=MAP.water)
    drawing.shape(window.path(base.countries.geometry[~home]), box, face=MAP.neighbour)
    drawing.shape(window.path(base.countries.geometry[home]), box, face=MAP.paper, edge=MAP.border, width=px(1))
    drawing.line(window.path([base.province_lines]), box, MAP.province, px(0.6))
    chosen = base.provinces[base.provinces["iso_3166_2"] == said.province].geometry
    drawing.shape(window.path(chosen), box, face=MAP.contested, edge=MAP.border, width=px(0.8))
    drawing.line(window.path(shapely.boundary(base.countries.geometry[~home].to_numpy())), box, MAP.province, px(0.6))
    shown = Window.fit(_bounds(said), layout.map, px(26)).ground
    corners = window.to_px(np.array([(shown[0], shown[3]), (shown[2], shown[1])]))
    (left, top), (right, bottom) = corners.tolist()
    drawing.rectangle(Box(left, top, right, bottom), edge=WHITE, width=px(4), within=box)
    drawing.rectangle(Box(left, top, right, bottom), edge=MAP.ink, width=px(1.8), within=box)
    drawing.rectangle(box, edge=MAP.border, width=px(1))
