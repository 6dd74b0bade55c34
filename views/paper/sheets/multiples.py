"""Small multiples of a province: one map a month, quarter or year, with a strip of shares under each."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import geopandas as gpd
import shapely
from matplotlib.figure import Figure
from shapely.geometry.base import BaseGeometry

from geodata import BUNDLED
from geodata.dataset.tables import Source, source_of
from views.language import N_, _, language, long_date, number
from views.paper.drawing.basemap import Window
from views.paper.drawing.drawing import Drawing, Mark, symbol
from views.paper.drawing.drawn_land import draw_land, draw_sample, draw_siege
from views.paper.drawing.labels import Box
from views.paper.drawing.patterns import diagonals
from views.paper.facts import VIEW_HELP, VIEW_NAMES
from views.paper.land import Land
from views.paper.sheets.panels import LIMIT_KM, Panel, Panels, panels, period_name
from views.payload.territory import LIMITS_KM
from views.style import FAINT, MAP, WHITE, PartyStyle, mixed

SMALLEST_WIDTH_PX, LARGEST_WIDTH_PX = 360, 8000
DESIGN_PX, PANEL_PX = 1440, 320
"""Widths of the sheet and of one of its maps that lengths are given for."""
MOST_PANELS = 60
LIMITS = N_(
    "Areas are estimates, not surveyed lines: land is drawn with whoever holds the nearest known place, up to {limit} km away. "
    "Outline {origin}. Projection {projection}."
)

_TITLES = {
    "month": N_("{province} province by month, {years}"),
    "quarter": N_("{province} province by quarter, {years}"),
    "year": N_("{province} province by year, {years}"),
}
_LAST_DAYS = {
    "month": N_("Each map shows the last day of its month."),
    "quarter": N_("Each map shows the last day of its quarter."),
    "year": N_("Each map shows the last day of its year."),
}


def multiples_sheet(
    events: gpd.GeoDataFrame,
    province: str,
    first: dt.date | None = None,
    last: dt.date | None = None,
    *,
    by: str = "quarter",
    view: str = "claimed",
    viewpoint: str = "",
    source: Source | Path = BUNDLED,
    title: str | None = None,
    columns: int = 4,
    width_px: int = DESIGN_PX,
    scale: float | None = None,
    dpi: int = 100,
) -> Figure:
    """Return a sheet of small maps of one province through time; its height follows from the number of maps.

    Parameters
    ----------
    events
        As `geodata.load_events` gives them.
    province
        ISO 3166-2 code or name.
    first, last
        Both inclusive; whole periods around them are drawn. With one of them alone it is twelve periods, without both the twelve in which
        most places changed hands.
    by
        'month', 'quarter' or 'year'; each map shows control at the end of the last day of one.
    view
        'claimed' or 'corroborated'.
    viewpoint
        Whose claims count, in words, where not all do.
    source
        The dataset that the events come from, a folder of CSV files or a ledger.
    title
        In place of the one that names province and time.
    columns
        Maps beside each other.
    width_px
        From 360 to 8000 pixels.
    scale
        Pixels of the picture for a pixel of the design, for a picture that will be shown smaller. Default: `width_px` / 1440.
    dpi
        Pixels per inch; gives the size on paper, not that of the picture.

    Returns
    -------
    matplotlib.figure.Figure
        Without pyplot, so nothing keeps it; `views.paper.save` writes it.

    Raises
    ------
    UnknownNameError
        No such view, province or kind of period, or nobody has an outline of the province.
    WrongPeriodError
        `last` is before `first`.
    SchemaError
        A table of the source is not as documented.
    ValueError
        The width is not within bounds, there is no column, or there are more than `MOST_PANELS` maps.
    """
    if not SMALLEST_WIDTH_PX <= width_px <= LARGEST_WIDTH_PX:
        raise ValueError(f"A width of {width_px} px is not between {SMALLEST_WIDTH_PX} and {LARGEST_WIDTH_PX}.")
    if columns < 1:
        raise ValueError(f"There is at least one map in a row, not {columns}.")
    said = panels(events, province, source_of(source), first, last, by, view)
    return drawn(said, title=title, viewpoint=viewpoint, columns=columns, width_px=width_px, scale=scale, dpi=dpi)


def drawn(
    said: Panels,
    *,
    title: str | None = None,
    viewpoint: str = "",
    columns: int = 4,
    width_px: int = DESIGN_PX,
    scale: float | None = None,
    dpi: int = 100,
) -> Figure:
    """Return the sheet of given panels; for the parameters see `multiples_sheet`. `viewpoint` says whose claims count, where not all do."""
    if len(said.panels) > MOST_PANELS:
        raise ValueError(
            f"{len(said.panels)} maps are too many for one sheet, which holds {MOST_PANELS}: choose a shorter time or longer periods."
        )
    sheet = _Sheet(said, viewpoint, columns, width_px, scale or width_px / DESIGN_PX, dpi)
    with sheet.drawing.reading(sheet.drawing.box):
        sheet.heading(title)
    for k, panel in enumerate(said.panels):
        sheet.panel(k, panel)
    sheet.sources()
    return sheet.drawing.figure


def description(said: Panels) -> str:
    """Return the sheet in words, for those who cannot see it."""
    maps = []
    for panel in said.panels:
        shares = _shares(said, panel)
        told = _(", ").join(f"{said.names[party]} {_percent(share)}" for party, share in shares[:2])
        told = told or _("nobody is known to hold any of it")
        maps.append(f"{period_name(panel.period, said.by)}: {told}")
    return _("{title}. Shares of the land near a known place. {maps}.", title=_title(said), maps=_("; ").join(maps))


class _Sheet:
    """Where things are on the sheet, and how each is drawn. Lengths of the design are multiplied by `scale`."""

    def __init__(self, said: Panels, viewpoint: str, columns: int, width: int, scale: float, dpi: int) -> None:
        self.said, self.columns, self.scale = said, columns, scale
        px = self.px
        self.margin, self.gap = px(22), px(26)
        self.panel_width = (width - 2 * self.margin - (columns - 1) * self.gap) / columns
        # On the maps lines and symbols follow the maps' size, however large the text is.
        self.unit = min(scale, self.panel_width / PANEL_PX)
        west, south, east, north = said.outline.bounds
        self.map_height = self.panel_width * min(max((north - south) / max(east - west, 1), 0.5), 0.95)
        self.panel_height = px(24) + self.map_height + px(6 + 9 + 19)
        measure = Drawing(width, 100, dpi)  # the height depends on how the lines break
        inner = width - 2 * self.margin
        self.subtitle = measure.wrap(_subtitle(said, viewpoint), px(13), inner)
        self.legend = _rows(measure, _legend(said), px, inner)
        self.notes = measure.wrap(_(LIMITS, limit=f"{LIMIT_KM:g}", origin=said.origin, projection=said.crs.name), px(11.5), inner)
        self.top = px(46) + len(self.subtitle) * px(18) + len(self.legend) * px(24) + px(16)
        rows = math.ceil(len(said.panels) / columns)
        self.bottom = self.top + rows * self.panel_height + (rows - 1) * px(20)
        self.drawing = Drawing(width, math.ceil(self.bottom + px(18) + len(self.notes) * px(16) + px(8)), dpi)

    def px(self, length: float) -> float:
        """Return a length of the design in pixels."""
        return length * self.scale

    def on_map(self, length: float) -> float:
        """Return a length of the design on one of the maps in pixels."""
        return length * self.unit

    def heading(self, title: str | None) -> None:
        """Title, what the maps show, and the legend."""
        px, drawing, said = self.px, self.drawing, self.said
        y = px(34)
        words, room = title or _title(said), drawing.box.width - 2 * self.margin
        size = px(25) * min(1, max(0.5, 0.98 * room / drawing.width(words, px(25), bold=True)))
        drawing.text(self.margin, y, drawing.fit(words, size, room, bold=True), size, bold=True)
        for line in self.subtitle:
            y += px(18)
            drawing.text(self.margin, y + px(4), line, px(13), colour=MAP.muted)
        y += px(10)
        for row in self.legend:
            y += px(24)
            for x, kind, name in row:
                self._swatch(Box(self.margin + x, y - px(12), self.margin + x + px(26), y + px(4)), kind)
                drawing.text(self.margin + x + px(33), y, name, px(13))

    def panel(self, number: int, panel: Panel) -> None:
        """One map with its name above, and below it the strip of shares."""
        px, drawing = self.px, self.drawing
        row, column = divmod(number, self.columns)
        if language().direction == "rtl":
            column = self.columns - 1 - column
        left = self.margin + column * (self.panel_width + self.gap)
        top = self.top + row * (self.panel_height + px(20))
        name = period_name(panel.period, self.said.by)
        beside = Box(left, top, left + self.panel_width, top + self.panel_height)
        with drawing.reading(beside):
            drawing.text(left, top + px(15), name, px(16), bold=True)
        day = long_date(panel.period.last)
        if drawing.width(name, px(16), bold=True) + drawing.width(day, px(11.5)) + px(12) <= self.panel_width:
            with drawing.reading(beside):
                drawing.text(left + self.panel_width, top + px(15), day, px(11.5), colour=MAP.muted, align="right")
        frame = Box(left, top + px(24), left + self.panel_width, top + px(24) + self.map_height)
        window = Window.fit(self.said.outline.bounds, frame, px(3))
        drawing.shape(window.path([self.said.outline]), None, face=MAP.land)
        for land, area in panel.now.land.items():
            draw_land(drawing, window, land, area, self.said.style(land.party), self.unit)
        draw_siege(drawing, window, panel.now.besieged, self.unit)
        drawing.line(window.path([shapely.boundary(self.said.outline)]), None, MAP.ink, self.on_map(1.1))
        drawing.marks([mark for land, area in panel.now.land.items() for mark in self._symbols(window, land, area)])
        self._strip(Box(left, frame.bottom + px(6), frame.right, frame.bottom + px(15)), panel)

    def sources(self) -> None:
        """Write what the areas are, and whose outline it is."""
        for k, line in enumerate(self.notes):
            with self.drawing.reading(self.drawing.box):
                self.drawing.text(self.margin, self.bottom + self.px(24) + k * self.px(16), line, self.px(11.5), colour=MAP.muted)

    def _symbols(self, window: Window, land: Land, area: BaseGeometry) -> list[Mark]:
        """Return the party's symbol in each piece of land that has room for it: no party is told by colour alone."""
        px, marks = self.on_map, []
        radius = px(4.2)
        for part in shapely.get_parts(shapely.transform(area, window.to_px)):
            circle = shapely.maximum_inscribed_circle(part, tolerance=1.0)
            if circle.length >= radius * 1.5:
                x, y = circle.coords[0]
                marks += symbol(self.said.style(land.party), x, y, radius, px(0.8), hollow=land.faint)
        return marks

    def _strip(self, box: Box, panel: Panel) -> None:
        with self.drawing.reading(box):
            self._shares_of(box, panel)

    def _shares_of(self, box: Box, panel: Panel) -> None:
        px, drawing, said = self.px, self.drawing, self.said
        drawing.rectangle(box, face=MAP.paper, edge=MAP.province, width=px(0.8))
        x = box.left
        for party in said.parties:
            style = said.style(party)
            for contested in (False, True):
                km2 = sum(area for land, area in panel.now.km2.items() if (land.party, land.contested) == (party, contested))
                share = km2 / said.near_km2
                if not share:
                    continue
                part = Box(x, box.top, x + share * box.width, box.bottom)
                drawing.rectangle(part, face=style.colour, edge=WHITE if style.edge == WHITE else style.edge, width=px(0.5))
                if contested:
                    self._strip_stripes(part, style)
                x = part.right
        y, size = box.bottom + px(16), px(12.5)
        shares = _shares(said, panel)[:2]
        if not shares:
            drawing.text(box.left, y, _("no claim says who holds any of it"), size, colour=MAP.muted)
            return
        radius = px(4.6)
        percents = [_percent(share) for _party, share in shares]
        names = [said.names[party] for party, _share in shares]
        fixed = [px(19) + drawing.width(percent, size, bold=True) for percent in percents]
        small, gap = px(11.5), px(9)
        room = box.width - sum(fixed) - gap * (len(shares) - 1)
        # The shorter name may take half of the room, the longer one has the rest.
        widths = [drawing.width(name, small) for name in names]
        longest = max(room / len(names), room - min(widths) * (len(names) - 1))
        x = box.left
        for (party, _share), percent, name, offset in zip(shares, percents, names, fixed, strict=True):
            drawing.marks(symbol(said.style(party), x + radius + px(1), y - px(4.2), radius, px(0.8)))
            drawing.text(x + px(14), y, percent, size, bold=True)
            name = drawing.fit(name, small, longest) if longest > px(45) else ""
            drawing.text(x + offset, y, name, small)
            x += offset + drawing.width(name, small) + gap

    def _strip_stripes(self, box: Box, style: PartyStyle) -> None:
        lines = diagonals(shapely.box(box.left, box.top, box.right, box.bottom), self.px(4.5))
        self.drawing.segments(lines, mixed(style.colour, WHITE, 0.8), self.px(1.5))

    def _swatch(self, box: Box, kind: str) -> None:
        """Draw a sample of what the legend names: a party, or a way in which land is drawn."""
        px, drawing = self.px, self.drawing
        middle = box.centre
        if kind in self.said.styles or kind == "unknown":
            style = self.said.style(kind)
            draw_sample(drawing, box, style, px(1))
            drawing.marks(symbol(style, *middle, px(4.6), px(0.8)))
            return
        grey = PartyStyle(MAP.contested, "circle", WHITE)
        face = MAP.land if kind in ("blank", "besieged") else grey.colour
        drawing.rectangle(box, face=mixed(face, MAP.land, FAINT) if kind == "faint" else face, edge=MAP.province, width=px(0.8))
        if kind == "contested":
            self._strip_stripes(box, grey)
        elif kind == "besieged":
            drawing.rectangle(box.grown(-px(3)), edge=MAP.ink, width=px(1.8))
        elif kind == "faint":
            drawing.marks(symbol(grey, *middle, px(4.6), px(0.8), hollow=True))


