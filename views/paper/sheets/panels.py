"""What small maps of a province say, one a month, quarter or year: land by holder, and how much of it. Nothing here draws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pyproj
from shapely.geometry.base import BaseGeometry

from geodata import Control, UnknownNameError
from geodata.control.periods import Period, busiest, periods
from geodata.dataset.regions import read_region
from geodata.dataset.tables import Source
from geodata.land.boundaries import areas_km2, boundaries
from geodata.land.territory import UNKNOWN as UNKNOWN_HOLDER
from geodata.land.territory import Territory
from views.language import _, long_month, name_of
from views.paper.drawing.basemap import base_map
from views.paper.facts import party_looks, provinces_of, with_every_place
from views.paper.land import LandOnDate, Lands
from views.payload.territory import LIMITS_KM, USUAL_KM
from views.style import UNKNOWN, PartyStyle

LIMIT_KM = float(USUAL_KM)
USUAL_PANELS, FEWEST_PANELS = 12, 4


@dataclass(frozen=True)
class Panel:
    """One small map: the land at the end of the last day of a period."""

    period: Period
    now: LandOnDate


@dataclass(frozen=True)
class Panels:
    """Small maps of one province and what they have in common.

    Attributes
    ----------
    province, name
        ISO 3166-2 code, and the name as the dataset has it.
    by
        The kind of period.
    outline
        In `crs`, that of the base map.
    km2, near_km2, near_range
        Area inside the outline; how much of it is near enough to a place to be drawn, on every map the same; and how much would be with the
        shortest and the longest of the distances that one may choose.
    origin
        Whose outline it is.
    parties
        Those that hold land on any of the maps, in the order of the dataset.
    """

    province: str
    name: str
    view: str
    by: str
    outline: BaseGeometry
    crs: pyproj.CRS
    km2: float
    near_km2: float
    near_range: tuple[float, float]
    origin: str
    styles: Mapping[str, PartyStyle]
    names: Mapping[str, str]
    parties: Sequence[str]
    panels: Sequence[Panel]

    def style(self, party: str) -> PartyStyle:
        """How a party is drawn, '' for nobody known."""
        return self.styles.get(party, UNKNOWN)


def panels(
    events: gpd.GeoDataFrame,
    province: str,
    source: Source,
    first: dt.date | None = None,
    last: dt.date | None = None,
    by: str = "quarter",
    view: str = "claimed",
    places: gpd.GeoDataFrame | None = None,
) -> Panels:
    """Small maps of a province; the parameters are those of `views.paper.multiples_sheet`.

    Parameters
    ----------
    places
        As for `geodata.Control`: those that land is near to, also where the events say nothing of them. Default: all of the source.

    Raises
    ------
    UnknownNameError
        No such view, province or kind of period, or nobody has an outline of the province.
    WrongPeriodError
        `last` is before `first`.
    """
    control = with_every_place(events, view, source) if places is None else Control(events, view, places)
    described = read_region(source.folder)
    base = base_map(described.basemap)
    named = provinces_of(source.folder, base).called(province)
    code = named.code
    outlines = boundaries(1, described)
    if code not in set(outlines["code"]):
        raise UnknownNameError(f"There is no outline of {code}: add one with `python -m geodata boundaries add`.")
    times = _times(control, code, first, last, by)
    region = int(np.flatnonzero(outlines["code"] == code)[0])
    styles, names = party_looks(source, described)
    lands = Lands(control, outlines, base.crs, region)
    drawn = [Panel(period, lands.on(period.last)) for period in times]
    held = {land.party for panel in drawn for land in panel.now.land}
    return Panels(
        province=code,
        name=name_of(named),
        view=view,
        by=by,
        crs=base.crs,
        outline=outlines.geometry.iloc[[region]].to_crs(base.crs).iloc[0],
        km2=float(areas_km2(outlines).iloc[region]),
        near_km2=sum(drawn[0].now.km2.values()),
        near_range=(_near(control, outlines, region, LIMITS_KM[0]), _near(control, outlines, region, LIMITS_KM[-1])),
        origin=str(outlines.attrs["origin"]),
        styles=styles,
        names=names,
        parties=[party_id for party_id in names if party_id in held],
        panels=drawn,
    )


def changed_time(control: Control, province: str, by: str) -> tuple[dt.date, dt.date]:
    """First and last day of the usual number of periods, in which most places of a province changed hands.

    Where none did it is the time in which most holders became known, else that in which most happened anywhere.
    """
    event, before = control.handovers()
    dates = control.events["date"].iloc[event]
    here = ((control.events["admin1"].iloc[event] == province) & dates.notna()).to_numpy()
    chosen = next((dates[mask] for mask in (here & (before >= 0), here, dates.notna().to_numpy()) if mask.any()), dates[:0])
    found = busiest([day.date() for day in chosen], by, USUAL_PANELS, FEWEST_PANELS)
    return found or (dt.date(1970, 1, 1), dt.date(1970, 12, 31))


def _times(control: Control, province: str, first: dt.date | None, last: dt.date | None, by: str) -> list[Period]:
    """Return the periods around a time; with one end open the usual number of them."""
    if first and last:
        return periods(first, last, by)
    if first:
        return periods(first, _moved(first, 366 * USUAL_PANELS), by)[:USUAL_PANELS]
    if last:
        return periods(_moved(last, -366 * USUAL_PANELS), last, by)[-USUAL_PANELS:]
    return periods(*changed_time(control, province, by), by)


def _moved(date: dt.date, days: int) -> dt.date:
    """So many days later, as far as the calendar goes."""
    return dt.date.fromordinal(min(max(date.toordinal() + days, 1), dt.date.max.toordinal()))


def period_name(period: Period, by: str) -> str:
    """'March 2015', 'Q1 2015' or '2015'."""
    day = period.last
    if by == "month":
        return long_month(day)
    return _("Q{number} {year}", number=day.month // 3, year=day.year) if by == "quarter" else str(day.year)


def _near(control: Control, outlines: gpd.GeoDataFrame, region: int, limit_km: float) -> float:
    """km2 of a region that is within a distance from a place."""
    nobody = np.full(len(control.places), UNKNOWN_HOLDER)
    return float(Territory(control.places, outlines, limit_km).areas(nobody, 0)[region, 0])
