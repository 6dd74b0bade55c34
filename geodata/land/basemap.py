"""The layers of an offline base map, as GeoJSON in a folder: the bundled ones, or those of a user's region."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shapely.errors import GEOSException
from shapely.geometry import shape

from geodata.errors import SchemaError

LAYERS = {
    "land": (),
    "countries": ("iso_3166_1", "name"),
    "provinces": ("iso_3166_2", "name"),
    "rivers": ("rank",),
    "lakes": (),
}
"""Every layer, and the properties that its features need. Rivers of rank 1 are drawn bolder than those of rank 2."""

OPTIONAL = ("rivers", "lakes")
LABELLED = ("countries", "provinces")


def read_layer(folder: Path, name: str) -> dict[str, Any]:
    """One of `LAYERS` as a FeatureCollection in EPSG:4326, longitude first; rivers and lakes that the folder does not have are empty.

    Countries and provinces come with `name_ar` ('' if not known) and `label_longitude`, `label_latitude`: where the file says, else a point
    inside the outline.

    Raises
    ------
    SchemaError
        The layer is missing, is not a FeatureCollection, or a feature lacks a property or an outline.
    """
    path = folder / f"{name}.geojson"
    if name in OPTIONAL and not path.exists():
        return {"type": "FeatureCollection", "features": []}
    try:
        layer: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        features = layer["features"]
        for number, feature in enumerate(features, 1):
            properties = feature["properties"] or {}
            if missing := [key for key in LAYERS[name] if key not in properties]:
                raise SchemaError(f"feature {number} lacks the property '{missing[0]}'", path)
            if name in LABELLED:
                _label(feature)
    except FileNotFoundError:
        raise SchemaError("there is no such file", path) from None
    except (ValueError, KeyError, TypeError, AttributeError, GEOSException) as problem:
        if isinstance(problem, SchemaError):
            raise
        raise SchemaError(f"is not a GeoJSON FeatureCollection ({problem!r})", path) from None
    return layer


def _label(feature: dict[str, Any]) -> None:
    properties = feature["properties"]
    properties.setdefault("name_ar", "")
    if not {"label_longitude", "label_latitude"} <= properties.keys():
        inside = shape(feature["geometry"]).representative_point()
        properties |= {"label_longitude": round(inside.x, 4), "label_latitude": round(inside.y, 4)}
