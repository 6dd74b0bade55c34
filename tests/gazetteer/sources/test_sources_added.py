"""Files that users add: what is read of them, and what is refused."""

import csv
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from gazetteer import SchemaError
from gazetteer.place import Record
from gazetteer.sources.readers.admin1 import GEONAMES_CODES, OCHA_PCODES, Provinces
from gazetteer.sources.readers.anything import Chosen, read_anything
from gazetteer.sources.readers.geonames_dump import read_geonames_dump
from gazetteer.sources.readers.ocha import read_ocha
from gazetteer.sources.readers.provinces import read_provinces
from gazetteer.sources.readers.whosonfirst import read_whosonfirst
from gazetteer.sources.tables import files, rows

DATA = Path(__file__).parents[3] / "data"
PROVINCES = Provinces(record.place for record in read_provinces(DATA / "provinces.csv"))

OCHA = """\
admin0Pcode,admin1Name_en,admin1Name_ar,admin1Pcode,LocationName_en,LocationName_ar,Location_Pcode,Latitude_y,Longitude_x
SY,Homs,حمص,SY04,Hawarin,حوارين,C2664,34.268698,37.075621
SY,Damascus,دمشق,SY01,Yarmuk (Damascus),اليرموك - دمشق,C1002,33.471206,36.305668
"""
WHOSONFIRST = """\
id,geonameid,name,lat,lon,adm1_pcode,fcode,pop,names
wof:421,167488,Mahīn,34.24168,37.05843,SY04,PPL,11717,Mahin|Mhine|مهين
"""
DUMP_MAHIN = (
    "167488\tMahīn\tMahin\tMahin,Mhine,QHS,مهين\t34.24168\t37.05843\tP\tPPL\tSY\t\t11\t\t\t\t11717\t\t900\tAsia/Damascus\t2015-01-01"
)
DUMP_DISTRICT = DUMP_MAHIN.replace("167488\t", "9\t").replace("\tP\tPPL\t", "\tA\tADM3\t")

Read = Callable[[Path, Callable[[SchemaError], None]], Iterator[Record]]


def ocha(path: Path, report) -> Iterator[Record]:
    return read_ocha(path, PROVINCES, report)


def whosonfirst(path: Path, report) -> Iterator[Record]:
    return read_whosonfirst(path, PROVINCES, report)


def dump(path: Path, report) -> Iterator[Record]:
    return read_geonames_dump(path, PROVINCES, report)


def table(path: Path, report) -> Iterator[Record]:
    return read_anything(path, "notes", PROVINCES, report, Chosen())


def read(reader: Read, path: Path) -> tuple[list[Record], list[SchemaError]]:
    problems: list[SchemaError] = []
    return list(reader(path, problems.append)), problems


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    return path


def test_a_row_of_ocha_is_a_place_with_both_names_in_its_province(tmp_path: Path):
    records, problems = read(ocha, written(tmp_path / "o.csv", OCHA))
    hawarin, yarmuk = (record.place for record in records)
    assert problems == []
    assert (hawarin.place_id, hawarin.name, hawarin.name_ar, hawarin.admin1) == ("ocha-C2664", "Hawarin", "حوارين", "SY-HI")
    assert (hawarin.longitude, hawarin.latitude) == (37.075621, 34.268698)
    assert {"Yarmuk", "اليرموك"} < set(yarmuk.names)
    assert "دمشق" not in yarmuk.names


def test_the_codes_of_ocha_and_geonames_name_each_province_once():
    assert sorted(OCHA_PCODES.values()) == sorted(PROVINCES.by_code) == sorted(GEONAMES_CODES.values())


@pytest.mark.parametrize(
    ("pcode", "name"),
    [("SY01", "Damascus"), ("SY02", "Aleppo"), ("SY03", "Rural Damascus"), ("SY04", "Homs"), ("SY05", "Hama"), ("SY06", "Lattakia"),
     ("SY07", "Idleb"), ("SY08", "Al-Hasakeh"), ("SY09", "Deir-ez-Zor"), ("SY10", "Tartous"), ("SY11", "Ar-Raqqa"), ("SY12", "Dar'a"),
     ("SY13", "As-Sweida"), ("SY14", "Quneitra")],
)  # fmt: skip
def test_a_p_code_is_the_province_that_ocha_calls_so(pcode: str, name: str):
    assert PROVINCES.code(pcode, "SY") == PROVINCES.code(name, "SY") != ""


