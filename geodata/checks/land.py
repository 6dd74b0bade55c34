"""How much land each party can have held in a period: from the least that any reading gives it to all that nobody is known to hold, too."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.control.control import EPOCH, Control
from geodata.dataset.parties import DIVIDED
from geodata.land.boundaries import areas_km2
from geodata.land.measures import ALL, BLANK, UNKNOWN_HOLDER, Measures
from geodata.land.territory import Territory

LIMITS_KM = (10, 20, 30)
"""Distances that a place may speak for; the middle one is the usual."""

COVERAGE_ENOUGH = 0.75
"""Least share of the land within the usual distance of a place with a known holder for a verdict. Source: with 506 places 77% of Homs
Province lies within 20 km of one, and the nearest place tells the holder right in 94 of 100 cases. With 50 places the government's share of
the province is uncertain by 11 points either way."""

NARROW = 10.0
"""Percentage points: the widest range of a share that can support a claim. A wider one would support nearly anything."""

MARGIN = 2.5
"""Percentage points by which two who count the same land differ. Source: the shares that the Observatory and Jusoor publish for one party
within ten days of each other, September and October 2017, differ by 2.1 points at most."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Held:
    """Land in a period in km2, by party in the order of `Land.parties`.

    Attributes
    ----------
    usual
        At the usual distance, on the last day.
    least, most
        Of all readings on all days.
    possible
        The most, on any day, with all that is nobody's at the usual distance: divided, unknown, or too far from any place.
    coverage
        The least share, on any day, within the usual distance of a place with a known holder.
    """

    usual: Floats
    least: Floats
    most: Floats
    possible: Floats
    coverage: float


class Land:
    """Land of every party, in all readings that we hold plausible.

    Parameters
    ----------
    control
        Whose places and parties are measured.
    outlines
        Provinces of the country, as `geodata.land.boundaries` gives them.

    Notes
    -----
    Readings are: the nearest place, at each of `LIMITS_KM`; every change on its earliest and on its latest date; half-samples of the places
    (these three as in `geodata.land.measures.Measures`); and the eight nearest places weighted by distance, at the usual one.
    """

    def __init__(self, control: Control, outlines: gpd.GeoDataFrame) -> None:
        self.control, self._outlines = control, outlines
        self.parties = [party for party in control.parties if party != DIVIDED.party_id]
        self._codes = list(outlines["code"])
        self._areas = areas_km2(outlines).to_numpy()
        self._nearest = Measures(control, outlines, LIMITS_KM[1], (LIMITS_KM[0], LIMITS_KM[-1]))
        self._columns = [control.parties.index(party) for party in self.parties]
        self._days = np.unique(control.breakpoints()[1])

    def total(self, where: str = ALL) -> float:
        """km2 of the country, or of the province with a code."""
        return float(self._areas.sum() if where == ALL else self._areas[self._codes.index(where)])

    def within(self, first: dt.date, last: dt.date, where: str = ALL) -> Held:
        """Return what was held on the days of a period, both inclusive, in the country or in the province with a code."""
        days = self._days_of(first, last)
        tables = [self._table(day, where) for day in days]
        total = self.total(where)
        usual, least, most = (np.array([table.loc[self.parties, name] for table in tables]) for name in ("best", "low", "high"))
        holders = np.array([self.control.holders_on(day) for day in days])
        regions = slice(None) if where == ALL else [self._codes.index(where)]
        weighted = self._weighted.areas(holders, len(self.control.parties))[:, regions].sum(axis=1)[:, self._columns]
        least, most = np.minimum(least, weighted), np.maximum(most, weighted)
        nobodys = np.array([table.loc[[UNKNOWN_HOLDER, BLANK], "best"].sum() for table in tables])
        return Held(
            usual=usual[-1],
            least=least.min(axis=0),
            most=most.max(axis=0),
            possible=np.maximum(most, total - usual.sum(axis=1, keepdims=True) + usual).max(axis=0),
            coverage=float(1 - nobodys.max() / total),
        )

    @cached_property
    def _weighted(self) -> Territory:
        return Territory(self.control.places, self._outlines, LIMITS_KM[1], "weighted")

    def _table(self, day: dt.date, where: str) -> pd.DataFrame:
        frame = self._nearest.on(day)
        return frame[(frame["measure"] == "area_km2") & (frame["region"] == where)].set_index("party")

    def _days_of(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Return the ends of a period, and the days in between on which anything changes."""
        ends = (np.array([first, last], dtype="datetime64[D]") - EPOCH).astype(np.int64)
        between = self._days[(self._days > ends[0]) & (self._days < ends[1])]
        return [day.item() for day in EPOCH + np.unique(np.concatenate([ends, between]))]


def monthly_shares(land: Land, first: dt.date, last: dt.date) -> pd.DataFrame:
    """Everybody's share at the first of every month, as our own range: day, party_id, low, high (percent of land), coverage (0 to 1).

    Where the coverage is too low for a verdict there is no range either: low and high are missing.
    """
    rows = []
    for day in pd.date_range(first.replace(day=1), last, freq="MS"):
        held = land.within(day.date(), day.date())
        enough = held.coverage >= COVERAGE_ENOUGH
        for party_id, low, high in zip(land.parties, held.least, held.possible, strict=True):
            span = (100 * low / land.total(), 100 * high / land.total()) if enough else (None, None)
            rows.append({"day": day, "party_id": party_id, "low": span[0], "high": span[1], "coverage": held.coverage})
    return pd.DataFrame(rows).astype({"low": float, "high": float})
