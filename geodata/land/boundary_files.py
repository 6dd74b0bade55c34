"""Outlines out of a file that a user brings: read with care, checked, given the codes that the dataset uses."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyogrio
import pyproj
import shapely

from common.home import BUNDLED
from geodata.dataset.provinces import read_provinces
from geodata.errors import SchemaError, UnknownNameError
from geodata.land.boundaries import COLUMNS, M2_PER_KM2, boundaries, bundled_provinces, equal_area_crs
from geodata.land.boundary_store import LEVELS, Origin, keep

_DRIVERS = {".shp": (b"\x00\x00\x27\x0a", "ESRI Shapefile"), ".gpkg": (b"SQLite format 3\x00", "GPKG")}
"""How a file of each kind begins, and the one driver of GDAL that may read it. GDAL would try every driver it has, and some of them follow
paths and addresses that stand in a file. Several of those take JSON, which is why GeoJSON is read without GDAL. Sources: ESRI Shapefile
Technical Description (1998), OGC GeoPackage 1.3."""
_GEOJSON = (".geojson", ".json")
_CRS_CODE = re.compile(r'"(?:urn:ogc:def:crs:)?(?:OGC:[0-9.]*:?|EPSG:[0-9.]*:?)(?P<code>CRS84|[0-9]+)"')

MOST_OVERLAP = 0.001
"""Share of the whole area by which outlines may overlap and still be taken for neighbours drawn with little care."""


def add_boundaries(
    path: Path, level: int, code_column: str, name_column: str, source: str, licence: str, layer: str | None = None
) -> gpd.GeoDataFrame:
    """Return the outlines of a file, kept in the user's folder: from now on `boundaries(level)` gives them.

    Parameters
    ----------
    path
        A shapefile (`.shp`, with `.shx`, `.dbf` and `.prj` beside it), GeoJSON or GeoPackage.
    level
        1 for provinces, 2 for districts.
    code_column, name_column
        Columns of the file. Provinces get the ISO 3166-2 code of the bundled province that they overlap most, so that places and links stay
        what they are; where they overlap none, as in another country, they keep the code of the file. Districts keep theirs and get a
        parent.
    source, licence
        As they have to be named beside a map.
    layer
        Of a GeoPackage with several.

    Raises
    ------
    SchemaError
        The file is of another kind, cannot be read, has no coordinate system or lacks a column; an outline has no code, the code of another
        or no area; outlines overlap; two of them would get one ISO code; the name of one belongs to another province than its position.
    UnknownNameError
        There is no such level.
    """
    if level not in LEVELS:
        raise UnknownNameError(f"There is no level {level} of boundaries; there are {', '.join(map(str, LEVELS))}.")
    outlines = _read(path, code_column, name_column, layer)
    outlines = _as_provinces(outlines, path) if level == 1 else outlines.assign(parent=_parents(outlines))
    outlines = outlines[list(COLUMNS)].sort_values("code", ignore_index=True)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    keep(outlines, Origin(level, source, licence, path.name, digest, len(outlines), now))
    return outlines


def _read(path: Path, code_column: str, name_column: str, layer: str | None) -> gpd.GeoDataFrame:
    """Return the outlines of a file with columns code, name and source_code, in EPSG:4326, valid, without overlaps."""
    suffix, columns = path.suffix.lower(), (code_column, name_column)
    if suffix not in (*_GEOJSON, *_DRIVERS):
        raise SchemaError("is none of shapefile (.shp), GeoJSON (.geojson, .json) and GeoPackage (.gpkg)", path)
    try:
        frame = _from_geojson(path, columns) if suffix in _GEOJSON else _from_gdal(path, columns, layer)
        frame = frame.to_crs("EPSG:4326")
    except OSError as problem:
        raise SchemaError(f"cannot be read ({problem.strerror})", path) from None
    except (pyogrio.errors.DataSourceError, shapely.errors.GEOSException) as problem:
        raise SchemaError(f"cannot be read ({problem})", path) from None
    codes, names = ([_cell(value) for value in frame[column]] for column in columns)
    _check_codes(codes, path, code_column)
    geometry = _neighbourly(_areal(frame.geometry.to_numpy(), codes, path), path)
    return gpd.GeoDataFrame({"code": codes, "name": names, "source_code": codes}, geometry=geometry, crs="EPSG:4326")


def _from_gdal(path: Path, columns: tuple[str, str], layer: str | None) -> gpd.GeoDataFrame:
    beginning, driver = _DRIVERS[path.suffix.lower()]
    with path.open("rb") as file:
        if file.read(len(beginning)) != beginning:
            raise SchemaError(f"does not begin as a file of the kind {driver} does", path)
    layers = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    if layer is None and len(layers) > 1:
        raise SchemaError(f"has several layers; name one of {', '.join(layers)}", path)
    if layer is not None and layer not in layers:
        raise SchemaError(f"has no layer '{layer}'; there are {', '.join(layers)}", path)
    found = pyogrio.read_info(path, layer=layer)
    if found["driver"] != driver:
        raise SchemaError(f"is of the kind {found['driver']}, which is not read", path)
    _check_columns(columns, found["fields"], path)
    if found["crs"] is None:
        raise SchemaError("does not say its coordinate system; of a shapefile the .prj file has to lie beside it", path)
    return pyogrio.read_dataframe(path, layer=layer, columns=list(dict.fromkeys(columns)), force_2d=True)


def _from_geojson(path: Path, columns: tuple[str, str]) -> gpd.GeoDataFrame:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise SchemaError(f"cannot be read as JSON ({problem})", path) from None
    features = content.get("features") if isinstance(content, dict) and content.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not all(isinstance(f, dict) and isinstance(f.get("properties"), dict) for f in features):
        raise SchemaError("is no GeoJSON FeatureCollection whose features have properties", path)
    rows = [feature["properties"] for feature in features]
    if rows:
        _check_columns(columns, list(dict.fromkeys(name for row in rows for name in row)), path)
    shapes = [json.dumps(feature.get("geometry")) if feature.get("geometry") else None for feature in features]
    geometry = shapely.force_2d(shapely.from_geojson(shapes))
    return gpd.GeoDataFrame({c: [row.get(c) for row in rows] for c in columns}, geometry=geometry, crs=_named_crs(content, path))


def _named_crs(content: dict[str, Any], path: Path) -> str:
    """RFC 7946 knows longitude and latitude only; older files, and GDAL to this day, may name another system.

    Only a code is taken: a text of PROJ or WKT can name files.
    """
    if "crs" not in content:
        return "OGC:CRS84"
    named = json.dumps(content["crs"])
    code = _CRS_CODE.search(named)
    if code:
        authority = "OGC" if code["code"] == "CRS84" else "EPSG"
        try:
            return str(pyproj.CRS.from_authority(authority, code["code"]).to_string())
        except pyproj.exceptions.CRSError:
            pass
    raise SchemaError(f"names a coordinate system that is not known, {named}", path)


def _check_columns(columns: tuple[str, str], there: Sequence[str], path: Path) -> None:
    for column in columns:
        if column not in there:
            raise SchemaError(f"this column is missing; there are {', '.join(there)}", path, column=column)


def _cell(value: object) -> str:
    return "" if value is None or value != value else str(value).strip()  # NaN differs from itself


def _check_codes(codes: list[str], path: Path, column: str) -> None:
    if not codes:
        raise SchemaError("has no outlines", path)
    for number, code in enumerate(codes, 1):
        if not code:
            raise SchemaError(f"outline {number} has no code", path, column=column)
        if code in codes[: number - 1]:
            raise SchemaError(f"outline {number} has the code '{code}' of an earlier one", path, column=column)


def _areal(geometry: npt.NDArray[np.object_], codes: list[str], path: Path) -> npt.NDArray[np.object_]:
    """Return valid polygons in place of what was drawn; loose lines and points, which a repair may leave, have no area and go."""
    kept = []
    for code, shape in zip(codes, shapely.make_valid(geometry), strict=True):
        west, south, east, north = shapely.bounds(shape)
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise SchemaError(f"outline '{code}' is empty or does not lie on the globe", path)
        parts = shapely.get_parts(shape)
        kept.append(shapely.union_all(parts[shapely.get_dimensions(parts) == 2]))
        if shapely.is_empty(kept[-1]):
            raise SchemaError(f"outline '{code}' has no area", path)
    return np.array(kept, dtype=object)


def _neighbourly(geometry: npt.NDArray[np.object_], path: Path) -> npt.NDArray[np.object_]:
    """Return the same outlines with every vertex of a border in both neighbours."""
    if shapely.coverage_is_valid(geometry):
        return geometry
    twice = 1 - shapely.union_all(geometry).area / shapely.area(geometry).sum()
    if twice > MOST_OVERLAP:
        raise SchemaError(f"outlines overlap, by {twice:.1%} of their area", path)
    try:
        cleaned: npt.NDArray[np.object_] = shapely.coverage_clean(geometry)
    except shapely.errors.GEOSException as problem:
        raise SchemaError(f"borders of neighbours do not match and cannot be mended ({problem})", path) from None
    return cleaned


def _overlaps_km2(outlines: gpd.GeoDataFrame, others: gpd.GeoDataFrame) -> npt.NDArray[np.float64]:
    """Area that each outline shares with each of the others, shape (outlines, others)."""
    crs = equal_area_crs(outlines)
    one, other = outlines.to_crs(crs).geometry.to_numpy(), others.to_crs(crs).geometry.to_numpy()
    shared = np.zeros((len(one), len(other)))
    i, j = shapely.STRtree(other).query(one, predicate="intersects")
    shared[i, j] = shapely.area(shapely.intersection(one[i], other[j])) / M2_PER_KM2
    return shared


def _as_provinces(outlines: gpd.GeoDataFrame, path: Path) -> gpd.GeoDataFrame:
    """Return the outlines with ISO 3166-2 codes and their country, if they lie where there are bundled provinces."""
    known = bundled_provinces()
    shared = _overlaps_km2(outlines, known)
    if not shared.any():
        return outlines.assign(parent="")
    codes = known["code"].to_numpy()[shared.argmax(axis=1)]
    named = read_provinces(BUNDLED)
    taken: dict[str, str] = {}
    for name, code, most in zip(outlines["name"], codes, shared.max(axis=1), strict=True):
        if not most:
            raise SchemaError(f"'{name}' lies outside every bundled province, unlike other outlines of the file", path)
        if code in taken:
            raise SchemaError(f"'{name}' and '{taken[code]}' both lie mostly in {code}", path)
        if (other := named.find(name)) and other.code != code:
            raise SchemaError(f"'{name}' is the name of {other.code}, but the outline lies mostly in {code}", path)
        taken[code] = name
    return outlines.assign(code=codes, parent=[code.partition("-")[0] for code in codes])


def _parents(outlines: gpd.GeoDataFrame) -> list[str]:
    provinces = boundaries(1)
    shared = _overlaps_km2(outlines, provinces)
    return [provinces["code"].iloc[row.argmax()] if row.any() else "" for row in shared]
