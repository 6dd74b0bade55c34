"""The second method: points between the places, each with the party that the eight nearest places, weighted by distance, speak for."""

from __future__ import annotations

import math

import numpy as np
import shapely

from geodata.land.territory.cells import UNKNOWN, Floats, Geometries, Indices

NEIGHBOURS = 8
TILE_POINTS = 64
"""Points of the grid that look for their neighbours together."""


def grid_between(places: Floats, regions: Geometries, spacing: float, limit: float) -> tuple[Floats, Floats]:
    """Points of a square grid inside the regions: those within the limit from a place, and those just beyond it.

    Points within half a spacing of a place are left out: a place keeps a cell of its own, so no enclave is outvoted.

    Returns
    -------
    within, beyond : numpy.ndarray
        Metres, each of shape (any, 2).
    """
    west, south, east, north = shapely.total_bounds(regions)
    columns, rows = np.arange(west + spacing / 2, east, spacing), np.arange(south + spacing / 2, north, spacing)
    grid = np.column_stack([axis.ravel() for axis in np.meshgrid(columns, rows)])
    points = shapely.points(grid)
    inside = np.unique(shapely.STRtree(points).query(regions, predicate="intersects")[1])
    _, away = shapely.STRtree(shapely.points(places)).query_nearest(points[inside], return_distance=True, all_matches=False)
    inside, away = inside[away > spacing / 2], away[away > spacing / 2]
    return grid[inside[away <= limit]], grid[inside[(away > limit) & (away <= limit + 2 * spacing)]]


def nearest_places(points: Floats, places: Floats, count: int = NEIGHBOURS) -> tuple[Indices, Floats]:
    """Return the nearest places of each point and their distances, nearest first, each of shape (n points, count or all places there are).

    Exact: tile by tile, only those places are looked at that can be among the nearest of a point of the tile.
    """
    count = min(count, len(places))
    indices, distances = np.empty((len(points), count), dtype=np.int64), np.empty((len(points), count))
    for tile in _tiles(points):
        low, high = points[tile].min(axis=0), points[tile].max(axis=0)
        reach = math.hypot(*(high - low))  # from the middle to a corner and back
        from_middle = np.hypot(*(places - (low + high) / 2).T)
        candidates = np.flatnonzero(from_middle <= np.partition(from_middle, count - 1)[count - 1] + reach)
        away = np.hypot(*(points[tile][:, None] - places[candidates]).transpose(2, 0, 1))
        order = np.argsort(away, axis=1, kind="stable")[:, :count]
        indices[tile] = candidates[order]
        distances[tile] = np.take_along_axis(away, order, axis=1)
    return indices, distances


def votes(labels: Indices, neighbours: Indices, weights: Floats) -> Indices:
    """Return the label of greatest weight among the neighbours of each point; of equals the lowest. Unknown counts for unknown."""
    slots = int(labels.max(initial=UNKNOWN)) + 2
    rows = np.arange(len(neighbours))[:, None] * slots
    weight = np.bincount((rows + labels[neighbours] + 1).ravel(), weights.ravel(), len(neighbours) * slots)
    most: Indices = weight.reshape(-1, slots).argmax(axis=1) + UNKNOWN
    return most


def _tiles(points: Floats) -> list[Indices]:
    """Return indices of the points, in groups that lie close together."""
    if not len(points):
        return []
    low, high = points.min(axis=0), points.max(axis=0)
    side = math.sqrt(max(np.prod(high - low), 1.0) * TILE_POINTS / len(points))
    column, row = ((points - low) // side).astype(np.int64).T
    _, tile, size = np.unique(row * (column.max() + 1) + column, return_inverse=True, return_counts=True)
    return np.split(np.argsort(tile, kind="stable"), np.cumsum(size)[:-1])
