"""The territory of a set of places: built once, then asked for any date."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from geopandas.array import from_shapely

from geodata.errors import UnknownNameError
from geodata.land.boundaries import equal_area_crs
from geodata.land.territory.borders import Borders, borders_of, merged
from geodata.land.territory.cells import EMPTY, UNKNOWN, Floats, Geometries, Indices, apart, clipped, cut_at, voronoi
from geodata.land.territory.polygons import Polygons, carried_over, dissolved
from geodata.land.territory.shares import shares_of
from geodata.land.territory.weights import grid_between, nearest_places, votes

METHODS = ("nearest", "weighted")

_OUTSIDE = -3
_REMEMBERED = 32
"""Dates that are kept: enough for the two of a comparison and the months of a page of small multiples."""
_FEW = 50
"""Up to so many changed sites, polygons are carried over from another date; beyond it, dissolving anew takes no longer."""
NOTHING_KM2 = 1e-7
"""A tenth of a square metre: less is what rounding leaves of a sum."""


@dataclass(frozen=True)
class Fronts:
    """Where territory of one party borders on that of another.

    Attributes
    ----------
    places
        Whether the cell of each place borders on another party's: its extent says little there. Shape (places,).
    lines
        MultiLineString in EPSG:4326; empty if there is no front.
    """

    places: npt.NDArray[np.bool_]
    lines: shapely.MultiLineString


@dataclass(frozen=True)
class _Drawn:
    """Polygons of one labelling of the sites, in EPSG:4326."""

    labels: Indices
    polygons: Polygons


@dataclass(frozen=True)
class Mosaic:
    """What a territory is drawn from, for a browser that colours it by itself. Geometry in EPSG:4326; arrays of one group are parallel.

    A site is a place, or with the method 'weighted' a point between places; the number of sites stands for what no place is near to.

    Attributes
    ----------
    pieces, site, region
        Polygons, the site of each, and the region that it lies in.
    lines, one, other
        LineStrings between the land of two sites, and the sites.
    places, weights
        Of every site, the places that speak for it, nearest first, and their weights; shape (sites, k).
    area_site, area_region, area_km2
        Area of every site in every region where it has any.
    """

    pieces: Geometries
    site: Indices
    region: Indices
    lines: Geometries
    one: Indices
    other: Indices
    places: Indices
    weights: Floats
    area_site: Indices
    area_region: Indices
    area_km2: Floats


class Territory:
    """Territory of a set of places within an outline; every date only brings other labels.

    Parameters
    ----------
    places
        Points in any CRS, in the order in which labels will come. Places outside the outline count as far as their cell reaches into it.
        Places at one position share their cell in equal sectors.
    outline
        Polygons, such as `geodata.land.boundaries` gives: one or several regions that share the vertices of their borders.
    limit_km
        How far a place may speak for the land around it; what is farther from every place is blank, by weights to within the spacing. None
        for no limit.
    method
        'nearest': land is held by whoever holds the nearest place. 'weighted': by whoever has most weight, 1 / distance squared, among the
        eight nearest, decided at the points of a grid; a place itself keeps what is within a quarter of the spacing.
    spacing_km
        Of that grid.

    Raises
    ------
    UnknownNameError
        The method is none of `METHODS`.
    ValueError
        A place has no position, or limit or spacing are not positive.

    Notes
    -----
    A label is the index of a party, 0 or more, `UNKNOWN` (-1) for a place whose holder is not known, or, in answers only, `EMPTY` (-2) for
    what is too far from every place. Distances and areas are taken in `equal_area_crs` of the outline; polygons of any date together cover
    the outline exactly, and their areas are those that `areas` gives.
    """

    def __init__(
        self,
        places: gpd.GeoSeries | gpd.GeoDataFrame,
        outline: gpd.GeoSeries | gpd.GeoDataFrame,
        limit_km: float | None = 20.0,
        method: str = "nearest",
        spacing_km: float = 3.0,
    ) -> None:
        if method not in METHODS:
            raise UnknownNameError(f"'{method}' is not a method; there are {', '.join(METHODS)}.")
        if not spacing_km > 0 or not (limit_km is None or limit_km > 0):
            raise ValueError("Limit and spacing are positive numbers of km.")
        if places.geometry.isna().any() or places.geometry.is_empty.any():
            raise ValueError("Every place needs a position.")
        self.crs = equal_area_crs(outline)
        self.limit_km, self.method = limit_km, method
        regions = outline.geometry.to_crs(self.crs).to_numpy()
        points = apart(shapely.get_coordinates(places.geometry.to_crs(self.crs).to_numpy()))
        limit = math.inf if limit_km is None else 1000 * limit_km

        self.places, self.regions, self._sites = len(points), len(regions), len(points)
        self._place_of_site: Indices = np.arange(len(points))
        if not len(points):
            pieces, site = regions, np.zeros(len(regions), dtype=np.int64)
        elif method == "nearest":
            pieces, site = cut_at(limit, voronoi(points, regions), points)
        else:
            within, beyond = grid_between(points, regions, 1000 * spacing_km, limit)
            self._neighbours, away = nearest_places(within, points)
            self._weights: Floats = away**-2.0
            self._sites += len(within)
            self._place_of_site = np.concatenate([self._place_of_site, self._neighbours[:, 0]])
            pieces = voronoi(np.concatenate([points, within, beyond]), regions)
            site = np.minimum(np.arange(len(pieces)), self._sites)
        cells = clipped(pieces, site, regions)
        self._shares = shares_of(cells, self._sites)
        borders = borders_of(cells, self._sites)
        # Areas are taken in the plane; what is drawn is put together in degrees, so that a date needs no projection.
        self._to_degrees = pyproj.Transformer.from_crs(self.crs, "EPSG:4326", always_xy=True)
        self._cells = replace(cells, pieces=self._in_degrees(cells.pieces))
        self._borders: Borders = replace(borders, lines=self._in_degrees(borders.lines))
        self._tree = shapely.STRtree(self._cells.pieces)
        self._recent: tuple[_Drawn, ...] = ()
        self._frame = _blank_frame([])

    def at(self, labels: npt.ArrayLike) -> gpd.GeoDataFrame:
        """Who holds which territory.

        Parameters
        ----------
        labels
            Of every place, shape (places,).

        Returns
        -------
        geopandas.GeoDataFrame
            One row a label that has territory: parties by index, then `UNKNOWN`, then `EMPTY`. Columns: label (int), area_km2, geometry
            (Polygon or MultiPolygon in EPSG:4326).
        """
        held = self._checked(labels, 1)
        parties = int(held.max(initial=UNKNOWN)) + 1
        areas = self.areas(held, parties).sum(axis=0)
        polygons = self._drawn(self._of_sites(held)).polygons
        there = [label for label in (*range(parties), UNKNOWN, EMPTY) if label in polygons]
        # To make a GeoDataFrame takes longer than to fill one again, which holds the same labels on most dates.
        blank = self._frame
        if there != blank["label"].tolist():
            self._frame = blank = _blank_frame(there)
        frame = blank.copy(deep=False)
        frame["area_km2"] = areas[_slot(frame["label"].to_numpy(), parties)]
        frame["geometry"] = from_shapely([polygons[label] for label in there], crs=frame.crs)
        return frame

    def areas(self, labels: npt.ArrayLike, parties: int) -> Floats:
        """Area of every party in every region, for one date or many.

        Parameters
        ----------
        labels
            Of every place, shape (places,) or (dates, places).
        parties
            How many there are.

        Returns
        -------
        numpy.ndarray
            km2, shape (regions, parties + 2) or (dates, regions, parties + 2). The last two columns are what places of unknown holders
            speak for, and what is too far from every place.
        """
        held = self._checked(labels, None)
        if held.size and held.max() >= parties:
            raise ValueError(f"There is a label {held.max()}, but only {parties} parties.")
        dates = self._of_sites(np.atleast_2d(held))
        width = parties + 2
        sums = np.zeros((len(dates), self.regions, width))
        if not len(dates):
            return sums
        shares = self._shares
        start = shares.region * width + _slot(self._with_ends(dates[0])[shares.site], parties)
        sums[0] = np.bincount(start, shares.area, self.regions * width).reshape(self.regions, width)
        # From one date to the next only what changed is added up.
        date, site = np.nonzero(dates[1:] != dates[:-1])
        change, share = shares.of(site)
        to = ((date[change] + 1) * self.regions + shares.region[share]) * width
        for labels_then, sign in ((dates[1:], 1), (dates[:-1], -1)):
            slot = _slot(labels_then[date, site], parties)[change]
            sums += sign * np.bincount(to + slot, shares.area[share], sums.size).reshape(sums.shape)
        sums = sums.cumsum(axis=0)
        sums[np.abs(sums) < NOTHING_KM2] = 0.0
        return sums if held.ndim == 2 else sums[0]

    def fronts(self, labels: npt.ArrayLike) -> Fronts:
        """Where parties border on one another; unknown holders and blank land make no front.

        Parameters
        ----------
        labels
            Of every place, shape (places,).
        """
        held = self._with_ends(self._of_sites(self._checked(labels, 1)))
        one, other = held[self._borders.one], held[self._borders.other]
        facing = (one != other) & (one >= 0) & (other >= 0)
        at_front = np.zeros(self.places, dtype=bool)
        at_front[self._place_of_site[self._borders.one[facing]]] = True
        at_front[self._place_of_site[self._borders.other[facing]]] = True
        lines = merged(self._borders.lines[facing])
        return Fronts(at_front, lines)

    def around(self, places: npt.ArrayLike) -> shapely.Geometry:
        """Return the land that is nearest to some places, such as those contested or besieged, as drawn: within outline and limit.

        Parameters
        ----------
        places
            Truth value of every place, shape (places,).

        Returns
        -------
        shapely.Polygon or shapely.MultiPolygon
            In EPSG:4326; empty for no place. Its boundary is the outline to draw around a siege.
        """
        flags = np.append(np.asarray(places, dtype=bool)[self._place_of_site], False)
        return shapely.coverage_union_all(self._cells.pieces[flags[self._cells.site]])

    def mosaic(self) -> Mosaic:
        """Return the pieces, borders and votes that every date of this territory is made of."""
        between = (self._borders.one < self._sites) & (self._borders.other < self._sites)
        ends = np.sort(np.column_stack([self._borders.one[between], self._borders.other[between]]), axis=1)
        pairs, pair = np.unique(ends, axis=0, return_inverse=True)
        order = np.argsort(pair.ravel(), kind="stable")
        joined = shapely.line_merge(shapely.multilinestrings(self._borders.lines[between][order], indices=pair.ravel()[order]))
        lines, of = shapely.get_parts(joined, return_index=True)
        places, weights = np.arange(self.places)[:, None], np.ones((self.places, 1))  # a place speaks for itself alone
        if self._sites > self.places:
            others = ((0, 0), (0, self._neighbours.shape[1] - 1))
            places = np.concatenate([np.pad(places, others, "edge"), self._neighbours])
            weights = np.concatenate([np.pad(weights, others), self._weights])
        return Mosaic(
            pieces=self._cells.pieces,
            site=self._cells.site,
            region=self._cells.region,
            lines=lines,
            one=pairs[of, 0],
            other=pairs[of, 1],
            places=places,
            weights=weights,
            area_site=self._shares.site,
            area_region=self._shares.region,
            area_km2=self._shares.area,
        )

    def _checked(self, labels: npt.ArrayLike, dimensions: int | None) -> Indices:
        held = np.asarray(labels)
        if held.shape[-1:] != (self.places,) or held.ndim not in ((1, 2) if dimensions is None else (dimensions,)):
            raise ValueError(f"{self.places} places need as many labels a date, not {held.shape}.")
        if held.size and held.min() < UNKNOWN:
            raise ValueError(f"A label is {UNKNOWN} or more, not {held.min()}.")
        return held.astype(np.int64, copy=False)

    def _of_sites(self, labels: Indices) -> Indices:
        """Label of every site, of one date or many."""
        if self._sites == self.places:
            return labels
        if labels.ndim == 2:
            return np.array([self._of_sites(row) for row in labels]).reshape(len(labels), self._sites)
        return np.concatenate([labels, votes(labels, self._neighbours, self._weights)])

    def _with_ends(self, held: Indices) -> Indices:
        return np.concatenate([held, (EMPTY, _OUTSIDE)])

    def _drawn(self, held: Indices) -> _Drawn:
        """Polygons of labelled sites: remembered, carried over from the most similar labelling that is remembered, or dissolved anew."""
        recent = self._recent
        changes = [np.count_nonzero(drawn.labels != held) for drawn in recent]
        closest = recent[int(np.argmin(changes))] if recent else None
        if closest is not None and not min(changes):
            return closest
        if closest is not None and min(changes) <= _FEW:
            before, after = (self._with_ends(labels)[self._cells.site] for labels in (closest.labels, held))
            polygons = carried_over(closest.polygons, before, after, self._cells.pieces)
        else:
            polygons = dissolved(self._with_ends(held), _OUTSIDE, self._cells, self._tree, self._borders)
        drawn = _Drawn(held.copy(), polygons)
        # One assignment, so that a thread beside this one sees the old tuple or the new.
        self._recent = (drawn, *recent)[:_REMEMBERED]
        return drawn

    def _in_degrees(self, shape: Any) -> Any:
        return shapely.transform(shape, self._to_degrees.transform, interleaved=False)


def _blank_frame(labels: list[int]) -> gpd.GeoDataFrame:
    """Return what `Territory.at` answers, without areas and shapes."""
    columns = {"label": np.array(labels, dtype=np.int64), "area_km2": np.zeros(len(labels))}
    return gpd.GeoDataFrame(columns, geometry=[None] * len(labels), crs="EPSG:4326")


def _slot(labels: Indices, parties: int) -> Indices:
    """Column of a label in a table of areas: parties, then `UNKNOWN`, then `EMPTY`."""
    return np.where(labels >= 0, labels, parties + UNKNOWN - labels)