def _legend(said: Panels) -> list[tuple[str, str]]:
    """Return what the legend has to name: kind and words."""
    lands = {land for panel in said.panels for land in panel.now.land}
    ways = [
        ("contested", _("contested"), any(land.contested for land in lands)),
        ("faint", _("weakly known or date uncertain"), any(land.faint for land in lands)),
        ("besieged", _("besieged"), any(not panel.now.besieged.is_empty for panel in said.panels)),
        ("unknown", _("no claim who holds it"), any(not land.party for land in lands)),
        ("blank", _("no known place near"), said.near_km2 < said.km2 * 0.999),
    ]
    return [(party, said.names[party]) for party in said.parties] + [(kind, words) for kind, words, there in ways if there]


def _rows(
    measure: Drawing, legend: Sequence[tuple[str, str]], px: Callable[[float], float], room: float
) -> list[list[tuple[float, str, str]]]:
    """Return the legend broken into rows: position from the left, kind and words."""
    rows: list[list[tuple[float, str, str]]] = [[]]
    x = 0.0
    for kind, words in legend:
        words = measure.fit(words, px(13), room - px(33))
        width = px(33) + measure.width(words, px(13)) + px(20)
        if rows[-1] and x + width - px(20) > room:
            rows.append([])
            x = 0.0
        rows[-1].append((x, kind, words))
        x += width
    return rows


