"""Polygons of the labels: dissolved anew from the borders, or carried over from another date by the cells that changed."""

from __future__ import annotations

import numpy as np
import shapely

from geodata.land.territory.borders import Borders
from geodata.land.territory.cells import Cells, Geometries, Indices

Polygons = dict[int, shapely.Geometry]
"""Polygon or MultiPolygon by label."""


def dissolved(held: Indices, outside: int, cells: Cells, tree: shapely.STRtree, borders: Borders) -> Polygons:
    """Return the territory of each label.

    Its borders are rings that run between different labels. Building faces from those few is several times faster than a union of all
    pieces, and gives the same.

    Parameters
    ----------
    held
        Label of every site, of what is beyond the limit and, last, of the outside.
    outside
        The label of the outside.
    tree
        Of the pieces.
    """
    drawn = held[borders.one] != held[borders.other]
    faces = shapely.get_parts(shapely.polygonize(borders.lines[drawn]))
    # A face that holds no piece is a hole of the outline.
    label = np.full(len(faces), outside)
    face, piece = tree.query(shapely.point_on_surface(faces), predicate="intersects")
    label[face] = held[cells.site[piece]]
    return {int(value): shapely.multipolygons(faces[label == value]) for value in np.unique(label[label != outside])}


def carried_over(polygons: Polygons, before: Indices, after: Indices, pieces: Geometries) -> Polygons:
    """Return the polygons after some pieces changed their label; those of labels that are not concerned are the same objects.

    Parameters
    ----------
    polygons
        Of the labels `before`.
    before, after
        Label of every piece.
    """
    new = dict(polygons)
    changed = np.flatnonzero(before != after)
    for label in np.union1d(before[changed], after[changed]).tolist():
        # What a label loses lies inside it and what it gains outside, so one symmetric difference does both.
        concerned = shapely.coverage_union_all(pieces[changed[(before[changed] == label) | (after[changed] == label)]])
        new[label] = shapely.symmetric_difference(new[label], concerned) if label in new else concerned
    return {label: polygon for label, polygon in new.items() if not shapely.is_empty(polygon)}
