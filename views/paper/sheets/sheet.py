"""The map sheet: one dated, sourced picture of who holds what, for a slide or for print."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import geopandas as gpd
from matplotlib.figure import Figure

from geodata import BUNDLED
from geodata.dataset.tables import Source, source_of
from views.language import ENGLISH, N_, _, language, long_date
from views.paper.drawing.basemap import Window
from views.paper.drawing.drawing import Drawing
from views.paper.drawing.labels import Box, Room
from views.paper.facts import VIEW_HELP, VIEW_NAMES, Facts, facts
from views.paper.sheets.insets import SIGNS, draw_inset, draw_tag, insets_of, seen_by, tag_box
from views.paper.sheets.layout import LINE_PX, Layout, sheet_layout
from views.paper.sheets.sheet_map import area_names, bounds, chip, ground, names, scale_bar, spots_in
from views.paper.sheets.sheet_rail import draw_rail
from views.payload.territory import USUAL_METHOD, LandMethod
from views.style import MAP

SMALLEST_PX, LARGEST_PX = 480, 8000

LIMITS = N_("Control as reported by the sources of the dataset.")
POINTS = N_("Places are points, no area is implied.")
OWN_PLACES = N_("Places as given by the dataset")


def map_sheet(
    events: gpd.GeoDataFrame,
    date: dt.date,
    *,
    view: str = "claimed",
    province: str | None = None,
    source: Source | Path = BUNDLED,
    title: str | None = None,
    marking: str | None = None,
    land: LandMethod | None = USUAL_METHOD,
    patterns: bool = False,
    size_px: tuple[int, int] = (1920, 1080),
    dpi: int = 100,
) -> Figure:
    """Return a sheet with map, date, legend with counts, latest changes, locator, sources and limits.

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
    land
        Method and distance limit in km, as for `geodata.land.territory.Territory`; None draws places alone.
    patterns
        Whether land has its holder's pattern beside the colour.
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
    said = facts(events, date, view, province, source, land, patterns=patterns)
    layout = sheet_layout(drawing, len(said.parties) + (said.land is not None), sources_of(said), bool(marking))
    if marking:
        draw_bands(drawing, layout, marking)
    with drawing.reading(drawing.box):
        _heading(drawing, layout, said, title)
    draw_map(drawing, layout, said)
    draw_rail(drawing, layout, said)
    draw_sources(drawing, layout)
    return drawing.figure


def sources_of(said: Facts) -> str:
    """Return what a sheet rests on, and what it does not show."""
    projection = _("Projection {name}", name=said.base.crs.name)
    return f"{_(LIMITS)} {said.land_note or _(POINTS)} {said.region.credits or _(OWN_PLACES)} · {projection}"


def draw_sources(drawing: Drawing, layout: Layout) -> None:
    """Write the lines at the foot of a sheet."""
    with drawing.reading(drawing.box):
        for k, line in enumerate(layout.sources):
            drawing.text(layout.margin, layout.sources_top + (k + 0.8) * layout.px(LINE_PX), line, layout.px(12), colour=MAP.muted)


def draw_bands(drawing: Drawing, layout: Layout, marking: str) -> None:
    """Draw the marking at the top and the bottom."""
    page, size = drawing.box, layout.px(16)
    for top in (0, page.bottom - layout.band):
        drawing.rectangle(Box(0, top, page.right, top + layout.band), face=MAP.ink)
        line = drawing.fit(marking, size, page.width - 2 * layout.margin, bold=True)
        drawing.text(page.width / 2, top + layout.band / 2 + size * 0.36, line, size, bold=True, colour=MAP.paper, align="center")


def _heading(drawing: Drawing, layout: Layout, said: Facts, title: str | None) -> None:
    px, page = layout.px, drawing.box
    date, size = long_date(said.date), px(33 if layout.beside else 27)
    prefix, small = _("As of") + " ", px(18 if layout.beside else 16)
    dated = drawing.width(prefix, small) + drawing.width(date, size, bold=True)
    left = layout.legend.left if layout.beside else page.right - layout.margin - dated
    first, second = layout.band + px(50), layout.band + px(78)
    drawing.text(left, first, prefix, small, colour=MAP.muted)
    drawing.text(left + drawing.width(prefix, small), first, date, size, bold=True)
    view, small = _(VIEW_NAMES[said.view]), px(14.5)
    drawing.text(left, second, view, small, bold=True)
    x = left + drawing.width(view, small, bold=True)
    told = f": {_(VIEW_HELP[said.view])}"
    if drawing.width(told, small) <= page.right - layout.margin - x:
        drawing.text(x, second, told, small, colour=MAP.muted)
    room = left - layout.margin - px(28)
    name, name_ar = (said.province_name, said.province_name_ar) if said.province else (said.region.name, said.region.name_ar)
    if language().code != ENGLISH:
        name, name_ar = name_ar or name, ""
    what = _("{name} province: who holds what", name=name) if said.province else _("{name}: who holds what", name=name)
    size = px(32 if layout.beside else 26)
    drawing.text(layout.margin, first, drawing.fit(title or what, size, room, bold=True), size, bold=True)
    small, x = px(16), layout.margin
    change = next((change for change in said.changes if change.kind == "control"), None)
    last = _("No change before this date")
    if change:
        last = _("Last change: {place}, {day}", place=change.name, day=change.date)
    if name_ar:
        arabic = drawing.fit(("محافظة " if said.province else "") + name_ar, small, room / 2)
        drawing.text(x, second, arabic, small, colour=MAP.muted)
        x += drawing.width(arabic, small) + px(10)
        last = f"·  {last}"
    drawing.text(x, second, drawing.fit(last, small, left - x - px(28)), small, colour=MAP.muted)


def draw_map(drawing: Drawing, layout: Layout, said: Facts) -> None:
    """Draw the map with its date, scale, names and enlargements into the layout's map."""
    window = Window.fit(bounds(said), layout.map, layout.px(26))
    spots = spots_in(said, window, layout.scale)
    ground(drawing, window, said, layout.scale)
    taken = [furniture(drawing, layout, said, window, spots).grown(layout.px(6)) for furniture in (chip, scale_bar)]
    insets = insets_of(layout, said, window, spots, taken)
    taken += [inset.box.grown(layout.px(6)) for inset in insets]
    spots = [spot for spot in spots if spot.matters or not any(spot.box.overlaps(box) for box in taken)]
    for sign, inset in zip(SIGNS, insets, strict=False):
        seen = seen_by(window, inset)
        taken.append(tag_box(layout, seen, spots))
        draw_tag(drawing, layout, seen, taken[-1], sign)
    drawing.marks([mark for spot in spots for mark in spot.marks(said)], layout.map)
    room = Room()
    for box in (*taken, *(spot.box for spot in spots)):
        room.take(box)
    enlarged = {spot.place for inset in insets for spot in spots_in(said, inset, layout.scale)}
    names(drawing, layout, said, spots, room, layout.map, enlarged)
    area_names(drawing, layout, said, window, room)
    for sign, inset in zip(SIGNS, insets, strict=False):
        draw_inset(drawing, layout, said, inset, sign)
    drawing.rectangle(layout.map, edge=MAP.border, width=layout.px(1.2))