def test_a_province_is_known_by_its_code_in_its_own_country_only():
    assert (PROVINCES.code("sy-hi", "SY"), PROVINCES.code("محافظة", "SY"), PROVINCES.code("SY-XX", "SY")) == ("SY-HI", "", "")
    assert (PROVINCES.code("SY-HI", "IQ"), PROVINCES.code("SY04", "IQ"), PROVINCES.code("IQ-AR", "IQ")) == ("", "", "IQ-AR")


def test_a_row_of_whos_on_first_keeps_its_number_of_geonames(tmp_path: Path):
    ((record,), problems) = read(whosonfirst, written(tmp_path / "w.csv", WHOSONFIRST))
    assert problems == []
    assert (record.place.place_id, record.place.geonames_id, record.place.population) == ("wof-421", 167488, 11717)
    assert (record.place.admin1, record.place.name_ar) == ("SY-HI", "مهين")


def test_the_geojson_of_whos_on_first_is_read_at_its_label_and_what_is_superseded_is_left_out(tmp_path: Path):
    properties = {
        "wof:id": 421, "wof:name": "Mahin", "wof:country": "SY",
        "name:ara_x_preferred": ["مهين"], "name:eng_x_variant": ["Mheen", "Maheen"],
        "wof:concordances": {"gn:id": 167488}, "lbl:longitude": 37.0584, "lbl:latitude": 34.2417, "wof:superseded_by": [],
    }  # fmt: skip
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [37.1, 34.2]}}
    gone = {"type": "Feature", "properties": properties | {"wof:id": 7, "wof:superseded_by": [421]}, "geometry": None}
    path = written(tmp_path / "w.geojson", json.dumps({"type": "FeatureCollection", "features": [feature, gone]}))
    ((record,), problems) = read(whosonfirst, path)
    assert problems == []
    assert (record.place.longitude, record.place.latitude, record.place.geonames_id) == (37.0584, 34.2417, 167488)
    assert record.place.names == ("Mahin", "مهين", "Mheen", "Maheen")


def test_a_dump_is_read_plain_and_zipped_without_districts_and_codes(tmp_path: Path):
    text = f"{DUMP_MAHIN}\n{DUMP_DISTRICT}\n"
    plain = read(dump, written(tmp_path / "SY.txt", text))
    assert read(dump, zipped(tmp_path / "SY.zip", SY=text, readme="read me")) == plain
    ((record,), problems) = plain
    assert problems == []
    assert (record.place.place_id, record.place.admin1, record.place.longitude) == ("geonames-167488", "SY-HI", 37.05843)
    assert record.place.names == ("Mahīn", "Mahin", "Mhine", "مهين")


def test_alternate_names_bring_their_languages(tmp_path: Path):
    dumped = written(tmp_path / "SY.txt", DUMP_MAHIN + "\n")
    lines = ("1\t167488\tar\tمَهِين\t1\t\t\t\t\t", "2\t167488\tlink\thttps://example.org\t\t\t\t\t\t", "3\t5\ten\tElsewhere\t\t\t\t\t\t")
    names = zipped(tmp_path / "names.zip", alternateNamesV2="\n".join(lines))
    (record,) = read_geonames_dump(dumped, PROVINCES, pytest.fail, names)
    kinds = {name.text: name.kind for name in record.names}
    assert kinds["مَهِين"] == "the preferred name in the language 'ar'"
    assert not {"https://example.org", "Elsewhere"} & set(kinds)


@pytest.mark.parametrize(
    "header", ["Village,Lat,Long,Governorate,Arabic", "name_en;Y;X;admin1;name_ar", "PLACENAME\tlat_dd\tlon-dd\tProvince\tName (AR)"]
)
def test_the_columns_of_any_table_are_recognised(tmp_path: Path, header: str):
    delimiter = next(mark for mark in "\t;," if mark in header)
    path = written(tmp_path / "t.csv", f"{header}\n{delimiter.join(('Mheen', '34.24', '37.05', 'Homs', 'مهين'))}\n")
    ((record,), problems) = read(table, path)
    assert problems == []
    assert (record.place.longitude, record.place.latitude) == (37.05, 34.24)
    assert (record.place.names, record.place.admin1, record.place.sources) == (("Mheen", "مهين"), "SY-HI", ("notes",))


