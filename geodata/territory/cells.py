"""Cells around places: what lies nearest to each, cut to the outline and to the distance that a place may speak for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

UNKNOWN = -1
"""Label of a place that no claim says the holder of."""
EMPTY = -2
"""Label of what lies beyond the distance limit from every place."""

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Geometries = npt.NDArray[np.object_]

SIDES = 64
"""Of the polygon that stands for the circle around a place. It touches the circle from outside, so it reaches 0.12% too far at its corners,
and no point within the limit is cut off."""
MARGIN_M = 1000.0
DECIMALS = 5
"""Of the metres that corners of cells are given in."""


@dataclass(frozen=True)
class Cells:
    """Pieces of a region that cover it without gap or overlap, neighbours sharing every vertex; in a plane, metres.

    Attributes
    ----------
    pieces
        Polygons, shape (n pieces,). A cell has several where an outline cuts it.
    site
        Index of the site that each is nearest to; the number of sites stands for what lies beyond the limit.
    region
        Index of the region that each lies in.
    """

    pieces: Geometries
    site: Indices
    region: Indices


def apart(points: Floats) -> Floats:
    """The points, with those that fall into one square metre set on a circle of 25 cm in the order in which they come.

    So places with one position share their cell in equal sectors and none is lost; which of them gets which sector is arbitrary, but always
    the same.

    Parameters
    ----------
    points
        Metres, shape (n, 2).
    """
    squares = np.round(points)
    _, group, size = np.unique(squares.view(np.complex128).ravel(), return_inverse=True, return_counts=True)
    order = np.argsort(group, kind="stable")
    rank = np.empty(len(points), dtype=np.int64)
    rank[order] = np.arange(len(points)) - (np.cumsum(size) - size)[group[order]]
    angle = 2 * math.pi * rank / size[group]
    moved = squares + 0.25 * np.column_stack([np.cos(angle), np.sin(angle)])
    return np.where(size[group][:, None] > 1, moved, points)


def cells_around(sites: Floats, regions: Geometries, places: Floats, neighbours: Indices, limit: float) -> Cells:
    """The cells of sites: what of the regions is nearer to each than to any other.

    Parameters
    ----------
    sites
        Distinct points, metres, shape (n, 2).
    regions
        Polygons or multipolygons that share the vertices of their borders.
    places
        Points that count for the distance limit, shape (m, 2).
    neighbours
        Indices of the places near each site, nearest first, shape (n, any).
    limit
        Farthest distance from a place, metres; infinite for none.
    """
    frame = shapely.box(*shapely.total_bounds(regions)).buffer(MARGIN_M)
    if len(sites) == 0:
        cells = np.array([frame], dtype=object)
        site = np.zeros(1, dtype=np.int64)
    else:
        cells = _voronoi(sites, frame)
        cells, site = _within(cells, places, neighbours, limit)
    region, piece = shapely.STRtree(cells).query(regions, predicate="intersects")
    cut = ~_inside(regions, cells, region, piece)
    clipped = cells[piece]
    clipped[cut] = shapely.intersection(clipped[cut], regions[region[cut]])
    # Where a cell only touches a border, the intersection holds a line or a point.
    parts, of = shapely.get_parts(clipped, return_index=True)
    areal = (shapely.get_dimensions(parts) == 2) & ~shapely.is_empty(parts)
    return Cells(parts[areal], site[piece[of[areal]]], region[of[areal]])


def _voronoi(sites: Floats, frame: shapely.Polygon) -> Geometries:
    """The cells of the sites, which cover the frame."""
    west, south, east, north = shapely.total_bounds([frame, shapely.multipoints(sites)])
    middle, away = np.array([west + east, south + north]) / 2, 3 * math.hypot(east - west, north - south)
    # GEOS errs far from the sites, and needs two of them. So it gets four more, too far off to take anything from the frame.
    guards = middle + away * np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)])
    diagram = shapely.voronoi_polygons(shapely.multipoints(np.concatenate([sites, guards])), ordered=True)
    cells = shapely.get_parts(diagram)[: len(sites)]
    # Where it cuts long edges off, it gives neighbours corners that differ in the last digits.
    rounded: Geometries = shapely.remove_repeated_points(shapely.transform(cells, lambda corners: np.round(corners, DECIMALS)))
    return rounded


def _within(cells: Geometries, places: Floats, neighbours: Indices, limit: float) -> tuple[Geometries, Indices]:
    """The cells cut at the limit, followed by what lies beyond it, with the site of each.

    All cells are cut by one and the same shape, so that two neighbours get the same new vertex on their common edge.
    """
    site = np.arange(len(cells), dtype=np.int64)
    corners, cell = shapely.get_coordinates(cells, return_index=True)
    away = np.zeros(len(cells))
    np.maximum.at(away, cell, np.hypot(*(corners - places[neighbours[cell, 0]]).T))
    far = np.flatnonzero(away > limit)
    if not len(far):
        return cells, site
    near_places = shapely.points(places[np.unique(neighbours[far])])
    reach = shapely.union_all(shapely.buffer(near_places, limit / math.cos(math.pi / SIDES), quad_segs=SIDES // 4))
    shapely.prepare(reach)
    beyond = shapely.difference(cells[far], reach)
    cells = cells.copy()
    cells[far] = shapely.intersection(cells[far], reach)
    return np.concatenate([cells, beyond]), np.concatenate([site, np.full(len(far), len(site))])


def _inside(regions: Geometries, cells: Geometries, region: Indices, piece: Indices) -> npt.NDArray[np.bool_]:
    """For each pair, whether the cell lies wholly inside the region and needs no cutting."""
    shapely.prepare(regions)
    inside: npt.NDArray[np.bool_] = shapely.contains_properly(regions[region], cells[piece])
    return inside
