"""The offline base map in the projection of the sheet, and the step from the ground to pixels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from matplotlib.path import Path as Outline
from shapely.geometry.base import BaseGeometry

from geodata.dataset.regions import BUNDLED_BASEMAP
from geodata.land.basemap import LAYERS, read_layer
from views.paper.drawing.labels import Box


@dataclass(frozen=True)
class BaseMap:
    """Layers in `crs`: metres of the UTM zone in which the provinces lie.

    `frame` is the outline of what the layers cover; `province_lines`
    are the borders between provinces, each once.

    Of Syria it is zone 37N, whose central meridian, 39 E, crosses the country: lengths hold to 0.1 % and a scale bar is true all over it.
    """

    crs: pyproj.CRS
    frame: BaseGeometry
    countries: gpd.GeoDataFrame
    provinces: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    province_lines: BaseGeometry


@cache
def base_map(folder: Path = BUNDLED_BASEMAP) -> BaseMap:
    """Return the base map of a folder, by default the bundled one; read once."""
    layers = {name: _layer(folder, name) for name in ("countries", "provinces", "rivers", "lakes")}
    crs = layers["provinces"].estimate_utm_crs()
    # Parallels are not straight in this projection, and the sides of the frame have no vertices between the corners.
    box = shapely.segmentize(shapely.box(*layers["countries"].total_bounds), 0.25)
    frame = gpd.GeoSeries([box], crs="EPSG:4326").to_crs(crs).iloc[0]
    flat = {name: layer.to_crs(crs) for name, layer in layers.items()}
    # A shared border drawn from both sides would fill its own dashes.
    lines = shapely.line_merge(shapely.unary_union(shapely.boundary(flat["provinces"].geometry.to_numpy())))
    return BaseMap(crs, frame, flat["countries"], flat["provinces"], flat["rivers"], flat["lakes"], lines)


def _layer(folder: Path, name: str) -> gpd.GeoDataFrame:
    features = read_layer(folder, name)["features"]
    if features:
        return gpd.GeoDataFrame.from_features(features, crs="EPSG:4326")
    return gpd.GeoDataFrame({column: [] for column in LAYERS[name]}, geometry=[], crs="EPSG:4326")


@dataclass(frozen=True)
class Window:
    """A piece of the ground in a rectangle of the picture.

    Parameters
    ----------
    box
        Pixels.
    west, north
        Of the left upper corner, metres in the CRS of the base map.
    px_per_m
        Scale, the same in both directions.
    """

    box: Box
    west: float
    north: float
    px_per_m: float

    @classmethod
    def fit(cls, bounds: tuple[float, float, float, float], box: Box, margin: float) -> Window:
        """Return the window that shows `bounds` (west, south, east, north; metres) in the middle, `margin` pixels from edges."""
        west, south, east, north = bounds
        scale = min((box.width - 2 * margin) / max(east - west, 1), (box.height - 2 * margin) / max(north - south, 1))
        return cls(box, (west + east - box.width / scale) / 2, (south + north + box.height / scale) / 2, scale)

    @property
    def ground(self) -> tuple[float, float, float, float]:
        """West, south, east, north of what is shown, metres in the CRS of the base map."""
        return self.west, self.north - self.box.height / self.px_per_m, self.west + self.box.width / self.px_per_m, self.north

    def to_px(self, ground: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Pixels (x, y) of points (easting, northing), shape (n, 2)."""
        return (ground - [self.west, self.north]) * [self.px_per_m, -self.px_per_m] + [self.box.left, self.box.top]

    def path(self, shapes: Iterable[BaseGeometry]) -> Outline:
        """Polygons and lines as one path in pixels."""
        parts = shapely.get_parts(list(shapes))
        areas = shapely.get_dimensions(parts) == 2
        # matplotlib fills by winding: a hole must run against its shell.
        rings = shapely.get_rings(shapely.orient_polygons(parts[areas]))
        lines = [*rings, *parts[~areas]]
        points, line = shapely.get_coordinates(lines, return_index=True)
        if not len(points):
            return Outline(np.empty((0, 2)))
        codes = np.full(len(points), Outline.LINETO, dtype=np.uint8)
        codes[np.r_[True, line[1:] != line[:-1]]] = Outline.MOVETO
        last = np.r_[line[1:] != line[:-1], True]
        codes[last & (line < len(rings))] = Outline.CLOSEPOLY
        return Outline(self.to_px(points), codes)
