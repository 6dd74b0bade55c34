"""Files from outside: hostile ones are refused with one sentence, cheaply; honest ones come out as rows of text."""

import datetime as dt
import http.server
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, replace
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
import shapely
from openpyxl.styles import PatternFill
from shapely import Point

from geodata import GeodataError, SchemaError
from geodata.files.guard import Limits, RawTable, Upload, read_rows, reader
from tests.geodata.files import hostile
from tests.geodata.files.hostile import HOSTILE, VRT, Hostile, collection, feature, geopackage, geoparquet, parquet, point, sheet, workbook

SECONDS, BYTES = 15, 1_000_000_000  # seconds of a processor, of which a busy machine takes no more
ROOT = Path(__file__).resolve().parents[3]
HOMS = (36.72, 34.73)
USUAL = Limits(wall_seconds=600)  # how long a busy machine takes is not what is tested


def refusal(source: Path | Upload, limits: Limits = USUAL) -> str:
    """The sentence that refuses a file: one line that can be shown and tells nothing about the server."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(GeodataError) as caught:
        read_rows(source, limits)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS
    assert after.ru_maxrss * 1024 < BYTES
    sentence = str(caught.value)
    assert sentence.isprintable()
    assert len(sentence) < 450
    assert sentence.endswith(".")
    for secret in (tempfile.gettempdir(), str(ROOT), sys.prefix, "Traceback", "Error"):
        assert secret not in sentence
    return sentence


def read(name: str, content: bytes | str, **limits: int) -> RawTable:
    return read_rows(Upload(name, content.encode() if isinstance(content, str) else content), replace(USUAL, **limits))


@pytest.mark.parametrize("file", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_one_sentence(file: Hostile):
    assert file.said in refusal(Upload(file.name, file.content()))


# -- where a file lies ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def honest(tmp_path: Path) -> Path:
    path = tmp_path / "honest.csv"
    path.write_text("id,name\n1,Homs\n", encoding="utf-8")
    return path


def test_a_file_is_read_from_its_path(honest):
    table = read_rows(honest)
    assert (table.name, table.format, table.columns, table.rows) == ("honest.csv", "csv", ("id", "name"), [{"id": "1", "name": "Homs"}])


def test_a_symbolic_link_is_not_followed(honest, tmp_path):
    (tmp_path / "link.csv").symlink_to(honest)
    assert refusal(tmp_path / "link.csv") == "link.csv: is a symbolic link, which is not followed."


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    for path in (tmp_path / "pipe.csv", tmp_path / "folder.csv", Path("/dev/zero")):
        assert refusal(path) == f"{path.name}: is not a regular file."


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    assert refusal(tmp_path / "none.csv") == "none.csv: there is no such file."


# -- what reading may cost --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "name", "content", "said"),
    [
        ({"file_bytes": 10}, "x.csv", "id\n123456789\n", "is larger than 1e-05 MB"),
        ({"rows": 2}, "x.csv", "id\n1\n2\n3\n", "has more than 2 rows"),
        ({"columns": 2}, "x.csv", "a,b,c\n", "has more than 2 columns"),
        ({"cells": 3}, "x.csv", "a,b\n1,2\n3,4\n", "has more than 3 cells"),
        ({"cell_characters": 2}, "x.csv", "a\nxyz\n", "is longer than 2 characters"),
        ({"result_bytes": 5}, "x.csv", "a\nحمص\n", "holds more than 5 bytes of text"),
        ({"depth": 4}, "x.geojson", collection(feature(point(*HOMS))), "is nested more than 4 deep"),
        ({"members": 3}, "x.xlsx", workbook(), "has more than 3 parts"),
        ({"expanded_bytes": 1_000}, "x.xlsx", workbook(), "expands to more than 0.001 MB"),
        ({"rows": 1}, "x.gpkg", geopackage("INSERT INTO layer SELECT 2, geom, name FROM layer"), "has more than 1 rows"),
        ({"rows": 1}, "x.parquet", parquet(pa.table({"a": [1, 2]})), "has more than 1 rows"),
    ],
)
def test_every_limit_can_be_set(limits, name, content, said):
    assert said in refusal(Upload(name, content.encode() if isinstance(content, str) else content), replace(USUAL, **limits))


def test_what_is_at_the_limit_is_read():
    assert len(read("x.csv", "a,b\n12,ab\n12,34\n", file_bytes=16, rows=2, columns=2, cells=4, cell_characters=2, result_bytes=8).rows) == 2
    assert len(read("x.geojson", collection(feature(point(*HOMS))), depth=5).rows) == 1


@pytest.fixture(scope="module")
def slow() -> Upload:
    """A workbook of 50 million bytes of empty cells, which takes far longer than all limits below."""
    rows = "".join(f'<row r="{n}">' + "<c/>" * 16_000 + "</row>" for n in range(1, 800))
    return Upload("x.xlsx", workbook(sheet=sheet(rows)))


def test_a_file_that_takes_too_much_processor_time_is_refused(slow):
    assert "takes more than 1 seconds of processor time" in refusal(slow, Limits(ratio=10_000, cpu_seconds=1, wall_seconds=600))


def test_a_file_that_takes_too_long_is_refused(slow):
    assert refusal(slow, Limits(ratio=10_000, wall_seconds=0.5)) == "x.xlsx: takes longer than 0.5 seconds to read."


@pytest.mark.parametrize("megabytes", [5, 60], ids=["to begin", "to read"])
def test_a_file_that_takes_too_much_memory_is_refused(megabytes):
    features = collection(*(feature(n=n) for n in range(50_000)))
    assert "too much memory to read" in refusal(Upload("x.geojson", features), Limits(memory_bytes=megabytes * 1_000_000, wall_seconds=600))


@pytest.fixture
def child(monkeypatch, tmp_path):
    """Puts a script in place of the process that reads."""

    def replace(script: str) -> None:
        path = tmp_path / "child.py"
        path.write_text(script, encoding="utf-8")
        monkeypatch.setattr(reader, "_CHILD", path)

    return replace


@pytest.mark.parametrize("script", ["import os; os.abort()", "import os; os.kill(os.getpid(), 11)", "raise SystemExit(3)", "nonsense", ""])
def test_a_reader_that_dies_is_a_sentence(child, script):
    child(script)
    assert "x.csv: is damaged" in refusal(Upload("x.csv", b"a\n1\n"))


def test_a_reader_that_is_killed_from_outside_is_a_sentence(child):
    child("import os; os.kill(os.getpid(), 9)")
    assert "too much memory" in refusal(Upload("x.csv", b"a\n1\n"))


def test_the_reader_knows_nothing_of_the_environment(child, monkeypatch):
    monkeypatch.setenv("STREAMLIT_SERVER_COOKIE_SECRET", "secret")
    child("import json, os; print(json.dumps({'columns': list(os.environ), 'crs': ''})); print(json.dumps({'notes': []}))")
    assert "PROJ_NETWORK" in read("x.csv", "a\n1\n").columns
    assert "STREAMLIT_SERVER_COOKIE_SECRET" not in read("x.csv", "a\n1\n").columns


def test_nothing_is_left_behind(monkeypatch, tmp_path, slow):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read("x.csv", "a\n1\n")
    refusal(Upload("x.csv", b"a,a\n"))
    refusal(slow, Limits(ratio=10_000, wall_seconds=0.3))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    assert refusal(Upload("x.csv", b"a\n1\n")) == "x.csv: cannot be read at the moment; try again in a minute."


def test_files_wait_for_each_other_but_not_for_ever(monkeypatch):
    turn = threading.BoundedSemaphore(1)
    monkeypatch.setattr(reader, "_AT_ONCE", turn)
    with turn:
        assert "has to wait" in refusal(Upload("x.csv", b"a\n1\n"), Limits(wall_seconds=0.1))
    refusal(Upload("x.csv", b"a,a\n"))
    assert read("x.csv", "a\n1\n").rows == [{"a": "1"}]


def test_a_csv_file_is_read_without_pandas(honest):
    command = [sys.executable, "-I", "-X", "importtime", str(reader._CHILD), str(honest), "csv", json.dumps(asdict(Limits()))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Homs" in done.stdout
    assert "common.formulas" in done.stderr
    assert not any(library in done.stderr for library in ("pandas", "geopandas", "numpy", "shapely", "pyarrow", "openpyxl"))


# -- what a file may not make us do -----------------------------------------------------------------------------------------------------


@pytest.fixture
def visits():
    """Address of a server, and what was asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_no_address_in_a_file_is_visited(visits):
    address, asked = visits
    linked = openpyxl.Workbook()
    linked.active.append(["id"])
    linked.active.append([f'=WEBSERVICE("{address}/formula")'])
    linked.active["A2"].hyperlink = f"{address}/hyperlink"
    stream = hostile.io.BytesIO()
    linked.save(stream)
    assert read("x.xlsx", stream.getvalue()).rows == []
    assert read("x.csv", f"id\n/vsicurl/{address}/x\n").rows == [{"id": f"/vsicurl/{address}/x"}]
    for name in ("x.csv", "x.geojson", "x.gpkg", "x.xlsx", "x.parquet"):
        refusal(Upload(name, VRT.format(source=f"/vsicurl/{address}/vrt").encode()))
    crs = {"type": "link", "properties": {"href": f"{address}/crs", "type": "proj4"}}
    refusal(Upload("x.geojson", collection(feature(point(*HOMS)), crs=crs)))
    refusal(Upload("x.geojson", collection(feature(point(*HOMS)), crs=f"+proj=utm +zone=37 +nadgrids={address}/grid")))
    assert asked == []


