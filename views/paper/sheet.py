"""The map sheet: one dated, sourced picture of who holds what, for a slide or for print."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline

from geodata import BUNDLED
from geodata.tables import Source, source_of
from views.paper.basemap import Window
from views.paper.drawing import RING_GAP, WHITE, Drawing, Mark, ring, symbol
from views.paper.facts import VIEW_HELP, VIEW_NAMES, Change, Facts, Place, facts, long_date, short_date
from views.paper.labels import Box, Label, Room, place
from views.style import MAP, UNKNOWN, PartyStyle

SMALLEST_PX, LARGEST_PX = 480, 8000
SYMBOL_RADIUS = {1: 7.5, 2: 6.5, 3: 5.5}  # by rank, in pixels of the screen: SYMBOL_RADIUS in control_layer.js
NAME_SIZE = {1: 21.0, 2: 17.0, 3: 14.5}
SYMBOL_UNIT = 1.2
MOST_WITH_LEADERS = 150  # on a fuller map lines would only add to the crowd, and take long to find
CHANGES = 7
CHANGES_WITHOUT_LOCATOR = 14

LIMITS = "Control as reported by the sources of the dataset; places are points, no area is implied."
OWN_PLACES = "Places as given by the dataset"


def map_sheet(
    events: gpd.GeoDataFrame,
    date: dt.date,
    *,
    view: str = "claimed",
    province: str | None = None,
    source: Source | Path = BUNDLED,
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
    source
        The dataset that the events come from, a folder of CSV files or a ledger: its parties, places, provinces and region are read.
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
        A table of the source is not as documented.
    ValueError
        A side is too short or too long.
    """
    for side in size_px:
        if not SMALLEST_PX <= side <= LARGEST_PX:
            raise ValueError(f"A side of {side} px is not between {SMALLEST_PX} and {LARGEST_PX}.")
    drawing = Drawing(*size_px, dpi)
    source = source_of(source)
    said = facts(events, date, view, province, source)
    sources = f"{LIMITS} {said.region.credits or OWN_PLACES} · Projection {said.base.crs.name}"
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
        legend = Box(rail.left, top + 10 * scale, rail.right, top + legend_height + 34 * scale)
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
    date, size = long_date(said.date), px(33 if layout.beside else 27)
    prefix, small = "As of ", px(18 if layout.beside else 16)
    dated = drawing.width(prefix, small) + drawing.width(date, size, bold=True)
    left = layout.legend.left if layout.beside else page.right - layout.margin - dated
    first, second = layout.band + px(50), layout.band + px(78)
    drawing.text(left, first, prefix, small, colour=MAP.muted)
    drawing.text(left + drawing.width(prefix, small), first, date, size, bold=True)
    view, small = VIEW_NAMES[said.view], px(14.5)
    drawing.text(left, second, view, small, bold=True)
    x = left + drawing.width(view, small, bold=True)
    if drawing.width(f": {VIEW_HELP[said.view]}", small) <= page.right - layout.margin - x:
        drawing.text(x, second, f": {VIEW_HELP[said.view]}", small, colour=MAP.muted)
    room = left - layout.margin - px(28)
    name, name_ar = (said.province_name, said.province_name_ar) if said.province else (said.region.name, said.region.name_ar)
    what = f"{name} province: who holds what" if said.province else f"{name}: who holds what"
    size = px(32 if layout.beside else 26)
    drawing.text(layout.margin, first, drawing.fit(title or what, size, room, bold=True), size, bold=True)
    small, x = px(16), layout.margin
    change = next((change for change in said.changes if change.kind == "control"), None)
    last = f"Last change: {change.name}, {change.date}" if change else "No change before this date"
    if name_ar:
        arabic = drawing.fit(("محافظة " if said.province else "") + name_ar, small, room / 2)
        drawing.text(x, second, arabic, small, colour=MAP.muted)
        x += drawing.width(arabic, small) + px(10)
        last = f"·  {last}"
    drawing.text(x, second, drawing.fit(last, small, left - x - px(28)), small, colour=MAP.muted)


# -- map -----------------------------------------------------------------------------------------------------------------------------


def _map(drawing: Drawing, layout: Layout, said: Facts) -> None:
    window = Window.fit(_bounds(said), layout.map, layout.px(26))
    spots = _spots(said, window, layout.scale)
    _ground(drawing, window, said, layout.scale)
    taken = [furniture(drawing, layout, said, window, spots).grown(layout.px(6)) for furniture in (_chip, _scale_bar)]
    insets = _insets(layout, said, window, spots, taken)
    taken += [inset.box.grown(layout.px(6)) for inset in insets]
    spots = [spot for spot in spots if spot.matters or not any(spot.box.overlaps(box) for box in taken)]
    for letter, inset in zip(LETTERS, insets, strict=False):
        seen = _seen(window, inset)
        taken.append(_tag_box(layout, seen, spots))
        _tag(drawing, layout, seen, taken[-1], letter)
    drawing.marks([mark for spot in spots for mark in spot.marks(said)], layout.map)
    room = Room()
    for box in (*taken, *(spot.box for spot in spots)):
        room.take(box)
    enlarged = {spot.place for inset in insets for spot in _spots(said, inset, layout.scale)}
    _names(drawing, layout, said, spots, room, layout.map, enlarged)
    _area_names(drawing, layout, said, window, room)
    for letter, inset in zip(LETTERS, insets, strict=False):
        _inset(drawing, layout, said, inset, letter)
    drawing.rectangle(layout.map, edge=MAP.border, width=layout.px(1.2))


