"""Outlines of provinces and districts, and how large they are: the bundled ones, or those that a user has added."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pyproj
import shapely

from geodata.dataset.regions import BUNDLED_BASEMAP, Region
from geodata.errors import SchemaError, UnknownNameError
from geodata.land.boundary_store import LEVELS, kept

COLUMNS = ("code", "name", "parent", "source_code", "geometry")
M2_PER_KM2 = 1_000_000

_BUNDLED = BUNDLED_BASEMAP / "provinces.geojson"


def boundaries(level: int = 1, region: Region | None = None) -> gpd.GeoDataFrame:
    """Outlines of one level: those that the user has added, else those of the region.

    Parameters
    ----------
    level
        1 for provinces, 2 for districts, which only a user can bring. The outline of the country is the union of its provinces
        (`country_outline`), so that no sliver lies between the two.
    region
        Where it is another than the bundled one. Outlines that were added count for it if they are of its country.

    Returns
    -------
    geopandas.GeoDataFrame
        One row an outline, by code; geometry Polygon or MultiPolygon in EPSG:4326, longitude first; neighbours share every vertex of their
        border. Columns:

        code : str, ISO 3166-2 of a province, else the code of its source. Mind: SY-HI is Homs, SY-HM is Hama
        name : str
        parent : str, ISO 3166-1 code of the country of a province, code of the province that most of a district lies in; '' = not known
        source_code : str, the code in the file that was added; '' of bundled outlines

        `attrs["origin"]` is a short text that says whose they are.

    Raises
    ------
    UnknownNameError
        There are no outlines of this level.
    SchemaError
        A file of the user's folder has been damaged, or the region's file is not as docs/regions.md describes it.
    """
    if level not in LEVELS:
        raise UnknownNameError(f"There is no level {level} of boundaries; there are {', '.join(map(str, LEVELS))}.")
    own = kept(level)
    if own is not None and (region is None or own["parent"].str.partition("-")[0].eq(region.country).any()):
        return own
    if level == 1:
        if region is None or region.boundaries == _BUNDLED:
            return bundled_provinces()
        return _provinces(region.boundaries, region.credits or region.boundaries.name)
    raise UnknownNameError(f"There are no {LEVELS[level]}: add outlines with `python -m geodata boundaries add`.")


def bundled_provinces() -> gpd.GeoDataFrame:
    """Return the provinces of the base map in the columns of `boundaries`; Natural Earth's, at the full detail of 1:10 million."""
    described = json.loads(_BUNDLED.with_suffix(".meta.json").read_text(encoding="utf-8"))
    return _provinces(_BUNDLED, f"{described['derived_from'][0]['upstream']} (public domain)")


def _provinces(path: Path, origin: str) -> gpd.GeoDataFrame:
    """Return the outlines of a GeoJSON file of provinces, in the columns of `boundaries`."""
    try:
        frame = gpd.read_file(path)
    except (pyogrio.errors.DataSourceError, OSError) as problem:
        raise SchemaError(f"cannot be read ({problem})", path) from None
    for column in ("iso_3166_2", "name"):
        if column not in frame:
            raise SchemaError("this property is missing", path, column=column)
    if not frame.geom_type.isin(("Polygon", "MultiPolygon")).all():
        raise SchemaError("has an outline that is no polygon", path)
    frame = frame.to_crs("EPSG:4326").rename(columns={"iso_3166_2": "code"})
    frame = frame.assign(parent=frame["code"].str.partition("-")[0], source_code="")
    frame = frame[list(COLUMNS)].sort_values("code", ignore_index=True)
    frame.attrs["origin"] = origin
    return frame


def country_outline(provinces: gpd.GeoDataFrame) -> shapely.Polygon | shapely.MultiPolygon:
    """Return the outline around provinces that share their borders, in their CRS."""
    return shapely.coverage_union_all(provinces.geometry.to_numpy())


def equal_area_crs(outlines: gpd.GeoDataFrame | gpd.GeoSeries) -> pyproj.CRS:
    """Return a Lambert azimuthal equal-area projection (metres, WGS 84) about the middle of the outlines' bounds.

    Areas are true to the ellipsoid anywhere in it. Distances are true at the middle and off by less than 0.1% within 500 km of it. Nothing
    may be measured in EPSG:3857, which shows Syria at one and a half times its size.
    """
    west, south, east, north = outlines.to_crs("EPSG:4326").total_bounds
    middle = {"lat_0": round((south + north) / 2, 4), "lon_0": round((west + east) / 2, 4)}
    return pyproj.CRS.from_dict({"proj": "laea", **middle, "datum": "WGS84", "units": "m"})


def areas_km2(outlines: gpd.GeoDataFrame | gpd.GeoSeries) -> pd.Series:
    """Area of every outline in km2, in the `equal_area_crs` of all of them."""
    areas: pd.Series = outlines.to_crs(equal_area_crs(outlines)).area / M2_PER_KM2
    return areas