def test_a_pickle_in_a_schema_is_not_loaded(tmp_path):
    marker = tmp_path / "ran"
    assert read("x.parquet", hostile.extension_type(marker)).rows == [{"id": "1"}]
    assert not marker.exists()


def test_a_trigger_of_a_geopackage_never_fires():
    table = read("x.gpkg", geopackage("CREATE TRIGGER t AFTER INSERT ON layer BEGIN DELETE FROM layer; END", "CREATE VIEW v AS SELECT 1"))
    assert table.rows == [{"name": "Homs", "longitude": "36.72", "latitude": "34.73"}]


# -- CSV --------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_of_csv_is_found_in_the_header(delimiter):
    content = f'\ufeffid{delimiter}"name; note, a"{delimiter}date\r\n 1 {delimiter}"Homs, ""حمص"""{delimiter}2015-11-23\r\n'
    assert read("x.csv", content).rows == [{"id": "1", "name; note, a": 'Homs, "حمص"', "date": "2015-11-23"}]


def test_rows_of_csv_are_numbered_by_their_first_line():
    table = read("x.csv", 'id,note\n1,"two\nlines"\n\n , \n2,\n')
    assert table.rows == [{"id": "1", "note": "two\nlines"}, {"id": "2", "note": ""}]
    assert table.numbers == [2, 6]


