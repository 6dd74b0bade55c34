"""Who holds how much, in places, land and people: every figure with its range."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.control.control import Control
from geodata.errors import WrongPeriodError
from geodata.land.territory import UNKNOWN, Territory

ALL = "all"
"""Region of the figures for all regions together, and for places in none of them."""
UNKNOWN_HOLDER, BLANK = "unknown", "blank"
"""In place of a party: what places of unknown holders stand for, and land that is too far from any place."""

HALVES = 20
"""Half-samples of the places. Their spread is itself uncertain by a sixth, 1 / sqrt(2 * 19)."""
SPREADS = 2.0
"""Standard deviations on both sides: about 95 of 100 cases of a normal distribution."""

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Ranged:
    """Best, least and greatest values, each of shape (regions + 1, parties + 2).

    The last row is the total, the last columns are what is unknown and what is blank.
    """

    best: Floats
    low: Floats
    high: Floats

    def __sub__(self, earlier: _Ranged) -> _Ranged:
        return _Ranged(self.best - earlier.best, self.low - earlier.high, self.high - earlier.low)


class Measures:
    """Places, km2 and people of every party, in every region and in all, on any date.

    Parameters
    ----------
    control
        In any view.
    outline
        Regions with their `code`, such as `geodata.land.boundaries` gives. Land is measured by where it lies, places and people by
        `admin1`.
    limit_km, limits_km
        Distance that a place may speak for, and the shortest and longest that are plausible too.
    method
        As for `geodata.land.territory.Territory`.
    population
        People by place_id; NaN or absent = not known. Without it there is no measure of people.
    seed
        Of the half-samples: the same seed gives the same figures.

    Notes
    -----
    A range is the hull of three causes:

    - dates: every place in transition is counted for and against a party, whatever the others do;
    - limit (land only): from the shortest to the longest of the limits;
    - places (land only): twice the standard deviation of the figure over `HALVES` random half-samples of the places, on both sides. It says
      how much would change with other places to judge from (the delete-half jackknife), not whether the claims are right. With fewer than
      two places it is without bounds.

    The ranges of a change are those of the difference itself, with the same limit and the same half-sample on both dates. So what never
    changed hands adds nothing to them.
    """

    def __init__(
        self,
        control: Control,
        outline: gpd.GeoDataFrame,
        limit_km: float = 20.0,
        limits_km: tuple[float, float] = (10.0, 30.0),
        method: str = "nearest",
        population: pd.Series | None = None,
        seed: int = 1,
    ) -> None:
        self.control = control
        self._readings = (control, _read(control, "date_earliest"), _read(control, "date_latest"))
        self._regions = [*outline["code"], ALL]
        self._parties = [*control.parties, UNKNOWN_HOLDER, BLANK]
        self._outline, self._limit_km, self._method, self._seed = outline, limit_km, method, seed
        self._territory = self._built(control.places, limit_km)
        self._others = [self._built(control.places, limit) for limit in limits_km]
        self._region = pd.Index(outline["code"]).get_indexer(control.places["admin1"])
        ids = control.places["place_id"]
        self._people = None if population is None else population.reindex(ids).fillna(0).to_numpy(dtype=np.float64)

    def on(self, date: dt.date) -> pd.DataFrame:
        """Every measure at the end of a day.

        Returns
        -------
        pandas.DataFrame
            One row a measure, region and party. Columns:

            measure : 'places', 'area_km2' or 'population'
            region : code, or `ALL`
            party : party_id, `UNKNOWN_HOLDER`, or, of land, `BLANK`
            low, best, high : float, the figure and its range
            by_dates, by_limit, by_places : float, width of the range from each cause alone
        """
        labels = self._labels(date)
        tables = []
        for measure, weight in self._counted():
            count = self._count(labels, weight)
            tables.append(self._table(measure, count, count, None, None))
        readings = [self._land(territory, labels) for territory in (self._territory, *self._others)]
        spread = SPREADS * _deviation(self._land_of_halves(labels[0]))
        whole = readings[0].best.sum(axis=1, keepdims=True)
        land = _hull(readings, spread)
        land = _Ranged(land.best, np.maximum(land.low, 0), np.minimum(land.high, whole))
        return pd.concat([*tables, self._table("area_km2", land, readings[0], readings, spread)], ignore_index=True)

    def change(self, before: dt.date, after: dt.date) -> pd.DataFrame:
        """Return what every measure gained from the end of one day to the end of another.

        Returns
        -------
        pandas.DataFrame
            As from `on`, with differences, and one more column:

            exceeds : bool, whether the change is larger than its range: the range lies wholly above or below zero. What does not exceed its
                range must not be printed as a change.

        Raises
        ------
        WrongPeriodError
            `after` is before `before`.
        """
        if after < before:
            raise WrongPeriodError(f"Changes from {before} to {after}: the end is before the beginning.")
        first, last = self._labels(before), self._labels(after)
        tables = []
        for measure, weight in self._counted():
            difference = self._count(last, weight) - self._count(first, weight)
            tables.append(self._table(measure, difference, difference, None, None))
        readings = [self._land(territory, last) - self._land(territory, first) for territory in (self._territory, *self._others)]
        spread = SPREADS * _deviation(self._land_of_halves(last[0]) - self._land_of_halves(first[0]))
        land = _hull(readings, spread)
        frame = pd.concat([*tables, self._table("area_km2", land, readings[0], readings, spread)], ignore_index=True)
        return frame.assign(exceeds=(frame["low"] > 0) | (frame["high"] < 0))

    def _built(self, places: gpd.GeoDataFrame, limit_km: float) -> Territory:
        return Territory(places, self._outline, limit_km, self._method)

    @cached_property
    def _halves(self) -> list[tuple[Labels, Territory]]:
        """Indices of a half of the places, and the territory of these alone; none where there is nothing to halve."""
        chance = np.random.default_rng(self._seed)
        places = self.control.places
        if len(places) < 2:
            return []
        halves = [np.sort(chance.permutation(len(places))[: len(places) // 2]) for _ in range(HALVES)]
        return [(half, self._built(places.iloc[half], self._limit_km)) for half in halves]

    def _labels(self, date: dt.date) -> Labels:
        """Labels of all places: the best reading, then for every party, and for unknown, the least and the most that it can hold."""
        readings = np.array([control.holders_on(date) for control in self._readings])
        best, early, late = readings
        rows = [best]
        for label in (*range(len(self.control.parties)), UNKNOWN):
            held = readings == label
            another = np.where(early == label, late, early)
            rows.append(np.where(held.all(axis=0), label, np.where(best == label, another, best)))
            rows.append(np.where(held.any(axis=0), label, best))
        return np.array(rows)

    def _ranged(self, values: Floats) -> _Ranged:
        """Return the values of each label from the rows of `_labels`, shape (rows, regions + 1, parties + 2)."""
        low, high = values[0].copy(), values[0].copy()
        for label in range(len(self.control.parties) + 1):
            low[:, label], high[:, label] = values[1 + 2 * label, :, label], values[2 + 2 * label, :, label]
        return _Ranged(values[0], low, high)

    def _land(self, territory: Territory, labels: Labels) -> _Ranged:
        return self._ranged(_with_total(territory.areas(labels, len(self.control.parties))))

    def _land_of_halves(self, best: Labels) -> Floats:
        """Land by half-sample, shape (halves, regions + 1, parties + 2)."""
        parties = len(self.control.parties)
        areas = [territory.areas(best[half], parties) for half, territory in self._halves]
        return _with_total(np.array(areas).reshape(len(areas), len(self._regions) - 1, parties + 2))

    def _counted(self) -> Iterator[tuple[str, Floats]]:
        yield "places", np.ones(len(self.control.places))
        if self._people is not None:
            yield "population", self._people

    def _count(self, labels: Labels, weight: Floats) -> _Ranged:
        parties, total = len(self.control.parties), len(self._regions) - 1
        column = np.where(labels == UNKNOWN, parties, labels)
        one_hot = np.equal(column[:, :, None], np.arange(parties + 2)) * weight[:, None]
        regions = np.vstack([np.equal(self._region, np.arange(total)[:, None]), np.ones(len(weight))])
        return self._ranged(regions @ one_hot)

    def _table(
        self, measure: str, found: _Ranged, by_dates: _Ranged, by_limit: list[_Ranged] | None, spread: Floats | None
    ) -> pd.DataFrame:
        best = found.best
        limits = np.array([reading.best for reading in by_limit]) if by_limit else best[None]
        columns = {
            "low": found.low,
            "best": best,
            "high": found.high,
            "by_dates": by_dates.high - by_dates.low,
            "by_limit": np.ptp(limits, axis=0),
            "by_places": np.zeros_like(best) if spread is None else 2 * spread,
        }
        index = pd.MultiIndex.from_product([[measure], self._regions, self._parties], names=["measure", "region", "party"])
        frame = pd.DataFrame({name: values.ravel() for name, values in columns.items()}, index=index).reset_index()
        return frame if by_limit else frame[frame["party"] != BLANK]


def _read(control: Control, column: str) -> Control:
    """Control as if every change had come on its earliest, or its latest, date, but none before the one that preceded it."""
    events = control.events
    long_ago = pd.Timestamp("0001-01-01").as_unit("s")  # in place of an open beginning, which would not compare
    dates = events[column].fillna(long_ago).groupby(events["place_id"]).cummax()
    return Control(events.assign(date=dates), control.view, control.places)


def _hull(readings: list[_Ranged], spread: Floats) -> _Ranged:
    """From the least of all readings to the greatest, and the spread beyond; best is the first's."""
    low = np.min([reading.low for reading in readings], axis=0) - spread
    high = np.max([reading.high for reading in readings], axis=0) + spread
    return _Ranged(readings[0].best, low, high)


def _deviation(halves: Floats) -> Floats:
    """Return standard deviation over half-samples; without bounds where there are none."""
    deviation: Floats = halves.std(axis=0, ddof=1) if len(halves) else np.full(halves.shape[1:], math.inf)
    return deviation


def _with_total(areas: Floats) -> Floats:
    """Return the areas with a row for all regions together."""
    return np.concatenate([areas, areas.sum(axis=-2, keepdims=True)], axis=-2)
