"""Files that somebody may send with bad intent, built in code: what the user calls them, their content, and what is said about them."""

from __future__ import annotations

import gzip
import io
import json
import math
import pickle
import sqlite3
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

VRT = """<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{source}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"""
KML = '<?xml version="1.0"?><kml><Document><NetworkLink><Link><href>http://example.org/</href></Link></NetworkLink></Document></kml>'


@dataclass(frozen=True)
class Hostile:
    """One file: its name, what builds its content, and words of the sentence that refuses it."""

    what: str
    name: str
    content: Callable[[], bytes]
    said: str


# -- building blocks --------------------------------------------------------------------------------------------------------------------


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(rows: Iterable[Sequence[object]] = (("id", "name"), ("1", "Homs")), far: str = "", **changed: bytes) -> bytes:
    """A workbook with these rows, a value in the cell `far`, and parts replaced or added by `changed` (see `PARTS`)."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if far:
        book.active[far] = "far away"
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | {PARTS[name]: content for name, content in changed.items()})


PARTS = {
    "sheet": "xl/worksheets/sheet1.xml",
    "strings": "xl/sharedStrings.xml",
    "relations": "xl/_rels/workbook.xml.rels",
    "types": "[Content_Types].xml",
    "macros": "xl/vbaProject.bin",
    "picture": "xl/media/image1.png",
    "link": "xl/externalLinks/externalLink1.xml",
    "chart": "xl/charts/chart1.xml",
}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: str, before: str = "", encoding: str = "UTF-8") -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return text.encode(encoding)


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{cell("A1", "id")}</row>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
XXE = "<!DOCTYPE x [<!ENTITY a9 SYSTEM 'file:///etc/passwd'>]>"


def collection(*features: object, **members: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features} | members).encode()


def feature(geometry: object = None, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": {"id": "1"} | properties}


def point(*coordinates: object) -> dict[str, object]:
    return {"type": "Point", "coordinates": coordinates}


def gpkg_blob(wkb: bytes, srs_id: int = 4326, flags: int = 1) -> bytes:
    return b"GP\0" + bytes([flags]) + struct.pack("<i", srs_id) + wkb


HOMS = shapely.to_wkb(shapely.Point(36.72, 34.73))
LAYER = 'CREATE TABLE "layer" (fid INTEGER PRIMARY KEY, geom POINT, name TEXT)'


def geopackage(
    *more: str, layer: str = LAYER, geom: object = None, name: object = "Homs", srs_id: int = 4326, contents: str = "", pragma: str = ""
) -> bytes:
    """A GeoPackage with one row, and the statements `more` run in the end; `contents` replaces the table of contents."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.gpkg")
        database = sqlite3.connect(path, isolation_level=None)
        database.execute(f"PRAGMA application_id = {int.from_bytes(b'GPKG', 'big')}")
        if pragma:
            database.execute(pragma)
        for statement in [
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id INTEGER PRIMARY KEY, organization, organization_coordsys_id, definition)",
            "INSERT INTO gpkg_spatial_ref_sys VALUES ('', 4326, 'EPSG', 4326, ''), ('', -1, 'NONE', -1, ''), ('', 0, 'NONE', 0, '')",
            """INSERT INTO gpkg_spatial_ref_sys VALUES
               ('', 100000, 'NONE', 100000, 'PROJCS["x",EXTENSION["PROJ4","+proj=utm +nadgrids=/etc/passwd"]]')""",
            contents or "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)",
            "CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id)",
            f"INSERT INTO gpkg_geometry_columns VALUES ('layer', 'geom', {srs_id})",  # noqa: S608
            *([] if contents else ["INSERT INTO gpkg_contents VALUES ('layer', 'features')"]),
            layer,
        ]:
            database.execute(statement)
        if layer == LAYER:
            database.execute("INSERT INTO layer VALUES (1, ?, ?)", (gpkg_blob(HOMS) if geom is None else geom, name))
        for statement in more:
            database.execute(statement)
        database.close()
        return path.read_bytes()


