"""Rows of CSV files are read in one way: numbered by line, and what is wrong is named by file, row and column."""

from __future__ import annotations

from pathlib import Path

import pytest

import gazetteer.errors
import geodata.errors
from common.errors import TableError
from common.table import read_csv


@pytest.fixture
def written(tmp_path):
    def write(content: str | bytes) -> Path:
        path = tmp_path / "t.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_rows_have_the_number_of_their_first_line(written):
    path = written('\ufeffa, b\n1,2\n\n"x\ny",3\n,\n5,6\n')
    assert list(read_csv(path, ("a", "b"))) == [(2, {"a": "1", "b": "2"}), (4, {"a": "x\ny", "b": "3"}), (7, {"a": "5", "b": "6"})]


def test_a_list_made_by_hand_may_be_ragged(written):
    path = written('a,b\n1\n2,3,\n,\nsay "x",4\n')
    rows = [(2, {"a": "1", "b": ""}), (3, {"a": "2", "b": "3"}), (4, {"a": "", "b": ""}), (5, {"a": 'say "x"', "b": "4"})]
    assert list(read_csv(path, ("a",), ragged=True)) == rows


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a\n1\n", "t.csv, row 1, column 'b': this column is missing."),
        ("a,b,a\n", "t.csv, row 1, column 'a': this column is there twice."),
        ("a,b\n\n1\n", "t.csv, row 3: has 1 cells where the header has 2."),
        (b"a,b\n\xff,1\n", "t.csv: is not UTF-8 text."),
        ('a,b\n"1"2,3\n', "t.csv: is not readable as CSV (',' expected after '\"')."),
    ],
)
def test_what_is_wrong_is_named_by_file_row_and_column(written, content, sentence):
    with pytest.raises(TableError) as caught:
        list(read_csv(written(content), ("a", "b")))
    assert str(caught.value) == sentence


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(TableError, match=r"^none\.csv: there is no such file\.$"):
        list(read_csv(tmp_path / "none.csv", ()))


def test_both_packages_say_it_in_the_same_words(tmp_path):
    one = geodata.errors.SchemaError("is empty", tmp_path / "t.csv", 2, "a")
    other = gazetteer.errors.SchemaError(tmp_path / "t.csv", 2, "a", "is empty")
    assert str(one) == str(other) == "t.csv, row 2, column 'a': is empty."
    assert (one.problem, one.file, one.row, one.column) == (other.problem, other.file, other.row, other.column)
