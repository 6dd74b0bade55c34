"""Beside the map of a sheet: legend with counts, latest changes, locator."""

from __future__ import annotations

import numpy as np
import shapely

from views.language import _, language
from views.paper.drawing.basemap import Window
from views.paper.drawing.drawing import Drawing, Mark, ring, symbol
from views.paper.drawing.drawn_land import draw_sample
from views.paper.drawing.labels import Box
from views.paper.facts import Change, Facts
from views.paper.sheets.layout import Layout
from views.paper.sheets.sheet_map import bounds
from views.style import MAP, SEE_THROUGH, UNKNOWN, WHITE, PartyStyle
from views.wording import figure_in_words

CHANGES = 7
CHANGES_WITHOUT_LOCATOR = 14


def draw_rail(drawing: Drawing, layout: Layout, said: Facts) -> None:
    """Draw legend, changes and, for a province, the locator."""
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
    with drawing.reading(layout.legend):
        _rows(drawing, layout, said)


def _rows(drawing: Drawing, layout: Layout, said: Facts) -> None:
    px, box, row = layout.px, layout.legend, layout.row
    size = px(16.5 if layout.beside else 14.5)
    unit = (1.2 if layout.beside else 1.1) * layout.scale
    y = box.top + px(16)
    drawing.text(box.left, y, _("Control on this date"), px(18 if layout.beside else 16), bold=True)
    land = said.land
    held = land.held() if land else {}
    right = box.right - (px(92) if land else 0)
    drawing.text(right, y, _("places"), px(13), colour=MAP.muted, align="right")
    if land:
        drawing.text(box.right, y, _("land, km²"), px(13), colour=MAP.muted, align="right")
    y += px(12)
    marks: list[Mark] = []
    counts, centre = said.counts, box.left + px(17)
    rows: list[tuple[PartyStyle | str, str, int, float]] = [
        (said.style(p), said.names[p], counts.by_party[p], held.get(p, 0)) for p in said.parties
    ]
    contested = sum(km2 for kind, km2 in land.km2.items() if kind.contested) if land else 0
    nobody = sum(km2 for kind, km2 in land.km2.items() if not kind.party) if land else 0
    rows += [(UNKNOWN, _("No claim"), counts.unknown, nobody), ("contested", _("of these contested"), counts.contested, contested)]
    rows += [("besieged", _("of these besieged"), counts.besieged, 0)]
    for mark, name, count, km2 in rows:
        drawing.segments([((box.left, y), (box.right, y))], MAP.neighbour, px(1))
        middle = y + row / 2
        if isinstance(mark, PartyStyle):
            if land:
                draw_sample(drawing, Box.around(centre, middle, px(34), row * 0.72), mark, unit, SEE_THROUGH)
            marks += symbol(mark, centre, middle, (5.5 if land else 7.5) * unit, unit)
        else:
            marks += ring(centre, middle, 8.5 * unit, unit, mark == "contested", mark == "besieged")
        text = drawing.fit(name, size, right - box.left - px(38 + 48))
        drawing.text(box.left + px(38), middle + size * 0.36, text, size, colour=MAP.ink if isinstance(mark, PartyStyle) else MAP.muted)
        drawing.text(right, middle + size * 0.36, str(count), size, align="right")
        if km2:
            drawing.text(box.right, middle + size * 0.36, rounded(km2), size, align="right")
        y += row
    drawing.segments([((box.left, y), (box.right, y))], MAP.province, px(1))
    neutral = PartyStyle(MAP.muted, "circle", WHITE)
    if land:
        y += px(22)
        drawing.segments([((centre - px(13), y), (centre + px(13), y))], MAP.ink, px(1.6))
        words = drawing.fit(_("front between land of two parties, approximate"), px(13), box.width - px(38))
        drawing.text(box.left + px(38), y + px(4.7), words, px(13), colour=MAP.muted)
    helps = ((True, False, _("hollow: only the gaining side says so, or disputed")), (False, True, _("pale: date of the change uncertain")))
    for hollow, pale, text in helps:
        y += px(22)
        marks += symbol(neutral, centre, y, 5.2 * unit, unit * 0.85, hollow=hollow, pale=pale)
        words = drawing.fit(text, px(13), box.width - px(38))
        drawing.text(box.left + px(38), y + px(4.7), words, px(13), colour=MAP.muted)
    if said.province and layout.beside:
        y += px(22)
        marks += symbol(neutral, centre, y, 4.2 * unit, unit * 0.85, strength=0.45)
        drawing.text(box.left + px(38), y + px(4.7), _("faded: outside the province, not counted"), px(13), colour=MAP.muted)
    drawing.marks(marks)


def _changes(drawing: Drawing, layout: Layout, said: Facts) -> float:
    """Draws the rows that fit and returns where they end."""
    box = layout.changes
    if not said.province:
        box = Box(box.left, box.top, layout.locator.right, box.bottom)
    with drawing.reading(box):
        return _listed(drawing, layout, said, box)


def _listed(drawing: Drawing, layout: Layout, said: Facts, box: Box) -> float:
    px = layout.px
    y = box.top + px(16)
    drawing.text(box.left, y, _("Latest changes"), px(18 if layout.beside else 16), bold=True)
    y += px(12)
    row = layout.row * 0.86
    size = px(14.5 if layout.beside else 13)
    fitting = max(0, int((box.bottom - (px(130) if layout.beside and said.province else 0) - y) / row))
    shown = said.changes[: min(CHANGES if said.province else CHANGES_WITHOUT_LOCATOR, fitting)]
    if not shown:
        drawing.text(box.left, y + row * 0.5 + size * 0.36, _("No change is recorded before this date."), size, colour=MAP.muted)
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
    sign, size = {"control": ("→" if language().direction == "ltr" else "←", 15), "contested": ("⚔", 13), "siege": ("◯", 11)}[change.kind]
    drawing.text(x + px(26), y + px(size) * 0.36, sign, px(size), align="center")
    unit = 0.85 * layout.scale
    before = symbol(said.style(change.before), x + px(7), y, 6.5 * unit, unit)
    return before + symbol(said.style(change.after), x + px(46), y, 6.5 * unit, unit, hollow=change.flagged)


def _locator(drawing: Drawing, layout: Layout, said: Facts, box: Box) -> None:
    """Where the map lies: the country and a frame around what the sheet shows."""
    base, px = said.base, layout.px
    home = base.countries["iso_3166_1"] == said.region.country
    shown = Window.fit(bounds(said), layout.map, px(26)).ground
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


def rounded(km2: float) -> str:
    """Return an estimate of an area to two digits: '27,000', '940', '<1'."""
    if km2 < 1:
        return "<1"
    return figure_in_words("km2", km2)
