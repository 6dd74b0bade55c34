"""Localities of Who's On First: as a table, or in the GeoJSON of the project itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from gazetteer.errors import SchemaError
from gazetteer.place import Record
from gazetteer.sources.readers.admin1 import Provinces
from gazetteer.sources.readers.checked import Columns, Kind, geonames_number, record, script_kind, unique
from gazetteer.sources.tables.rows import LATITUDE, LONGITUDE, Report, read_rows
from gazetteer.sources.tables.table import Row

SOURCE = "Who's On First"
LICENCE = "Who's On First (CC0) with GeoNames (CC BY 4.0)"

REQUIRED = ("id", "name", "lat", "lon")
_TABLE_COLUMNS = Columns(longitude="lon", latitude="lat", name="name", admin1="adm1_pcode", population="pop", key="id")
_GEOJSON_COLUMNS = Columns(longitude="lon", latitude="lat", name="wof:name", population="wof:population", key="wof:id")
_OPTIONAL = ("geonameid", "adm1_pcode", "fcode", "pop", "names", "country")
_GEOJSON_OPTIONAL = (
    "wof:country",
    "wof:population",
    "wof:concordances",
    "wof:superseded_by",
    "mz:is_current",
    "geom:longitude",
    "geom:latitude",
)
_LABEL_LONGITUDE, _LABEL_LATITUDE = "lbl:longitude", "lbl:latitude"


def read_whosonfirst(path: Path, provinces: Provinces, report: Report, country: str = "SY") -> Iterator[Record]:
    """Each locality of a file; those of the GeoJSON that are superseded or no longer current are left out.

    Parameters
    ----------
    path
        CSV with the columns of `REQUIRED` and perhaps `geonameid`, `names` (a list between '|'), `adm1_pcode`, `fcode`,
        `pop`, `country`; or GeoJSON with `wof:id`, `wof:name` and `name:<language>_x_<kind>`.
    provinces
        The provinces that are known.
    report
        Gets the error of each row that cannot be read.
    country
        ISO 3166-1 alpha-2 of rows that do not say theirs.

    Raises
    ------
    SchemaError
        When the file as a whole cannot be read, or lacks a column.
    """
    for position, row in enumerate(unique(unique(read_rows(path, report), "id", report), "wof:id", report)):
        is_geojson = "wof:id" in row.cells
        if position == 0 and not is_geojson and (missing := [column for column in REQUIRED if column not in row.cells]):
            problem = f"the column is missing; expected {', '.join(REQUIRED)}, or GeoJSON with wof:id and wof:name"
            raise SchemaError(path, 1, missing[0], problem)
        if is_geojson and _is_gone(row):
            continue
        try:
            yield _from_geojson(row, provinces, country) if is_geojson else _from_table(row, provinces, country)
        except SchemaError as error:
            report(error)


def _from_table(row: Row, provinces: Provinces, country: str) -> Record:
    for column in (*REQUIRED, *_OPTIONAL):
        row.cells.setdefault(column, "")
    row.cells["id"] = row.required("id").removeprefix("wof:")
    kind = Kind(
        source=SOURCE,
        id_prefix="wof",
        country=row.text("country").upper() or country,
        feature_code=row.text("fcode") or "PPL",
        geonames_id=geonames_number(row, "geonameid"),
    )
    return record(row, _TABLE_COLUMNS, kind, [(text, script_kind(text)) for text in row.listed("names")], provinces)


def _from_geojson(row: Row, provinces: Provinces, country: str) -> Record:
    cells = row.cells
    for column in (*_GEOJSON_OPTIONAL, "wof:name"):
        cells.setdefault(column, "")
    # The label stands in the town; the centroid of a polygon may not.
    pairs = ((_LABEL_LONGITUDE, _LABEL_LATITUDE), (LONGITUDE, LATITUDE), ("geom:longitude", "geom:latitude"))
    longitude, latitude = next((pair for pair in pairs if cells.get(pair[0]) and cells.get(pair[1])), pairs[-1])
    cells["lon"], cells["lat"] = cells[longitude], cells[latitude]
    cells["geonameid"] = _concordance(row)
    kind = Kind(
        source=SOURCE,
        id_prefix="wof",
        country=row.text("wof:country").upper() or country,
        geonames_id=geonames_number(row, "geonameid"),
    )
    return record(row, _GEOJSON_COLUMNS, kind, list(_names(row)), provinces)


def _names(row: Row) -> Iterator[tuple[str, str]]:
    for column in row.cells:
        language, _, what = column.removeprefix("name:").partition("_x_")
        if column.startswith("name:"):
            label = "the preferred name" if what == "preferred" else "a name"
            for text in row.listed(column):
                yield text, f"{label} in the language {language[:10]!r}"


def _concordance(row: Row) -> str:
    try:
        concordances = json.loads(row.text("wof:concordances") or "{}")
    except ValueError:
        return ""
    return str(concordances.get("gn:id", "")) if isinstance(concordances, dict) else ""


def _is_gone(row: Row) -> bool:
    return bool(row.cells.get("wof:superseded_by", "").strip()) or row.cells.get("mz:is_current", "").strip() == "0"
