"""Borders between cells: from them come the fronts, and the territory of each party."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geodata.land.territory.cells import Cells, Geometries, Indices


@dataclass(frozen=True)
class Borders:
    """Lines between two sites, or between a site and the outside.

    Attributes
    ----------
    lines
        LineStrings, shape (n,).
    one, other
        Indices of the sites on both sides. The number of sites stands for what is beyond the limit, one more for the outside.
    """

    lines: Geometries
    one: Indices
    other: Indices


def borders_of(cells: Cells, sites: int) -> Borders:
    """Return the lines that two pieces of different sites share, and those that only one piece has."""
    rings, piece = shapely.get_rings(cells.pieces, return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    vertices, vertex = np.unique(corners.view(np.complex128).ravel(), return_inverse=True)
    same_ring = ring[1:] == ring[:-1]
    start, end = vertex[:-1][same_ring], vertex[1:][same_ring]
    site = cells.site[piece[ring[:-1][same_ring]]]

    key = np.minimum(start, end) * len(vertices) + np.maximum(start, end)
    order = np.argsort(key, kind="stable")
    key, site = key[order], site[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    shared = np.diff(first, append=len(key)) > 1
    one = site[first]
    other = np.where(shared, site[np.minimum(first + 1, len(site) - 1)], sites + 1)

    between = one != other  # the rest runs inside one site, along a border of regions
    one, other = np.minimum(one, other)[between], np.maximum(one, other)[between]
    ends = np.column_stack(np.divmod(key[first[between]], len(vertices)))
    corners = vertices[ends]
    lines = shapely.linestrings(np.stack([corners.real, corners.imag], axis=-1))

    # Two sites share one straight line as a rule. Arcs and outlines have many corners: what leads from a mere corner to another is joined
    # here once, instead of on every date.
    met = np.bincount(ends.ravel(), minlength=len(vertices))[ends]
    curved = (other >= sites) & (met == 2).all(axis=1)
    joined, pair = _joined(lines[curved], one[curved] * (sites + 2) + other[curved])
    one_of_pair, other_of_pair = np.divmod(pair, sites + 2)
    return Borders(
        np.concatenate([lines[~curved], joined]),
        np.concatenate([one[~curved], one_of_pair]),
        np.concatenate([other[~curved], other_of_pair]),
    )


def _joined(lines: Geometries, pair: Indices) -> tuple[Geometries, Indices]:
    """Return the lines of each pair joined end to end, and the pair of each."""
    order = np.argsort(pair, kind="stable")
    pairs, index = np.unique(pair[order], return_inverse=True)
    joined, of = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines[order], indices=index)), return_index=True)
    return joined, pairs[of]


def merged(lines: Geometries) -> shapely.MultiLineString:
    """Return the lines joined end to end."""
    joined: npt.NDArray[np.object_] = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))
    return shapely.multilinestrings(joined)
