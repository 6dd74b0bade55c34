"""The sheet of a pair: two dates or two viewpoints side by side, with every change in between."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from geodata import BUNDLED
from geodata.dataset.tables import Source, source_of
from views.language import ARABIC, _, language, long_date, name_of
from views.paper.drawing.drawing import Drawing, Mark, symbol
from views.paper.drawing.drawn_land import draw_sample
from views.paper.drawing.labels import Box
from views.paper.facts import OPEN, VIEW_NAMES, Facts, day_of, facts
from views.paper.sheets.layout import BAND_PX, LINE_PX, Layout
from views.paper.sheets.sheet import LARGEST_PX, draw_bands, draw_map, draw_sources, sources_of
from views.payload.territory import USUAL_METHOD, LandMethod
from views.style import MAP, SEE_THROUGH, UNKNOWN, PartyStyle
from views.vocabulary import STATUSES

WIDTH_PX, LEAST_PX = 1920, 1080
MARGIN, GAP, TOP, MAP_PX, LEGEND_PX = 28.0, 20.0, 132.0, 540.0, 436.0
ROW, COLUMNS = 27.0, 3


@dataclass(frozen=True)
class Side:
    """One side of a pair.

    Events as `geodata.load_events` gives them, a date (inclusive), a view, and what else is to be said of the
    viewpoint, '' for nothing.
    """

    events: gpd.GeoDataFrame
    date: dt.date
    view: str = "claimed"
    viewpoint: str = ""


def pair_sheet(
    one: Side,
    other: Side,
    listed: pd.DataFrame,
    *,
    province: str | None = None,
    source: Source | Path = BUNDLED,
    marking: str | None = None,
    land: LandMethod | None = USUAL_METHOD,
    patterns: bool = False,
    dpi: int = 100,
) -> Figure:
    """Return a sheet with two maps, a legend with the counts of both, and every change between; 1920 px wide, as tall as it needs.

    Parameters
    ----------
    one, other
        Left and right.
    listed
        As `geodata.control.comparison.comparison` gives it, of these two sides and this province; every row of it is on the sheet.
    province, source, marking, land, patterns, dpi
        As for `map_sheet`.

    Raises
    ------
    UnknownNameError
        No such view or province.
    ValueError
        There are more changes than a sheet of 8000 px holds.
    """
    source = source_of(source)
    said = [facts(side.events, side.date, side.view, province, source, land, patterns=patterns) for side in (one, other)]
    parties = [party for party in said[0].names if party in {*said[0].parties, *said[1].parties}]
    band = BAND_PX if marking else 0.0
    below = band + TOP + MAP_PX + 24
    lower = 44 + max((len(parties) + 3) * ROW, math.ceil(len(listed) / COLUMNS) * ROW)
    height = max(LEAST_PX, math.ceil(below + lower + 24 + 3 * LINE_PX + band))
    if height > LARGEST_PX:
        raise ValueError(f"{len(listed)} changes are too many for one sheet; choose dates nearer to each other, or a province.")
    drawing = Drawing(WIDTH_PX, height, dpi)
    lines = drawing.wrap(sources_of(said[1]), 12, WIDTH_PX - 2 * MARGIN)
    half = (WIDTH_PX - 2 * MARGIN - GAP) / 2
    maps = [Box(left, band + TOP, left + half, band + TOP + MAP_PX) for left in (MARGIN, MARGIN + half + GAP)]
    legend = Box(MARGIN, below, MARGIN + LEGEND_PX, height - band)
    table = Box(legend.right + 40, below, WIDTH_PX - MARGIN, height - band)
    sources_top = height - band - MARGIN * 0.6 - len(lines) * LINE_PX
    layout = Layout(1.0, True, MARGIN, band, maps[0], legend, table, table, lines, sources_top, ROW)
    if marking:
        draw_bands(drawing, layout, marking)
    with drawing.reading(drawing.box):
        _heading(drawing, layout, said)
    for letter, side, fact, area in zip("AB", (one, other), said, maps, strict=True):
        with drawing.reading(area):
            _over(drawing, area, letter, side)
        draw_map(drawing, replace(layout, map=area), fact)
    with drawing.reading(legend):
        _legend(drawing, legend, said, parties)
    with drawing.reading(table):
        _table(drawing, table, said[1], listed, pd.concat([one.events, other.events]).drop_duplicates("event_id").set_index("event_id"))
    draw_sources(drawing, layout)
    return drawing.figure


def _heading(drawing: Drawing, layout: Layout, said: list[Facts]) -> None:
    one, other = said
    region = name_of(one.region)
    area = _("{province} province", province=one.province_name) if one.province else region
    first, last = long_date(one.date), long_date(other.date)
    if one.date == other.date:
        title = _("{area}: two viewpoints on {day}", area=area, day=first)
    else:
        title = _("{area}: what changed between {first} and {last}", area=area, first=first, last=last)
    title = drawing.fit(title, 32, WIDTH_PX - 2 * MARGIN, bold=True)
    drawing.text(MARGIN, layout.band + 54, title, 32, bold=True)


def _over(drawing: Drawing, area: Box, letter: str, side: Side) -> None:
    """Letter, date and viewpoint above a map."""
    y = area.top - 22
    date = f"{letter}: {long_date(side.date)}"
    drawing.text(area.left, y, date, 24, bold=True)
    left = area.left + drawing.width(date, 24, bold=True) + 18
    words = " · ".join(filter(None, (_(VIEW_NAMES[side.view]), side.viewpoint)))
    drawing.text(left, y, drawing.fit(words, 16, area.right - left), 16, colour=MAP.muted)


def _legend(drawing: Drawing, box: Box, said: list[Facts], parties: list[str]) -> None:
    y, columns = box.top + 16, (box.right - 130, box.right - 75, box.right)
    drawing.text(box.left, y, _("Places"), 18, bold=True)
    for x, word in zip(columns, ("A", "B", _("change")), strict=True):
        drawing.text(x, y, word, 13, colour=MAP.muted, align="right")
    y += 12
    counts = [fact.counts for fact in said]
    rows: list[tuple[PartyStyle | None, str, list[int]]] = [
        (said[0].style(party), said[0].names[party], [count.by_party[party] for count in counts]) for party in parties
    ]
    rows.append((UNKNOWN, _("No claim"), [count.unknown for count in counts]))
    rows.append((None, _("of these contested"), [count.contested for count in counts]))
    rows.append((None, _("of these besieged"), [count.besieged for count in counts]))
    marks: list[Mark] = []
    for style, name, (before, after) in rows:
        drawing.segments([((box.left, y), (box.right, y))], MAP.neighbour, 1)
        middle = y + ROW / 2
        if style:
            if said[0].land:
                draw_sample(drawing, Box.around(box.left + 12, middle, 26, ROW * 0.72), style, 1, SEE_THROUGH)
            marks += symbol(style, box.left + 12, middle, 5.5 if said[0].land else 7, 1)
        drawing.text(box.left + 32, middle + 5.5, drawing.fit(name, 15, columns[0] - box.left - 70), 15)
        change = f"{after - before:+d}".replace("-", "−") if after != before else "="
        for x, text in zip(columns, (str(before), str(after), change), strict=True):
            drawing.text(x, middle + 5.5, text, 15, align="right")
        y += ROW
    drawing.marks(marks)


def _table(drawing: Drawing, box: Box, said: Facts, listed: pd.DataFrame, events: pd.DataFrame) -> None:
    """Every row: date, place, from and to, status; a place that differs without a change has its two holders and no date.

    `events` are those of both sides, by event_id.
    """
    changes, places = int(listed["side"].notna().sum()), int(listed.loc[listed["differs"], "place_id"].nunique())
    heading = _("All changes: {changes}, and places that differ: {places}", changes=changes, places=places)
    drawing.text(box.left, box.top + 16, heading, 18, bold=True)
    if listed.empty:
        nothing = _("Both sides say the same of every place, and nothing changed in between.")
        drawing.text(box.left, box.top + 48, nothing, 15, colour=MAP.muted)
        return
    down, wide = math.ceil(len(listed) / COLUMNS), (box.width - (COLUMNS - 1) * 24) / COLUMNS
    marks: list[Mark] = []
    arabic, arrow = language().code == ARABIC, "→" if language().direction == "ltr" else "←"
    ordered = listed.sort_values(["date", "place_id"], kind="stable", na_position="last")
    for k, row in enumerate(ordered.to_dict("records")):
        left, top = box.left + (k // down) * (wide + 24), box.top + 28 + (k % down) * ROW
        middle, right = top + ROW / 2, left + wide
        drawing.segments([((left, top), (right, top))], MAP.neighbour, 1)
        if pd.notna(row["date"]):
            when, before, after = day_of(events.loc[row["event_id"]]), row["from"], row["to"]
            word = OPEN if row["basis"] == "implied" else STATUSES[row["change_status"]]
            status = ("" if row["side"] == "both" else f"{row['side']}: ") + _(word)
        else:
            when, before, after = "", row["holder_a"], row["holder_b"]
            status = _("fighting or siege") if before == after else _("differs")
        drawing.text(left, middle + 5, when, 13.5, colour=MAP.muted)
        marks += symbol(said.style(before or ""), left + 104, middle, 5.5, 0.85)
        drawing.text(left + 123, middle + 5, arrow, 14, align="center")
        marks += symbol(said.style(after or ""), left + 142, middle, 5.5, 0.85)
        name = row["name_ar"] if arabic and row["name_ar"] else row["name"]
        room = right - left - 158 - drawing.width(status, 13) - 10
        drawing.text(left + 158, middle + 5, drawing.fit(name, 14.5, room, bold=True), 14.5, bold=True)
        drawing.text(right, middle + 5, status, 13, colour=MAP.muted, align="right")
    drawing.marks(marks)
