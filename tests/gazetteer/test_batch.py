"""Files of names in, files of places out."""

import csv
import os
from pathlib import Path

import pytest

from gazetteer import Gazetteer, HintError, Query, SchemaError
from gazetteer.batch import resolve_file

HEADER = "query,status,place_id,name,longitude,latitude,confidence,tier,reason"


@pytest.fixture
def run(gazetteer: Gazetteer, tmp_path: Path):
    def resolve(text: str, encoding: str = "utf-8") -> list[dict[str, str]]:
        (tmp_path / "in.csv").write_bytes(text.encode(encoding))
        resolve_file(gazetteer, tmp_path / "in.csv", tmp_path / "out.csv")
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return resolve


def test_each_row_is_answered_in_its_place(run, tmp_path: Path):
    rows = run("note,query,admin1\nx,Mheen,Homs\ny,Tal Aswad,\nz,al-Mughir,\nz,مهين,محافظة حمص\n")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[0] == HEADER
    assert [(row["query"], row["status"], row["place_id"]) for row in rows] == [
        ("Mheen", "resolved", "mahin"),
        ("Tal Aswad", "not found", ""),
        ("al-Mughir", "ambiguous", "mughayr-aleppo"),
        ("مهين", "resolved", "mahin"),
    ]


def test_longitude_and_latitude_are_in_their_columns(run):
    (row,) = run("query\nPalmyra\n")
    assert float(row["longitude"]) == pytest.approx(38.27, abs=0.05)
    assert float(row["latitude"]) == pytest.approx(34.56, abs=0.05)


def test_what_is_not_found_has_empty_cells(run):
    (row,) = run('query\n""\n')
    empty = dict.fromkeys(HEADER.split(","), "")
    assert row == empty | {"status": "not found", "reason": "no place known in SY is called ''"}


@pytest.mark.parametrize("query", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", 'a "quoted", name', "two\nlines", " Mheen "])
def test_a_query_is_written_as_it_was_read(run, query: str):
    quoted = query.replace('"', '""')
    (row,) = run(f'query\n"{quoted}"\n')
    assert row["query"] == query


def test_a_byte_order_mark_is_accepted(run):
    assert run("query\nMheen\n", encoding="utf-8-sig")[0]["status"] == "resolved"


def test_a_row_without_the_optional_cell_has_no_hint(run):
    assert [row["status"] for row in run("query,admin1\nMheen\n")] == ["resolved"]


@pytest.mark.parametrize(
    ("text", "row", "column", "problem"),
    [
        ("name\nMheen\n", 1, "query", "this column is missing"),
        ("", 1, "query", "this column is missing"),
        ("query,query\na,b\n", 1, "query", "this column is there twice"),
        ("query,admin1\nMheen,Homs\nMheen,Narnia\n", 3, "admin1", "'Narnia' is not a province of SY"),
        ("query\nMheen, Homs\n", 2, None, "has 2 cells where the header has 1"),
    ],
)
def test_a_wrong_file_is_refused_by_row_and_column_and_nothing_is_written(run, tmp_path, text, row, column, problem):
    (tmp_path / "out.csv").write_text("kept", encoding="utf-8")
    with pytest.raises(SchemaError) as caught:
        run(text)
    assert (caught.value.row, caught.value.column) == (row, column)
    assert str(caught.value).startswith(f"in.csv, row {row}")
    assert problem in str(caught.value)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "kept"


def test_a_wrong_country_is_not_blamed_on_the_file(gazetteer: Gazetteer, tmp_path: Path):
    (tmp_path / "in.csv").write_text("query\nMheen\n", encoding="utf-8")
    with pytest.raises(HintError, match=r"^'Syria' is not an ISO 3166-1 country code"):
        resolve_file(gazetteer, tmp_path / "in.csv", tmp_path / "out.csv", country="Syria")


def test_a_file_in_another_encoding_is_refused(run):
    with pytest.raises(SchemaError, match="is not UTF-8"):
        run("query\nمهين\n", encoding="cp1256")


def test_a_file_may_be_replaced_by_its_answers_and_leaves_no_other_file(gazetteer: Gazetteer, tmp_path: Path):
    path = tmp_path / "names.csv"
    path.write_text("query\nMheen\n", encoding="utf-8")
    resolve_file(gazetteer, path, path)
    assert path.read_text(encoding="utf-8").startswith(HEADER)
    assert list(tmp_path.iterdir()) == [path]


def test_when_the_target_cannot_be_replaced_no_temporary_file_stays(gazetteer: Gazetteer, tmp_path: Path):
    (tmp_path / "in.csv").write_text("query\nMheen\n", encoding="utf-8")
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(OSError, match="directory"):
        resolve_file(gazetteer, tmp_path / "in.csv", tmp_path / "out.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_each_row_may_name_its_country(run):
    rows = run("query,country\nErbil,IQ\nMheen,\n")
    assert [row["place_id"] for row in rows] == ["erbil", "mahin"]


def test_a_country_of_a_row_that_is_none_is_blamed_on_the_row(run):
    with pytest.raises(SchemaError, match="row 3, column 'country': 'Syria' is not an ISO 3166-1"):
        run("query,country\nMheen,\nMheen,Syria\n")


def test_the_tier_and_the_reason_stand_in_each_row(run):
    (row,) = run("query\nMaheen\n")
    assert (row["tier"], row["reason"]) == ("exact", "matched 'Maheen', an alias of Mahin in reviewed places")


def test_names_of_one_group_help_one_another(gazetteer: Gazetteer):
    alone, sure, helped = gazetteer.resolve_batch([Query("al-Mughir"), Query("Hama", group="report"), Query("al-Mughir", group="report")])
    assert (alone.status, sure.status) == ("ambiguous", "resolved")
    assert (helped.status, helped.place_id) == ("resolved", "mughayr-hama")


def test_a_batch_answers_as_one_name_at_a_time(gazetteer: Gazetteer):
    queries = [
        Query("Mheen", "Homs"),
        Query("Tal Aswad", "Homs"),
        Query("Mheen", "Hama"),
        Query("Erbil", None, "IQ"),
        Query("Mheen", "Homs"),
    ]
    assert gazetteer.resolve_batch(queries) == [gazetteer.resolve(query.name, query.admin1, query.country) for query in queries]
    assert gazetteer.resolve_batch([]) == []


@pytest.mark.parametrize("query", [Query("Mheen", "Narnia"), Query("Mheen", country="Syria")])
def test_a_batch_refuses_hints_that_do_not_exist(gazetteer: Gazetteer, query: Query):
    with pytest.raises(HintError):
        gazetteer.resolve_batch([Query("Mheen"), query])


def test_the_answers_may_be_read_by_whom_the_umask_lets(run, tmp_path: Path):
    before = os.umask(0o022)
    try:
        run("query\nMheen\n")
    finally:
        os.umask(before)
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o644