def test_the_apostrophe_before_a_formula_is_taken_off():
    table = read("x.csv", "a\n'=1+1\n''=1\n'quoted'\n=1\n'-5\n")
    assert [row["a"] for row in table.rows] == ["=1+1", "'=1", "'quoted'", "=1", "-5"]


def test_an_empty_column_without_a_name_is_left_out():
    assert read("x.csv", "a,,b,\n1,,2,\n").rows == [{"a": "1", "b": "2"}]


# -- XLSX -------------------------------------------------------------------------------------------------------------------------------


def saved(book: openpyxl.Workbook) -> bytes:
    stream = hostile.io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_cells_of_a_sheet_come_out_as_text():
    moment = dt.datetime(2015, 11, 23, 14, 30)  # noqa: DTZ001  # a sheet knows no time zones
    cells = ["a_x000D_b", 7, 0.1, 1e22, True, dt.date(2015, 11, 23), moment, dt.time(14, 30), None, " x "]
    [row] = read("x.xlsx", workbook([[f"c{n}" for n in range(len(cells))], cells])).rows
    assert list(row.values()) == ["a\rb", "7", "0.1", "1e+22", "true", "2015-11-23", "2015-11-23T14:30:00", "14:30:00", "", "x"]


def test_rows_of_a_sheet_keep_their_numbers():
    table = read("x.xlsx", workbook([["a", "b"], [1, None], [], [None, 2]]))
    assert (table.numbers, table.rows) == ([2, 4], [{"a": "1", "b": ""}, {"a": "", "b": "2"}])


