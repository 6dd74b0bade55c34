"""Flat tables as files: each is what its format wants, and is read back as it was."""

import csv
import datetime as dt
import io
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from geodata import SchemaError
from geodata.files.formats import FORMATS, SOURCE_COLUMNS, FlatTable
from geodata.files.guard import Upload, read_rows
from geodata.files.guard.cells import cell_text
from tests.trials import examples

ENDINGS = {"geoparquet": "parquet"}
ABOUT = {"licence": "CC BY 4.0", "sources": "=SOHR; “AFP” | أ ف ب", "made_by": "Control Atlas", "head": "9f86d081"}
HOMS = {"id": "homs", "name": "حمص", "longitude": 36.72, "latitude": 34.73}
COLUMNS = ("id", "name", "longitude", "latitude")

EVIL = [
    "=1+1",
    "'=1",
    "'",
    "-5",
    "@x",
    "+",
    "_x000D_",
    "_x005F_x000D_",
    "a\r\nb",
    "\n",
    '"',
    '","',
    ";",
    "\u202ex",
    "#N/A",
    "TRUE",
    "1e5",
    "007",
]
TEXTS = st.sampled_from(EVIL) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
VALUES = (
    TEXTS
    | st.none()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.dates()
    | st.lists(st.sampled_from(["sohr", "afp", ""]), max_size=3)
)
POSITIONS = st.none() | st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@st.composite
def tables(draw: st.DrawFn) -> FlatTable:
    """A table whose columns are of one type or of mixed ones, with or without positions."""
    kinds = [TEXTS, VALUES, st.none() | st.integers(-(2**70), 2**70), st.none() | st.dates(), st.none() | st.booleans()]
    names = draw(st.lists(st.sampled_from(["name", "Fid", "geom", "geometry", "=note", "ملاحظة"]), unique=True))
    columns = {name: draw(st.sampled_from(kinds)) for name in names}
    located = draw(st.booleans())
    rows = []
    for number in range(draw(st.integers(1, 20))):
        row: dict[str, object] = {"id": f"claim-{number}"} | {name: draw(values) for name, values in columns.items()}
        if located:
            row["longitude"], row["latitude"] = draw(POSITIONS) or (None, "")
        rows.append(row)
    return FlatTable("claims", list(rows[0]), rows, ABOUT)


def read_back(form: str, content: bytes) -> tuple[Sequence[str], list[dict[str, str]]]:
    """Columns and rows of a file, without those that tell where they come from."""
    table = read_rows(Upload(f"claims.{ENDINGS.get(form, form)}", content))
    assert (table.format, table.notes) == (form, ())
    added = SOURCE_COLUMNS if form == "csv" else ()
    return [name for name in table.columns if name not in added], [
        {name: cell for name, cell in row.items() if name not in added} for row in table.rows
    ]


@pytest.mark.parametrize("form", FORMATS)
@given(table=tables())
@examples(8, 100, HealthCheck.data_too_large)
def test_what_was_written_is_read_back(form, table):
    columns, rows = read_back(form, FORMATS[form](table))
    assert set(columns) == set(table.columns)
    assert rows == [{name: cell_text(row[name]) for name in table.columns} for row in table.rows]


@pytest.mark.parametrize("form", FORMATS)
def test_long_texts_are_read_back(form):
    rows = [{"id": (text * 10_000)[:10_000]} for text in ("x", "حمص", '"\r\n', "_x0041_", "'=", "=1;")]
    assert read_back(form, FORMATS[form](FlatTable("claims", ["id"], rows, ABOUT))) == (["id"], rows)


@pytest.mark.parametrize("form", FORMATS)
def test_a_table_without_rows_is_read_back(form):
    assert read_back(form, FORMATS[form](FlatTable("claims", COLUMNS, [], ABOUT)))[1] == []


@pytest.mark.parametrize("form", FORMATS)
def test_positions_are_longitude_first(form):
    [homs] = read_back(form, FORMATS[form](FlatTable("places", COLUMNS, [HOMS], ABOUT)))[1]
    assert (homs["longitude"], homs["latitude"]) == ("36.72", "34.73")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"longitude": 181}, "claims, row 2, column 'longitude': 181 is not between -180 and 180."),
        ({"latitude": math.nan}, "claims, row 2, column 'latitude': is not a finite number."),
        ({"latitude": None}, "claims, row 2, column 'latitude': is empty where the other half of the position is given."),
        ({"name": "a\0b"}, "claims, row 2, column 'name': holds a NUL character."),
        ({"name": "\ud800"}, "claims, row 2, column 'name': is not UTF-8 text."),
        ({"name": {"a": 1}}, "claims, row 2, column 'name': holds a nested value."),
    ],
)
def test_what_no_format_can_hold_is_refused(form, wrong, said):
    with pytest.raises(SchemaError) as caught:
        FORMATS[form](FlatTable("claims", COLUMNS, [HOMS, HOMS | wrong], ABOUT))
    assert str(caught.value) == said


