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
"""Of the polygon inside the circle around a place; it falls short of the circle by 0.12% of the radius, 24 m of 20 km."""
DECIMALS = 5
"""Of the metres that corners of cells are given in: what two neighbours work out, each for itself, differs in later digits only."""
CLEAR_M = 1.0
"""A corner of the circle that is nearer to an edge of the cell is left out, so that rounding cannot carry it over the edge."""


@dataclass(frozen=True)
class Cells:
    """Pieces of a region that cover it without gap or overlap, neighbours sharing every vertex; in a plane, metres.

    Attributes
    ----------
    pieces
        Polygons, shape (n pieces,). A cell has several where an outline cuts it.
    site
        Index of the site that each belongs to; the number of sites stands for what lies beyond the limit.
    region
        Index of the region that each lies in.
    """

    pieces: Geometries
    site: Indices
    region: Indices


def apart(points: Floats) -> Floats:
    """Return the points, with those that fall into one square metre set on a circle of 25 cm in the order in which they come.

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


def voronoi(points: Floats, regions: Geometries) -> Geometries:
    """Return the cell of each of distinct points, at least one: what is nearer to it than to any other; together they cover the regions."""
    west, south, east, north = shapely.total_bounds([*regions, shapely.multipoints(points)])
    middle, away = np.array([west + east, south + north]) / 2, 3 * math.hypot(east - west, north - south)
    # GEOS errs far from the points, and needs two of them. So it gets four more, too far off to take anything from the regions.
    guards = middle + away * np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)])
    diagram = shapely.voronoi_polygons(shapely.multipoints(np.concatenate([points, guards])), ordered=True)
    cells = shapely.get_parts(diagram)[: len(points)]
    # Where it cuts long edges off, it gives neighbours corners that differ in the last digits.
    rounded: Geometries = shapely.remove_repeated_points(shapely.transform(cells, lambda corners: np.round(corners, DECIMALS)))
    return rounded


def cut_at(limit: float, cells: Geometries, points: Floats) -> tuple[Geometries, Indices]:
    """Return the cells as far as the limit, followed by what lies beyond it.

    Parameters
    ----------
    limit
        Metres from the point of each cell.
    cells, points
        Of `voronoi`.

    Returns
    -------
    pieces : numpy.ndarray
        Polygons and multipolygons.
    cell : numpy.ndarray
        Index of the cell of each; the number of cells for what is beyond.
    """
    cell = np.arange(len(cells), dtype=np.int64)
    corners, of = shapely.get_coordinates(cells, return_index=True)
    far = np.unique(of[np.hypot(*(corners - points[of]).T) > limit])
    if not len(far):
        return cells, cell
    corners, of = shapely.get_coordinates(cells[far], return_index=True)
    edge = np.flatnonzero(of[1:] == of[:-1])
    start, end, of = corners[edge], corners[edge + 1], of[edge]
    middles = points[far]
    within, crossings, crossed = _on_circle(start, end, middles[of], limit)
    arcs, arc = _circle_inside(start - middles[of], end - start, of, limit)
    near = _convex([start[within], crossings, arcs + middles[arc]], [of[within], of[crossed], arc], middles)
    whole = _convex([start, crossings], [of, of[crossed]], middles)
    pieces = cells.copy()
    pieces[far] = near
    return np.concatenate([pieces, shapely.difference(whole, near)]), np.concatenate([cell, np.full(len(far), len(cells))])


def clipped(pieces: Geometries, site: Indices, regions: Geometries) -> Cells:
    """Return what of the pieces lies in the regions, which share the vertices of their borders."""
    shapely.prepare(regions)
    region, piece = shapely.STRtree(pieces).query(regions, predicate="intersects")
    parts = pieces[piece]
    cut = ~shapely.contains_properly(regions[region], parts)
    parts[cut] = shapely.intersection(parts[cut], regions[region[cut]])
    # Where a piece only touches a border, the intersection holds a line or a point.
    parts, of = shapely.get_parts(parts, return_index=True)
    areal = (shapely.get_dimensions(parts) == 2) & ~shapely.is_empty(parts)
    return Cells(parts[areal], site[piece[of[areal]]], region[of[areal]])


def _on_circle(start: Floats, end: Floats, middle: Floats, radius: float) -> tuple[npt.NDArray[np.bool_], Floats, Indices]:
    """Where edges of cells cross the circles around the points of the cells.

    The two cells of an edge, and the several of a corner, get the same answer to the last digit: it is worked out for one of them.

    Returns
    -------
    within : numpy.ndarray
        Whether the start of each edge lies in the circle, shape (edges,).
    crossings, edge : numpy.ndarray
        Points of shape (n, 2), and the edge that each lies on.
    """
    corners = np.concatenate([start, end]).view(np.complex128).ravel()
    _, first, corner = np.unique(corners, return_index=True, return_inverse=True)
    away = np.hypot(*(np.concatenate([start, end]) - np.concatenate([middle, middle]))[first].T)
    start_corner, end_corner = corner.reshape(2, -1)
    low, high = np.minimum(start_corner, end_corner), np.maximum(start_corner, end_corner)
    _, first_edge, same_edge = np.unique(low * len(first) + high, return_index=True, return_inverse=True)

    base, run = (start - middle)[first_edge], (end - start)[first_edge]
    a, b, c = (run**2).sum(axis=1), (base * run).sum(axis=1), (base**2).sum(axis=1) - radius**2
    root = np.sqrt(np.maximum(b**2 - a * c, 0))
    share = np.column_stack([-b - root, -b + root]) / a[:, None]
    inside = away <= radius
    start_in, end_in = inside[start_corner[first_edge]], inside[end_corner[first_edge]]
    both_out = ~start_in & ~end_in & (root > 0) & (share[:, 0] > 0) & (share[:, 1] < 1)
    crosses = np.column_stack([(~start_in & end_in) | both_out, (start_in & ~end_in) | both_out])
    points = start[first_edge][:, None] + np.clip(share, 0, 1)[:, :, None] * run[:, None]

    edge, which = np.nonzero(crosses[same_edge])
    return inside[start_corner], points[same_edge[edge], which], edge


def _circle_inside(start: Floats, run: Floats, of: Indices, radius: float) -> tuple[Floats, Indices]:
    """Points of a circle around the origin that lie inside convex cells, which are given by their edges, and the cell of each."""
    angles = 2 * math.pi * np.arange(SIDES) / SIDES
    circle = radius * np.column_stack([np.cos(angles), np.sin(angles)])
    # A point is inside if it lies on the same side of every edge as the origin, and clear of it.
    origin_side = run[:, 1] * start[:, 0] - run[:, 0] * start[:, 1]
    side = origin_side[:, None] + np.outer(run[:, 0], circle[:, 1]) - np.outer(run[:, 1], circle[:, 0])
    clear = side * np.sign(origin_side)[:, None] > CLEAR_M * np.hypot(*run.T)[:, None]
    cell, point = np.nonzero(np.logical_and.reduceat(clear, np.flatnonzero(np.diff(of, prepend=-1))))
    return circle[point], cell


def _convex(corners: list[Floats], of: list[Indices], middles: Floats) -> Geometries:
    """Convex polygons from their corners in any order, each with a point inside."""
    corner, polygon = np.round(np.concatenate(corners), DECIMALS), np.concatenate(of)
    east, north = (corner - middles[polygon]).T
    order = np.lexsort((np.arctan2(north, east), polygon))
    polygons: Geometries = shapely.remove_repeated_points(shapely.polygons(shapely.linearrings(corner[order], indices=polygon[order])))
    return polygons