def parquet(table: pa.Table, geo: object = None, **options: Any) -> bytes:
    """A Parquet file with the metadata `geo`: as JSON, or as they are."""
    if geo is not None:
        table = table.replace_schema_metadata({"geo": geo if isinstance(geo, (str, bytes)) else json.dumps(geo)})
    stream = io.BytesIO()
    pq.write_table(table, stream, **options)
    return stream.getvalue()


def geoparquet(wkb: bytes = HOMS, **described: object) -> bytes:
    column = {"encoding": "WKB", "geometry_types": ["Point"], "crs": {"id": {"authority": "EPSG", "code": 4326}}} | described
    table = pa.table({"id": ["1"], "geometry": pa.array([wkb], pa.binary())})
    return parquet(table, {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}})


def wkb_point(x: float, y: float) -> bytes:
    return struct.pack("<BIdd", 1, 1, x, y)


# -- the kinds of attack ----------------------------------------------------------------------------------------------------------------


class Marker:
    """Its pickle writes a file when it is loaded."""

    path = ""

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.write_text, (Path(self.path), "ran")


def overlapping() -> bytes:
    """A container whose directory names one part many times, each time under another name."""
    single = zipped({"a000.xml": b" " * 100_000})
    start = single.rindex(b"PK\x01\x02")
    end = single.rindex(b"PK\x05\x06")
    record = single[start:end]
    records = b"".join(record.replace(b"a000.xml", f"a{n:03}.xml".encode()) for n in range(500))
    closing = bytearray(single[end:])
    struct.pack_into("<HHI", closing, 8, 500, 500, len(records))
    return single[:start] + records + bytes(closing)


def lying() -> bytes:
    """A workbook whose sheet says that it is much smaller than it is."""
    content = bytearray(workbook(sheet=sheet(HEADER + "<!--" + " " * 3_000_000 + "-->")))
    at = content.rindex(PARTS["sheet"].encode()) - 46
    struct.pack_into("<I", content, at + 24, 300)
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(workbook())
    at = content.rindex(PARTS["sheet"].encode()) - 46
    struct.pack_into("<H", content, at + 8, 1)
    return bytes(content)


def twice() -> bytes:
    first, second = b"xl/workbook1.xml", b"xl/workbook2.xml"
    return zipped({first.decode(): b"<a/>", second.decode(): b"<b/>"}).replace(second, first)


def repeated_text() -> bytes:
    """Parquet that tells one long text once and shows it in 50,000 rows."""
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 50_000, pa.int32()), pa.array(["x" * 8_000_000]))
    return parquet(pa.table({"id": long}), compression="zstd")


def extension_type(marker: Path) -> bytes:
    """Parquet whose schema asks for an extension type that comes as a pickle."""
    payload = Marker()
    payload.path = str(marker)
    field = pa.field(
        "id",
        pa.string(),
        metadata={"ARROW:extension:name": "arrow.py_extension_type", "ARROW:extension:metadata": pickle.dumps(payload)},
    )
    return parquet(pa.table({"id": ["1"]}, schema=pa.schema([field])))


def deep_type(levels: int) -> pa.Array:
    array: pa.Array = pa.array([1])
    for _ in range(levels):
        array = pa.StructArray.from_arrays([array], ["a"])
    return array


RECURSIVE = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, 'features' AS data_type FROM n"

