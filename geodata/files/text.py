"""Control and events as text for others: CSV, JSON, GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from common.formulas import guarded_cell
from geodata.dataset.vocabulary import Basis

Rows = Sequence[dict[str, object]]

FORMATS = ("csv", "json", "geojson")

CONTROL_COLUMNS = (
    *("place_id", "name", "name_ar", "province", "holder", "contested", "besieged", "sides", "status", "flagged", "confidence"),
    *("in_transition", "since", "reason"),
)
EVENT_COLUMNS = (
    *("event_id", "kind", "place_id", "name", "name_ar", "province", "party", "previous", "sides", "date", "date_earliest"),
    *("date_latest", "until", "basis", "status", "flagged", "confidence", "reason", "supporting", "opposing"),
)
CHANGE_COLUMNS = ("place_id", "name", "name_ar", "province", "holder_start", "holder_end", "changes")
POSITION = ("longitude", "latitude")
DATE_COLUMNS = ("date", "date_earliest", "date_latest", "until", "since")


def written(rows: Rows, columns: Sequence[str], form: str, positioned: bool = True) -> str:
    """Rows of `rows_of` in one of `FORMATS`.

    CSV: lists joined by '|', texts that a spreadsheet would run as a formula behind an apostrophe (`formulas`). JSON: a list of objects.
    GeoJSON: a FeatureCollection of points in EPSG:4326, longitude first. `columns` are those before longitude and latitude,
    which only rows without a position lack; they cannot be GeoJSON.
    """
    if form == "geojson":
        return _as_geojson(rows, columns)
    return {"csv": _as_csv, "json": _as_json}[form](rows, (*columns, *POSITION) if positioned else columns)


def rows_of(frame: gpd.GeoDataFrame, columns: Iterable[str]) -> list[dict[str, object]]:
    """Rows of plain values: dates as ISO text, lists as lists, None where nothing is known; longitude and latitude at the end."""
    points = frame.geometry
    rows = frame[list(columns)].to_dict("records")
    for row, longitude, latitude in zip(rows, points.x, points.y, strict=True):
        for name, value in row.items():
            if isinstance(value, tuple):
                row[name] = list(value)
            elif name in DATE_COLUMNS:
                row[name] = None if pd.isna(value) else value.date().isoformat()
        row |= {"longitude": float(longitude), "latitude": float(latitude)}
    return [{str(name): value for name, value in row.items()} for row in rows]


def _as_json(rows: Rows, names: Sequence[str]) -> str:
    return json.dumps([{name: row[name] for name in names} for row in rows], ensure_ascii=False, indent=2) + "\n"


def _as_geojson(rows: Rows, columns: Sequence[str]) -> str:
    # RFC 7946 knows one CRS, longitude and latitude in WGS 84, and forbids to name another.
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
            "properties": {name: row[name] for name in columns},
        }
        for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=2) + "\n"


def _as_csv(rows: Rows, names: Sequence[str]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)  # its line ends are CR LF, so that it quotes both
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return stream.getvalue()


def _cell(value: object) -> object:
    return guarded_cell(joined(value))


def joined(value: object) -> object:
    """Return a list as one cell, changes of `changes_between` in words; any other value as it is."""
    return "|".join(part if isinstance(part, str) else _in_words(part) for part in value) if isinstance(value, list) else value


def _in_words(change: dict[str, Any]) -> str:
    found = "" if change["basis"] == Basis.CHANGE else f" ({change['basis']})"
    words = f"{change['date']} {change['from'] or 'unknown'} > {change['to']}{found}"
    return f"{words}, {change['status']}: {', '.join(change['claimants'])}"
