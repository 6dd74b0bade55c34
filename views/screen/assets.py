"""What the browser fetches from us: our scripts, Leaflet, the base map and the data, in Streamlit's static folder.

Every set of files lies in a folder named by its content, so that an address never changes its meaning and may be cached for ever.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import streamlit as st

from geodata.land.basemap import LAYERS, read_layer
from views.payload.columns import compact_json, squeezed
from views.style import map_colours

STATIC = Path(__file__).resolve().parents[2] / "static"
BROWSER = Path(__file__).resolve().parent / "browser"


def publish(files: Mapping[str, bytes]) -> str:
    """Address of a folder that serves these files, relative to the host, without a slash at its end.

    Writing is atomic: another process that publishes the same files at once finds either none of them or all.
    """
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    folder = STATIC / digest.hexdigest()[:16]
    if not folder.exists():
        STATIC.mkdir(exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=STATIC, prefix=".draft-"))
        for name, content in files.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            (draft / name).write_bytes(content)
        draft.chmod(0o755)
        try:
            draft.rename(folder)
        except OSError:
            shutil.rmtree(draft)
            if not folder.exists():
                raise
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + base if base else ''}/app/static/{folder.name}"


def publish_scripts() -> str:
    """Address of the folder with our scripts and styles, and Leaflet's."""
    files = {
        path.relative_to(BROWSER).as_posix(): path.read_bytes() for path in sorted(BROWSER.rglob("*")) if path.suffix in (".js", ".css")
    }
    leaflet = resources.files("js_lib_leaflet") / "static" / "js_lib_leaflet"
    for name in ("leaflet.js", "leaflet.css"):
        files[name] = (leaflet / name).read_bytes()
    return publish(files)


def publish_json(name: str, value: Any) -> str:
    """Address of a gzip file with this value as JSON; `name` is without its ending."""
    return f"{publish({f'{name}.json.gz': squeezed(compact_json(value))})}/{name}.json.gz"


def base_map(folder: Path, country: str) -> dict[str, Any]:
    """Return the offline base map as one value for the browser.

    Parameters
    ----------
    folder
        Holds land, countries, provinces, rivers and lakes as GeoJSON, EPSG:4326, longitude first.
    country
        ISO 3166-1 code of the country that is drawn as home; the others are neighbours.
    """
    layers = {name: read_layer(folder, name) for name in LAYERS}
    labels = []
    for feature in layers["countries"]["features"]:
        feature["properties"]["home"] = feature["properties"]["iso_3166_1"] == country
        if not feature["properties"]["home"]:
            labels.append(_label(feature, country=True))
    labels += [_label(feature, country=False) for feature in layers["provinces"]["features"]]
    return {**layers, "labels": labels, "colours": map_colours()}


def _label(feature: dict[str, Any], *, country: bool) -> dict[str, Any]:
    properties = feature["properties"]
    return {
        "name": properties["name"],
        "name_ar": properties.get("name_ar", ""),
        "longitude": properties["label_longitude"],
        "latitude": properties["label_latitude"],
        "country": country,
    }
