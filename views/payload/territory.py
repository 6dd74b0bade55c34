"""The shapes of territory that the browser receives once and colours by itself on every date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geodata.dataset.regions import Region
from geodata.land.boundaries import boundaries
from geodata.land.territory import METHODS, Territory

LIMITS_KM = (10, 20, 30)
"""Distances that one may choose a place to speak for; the outer two give the range of an area."""
USUAL_KM = 20

GRID_BITS = 26
"""Corners are whole numbers of a Mercator square with 2**26 steps a side: 0.6 m on the equator."""

Indices = npt.NDArray[np.int64]


class LandMethod(NamedTuple):
    """How land is drawn: by a method of `geodata.land.territory.Territory`, so far from a place."""

    method: str = METHODS[0]
    limit_km: int = USUAL_KM


USUAL_METHOD = LandMethod()


def territory_payload(
    places: gpd.GeoDataFrame, place_ids: Sequence[str], method: str = METHODS[0], limit_km: int = USUAL_KM, region: Region | None = None
) -> dict[str, Any]:
    """Shapes, borders and areas of the territory of places.

    Parameters
    ----------
    places
        With `place_id` and points, as `geodata.Control.places`: those that any claim is about.
    place_ids
        The order that place numbers in the result refer to, as in the payload of control.
    method, limit_km
        As for `geodata.land.territory.Territory`.
    region
        Whose provinces the territory fills; default: the bundled one.

    Returns
    -------
    dict
        Plain JSON; numbers of sites that are the places' own come first, in the order of `places`. Corners lie in the Mercator square
        (x east from 180 degrees west, y south from its northern edge), whole numbers of 2**26 steps, within a ring or line each relative
        to the one before, x and y in turn.

        method, limit_km, origin (whose outlines), regions (ISO 3166-2)
        sites : `count`, `first` (offsets), `places` (numbers), `weights`: who speaks for each site
        pieces : `site` (-1: no place near), `region`, `rings` (rings of each), `corners` (corners of each ring), `points`
        borders : `one`, `other` (sites), `corners`, `points`
        areas : `site`, `region`, `km2`
        range : the same with the shortest and longest of `LIMITS_KM`, method 'nearest': `site`, `region`, `low`, `high`
    """
    outlines = boundaries(1, region)
    mosaic = Territory(places, outlines, limit_km, method).mosaic()
    count = len(mosaic.places)
    number = {place_id: k for k, place_id in enumerate(place_ids)}
    own = np.array([number[place_id] for place_id in places["place_id"]], dtype=np.int64)
    heard = mosaic.weights > 0
    rings, piece = shapely.get_rings(mosaic.pieces, return_index=True)
    site = np.where(mosaic.site < count, mosaic.site, -1)
    return {
        "method": method,
        "limit_km": limit_km,
        "origin": outlines.attrs["origin"],
        "regions": outlines["code"].to_list(),
        "sites": {
            "count": count,
            "first": np.concatenate([[0], heard.sum(axis=1).cumsum()]).tolist(),
            "places": own[mosaic.places[heard]].tolist(),
            "weights": [float(f"{weight:.4g}") for weight in mosaic.weights[heard] / mosaic.weights.max(initial=0.0)],
        },
        "pieces": {
            "site": site.tolist(),
            "region": mosaic.region.tolist(),
            "rings": np.bincount(piece, minlength=len(mosaic.pieces)).tolist(),
            **_points(rings),
        },
        "borders": {"one": mosaic.one.tolist(), "other": mosaic.other.tolist(), **_points(mosaic.lines)},
        "areas": {
            "site": np.where(mosaic.area_site < count, mosaic.area_site, -1).tolist(),
            "region": mosaic.area_region.tolist(),
            "km2": np.round(mosaic.area_km2, 3).tolist(),
        },
        "range": _range(places, outlines),
    }


def _points(shapes: npt.NDArray[np.object_]) -> dict[str, list[int]]:
    """Corners of rings or lines: their number, then x and y relative to the corner before."""
    degrees, shape = shapely.get_coordinates(shapes, return_index=True)
    steps = 2**GRID_BITS
    sine = np.sin(np.radians(degrees[:, 1]))
    square = np.column_stack([(degrees[:, 0] + 180) / 360, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)])
    whole = np.round(square * steps).astype(np.int64)
    relative = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    first = np.diff(shape, prepend=-1) > 0
    relative[first] = whole[first]
    return {"corners": np.bincount(shape, minlength=len(shapes)).tolist(), "points": relative.ravel().tolist()}


def _range(places: gpd.GeoDataFrame, outlines: gpd.GeoDataFrame) -> dict[str, list[float]]:
    """Areas of places with the shortest and the longest distance limit."""
    sums = []
    for limit in (LIMITS_KM[0], LIMITS_KM[-1]):
        mosaic = Territory(places, outlines, limit).mosaic()
        table = np.zeros((len(places) + 1, len(outlines)))
        table[mosaic.area_site, mosaic.area_region] = mosaic.area_km2
        sums.append(table[:-1])
    low, high = np.minimum(*sums), np.maximum(*sums)
    site, region = np.nonzero(high)
    columns = {"low": low[site, region], "high": high[site, region]}
    return {"site": site.tolist(), "region": region.tolist(), **{name: np.round(values, 3).tolist() for name, values in columns.items()}}
