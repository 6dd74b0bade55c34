"""Land on paper: who holds it on a date. Nothing here draws."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from geodata import Control
from geodata.control.control import Snapshot
from geodata.land.territory import METHODS, Territory
from geodata.land.territory.weights import votes
from views.payload.territory import USUAL_KM

EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Land:
    """How a piece of land stands.

    `party` holds it, '' where no claim says who; `faint` where that is weakly known, or pale for a date that
    lies in the window of a change. What is contested is not called faint besides.
    """

    party: str
    contested: bool
    faint: bool


@dataclass(frozen=True)
class LandOnDate:
    """Land on one date, in the CRS of the base map; what is in none of it is too far from every place.

    Attributes
    ----------
    land
        Polygons, apart from each other.
    km2
        Area of each.
    besieged
        The land around besieged places; empty without any.
    fronts
        Lines between land of two known holders, any number.
    """

    land: Mapping[Land, BaseGeometry]
    km2: Mapping[Land, float]
    besieged: BaseGeometry
    fronts: npt.NDArray[np.object_]

    def held(self) -> dict[str, float]:
        """km2 by party, largest first, without what nobody is known to hold."""
        sums: dict[str, float] = defaultdict(float)
        for land, area in self.km2.items():
            if land.party:
                sums[land.party] += area
        return dict(sorted(sums.items(), key=lambda item: -item[1]))


class Lands:
    """Land around places, made once and then asked for any date.

    Parameters
    ----------
    control
        Of the places that land is near to.
    outlines
        As `geodata.land.boundaries` gives them.
    crs
        Of the base map.
    region
        Number of the outline that the land is cut to; None for all of them.
    method, limit_km
        As for `geodata.land.territory.Territory`.
    """

    def __init__(
        self,
        control: Control,
        outlines: gpd.GeoDataFrame,
        crs: pyproj.CRS,
        region: int | None = None,
        method: str = METHODS[0],
        limit_km: float = USUAL_KM,
    ) -> None:
        self._control = control
        self._mosaic = mosaic = Territory(control.places, outlines, limit_km, method).mosaic()
        count = len(mosaic.places)
        here = (mosaic.site < count) & ((mosaic.region == region) | (region is None))
        pieces = gpd.GeoSeries(mosaic.pieces[here], crs="EPSG:4326").to_crs(crs).to_numpy()
        self._site = mosaic.site[here]
        sited = (mosaic.area_site < count) & ((mosaic.area_region == region) | (region is None))
        self._km2 = np.bincount(mosaic.area_site[sited], mosaic.area_km2[sited], count)
        shown = np.zeros(count, dtype=bool)
        shown[self._site] = True
        between = shown[mosaic.one] & shown[mosaic.other]
        self._ends = np.column_stack([mosaic.one, mosaic.other])[between]
        self._lines = gpd.GeoSeries(mosaic.lines[between], crs="EPSG:4326").to_crs(crs).to_numpy()
        self._union = _Union(pieces)

    def on(self, date: dt.date) -> LandOnDate:
        """Return the land at the end of a day."""
        speaker, now = self._speakers((date - EPOCH).days)
        holder, contested, siege = now.holder[speaker], now.contested[speaker] >= 0, now.siege[speaker] >= 0
        faint = (now.flagged | now.in_transition)[speaker] & (holder >= 0) & ~contested
        keys = holder * 4 + contested * 2 + faint
        land: dict[Land, BaseGeometry] = {}
        km2: dict[Land, float] = {}
        for key in np.unique(keys[self._site]).tolist():
            party, weak = divmod(key, 4)
            kind = Land(self._control.parties[party] if party >= 0 else "", bool(weak & 2), bool(weak & 1))
            land[kind] = self._union(keys[self._site] == key)
            km2[kind] = float(self._km2[keys == key].sum())
        one, other = holder[self._ends].reshape(-1, 2).T
        return LandOnDate(land, km2, self._union(siege[self._site]), self._lines[(one != other) & (one >= 0) & (other >= 0)])

    def _speakers(self, day: int) -> tuple[npt.NDArray[np.int64], Snapshot]:
        """Return the place whose state each site has, and the states of all places: the nearest of those whose holder has most weight."""
        places = np.arange(len(self._control.places))
        now = self._control.on_days(places, np.full(len(places), day))
        heard = self._mosaic.places
        winner = votes(now.holder, heard, self._mosaic.weights)
        nearest = np.argmax(now.holder[heard] == winner[:, None], axis=1)
        return heard[np.arange(len(heard)), nearest], now


class _Union:
    """Unions of pieces; what is asked for again, as from one period to the next, is not made again."""

    def __init__(self, pieces: npt.NDArray[np.object_]) -> None:
        self._pieces = pieces
        self._made: dict[bytes, BaseGeometry] = {}

    def __call__(self, chosen: npt.NDArray[np.bool_]) -> BaseGeometry:
        key = chosen.tobytes()
        if key not in self._made:
            self._made[key] = shapely.coverage_union_all(self._pieces[chosen])
        return self._made[key]
