"""The offline base map in the projection of the sheet, and the step from the ground to pixels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from geodata import BUNDLED
from views.paper.labels import Box

CRS = "EPSG:32637"
"""WGS 84 / UTM 37N, metres. Its central meridian, 39 E, crosses Syria: lengths hold to 0.1 % and a scale bar is true all over the map."""
CRS_NAME = "WGS 84 / UTM 37N"
FOLDER = BUNDLED / "basemap"


@dataclass(frozen=True)
class BaseMap:
    """Layers in `CRS`. `frame` is the outline of what the layers cover; `province_lines` are the borders between provinces, each once."""

    frame: BaseGeometry
    countries: gpd.GeoDataFrame
    provinces: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    province_lines: BaseGeometry


@cache
def base_map() -> BaseMap:
    """The bundled base map; read once."""
    layers = {name: gpd.read_file(FOLDER / f"{name}.geojson") for name in ("countries", "provinces", "rivers", "lakes")}
    # Parallels are not straight in this projection, and the sides of the frame have no vertices between the corners.
    box = shapely.segmentize(shapely.box(*layers["countries"].total_bounds), 0.25)
    frame = gpd.GeoSeries([box], crs="EPSG:4326").to_crs(CRS).iloc[0]
    flat = {name: layer.to_crs(CRS) for name, layer in layers.items()}
    # A shared border drawn from both sides would fill its own dashes.
    lines = shapely.line_merge(shapely.unary_union(shapely.boundary(flat["provinces"].geometry.to_numpy())))
    return BaseMap(frame, flat["countries"], flat["provinces"], flat["rivers"], flat["lakes"], lines)


@dataclass(frozen=True)
class Window:
    """A piece of the ground in a rectangle of the picture.

    Parameters
    ----------
    box
        Pixels.
    west, north
        Of the left upper corner, metres in `CRS`.
    px_per_m
        Scale, the same in both directions.
    """

    box: Box
    west: float
    north: float
    px_per_m: float

    @classmethod
    def fit(cls, bounds: tuple[float, float, float, float], box: Box, margin: float) -> Window:
        """The window that shows `bounds` (west, south, east, north; metres) in the middle, `margin` pixels from the edges or more."""
        west, south, east, north = bounds
        scale = min((box.width - 2 * margin) / max(east - west, 1), (box.height - 2 * margin) / max(north - south, 1))
        return cls(box, (west + east - box.width / scale) / 2, (south + north + box.height / scale) / 2, scale)

    @property
    def ground(self) -> tuple[float, float, float, float]:
        """West, south, east, north of what is shown, metres in `CRS`."""
        return self.west, self.north - self.box.height / self.px_per_m, self.west + self.box.width / self.px_per_m, self.north

    def to_px(self, ground: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Pixels (x, y) of points (easting, northing), shape (n, 2)."""
        return (ground - [self.west, self.north]) * [self.px_per_m, -self.px_per_m] + [self.box.left, self.box.top]

    def path(self, shapes: Iterable[BaseGeometry]) -> Path:
        """Polygons and lines as one path in pixels."""
        parts = shapely.get_parts(list(shapes))
        areas = shapely.get_dimensions(parts) == 2
        # matplotlib fills by winding: a hole must run against its shell.
        rings = shapely.get_rings(shapely.orient_polygons(parts[areas]))
        lines = [*rings, *parts[~areas]]
        points, line = shapely.get_coordinates(lines, return_index=True)
        if not len(points):
            return Path(np.empty((0, 2)))
        codes = np.full(len(points), Path.LINETO, dtype=np.uint8)
        codes[np.r_[True, line[1:] != line[:-1]]] = Path.MOVETO
        last = np.r_[line[1:] != line[:-1], True]
        codes[last & (line < len(rings))] = Path.CLOSEPOLY
        return Path(self.to_px(points), codes)