MASQUERADES = [
    *(
        Hostile(f"VRT named {ending}", f"x{ending}", lambda: VRT.format(source="/etc/passwd").encode(), "looks like XML")
        for ending in (".csv", ".xlsx", ".geojson", ".json", ".gpkg", ".parquet")
    ),
    Hostile("VRT behind white space", "x.csv", lambda: b"\xef\xbb\xbf \r\n\t" + VRT.format(source="/vsizip/x").encode(), "looks like XML"),
    Hostile("VRT", "x.vrt", lambda: VRT.format(source="/etc/passwd").encode(), "files of this kind are not read"),
    Hostile("KML", "x.kml", KML.encode, "files of this kind are not read"),
    Hostile("KML named GeoJSON", "x.geojson", KML.encode, "looks like XML"),
    Hostile("a zip within GeoPackage's name", "x.gpkg.zip", lambda: zipped({"x.gpkg": geopackage()}), "files of this kind are not read"),
    Hostile("a zip within CSV's name", "x.csv.zip", lambda: zipped({"x.csv": b"a\n1\n"}), "files of this kind are not read"),
    Hostile("a zip named CSV", "x.csv", lambda: zipped({"x.csv": b"a\n1\n"}), "looks like a zip archive"),
    Hostile("a zip named GeoPackage", "x.gpkg", lambda: zipped({"x.gpkg": b"\0" * 100_000}), "looks like a zip archive"),
    Hostile("an old workbook", "x.xls", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "files of this kind are not read"),
    Hostile("an old workbook with a new name", "x.xlsx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old or encrypted Office file"),
    Hostile("a workbook with macros", "x.xlsm", workbook, "files of this kind are not read"),
    Hostile("a shapefile", "x.shp", lambda: b"\0\0\x27\x0a" + b"\0" * 96, "files of this kind are not read"),
    Hostile("a pickle", "x.pkl", lambda: pickle.dumps([1]), "files of this kind are not read"),
    *(
        Hostile(f"a pickle named {ending}", f"x{ending}", lambda: pickle.dumps({"a": 1}), "looks like a pickle")
        for ending in (".csv", ".xlsx", ".geojson", ".gpkg", ".parquet")
    ),
    Hostile("a gzip named CSV", "x.csv", lambda: gzip.compress(b"a,b\n" * 1_000_000), "looks like gzip"),
    Hostile("JSON named CSV", "x.csv", collection, "looks like JSON"),
    Hostile("CSV named GeoJSON", "x.geojson", lambda: b"a,b\n1,2\n", "looks like something else"),
    Hostile("no ending", "passwd", lambda: b"root:x:0:0\n", "files of this kind are not read"),
    Hostile("empty", "x.csv", lambda: b"", "is empty"),
    Hostile(
        "a database of something else", "x.gpkg", lambda: geopackage(pragma="PRAGMA application_id = 1"), "looks like an SQLite database"
    ),
]

CSV = [
    Hostile("only a byte order mark", "x.csv", lambda: b"\xef\xbb\xbf", "row 1: has no header"),
    Hostile("a blank first line", "x.csv", lambda: b"\r\na,b\r\n", "row 1: has no header"),
    Hostile("NUL bytes", "x.csv", lambda: b"a,b\n1,2\n3,\0\n", "row 3: holds a NUL character"),
    Hostile("UTF-16", "x.csv", lambda: "a,b\n1,2\n".encode("utf-16"), "row 1: is not UTF-8 text"),
    Hostile("another encoding", "x.csv", lambda: "id,name\n1,حمص\n".encode("cp1256"), "row 2: is not UTF-8 text"),
    Hostile("a name twice in the header", "x.csv", lambda: b"a,b, a\n1,2,3\n", "column 'a': stands twice in the header"),
    Hostile("a cell too many", "x.csv", lambda: b"a,b\n1,2\n1,2,3\n", "row 3: has 3 cells where the header has 2"),
    Hostile("a quote never closed", "x.csv", lambda: b'a,b\n1,"x\ny\n2,z\n', "row 2: has a quote that is never closed"),
    Hostile("a quote in the middle", "x.csv", lambda: b'a,b\n1,"x"y\n', "row 2: has a quote in the wrong place"),
    Hostile("one cell of 10 MB", "x.csv", lambda: b"a\n" + b"x" * 10_000_000, "row 2, column 'a': is longer than 10,000 characters"),
    Hostile("a million columns", "x.csv", lambda: b",".join(b"c%d" % n for n in range(1_000_000)), "has more than 200 columns"),
    Hostile("a column name of 5 MB", "x.csv", lambda: b"x" * 5_000_000 + b"\n1\n", "has a column name that is too long"),
    Hostile("a million rows", "x.csv", lambda: b"a\n" + b"1\n" * 1_000_000, "has more than 100,000 rows"),
    Hostile("more than 20 MB", "x.csv", lambda: b"a\n" * 10_000_001, "is larger than 20 MB"),
    Hostile(
        "more cells than the server wants to hold",
        "x.csv",
        lambda: b",".join(b"c%d" % n for n in range(200)) + b"\n" + (b"1" + b"," * 199 + b"\n") * 20_000,
        "has more than 2,000,000 cells",
    ),
    Hostile("a cell without a column name", "x.csv", lambda: b"a,\n1,2\n", "row 2: has a cell in a column without a name"),
    *(
        Hostile(f"a position of {bad}", "x.csv", lambda bad=bad: f"longitude,latitude\n38,34\n{bad},34\n".encode(), f"longitude': {said}")
        for bad, said in [
            ("nan", "nan is not"),
            ("inf", "inf is not"),
            ("181", "181 is not"),
            ("1e999", "1e999 is not"),
            ("38;5", "'38;5' is no"),
        ]
    ),
    Hostile(
        "a latitude of 90.5", "x.csv", lambda: b"longitude,latitude\n38,90.5\n", "row 2, column 'latitude': 90.5 is not between -90 and 90"
    ),
    Hostile("half a position", "x.csv", lambda: b"longitude;latitude\n38;\n", "row 2, column 'latitude': is empty"),
    Hostile("a column name that is a formula of terminals", "x.csv", lambda: b"\x1b[2J,\x1b[2J\n", "column '\\x1b[2J': stands twice"),
]

