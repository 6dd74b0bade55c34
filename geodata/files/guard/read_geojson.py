"""GeoJSON: a FeatureCollection of points."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any, NoReturn

from geodata.files.guard.cells import Found, RefusedError
from geodata.files.guard.limits import Limits
from geodata.files.guard.positions import GEOMETRY, WGS84, Point, crs_of, located, not_a_point

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def read(path: Path, limits: Limits) -> Found:
    """Properties of the features as columns, in the order in which they first come, and the position of their points.

    By RFC 7946 positions are EPSG:4326. The member `crs` of the older GeoJSON is obeyed.

    Raises
    ------
    RefusedError
        The file is no such JSON, is nested too deeply, or has geometries other than points.
    """
    content = path.read_bytes()
    if _depth(content) > limits.depth:
        raise RefusedError(f"is nested more than {limits.depth} deep")
    collection = _collection(content)
    features = [_feature(feature, row) for row, feature in enumerate(collection["features"], 1)]
    columns = list(dict.fromkeys(itertools.chain.from_iterable(properties for properties, _ in features)))
    rows = ((row, [properties.get(name) for name in columns]) for row, (properties, _) in enumerate(features, 1))
    geometries = [geometry for _, geometry in features]
    notes = []
    if any("id" in feature for feature in collection["features"]):
        notes.append("Ids of features outside their properties were left out.")
    if any(len(geometry) > 2 for geometry in geometries if geometry):
        notes.append("Heights were left out.")
    found = Found(columns, rows, notes=notes)
    points: list[Point | None] = [(geometry[0], geometry[1]) if geometry else None for geometry in geometries]
    crs = _crs(collection)
    return located(found, points, crs) if any(points) else found


def _collection(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_constant)
    except UnicodeDecodeError:
        raise RefusedError("is not UTF-8 text") from None
    except json.JSONDecodeError as problem:
        raise RefusedError(f"is not JSON from line {problem.lineno} on") from None
    except ValueError:  # Python reads no whole numbers of more than 4,300 digits
        raise RefusedError("holds a number that is too long") from None
    match found:
        case {"type": "FeatureCollection", "features": list()}:
            return dict(found)
    raise RefusedError("is not a GeoJSON FeatureCollection")


def _depth(content: bytes) -> int:
    """How deep brackets are nested, counted before any parser sees them."""
    brackets = _STRING.sub(b"", content).translate(None, _NO_BRACKETS)
    return max(itertools.accumulate(1 if bracket in b"[{" else -1 for bracket in brackets), default=0)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise RefusedError("stands twice in one object", column=name)
        members[name] = value
    return members


def _constant(name: str) -> NoReturn:
    raise RefusedError(f"holds {name}, which is no number of JSON")


def _feature(feature: object, row: int) -> tuple[dict[str, Any], tuple[float, ...] | None]:
    """Properties and coordinates of a feature."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise RefusedError("is not a GeoJSON Feature", row)
    properties, geometry = feature.get("properties") or {}, feature.get("geometry")
    if not isinstance(properties, dict):
        raise RefusedError("is not an object", row, "properties")
    if geometry is None:
        return properties, None
    if not isinstance(geometry, dict) or not isinstance(geometry.get("type"), str):
        raise RefusedError("is not a GeoJSON geometry", row, GEOMETRY)
    if geometry["type"] != "Point":
        raise not_a_point(geometry["type"][:40], row)
    position = geometry.get("coordinates")
    if not isinstance(position, list) or not 2 <= len(position) <= 4 or any(type(part) not in (int, float) for part in position):
        raise RefusedError("is a point that is not a pair of numbers", row, GEOMETRY)
    try:
        return properties, tuple(map(float, position))
    except OverflowError:  # a whole number beyond the largest float
        raise RefusedError("is a point that is not a pair of numbers", row, GEOMETRY) from None


def _crs(collection: dict[str, Any]) -> str:
    match collection.get("crs", WGS84[0]):
        case str(declared):
            return crs_of(declared)
        case {"type": "name", "properties": {"name": str(declared)}}:
            return crs_of(declared)
        case _:
            raise RefusedError("has a member 'crs' that names no CRS")