def test_the_last_row_of_a_sheet_is_read_and_colour_far_away_is_no_cell():
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.active["A1048576"] = "end"
    book.active["XFD9"].fill = PatternFill("solid", fgColor="FF0000")
    table = read("x.xlsx", saved(book))
    assert (table.numbers, table.rows) == ([1_048_576], [{"a": "end"}])


def test_formulas_give_the_value_that_was_kept():
    kept = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row><row r="3"><c r="A3" t="str"><f>T("")</f><v></v></c></row>'
    table = read("x.xlsx", workbook(sheet=sheet(hostile.HEADER + kept)))
    assert (table.rows, table.notes) == ([{"id": "2"}], ())
    table = read("x.xlsx", workbook([["a", "b"], ["=1+1", "x"]]))
    assert (table.rows, table.notes) == ([{"a": "", "b": "x"}], ("Formulas without a kept value count as empty cells: 1 in the workbook.",))


def test_formulas_and_rows_of_charts_links_and_extensions_are_none_of_the_sheet():
    cells = sheet(f'{hostile.HEADER}<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>')
    extension = b'<extLst><ext uri="{0}" xmlns:x="http://schemas.microsoft.com/office/excel/2006/main"><x:f>A1</x:f></ext></extLst>'
    extended = cells.replace(b"</worksheet>", extension + b"</worksheet>")
    link = f'<externalLink xmlns="{hostile.MAIN}"><sheetData><row r="1"/></sheetData><sheetData><row r="1"/></sheetData></externalLink>'
    chart = b'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:f>Sheet!A1</c:f></c:chart>'
    table = read("x.xlsx", workbook(sheet=extended, link=link.encode(), chart=chart))
    assert (table.rows, table.notes) == ([{"id": "2"}], ())


def test_the_first_visible_sheet_is_read_and_the_others_are_noted():
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    for title in ("about", "Claims\u202e", "More"):
        book.create_sheet(title).append([f"in {title}"])
    table = read("x.xlsx", saved(book))
    assert table.columns == ("in Claims\u202e",)
    assert table.notes == ("Only the first of 2 sheets was read, 'Claims\\u202e'.",)


# -- files with geometry ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def towns() -> gpd.GeoDataFrame:
    days = pd.to_datetime(["2015-11-23", "2016-01-01 12:30"], format="ISO8601")
    return gpd.GeoDataFrame(
        {"name": ["Homs", None], "حمص": ["حمص", "x"], "count": [7, 8], "share": [0.5, None], "held": [True, False], "day": days},
        geometry=[Point(HOMS), None],
        crs="EPSG:4326",
    )


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32637", "EPSG:3857"])
@pytest.mark.parametrize("name", ["x.geojson", "x.gpkg", "x.parquet"])
def test_points_come_out_as_longitude_and_latitude_whatever_their_crs(towns, tmp_path, name, crs):
    path = tmp_path / name
    moved = towns.to_crs(crs)
    moved.to_parquet(path) if path.suffix == ".parquet" else moved.to_file(path)
    table = read_rows(path)
    homs, nowhere = table.rows
    assert (float(homs.pop("longitude")), float(homs.pop("latitude"))) == pytest.approx(HOMS)
    assert (nowhere.pop("longitude"), nowhere.pop("latitude")) == ("", "")
    day = "2015-11-23T00:00:00" if name == "x.geojson" else "2015-11-23"
    assert homs == {"name": "Homs", "حمص": "حمص", "count": "7", "share": "0.5", "held": "true", "day": day}
    assert nowhere == {"name": "", "حمص": "x", "count": "8", "share": "", "held": "false", "day": "2016-01-01T12:30:00"}
    assert table.numbers == [1, 2]
    assert table.crs == (crs if (name, crs) != ("x.geojson", "EPSG:4326") else "OGC:CRS84")