XLSX = [
    Hostile("a bomb of 200 MB", "x.xlsx", lambda: workbook(picture=b" " * 200_000_000), "expands to more than 200 MB"),
    Hostile("a bomb of 5 MB in 5 KB", "x.xlsx", lambda: workbook(picture=b" " * 5_000_000), "expands more than 200-fold"),
    Hostile("a sheet that says it is smaller", "x.xlsx", lying, "is damaged"),
    Hostile("parts that overlap", "x.xlsx", overlapping, "has parts that overlap"),
    Hostile("a part twice", "x.xlsx", twice, "has parts that overlap"),
    Hostile("two thousand parts", "x.xlsx", lambda: zipped({f"{n}.xml": b"" for n in range(2_000)}), "has more than 1,000 parts"),
    Hostile("a workbook within a workbook", "x.xlsx", lambda: zipped({"x.xlsx": workbook()}), "is damaged"),
    Hostile("an encrypted part", "x.xlsx", encrypted, "is encrypted"),
    Hostile("a packing of another kind", "x.xlsx", lambda: zipped({"a.xml": b"<a/>"}, zipfile.ZIP_LZMA), "packed in a way"),
    Hostile("macros", "x.xlsx", lambda: workbook(macros=b"\xd0\xcf\x11\xe0"), "holds macros"),
    Hostile(
        "a workbook that calls itself one with macros",
        "x.xlsx",
        lambda: workbook(types=b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'),
        "holds macros",
    ),
    Hostile("one cell far away", "x.xlsx", lambda: workbook(far="XFD1048576"), "row 1048576: has a cell right of the last column"),
    Hostile("a row beyond the last", "x.xlsx", lambda: workbook(sheet=sheet(HEADER + f'<row r="{2**40}"/>')), "rows after the last one"),
    Hostile("rows out of order", "x.xlsx", lambda: workbook(sheet=sheet(f'<row r="2"/>{HEADER}')), "has rows out of order"),
    Hostile(
        "a column that none can be",
        "x.xlsx",
        lambda: workbook(sheet=sheet(HEADER + f'<row r="2">{cell("ZZZZZZ2", "x")}</row>')),
        "is damaged",
    ),
    Hostile(
        "a string that is not there", "x.xlsx", lambda: workbook(sheet=sheet('<row r="1"><c r="A1" t="s"><v>9</v></c></row>')), "is damaged"
    ),
    Hostile(
        "a billion laughs",
        "x.xlsx",
        lambda: workbook(sheet=sheet(f'<row r="1">{cell("A1", "&a9;")}</row>', LAUGHS)),
        "declares a document type",
    ),
    Hostile(
        "a file as entity",
        "x.xlsx",
        lambda: workbook(sheet=sheet(f'<row r="1">{cell("A1", "&a9;")}</row>', XXE)),
        "declares a document type",
    ),
    Hostile("a document type in UTF-16", "x.xlsx", lambda: workbook(sheet=sheet(HEADER, XXE, "UTF-16")), "declares a document type"),
    Hostile("a document type in the strings", "x.xlsx", lambda: workbook(strings=LAUGHS.encode() + b"<sst/>"), "declares a document type"),
    Hostile("a document type in the relations", "x.xlsx", lambda: workbook(relations=XXE.encode() + b"<a/>"), "declares a document type"),
    Hostile("a document type in a picture", "x.xlsx", lambda: workbook(picture=XXE.encode() + b"<a/>"), "declares a document type"),
    Hostile("XML nested 100,000 deep", "x.xlsx", lambda: workbook(sheet=sheet("<a>" * 100_000 + "</a>" * 100_000)), "has no header"),
    Hostile("16,000 columns", "x.xlsx", lambda: workbook([[f"c{n}" for n in range(16_000)]]), "has more than 200 columns"),
    Hostile("a NUL character", "x.xlsx", lambda: workbook([["id"], ["a_x0000_b"]]), "row 2, column 'id': holds a NUL character"),
    Hostile("only the start of a workbook", "x.xlsx", lambda: workbook()[:1_000], "is damaged"),
    Hostile(
        "a sheet that is a file of the server",
        "x.xlsx",
        lambda: workbook(
            relations=b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/../../../etc/passwd"/>'
            b"</Relationships>"
        ),
        "has no visible sheet",
    ),
]

GEOJSON = [
    Hostile("lists 100,000 deep", "x.geojson", lambda: b'{"a":' + b"[" * 100_000, "is nested more than 20 deep"),
    Hostile(
        "objects nested in properties",
        "x.geojson",
        lambda: b'{"features":[' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        "nested more than 20",
    ),
    Hostile("a position that is no number", "x.geojson", lambda: collection(feature(point(math.nan, 34))), "holds NaN"),
    Hostile("an endless position", "x.geojson", lambda: collection(feature(point(38, -math.inf))), "holds -Infinity"),
    Hostile("a position of 1e999", "x.geojson", lambda: collection(feature(point(38, 7))).replace(b"7", b"1e999"), "not a pair of numbers"),
    Hostile("a position of 400 digits", "x.geojson", lambda: collection(feature(point(10**400, 34))), "not a pair of numbers"),
    Hostile("a number of 5,000 digits", "x.geojson", lambda: b'{"a":' + b"9" * 5_000 + b"}", "a number that is too long"),
    Hostile(
        "a property of 1e999",
        "x.geojson",
        lambda: collection(feature(n=7)).replace(b": 7", b": 1e999"),
        "column 'n': is not a finite number",
    ),
    Hostile(
        "a longitude of 200", "x.geojson", lambda: collection(feature(), feature(point(200, 34))), "row 2, column 'longitude': 200 is not"
    ),
    Hostile("one number as position", "x.geojson", lambda: collection(feature(point(38))), "row 1, column 'geometry': is a point that"),
    Hostile("texts as position", "x.geojson", lambda: collection(feature(point("38", "34"))), "not a pair of numbers"),
    Hostile("a line", "x.geojson", lambda: collection(feature({"type": "LineString", "coordinates": [[1, 2], [3, 4]]})), "is a LineString"),
    Hostile("no CRS", "x.geojson", lambda: collection(feature(point(38, 34)), crs=None), "names no CRS"),
    Hostile(
        "a CRS on the web", "x.geojson", lambda: collection(feature(point(38, 34)), crs={"type": "link", "properties": {}}), "names no CRS"
    ),
    Hostile(
        "a CRS that is none", "x.geojson", lambda: collection(feature(point(38, 34)), crs="EPSG:999999"), "EPSG:999999, from which no way"
    ),
    Hostile(
        "a CRS with a file", "x.geojson", lambda: collection(feature(point(1, 2)), crs="+proj=utm +nadgrids=/etc/passwd"), "no CRS of EPSG"
    ),
    Hostile("far from its CRS", "x.geojson", lambda: collection(feature(point(1e300, 0)), crs="EPSG:32637"), "row 1"),
    Hostile(
        "a name twice", "x.geojson", lambda: b'{"type": "FeatureCollection", "features": [], "features": [1]}', "stands twice in one object"
    ),
    Hostile("another type", "x.geojson", lambda: json.dumps(feature(point(38, 34))).encode(), "is not a GeoJSON FeatureCollection"),
    Hostile("features that are none", "x.geojson", lambda: collection(feature(), 7), "row 2: is not a GeoJSON Feature"),
    Hostile("half of a file", "x.geojson", lambda: collection(feature(point(38, 34)))[:-10], "is not JSON from line 1 on"),
    Hostile("another encoding", "x.geojson", lambda: b'{"a": "\xff"}', "is not UTF-8 text"),
    Hostile("half a character", "x.geojson", lambda: collection(feature(name="\ud800")), "column 'name': is not UTF-8 text"),
    Hostile("a NUL character", "x.geojson", lambda: collection(feature(name="a\0b")), "column 'name': holds a NUL character"),
    Hostile(
        "a million columns", "x.geojson", lambda: collection(feature(**{f"c{n}": 1 for n in range(100_000)})), "has more than 200 columns"
    ),
    Hostile("a table in a cell", "x.geojson", lambda: collection(feature(name={"a": 1})), "column 'name': holds a nested value"),
    Hostile("lists in a list", "x.geojson", lambda: collection(feature(name=[["a"]])), "column 'name': holds lists within a list"),
    Hostile("two positions", "x.geojson", lambda: collection(feature(point(38, 34), longitude=36)), "is 36, but the geometry lies at 38"),
]

GEOPACKAGE = [
    Hostile(
        "a layer that never ends",
        "x.gpkg",
        lambda: geopackage(layer="CREATE VIEW layer AS " + RECURSIVE.replace("x", "geom")),
        "not a plain table",
    ),
    Hostile(
        "contents that never end",
        "x.gpkg",
        lambda: geopackage(contents="CREATE VIEW gpkg_contents AS " + RECURSIVE.replace("x", "table_name")),
        "not a plain table",
    ),
    Hostile(
        "a virtual table", "x.gpkg", lambda: geopackage(layer="CREATE VIRTUAL TABLE layer USING rtree(fid, a, b)"), "not a plain table"
    ),
    Hostile(
        "a column that is computed",
        "x.gpkg",
        lambda: geopackage(layer="CREATE TABLE layer (fid INTEGER PRIMARY KEY, geom, name AS (hex(zeroblob(1000000000))))"),
        "computed columns",
    ),
    Hostile(
        "a geometry that is broken", "x.gpkg", lambda: geopackage(geom=gpkg_blob(b"\1\1\0\0\0abc")), "row 1, column 'geometry': is damaged"
    ),
    Hostile(
        "a line of four thousand million points",
        "x.gpkg",
        lambda: geopackage(geom=gpkg_blob(struct.pack("<BII", 1, 2, 0xFFFFFFFF))),
        "row 1, column 'geometry': is damaged",
    ),
    Hostile("a geometry that is a text", "x.gpkg", lambda: geopackage(geom="POINT (1 2)"), "row 1, column 'geometry': is damaged"),
    Hostile("a header that is none", "x.gpkg", lambda: geopackage(geom=b"XX" + gpkg_blob(HOMS)[2:]), "is damaged"),
    Hostile("an envelope of an unknown kind", "x.gpkg", lambda: geopackage(geom=gpkg_blob(HOMS, flags=0b1111)), "is damaged"),
    Hostile(
        "a line", "x.gpkg", lambda: geopackage(geom=gpkg_blob(shapely.to_wkb(shapely.LineString([(1, 2), (3, 4)])))), "is a LineString"
    ),
    Hostile(
        "a point without position", "x.gpkg", lambda: geopackage(geom=gpkg_blob(wkb_point(math.nan, math.nan))), "not a pair of numbers"
    ),
    Hostile("half a position", "x.gpkg", lambda: geopackage(geom=gpkg_blob(wkb_point(38, math.nan))), "not a pair of numbers"),
    Hostile("an endless position", "x.gpkg", lambda: geopackage(geom=gpkg_blob(wkb_point(math.inf, 34))), "not a pair of numbers"),
    Hostile("a latitude of 91", "x.gpkg", lambda: geopackage(geom=gpkg_blob(wkb_point(38, 91))), "row 1, column 'latitude': 91 is not"),
    Hostile("another CRS in a geometry", "x.gpkg", lambda: geopackage(geom=gpkg_blob(HOMS, 32637)), "has another CRS than its layer"),
    Hostile("an undefined CRS", "x.gpkg", lambda: geopackage(geom=gpkg_blob(HOMS, -1), srs_id=-1), "names no CRS"),
    Hostile("a CRS that is missing", "x.gpkg", lambda: geopackage(geom=gpkg_blob(HOMS, 7), srs_id=7), "names no CRS"),
    Hostile("a CRS with a file", "x.gpkg", lambda: geopackage(geom=gpkg_blob(HOMS, 100000), srs_id=100000), "which is no CRS of EPSG"),
    Hostile("no layer", "x.gpkg", lambda: geopackage("DELETE FROM gpkg_contents"), "has no layer"),
    Hostile(
        "two layers", "x.gpkg", lambda: geopackage("INSERT INTO gpkg_contents VALUES ('b', 'features')"), "has 2 layers ('layer', 'b')"
    ),
    Hostile("a layer that is not there", "x.gpkg", lambda: geopackage("DROP TABLE layer"), "not a plain table"),
    Hostile(
        "a layer of the database itself",
        "x.gpkg",
        lambda: geopackage("UPDATE gpkg_contents SET table_name = 'sqlite_master'"),
        "not a plain",
    ),
    Hostile("binary data as a name", "x.gpkg", lambda: geopackage(name=b"\x80\x04N."), "row 1, column 'name': holds binary data"),
    Hostile(
        "another encoding", "x.gpkg", lambda: geopackage("UPDATE layer SET name = CAST(x'ff' AS TEXT)"), "column 'name': is not UTF-8 text"
    ),
    Hostile(
        "a thousand columns",
        "x.gpkg",
        lambda: geopackage(layer=f"CREATE TABLE layer (geom, {', '.join(f'c{n}' for n in range(1000))})"),
        "has more than 200 columns",
    ),
    Hostile(
        "a schema that is none",
        "x.gpkg",
        lambda: geopackage("PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = 'CREATE TABLE x(' WHERE name = 'layer'"),
        "is a damaged GeoPackage",
    ),
    Hostile("half of a file", "x.gpkg", lambda: geopackage()[:6_000], "is a damaged GeoPackage"),
    Hostile("only a header", "x.gpkg", lambda: geopackage()[:100], "is a damaged GeoPackage"),
    Hostile("pages of noise", "x.gpkg", lambda: (whole := geopackage())[:100] + b"\xa5" * (len(whole) - 100), "is a damaged GeoPackage"),
]

GEOPARQUET = [
    Hostile("only the marks of Parquet", "x.parquet", lambda: b"PAR1PAR1", "is damaged Parquet"),
    Hostile("half of a file", "x.parquet", lambda: geoparquet()[:200], "is damaged Parquet"),
    Hostile("a foot longer than the file", "x.parquet", lambda: geoparquet()[:-8] + b"\xff\xff\xff\x7fPAR1", "is damaged Parquet"),
    Hostile("pages of noise", "x.parquet", lambda: b"PAR1" + b"\xa5" * 60 + geoparquet()[64:], "is damaged"),
    Hostile(
        "five million rows in a few bytes",
        "x.parquet",
        lambda: parquet(pa.table({"id": pa.nulls(5_000_000)})),
        "has more than 100,000 rows",
    ),
    Hostile("one long text 50,000 times", "x.parquet", repeated_text, "takes too much memory"),
    Hostile(
        "100 MB of text in 500 bytes",
        "x.parquet",
        lambda: parquet(pa.table({"id": ["x" * 10_000] * 10_000}), compression="zstd"),
        "holds more than 50,000,000 bytes of text",
    ),
    Hostile(
        "ten thousand columns", "x.parquet", lambda: parquet(pa.table({f"c{n}": [1] for n in range(10_000)})), "has more than 200 columns"
    ),
    Hostile("structures 90 deep", "x.parquet", lambda: parquet(pa.table({"id": deep_type(90)})), "holds a nested value"),
    Hostile("binary data", "x.parquet", lambda: parquet(pa.table({"id": [b"\x80\x04N."]})), "row 1, column 'id': holds binary data"),
    Hostile("a table in a cell", "x.parquet", lambda: parquet(pa.table({"id": [{"a": 1}]})), "holds a nested value"),
    Hostile("a number that is none", "x.parquet", lambda: parquet(pa.table({"id": [math.nan]})), "is not a finite number"),
    Hostile("no CRS", "x.parquet", lambda: geoparquet(crs=None), "names no CRS"),
    Hostile(
        "a CRS in words of its own", "x.parquet", lambda: geoparquet(crs={"type": "GeographicCRS"}), "declares a CRS that is none of EPSG"
    ),
    Hostile("a CRS with a file", "x.parquet", lambda: geoparquet(crs="+proj=utm +nadgrids=/etc/passwd"), "which is no CRS of EPSG"),
    Hostile("another encoding of geometry", "x.parquet", lambda: geoparquet(encoding="point"), "not well-known binary"),
    Hostile("metadata that are none", "x.parquet", lambda: parquet(pa.table({"id": ["1"]}), "{"), "its metadata are no JSON"),
    Hostile("metadata without geometry", "x.parquet", lambda: parquet(pa.table({"id": ["1"]}), []), "say nothing about its geometry"),
    Hostile("metadata 100,000 deep", "x.parquet", lambda: parquet(pa.table({"id": ["1"]}), "[" * 100_000), "is nested too deeply"),
    Hostile(
        "a geometry that is missing",
        "x.parquet",
        lambda: parquet(pa.table({"id": ["1"]}), {"primary_column": "g", "columns": {"g": {"encoding": "WKB"}}}),
        "its geometry column is missing",
    ),
    Hostile("a geometry that is broken", "x.parquet", lambda: geoparquet(b"\1\1\0\0\0abc"), "row 1, column 'geometry': is damaged"),
    Hostile("a polygon", "x.parquet", lambda: geoparquet(shapely.to_wkb(shapely.box(1, 2, 3, 4))), "is a Polygon"),
    Hostile("a point without position", "x.parquet", lambda: geoparquet(wkb_point(math.nan, math.nan)), "not a pair of numbers"),
    Hostile("an endless position", "x.parquet", lambda: geoparquet(wkb_point(38, -math.inf)), "not a pair of numbers"),
    Hostile("a longitude of 181", "x.parquet", lambda: geoparquet(wkb_point(181, 34)), "row 1, column 'longitude': 181 is not"),
]

NAMES = [
    Hostile("a way out of the folder", "../../../etc/cron.d/x.csv", lambda: b"a,a\n", "x.csv, column 'a'"),
    Hostile("a way out on Windows", "..\\..\\x.csv", lambda: b"a,a\n", "x.csv, column 'a'"),
    Hostile("only a way", "../", lambda: b"a,a\n", "file: files of this kind"),
    Hostile("text that runs backwards", "x\u202evsc.exe.csv", lambda: b"a,a\n", "x\\u202evsc.exe.csv"),
    Hostile("several lines", "x.csv\nY.csv: all is well.csv", lambda: b"a,a\n", "x.csv\\nY.csv"),
    Hostile("commands to a terminal", "\x1b]0;owned\x07.csv", lambda: b"a,a\n", "\\x1b]0;owned\\x07.csv"),
    Hostile("half a character", "x\udc80.csv", lambda: b"a,a\n", "x\\udc80.csv"),
    Hostile("a name of 100,000 letters", "x" * 100_000 + ".csv", lambda: b"a,a\n", "x…, column 'a'"),
    Hostile("a NUL character", "x\0.csv", lambda: b"a,a\n", "x\\x00.csv"),
]

HOSTILE = {
    f"{kind}: {each.what}": each
    for kind, files in {
        "another kind": MASQUERADES,
        "csv": CSV,
        "xlsx": XLSX,
        "geojson": GEOJSON,
        "gpkg": GEOPACKAGE,
        "geoparquet": GEOPARQUET,
        "names": NAMES,
    }.items()
    for each in files
}