# -- what each format looks like to others ----------------------------------------------------------------------------------------------


def test_csv_has_licence_and_sources_in_every_row():
    content = FORMATS["csv"](FlatTable("places", COLUMNS, [HOMS], ABOUT)).decode()
    assert list(csv.reader(io.StringIO(content, newline=""))) == [
        [*COLUMNS, "licence", "sources"],
        ["homs", "حمص", "36.72", "34.73", "CC BY 4.0", f"'{ABOUT['sources']}"],
    ]


def test_a_licence_of_the_row_stands_for_itself():
    content = FORMATS["csv"](FlatTable("places", ["id", "licence"], [{"id": "1", "licence": "CC0"}], ABOUT))
    assert content.decode().splitlines()[1].startswith("1,CC0,")


def test_csv_keeps_numbers_below_zero_without_an_apostrophe():
    content = FORMATS["csv"](FlatTable("places", COLUMNS, [HOMS | {"longitude": "-70.5", "name": "-70.5"}], {}))
    assert content.decode().splitlines()[1] == "homs,'-70.5,-70.5,34.73"


def book_of(rows: Sequence[dict[str, Any]]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"](FlatTable("pla/ces", list(rows[0]), rows, ABOUT))))


def test_xlsx_has_no_formula_anywhere():
    book = book_of([{"=A1": text} for text in EVIL])
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds == {"s"}
    assert {name.value: value.value for name, value in book["about"].iter_rows()} == ABOUT


def test_xlsx_keeps_numbers_and_dates_as_such():
    row = {"n": 0.1 + 0.2, "d": dt.date(2015, 11, 23), "b": True, "big": 10**17, "old": dt.date(1850, 1, 1)}
    [_, cells] = book_of([row])["pla_ces"].values
    midnight = dt.datetime(2015, 11, 23)  # noqa: DTZ001  # a sheet knows no time zones
    assert cells == (0.1 + 0.2, midnight, True, str(10**17), "1850-01-01")


def test_a_text_that_xlsx_would_cut_is_refused():
    with pytest.raises(SchemaError, match="places, row 1: has a text longer than the 32,767 characters"):
        FORMATS["xlsx"](FlatTable("places", ["id"], [{"id": "x" * 32_768}], ABOUT))


def test_geojson_is_a_feature_collection_with_members_of_its_own():
    nowhere = {"id": "?", "name": None}
    collection = json.loads(FORMATS["geojson"](FlatTable("places", COLUMNS, [HOMS, nowhere], ABOUT)))
    features = collection.pop("features")
    assert collection == {"type": "FeatureCollection", **ABOUT}
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [36.72, 34.73]}
    assert features[0]["properties"] == {"id": "homs", "name": "حمص"}
    assert features[1]["geometry"] is None


def test_a_geopackage_has_a_layer_and_a_table_about_it(tmp_path: Path):
    path = tmp_path / "places.gpkg"
    path.write_bytes(FORMATS["gpkg"](FlatTable("places", COLUMNS, [HOMS, {"id": "?"}], ABOUT)))
    assert pyogrio.list_layers(path).tolist() == [["places", "Point"], ["about", None]]
    places = gpd.read_file(path, layer="places")
    assert (places.crs, places.geometry[0].coords[0], places.geometry[1]) == ("EPSG:4326", (36.72, 34.73), None)
    about = pyogrio.read_dataframe(path, layer="about")
    assert dict(zip(about["name"], about["value"], strict=True)) == ABOUT


def test_a_geopackage_refuses_names_that_differ_in_case_only():
    with pytest.raises(SchemaError, match="differ in case only"):
        FORMATS["gpkg"](FlatTable("places", ["id", "ID"], [], ABOUT))


def test_geoparquet_has_a_crs_and_metadata():
    stream = io.BytesIO(FORMATS["geoparquet"](FlatTable("places", COLUMNS, [HOMS, {"id": "?"}], ABOUT)))
    places = gpd.read_parquet(stream)
    assert (places.crs, places.geometry[0].coords[0], places.geometry[1]) == ("EPSG:4326", (36.72, 34.73), None)
    metadata = {name.decode(): value.decode() for name, value in pq.read_metadata(stream).metadata.items()}
    assert metadata.items() >= ABOUT.items()


def test_columns_of_one_type_keep_it():
    rows = [{"n": 1, "f": 0.5, "d": dt.date(2015, 11, 23), "b": True, "mixed": 1}, {"mixed": "x"}]
    frame = pd.read_parquet(io.BytesIO(FORMATS["geoparquet"](FlatTable("places", list(rows[0]), rows, ABOUT))), dtype_backend="pyarrow")
    assert [str(kind) for kind in frame.dtypes] == [
        "int64[pyarrow]",
        "double[pyarrow]",
        "date32[day][pyarrow]",
        "bool[pyarrow]",
        "string[pyarrow]",
    ]