@pytest.mark.parametrize(
    ("declared", "crs"),
    [
        ("EPSG:4326", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG::4326", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG:6.18:4326", "EPSG:4326"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "OGC:CRS84"),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", "EPSG:4326"),
    ],
)
def test_an_older_geojson_may_name_its_crs(declared, crs):
    named = {"type": "name", "properties": {"name": declared}}
    table = read("x.geojson", collection(feature(point(*HOMS)), crs=named))
    assert (table.crs, table.rows) == (crs, [{"id": "1", "longitude": "36.72", "latitude": "34.73"}])


def test_geojson_without_a_crs_is_in_epsg_4326():
    assert read("x.json", collection(feature(point(*HOMS)))).crs == "EPSG:4326"


def test_features_of_geojson_may_have_different_properties():
    table = read("x.geojson", collection(feature(a=["x", "y"]), feature(b=True, n=2.0)))
    assert table.rows == [{"id": "1", "a": "x|y", "b": "", "n": ""}, {"id": "1", "a": "", "b": "true", "n": "2"}]


def test_what_is_left_out_of_geojson_is_noted():
    table = read("x.geojson", collection(feature(point(*HOMS, 501)) | {"id": 7}))
    assert table.notes == ("Ids of features outside their properties were left out.", "Heights were left out.")


def test_heights_are_left_out_of_binary_geometry():
    high = shapely.to_wkb(Point(*HOMS, 501))
    for table in (read("x.gpkg", geopackage(geom=hostile.gpkg_blob(high))), read("x.parquet", geoparquet(high))):
        assert (table.rows[0]["longitude"], table.rows[0]["latitude"]) == ("36.72", "34.73")
        assert table.notes == ("Heights were left out.",)


def test_columns_beside_a_geometry_may_say_the_same():
    table = read("x.geojson", collection(feature(point(*HOMS), latitude="34.730001", longitude=None), feature(longitude=38, latitude=34)))
    assert table.rows == [
        {"id": "1", "latitude": "34.73", "longitude": "36.72"},
        {"id": "1", "latitude": "34", "longitude": "38"},
    ]


def test_a_geopackage_in_wal_mode_is_read():
    assert read("x.gpkg", geopackage(pragma="PRAGMA journal_mode = WAL")).rows[0]["name"] == "Homs"


def test_an_attribute_table_is_read_where_there_is_no_layer():
    content = geopackage(
        "CREATE TABLE notes (fid INTEGER PRIMARY KEY, note TEXT)",
        "INSERT INTO notes VALUES (5, 'x')",
        "UPDATE gpkg_contents SET table_name = 'notes', data_type = 'attributes'",
        "INSERT INTO gpkg_contents VALUES ('about', 'attributes')",
    )
    table = read("x.gpkg", content)
    assert (table.rows, table.crs) == ([{"note": "x"}], "")


def test_geoparquet_without_a_word_on_its_crs_is_in_crs84_as_its_specification_says():
    content = geoparquet(encoding="WKB")
    undeclared = parquet(
        pa.table({"id": ["1"], "geometry": pa.array([hostile.HOMS], pa.binary())}),
        {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}},
    )
    assert read("x.parquet", content).rows == read("x.parquet", undeclared).rows
    assert read("x.parquet", undeclared).crs == "OGC:CRS84"


def test_parquet_without_geometry_is_a_table():
    moments = pa.array([dt.datetime(2015, 11, 23, 14, 30, tzinfo=dt.UTC)], pa.timestamp("ns", "UTC"))
    table = read("x.parquet", parquet(pa.table({"at": moments, "tags": [["a", "b"]], "longitude": [38.0], "latitude": [34.5]})))
    assert table.rows == [{"at": "2015-11-23T14:30:00+00:00", "tags": "a|b", "longitude": "38", "latitude": "34.5"}]


# -- errors -----------------------------------------------------------------------------------------------------------------------------


def test_an_error_names_file_row_and_column():
    with pytest.raises(SchemaError) as caught:
        read("uploads/claims.csv", "longitude,latitude\n38,34\n38,95\n")
    error = caught.value
    assert (error.file, error.row, error.column) == (Path("claims.csv"), 3, "latitude")