def test_columns_that_are_named_win(tmp_path: Path):
    path = written(tmp_path / "t.csv", "name,label,a,b\nwrong,Mheen,37.05,34.24\n")
    chosen = Chosen(name="label", longitude="a", latitude="b")
    (record,) = read_anything(path, "notes", PROVINCES, pytest.fail, chosen)
    assert (record.place.name, record.place.longitude) == ("Mheen", 37.05)
    with pytest.raises(SchemaError, match="there is no such column; there are 'name', 'label', 'a', 'b'"):
        list(read_anything(path, "notes", PROVINCES, pytest.fail, Chosen(name="nom")))


def test_a_workbook_and_a_geojson_are_tables_too(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["name", "lat", "lon"])
    book.active.append(["Mheen", 34.24, 37.05])
    book.save(tmp_path / "t.xlsx")
    feature = {"type": "Feature", "properties": {"name": "Mheen"}, "geometry": {"type": "Point", "coordinates": [37.05, 34.24]}}
    written(tmp_path / "t.geojson", json.dumps(feature))
    for name in ("t.xlsx", "t.geojson"):
        ((record,), problems) = read(table, tmp_path / name)
        assert problems == []
        assert (record.place.name, record.place.longitude, record.place.latitude) == ("Mheen", 37.05, 34.24)


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        ("Mheen,north,37.05", "lat", "'north' is not a number between -90 and 90"),
        ("Mheen,nan,37.05", "lat", "'nan' is not a number"),
        ("Mheen,34.24,inf", "lon", "'inf' is not a number between -180 and 180"),
        ("Mheen,34.24,181", "lon", "'181' is not a number"),
        ("Mheen,,37.05", "lat", "is empty"),
        (",34.24,37.05", "name", "is empty"),
        ("...,34.24,37.05", "name", "'...' is no name"),
        ("Mheen,37.05,34.24", "lon", "lies outside SY; longitude and latitude seem to be swapped"),
        ("Mheen,0,0", "lon", "longitude 0, latitude 0 lies outside SY"),
        ("Mheen,34.24,37.05,more", None, "has 4 cells under 3 columns"),
    ],
)
def test_a_wrong_row_is_named_by_file_row_and_column_and_the_others_are_kept(tmp_path: Path, row: str, column: str | None, problem: str):
    path = written(tmp_path / "t.csv", f"name,lat,lon\nHawareen,34.27,37.08\n{row}\nHoms,34.73,36.71\n")
    records, (error,) = read(table, path)
    assert [record.place.name for record in records] == ["Hawareen", "Homs"]
    assert (error.file, error.row, error.column) == (path, 3, column)
    assert problem in error.problem


def test_a_key_that_is_there_twice_is_a_wrong_row(tmp_path: Path):
    records, (error,) = read(ocha, written(tmp_path / "o.csv", OCHA + OCHA.splitlines()[1] + "\n"))
    assert len(records) == 2
    assert (error.row, error.column, error.problem) == (4, "Location_Pcode", "'C2664' is in row 2 already")


@pytest.mark.parametrize(
    ("reader", "text", "problem"),
    [
        (ocha, "name,lat,lon\na,1,2\n", "the column is missing; OCHA's populated places have LocationName_en"),
        (whosonfirst, "name,lat,lon\na,1,2\n", "the column is missing; expected id, name, lat, lon"),
        (dump, "name,lat,lon\na,1,2\n", "has 1 columns where a GeoNames dump has 19"),
        (table, "who,lat,lon\na,1,2\n", "no column for the name was recognised among 'who', 'lat', 'lon'; name it with --name-column"),
        (table, "name,name,lat,lon\na,b,1,2\n", "the column is there twice"),
        (table, '<?xml version="1.0"?><kml/>', "is XML or HTML"),
        (table, "", "is empty"),
        (table, "[1, 2]", "no GeoJSON FeatureCollection or Feature"),
        (table, '{"a": ' * 100, "is nested more than 64 deep"),
        (table, '{"type": "FeatureCollection", "features": 3}', "no GeoJSON"),
        (table, '{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:32637"}}, "features": []}', "is not WGS 84"),
        (table, "name,lat,lon\n" + "a" * 1_000_001, "the line is longer than 1,000,000 bytes"),
    ],
)
def test_a_file_of_another_form_is_refused_in_one_sentence(tmp_path: Path, reader: Read, text: str, problem: str):
    with pytest.raises(SchemaError, match=problem) as caught:
        read(reader, written(tmp_path / "t.csv", text))
    assert "\n" not in str(caught.value)


