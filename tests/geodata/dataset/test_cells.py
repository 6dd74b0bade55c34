"""A table that is not as documented is refused, and the message names file, row and column."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import GeodataError, SchemaError
from geodata.dataset.cells import iso_date, key, listed, number, optional, read_table, required, text, unique, whole


def table(folder: Path, content: str | bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path: Path, **columns) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        list(read_table(path, columns))
    return caught.value


def test_a_missing_file_is_named(tmp_path):
    assert str(refusal(tmp_path / "claims.csv", a=text)) == "claims.csv: there is no such file."


def test_a_missing_column_is_named(tmp_path):
    assert str(refusal(table(tmp_path, "a,b\n1,2\n"), c=text)) == "table.csv, row 1, column 'c': this column is missing."


def test_an_empty_file_lacks_its_columns(tmp_path):
    assert refusal(table(tmp_path, ""), a=text).column == "a"


@pytest.mark.parametrize("line", ["1", "1,2,3"])
def test_a_row_with_another_number_of_cells_is_named(tmp_path, line):
    error = refusal(table(tmp_path, f"a,b\n1,2\n{line}\n"), a=text)
    assert (error.row, error.column) == (3, None)
    assert "cells where the header has 2" in str(error)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    assert "not UTF-8" in str(refusal(table(tmp_path, "a\nحمص\n".encode("cp1256")), a=text))


def test_a_quote_that_never_closes_is_refused(tmp_path):
    assert "not readable as CSV" in str(refusal(table(tmp_path, 'a\n"x\n'), a=text))


def test_a_wrong_cell_is_named_by_file_row_and_column(tmp_path):
    error = refusal(table(tmp_path, "id,day\nx,2015-11-23\ny,23/11/2015\n"), id=required, day=iso_date)
    assert (error.file.name, error.row, error.column) == ("table.csv", 3, "day")
    assert str(error) == "table.csv, row 3, column 'day': '23/11/2015' is not a date of the form YYYY-MM-DD."


def test_an_error_is_a_geodata_error_and_a_value_error():
    assert issubclass(SchemaError, GeodataError)
    assert issubclass(SchemaError, ValueError)


def test_a_key_that_comes_twice_is_named_where_it_comes_again(tmp_path):
    with pytest.raises(SchemaError, match=r"row 4, column 'id': 'x' stands in an earlier row too"):
        list(unique(read_table(table(tmp_path, "id\nx\ny\nx\n"), {"id": text}), "id"))


def test_blank_lines_spaces_a_byte_order_mark_and_other_columns_do_no_harm(tmp_path):
    rows = list(read_table(table(tmp_path, "\ufeffa,b\n\n x ,1\n,\n"), {"a": required}))
    assert [(row.number, dict(row.cells)) for row in rows] == [(3, {"a": "x"})]


@pytest.mark.parametrize(
    "cell",
    ["2015-02-29", "2015-13-01", "23/11/2015", "2015-11-2", "20151123", "2015-W47-1", "2015-11-23T00:00", "yesterday", "", "٢٠١٥-١١-٢٣"],
)
def test_only_a_calendar_date_is_a_date(cell):
    with pytest.raises(ValueError, match="is not a date of the form YYYY-MM-DD"):
        iso_date(cell)


@given(st.dates())
def test_a_date_round_trips(day: dt.date):
    assert iso_date(day.isoformat()) == day


@pytest.mark.parametrize("cell", ["nan", "inf", "-inf", "180.01", "-181", "1e400", "east", "", "38,28"])
def test_a_longitude_is_a_finite_number_within_its_range(cell):
    with pytest.raises(ValueError, match=r"is not (a number|between -180 and 180)"):
        number(-180, 180)(cell)


@pytest.mark.parametrize("cell", ["0", "4", "2.0", "-1", "x", ""])
def test_a_rank_is_a_whole_number_within_its_range(cell):
    with pytest.raises(ValueError, match="is not a whole number from 1 to 3"):
        whole(1, 3)(cell)


def test_an_empty_cell_is_not_known_where_that_is_allowed():
    assert optional(iso_date)("") is None
    with pytest.raises(ValueError, match="may not be empty"):
        required("")


def test_a_list_is_separated_by_bars():
    assert listed(" Mheen | |Maheen|") == ("Mheen", "Maheen")


def test_a_key_is_not_empty_and_holds_no_bar():
    assert key("palmyra-1") == "palmyra-1"
    for cell in ("", "a|b"):
        with pytest.raises(ValueError, match=r"may not be empty|separates keys"):
            key(cell)