def _title(said: Panels) -> str:
    years = f"{said.panels[0].period.first.year}–{said.panels[-1].period.last.year}"
    one = said.panels[0].period.first.year == said.panels[-1].period.last.year
    return _(_TITLES[said.by], province=said.name, years=years[:4] if one else years)


def _subtitle(said: Panels, viewpoint: str) -> str:
    narrowed = f"{viewpoint}. " if viewpoint else ""
    view = f"{_(VIEW_NAMES[said.view])}: {_(VIEW_HELP[said.view])}."
    seen = f"{narrowed}{view} {_(_LAST_DAYS[said.by])}"
    if not said.near_km2:
        return seen + " " + _("No place that is known to the dataset lies within {km} km of the province.", km=f"{LIMIT_KM:g}")
    least, share, most = (_percent(km2 / said.km2) for km2 in (said.near_range[0], said.near_km2, said.near_range[1]))
    return (
        seen
        + " "
        + _(
            "Shares are of the {area} km² within {km} km of a known place, {share} of the province (with {short} km {least}, with {long} "
            "km {most}).",
            area=number(said.near_km2),
            km=f"{LIMIT_KM:g}",
            share=share,
            least=least,
            most=most,
            short=LIMITS_KM[0],
            long=LIMITS_KM[-1],
        )
    )


def _shares(said: Panels, panel: Panel) -> list[tuple[str, float]]:
    """Parties with their share of the land near a place, largest first."""
    return [(party, area / said.near_km2) for party, area in panel.now.held().items()]


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.005 else "<1%"