def test_a_missing_file_a_directory_and_another_encoding_are_refused(tmp_path: Path):
    (tmp_path / "latin.csv").write_bytes("name,lat,lon\nMahīn,34,37\n".encode("utf-16"))
    for name, problem in (("none.csv", "does not exist"), (".", "is not a file"), ("latin.csv", "is not UTF-8")):
        with pytest.raises(SchemaError, match=problem):
            read(table, tmp_path / name)


def test_too_many_rows_and_too_large_a_file_are_refused(tmp_path: Path):
    path = written(tmp_path / "t.csv", OCHA)
    with pytest.raises(SchemaError, match="has more than 2 rows"), path.open("rb") as file:
        list(files.text_lines(path, file, files.Limits(rows=2)))
    with pytest.raises(SchemaError, match="more than the 0 MB that are read"):
        files.check_file(path, files.Limits(file_bytes=10))


def test_a_zip_that_expands_beyond_reason_is_refused(tmp_path: Path):
    with pytest.raises(SchemaError, match="expands to more than 200 times its size"):
        read(dump, zipped(tmp_path / "SY.zip", SY="0" * 5_000_000))
    with (
        pytest.raises(SchemaError, match="has 2 files in it, more than 1"),
        zipfile.ZipFile(zipped(tmp_path / "b.zip", a="1", b="2")) as archive,
    ):
        files.check_zip(tmp_path / "b.zip", archive, files.Limits(members=1))
    with pytest.raises(SchemaError, match="holds 2 files where one table is expected"):
        read(table, zipped(tmp_path / "c.zip", a="1", b="2"))


def test_a_broken_zip_is_refused(tmp_path: Path):
    whole = zipped(tmp_path / "SY.zip", SY=f"{DUMP_MAHIN}\n" * 50).read_bytes()
    (tmp_path / "SY.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SchemaError, match="is not a zip archive that can be read"):
        read(dump, tmp_path / "SY.zip")


def test_a_workbook_with_entities_is_refused(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["name", "lat", "lon"])
    book.save(tmp_path / "good.xlsx")
    with zipfile.ZipFile(tmp_path / "good.xlsx") as good, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as bad:
        for member in good.namelist():
            text = good.read(member)
            bad.writestr(member, b'<!DOCTYPE x [<!ENTITY a "b">]>' + text if member.endswith("sheet1.xml") else text)
    with pytest.raises(SchemaError, match="holds XML with a document type"):
        read(table, tmp_path / "bad.xlsx")
    written(tmp_path / "text.xlsx", "PK\x03\x04 and no more")
    with pytest.raises(SchemaError, match="is not an XLSX workbook"):
        read(table, tmp_path / "text.xlsx")


def test_a_cell_far_below_the_others_does_not_make_a_million_rows(tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (["name", "lat", "lon"], ["Mheen", 34.24, 37.05]):
        book.active.append(row)
    book.active.cell(1_048_576, 16_384, "far")
    book.save(tmp_path / "far.xlsx")
    ((record,), problems) = read(table, tmp_path / "far.xlsx")
    assert (record.place.name, problems) == ("Mheen", [])


def test_a_quotation_that_never_ends_is_refused_before_it_fills_the_memory(tmp_path: Path):
    assert csv.field_size_limit() < 1_000_000
    path = written(tmp_path / "t.csv", 'name,lat,lon\n"' + "a\n" * 200_000)
    with pytest.raises(SchemaError, match="is not a CSV file: field larger than field limit"):
        list(rows.read_rows(path, pytest.fail))