def _bounds(said: Facts) -> tuple[float, float, float, float]:
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


def _ground(drawing: Drawing, window: Window, said: Facts, scale: float) -> None:
    base, box = said.base, window.box
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

    @property
    def matters(self) -> bool:
        """Whether nothing may hide it: counted, or a city that gives orientation."""
        return self.place.included or self.place.rank == 1

    @property
    def box(self) -> Box:
        """What the symbol covers."""
        return Box.around(self.x, self.y, 2 * self.extent, 2 * self.extent)

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
        spot = Spot(found, x, y, SYMBOL_RADIUS[found.rank] * unit * (1 if found.included else 0.8), unit)
        if spot.box.within(window.box):
            spots.append(spot)
    return sorted(spots, key=lambda spot: (spot.place.included, -spot.place.rank, spot.y))


def _names(
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
    """A name, and the same without what it has in brackets at its end: 'al-Hosn (Krak des Chevaliers)'."""
    short = name.partition(" (")[0] if name.endswith(")") else name
    return [name] if short in ("", name) else [name, short]


def _area_names(drawing: Drawing, layout: Layout, said: Facts, window: Window, room: Room) -> None:
    base = said.base
    shown = shapely.box(*window.ground)
    abroad = base.countries[base.countries["iso_3166_1"] != said.region.country]
    for areas, size, bold in ((abroad, 15, True), (base.provinces, 13.5, False)):
        for row in areas.itertuples():
            visible = shapely.intersection(row.geometry, shown)
            if visible.is_empty:
                continue
            text = drawing.spaced(str(row.name))
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
    """The first of the corners with no symbol that matters in it; the first of all if there is none."""
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


def _chip(drawing: Drawing, layout: Layout, said: Facts, window: Window, spots: Sequence[Spot]) -> Box:
    """The date in a corner of the map, so that any crop of it is dated."""
    date, view, px = short_date(said.date), VIEW_NAMES[said.view], layout.px
    width = px(24) + max(drawing.width(date, px(19), bold=True), drawing.width(view, px(13)))
    box = _corner(layout, width, px(54), ("right top", "left top", "right bottom"), spots)
    drawing.rectangle(box, face=MAP.paper, edge=MAP.province, width=px(1), opacity=0.94)
    drawing.text(box.left + px(12), box.top + px(24), date, px(19), bold=True)
    drawing.text(box.left + px(12), box.top + px(44), view, px(13), colour=MAP.muted)
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


# -- enlargements --------------------------------------------------------------------------------------------------------------------

CROWDED = ((4, 24.0), (4, 34.0), (4, 46.0), (3, 24.0), (3, 34.0), (3, 46.0))
"""So many symbols, each within so many pixels of another of them, cannot all have their names beside them; the tightest first."""
INSET_PX = (400.0, 300.0)
INSET_SHARE = 0.34  # of the map's width, at most
INSET_MARGIN_PX = (64.0, 34.0)
SMALLEST_ENLARGEMENT, LARGEST_ENLARGEMENT = 1.7, 8.0
LETTERS = "AB"
MOST_INSETS = len(LETTERS)
MOST_SPOTS = 1000


def _insets(layout: Layout, said: Facts, window: Window, spots: Sequence[Spot], taken: Sequence[Box]) -> list[Window]:
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
            seen = _seen(window, draft).grown(layout.px(26))
            free = [box for box in _edges(layout, width, height) if not any(box.overlaps(other) for other in [*blocked, seen])]
            if not free or any(seen.overlaps(other.box) or seen.overlaps(_seen(window, other)) for other in found):
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
    """A window of a size on a group, as large as its names allow; None where that is hardly larger than the map."""
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
    frames = [_seen(window, draft) for draft in drafts]
    cut = [sum(spot.box.overlaps(frame) and not spot.box.within(frame) for spot in spots) for frame in frames]
    return drafts[cut.index(min(cut))]


_STEPS = (0.0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9)


def _clusters(spots: Sequence[Spot], distance: float, least: int) -> list[list[Spot]]:
    """Groups of at least so many symbols, each nearer than `distance` to another of its group; the largest first."""
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


def _seen(window: Window, inset: Window) -> Box:
    """Where an enlargement's ground lies on the map."""
    west, south, east, north = inset.ground
    (left, top), (right, bottom) = window.to_px(np.array([(west, north), (east, south)])).tolist()
    return Box(left, top, right, bottom)


def _tag_box(layout: Layout, frame: Box, spots: Sequence[Spot]) -> Box:
    """Where the letter of a frame stands: outside a corner, clear of symbols."""
    side = layout.px(22)
    left, right = frame.left, frame.right - side
    corners = [(left, frame.top - side), (right, frame.top - side), (left, frame.bottom), (right, frame.bottom)]
    boxes = [Box(x, y, x + side, y + side) for x, y in corners]
    return next((box for box in boxes if not any(box.overlaps(spot.box) for spot in spots)), boxes[0])


def _tag(drawing: Drawing, layout: Layout, frame: Box, tag: Box, letter: str) -> None:
    """A frame and the letter that ties it to its like."""
    px = layout.px
    drawing.rectangle(frame, edge=WHITE, width=px(3.5))
    drawing.rectangle(frame, edge=MAP.ink, width=px(1.5))
    drawing.rectangle(tag, face=MAP.ink, edge=MAP.ink, width=px(1.5))
    drawing.text(tag.centre[0], tag.centre[1] + px(15) * 0.36, letter, px(15), bold=True, colour=MAP.paper, align="center")


def _inset(drawing: Drawing, layout: Layout, said: Facts, inset: Window, letter: str) -> None:
    px = layout.px
    spots = _spots(said, inset, layout.scale)
    _ground(drawing, inset, said, layout.scale)
    drawing.marks([mark for spot in spots for mark in spot.marks(said)], inset.box)
    room = Room()
    for spot in spots:
        room.take(spot.box)
    corner = Box(inset.box.left, inset.box.top, inset.box.left + px(22), inset.box.top + px(22))
    room.take(corner.grown(px(4)))
    length = _round_length(inset.box.width * 0.24 / inset.px_per_m / 1000)
    bar, left, y = length * 1000 * inset.px_per_m, inset.box.left + px(12), inset.box.bottom - px(12)
    drawing.segments([((left, y), (left + bar, y))], MAP.ink, px(3))
    drawing.text(left + bar + px(8), y + px(4.5), f"{length:g} km", px(13), halo=MAP.paper)
    room.take(Box(left, y - px(10), left + bar + px(12) + drawing.width(f"{length:g} km", px(13)), y + px(8)))
    _names(drawing, layout, said, spots, room, inset.box, scale=0.9)
    _tag(drawing, layout, inset.box, corner, letter)


# -- rail ----------------------------------------------------------------------------------------------------------------------------


def _rail(drawing: Drawing, layout: Layout, said: Facts) -> None:
    _legend(drawing, layout, said)
    bottom = _changes(drawing, layout, said)
    column = layout.locator
    if not said.province:
        return  # the base map reaches little further than the region, so there is nothing to find it in
    top = max(bottom + layout.px(24), column.bottom - layout.px(300)) if layout.beside else column.top
    box = Box(column.left, top, column.right, column.bottom if layout.beside else min(column.bottom, top + column.width * 0.85))
    if box.height >= layout.px(90):
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
    if not said.province:
        box = Box(box.left, box.top, layout.locator.right, box.bottom)
    y = box.top + px(16)
    drawing.text(box.left, y, "Latest changes", px(18 if layout.beside else 16), bold=True)
    y += px(12)
    row = layout.row * 0.86
    size = px(14.5 if layout.beside else 13)
    fitting = max(0, int((box.bottom - (px(130) if layout.beside and said.province else 0) - y) / row))
    shown = said.changes[: min(CHANGES if said.province else CHANGES_WITHOUT_LOCATOR, fitting)]
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


def _locator(drawing: Drawing, layout: Layout, said: Facts, box: Box) -> None:
    """Where the map lies: the country and a frame around what the sheet shows."""
    base, px = said.base, layout.px
    home = base.countries["iso_3166_1"] == said.region.country
    shown = Window.fit(_bounds(said), layout.map, px(26)).ground
    country = (base.countries[home] if home.any() else base.countries).total_bounds
    west, south = np.minimum(shown[:2], country[:2]).tolist()
    east, north = np.maximum(shown[2:], country[2:]).tolist()
    window = Window.fit((west, south, east, north), box, px(16))
    drawing.shape(window.path([base.frame]), box, face=MAP.water)
    drawing.shape(window.path(base.countries.geometry[~home]), box, face=MAP.neighbour)
    drawing.shape(window.path(base.countries.geometry[home]), box, face=MAP.paper, edge=MAP.border, width=px(1))
    chosen = base.provinces[base.provinces["iso_3166_2"] == said.province].geometry
    drawing.shape(window.path(chosen), box, face=MAP.contested)
    drawing.line(window.path([base.province_lines]), box, MAP.province, px(0.7))
    drawing.line(window.path(shapely.boundary(base.countries.geometry.to_numpy())), box, MAP.border, px(0.8))
    (left, top), (right, bottom) = window.to_px(np.array([(shown[0], shown[3]), (shown[2], shown[1])])).tolist()
    drawing.rectangle(Box(left, top, right, bottom), edge=WHITE, width=px(4), within=box)
    drawing.rectangle(Box(left, top, right, bottom), edge=MAP.ink, width=px(1.8), within=box)
    drawing.rectangle(box, edge=MAP.border, width=px(1))
