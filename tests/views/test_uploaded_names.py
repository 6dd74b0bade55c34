"""Names that are uploaded on the page of places come through the guard, like any file from outside."""

from __future__ import annotations

import io

import openpyxl
import pytest

from gazetteer import Query
from geodata import SchemaError
from geodata.files.guard import Upload
from views.screen.pages.places import MOST_NAMES, queries_of


def csv(text: str) -> Upload:
    return Upload("names.csv", text.encode())


def test_names_are_pasted_one_a_line():
    assert queries_of(None, " Mheen \n\nمهين", "SY") == [Query("Mheen", country="SY"), Query("مهين", country="SY")]


def test_names_of_a_csv_file_may_say_their_province_country_and_group():
    upload = csv("group,query,country,admin1\n1,Mheen,,SY-HI\n,Kobani,TR,\n")
    assert queries_of(upload, "pasted", "SY") == [Query("Mheen", "SY-HI", "SY", "1"), Query("Kobani", None, "TR", "")]


def test_names_may_come_as_a_sheet():
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in (["query"], ["مهين"]):
        book.active.append(row)
    book.save(content)
    assert queries_of(Upload("names.xlsx", content.getvalue()), "", "SY") == [Query("مهين", country="SY")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"query\n\xff\n", r"names\.csv, row 2: is not UTF-8 text\."),
        (b"query\nMheen\0\n", r"names\.csv, row 2: holds a NUL character\."),
        (b"PK\x03\x04", r"names\.csv: is named \.csv but looks like a zip archive\."),
    ],
)
def test_what_the_guard_refuses_is_refused_in_its_words(content, sentence):
    with pytest.raises(SchemaError, match=sentence):
        queries_of(Upload("names.csv", content), "", "SY")


def test_a_file_without_names_and_one_with_too_many_are_refused():
    with pytest.raises(ValueError, match="no column 'query'"):
        queries_of(csv("name\nMheen\n"), "", "SY")
    with pytest.raises(ValueError, match="at most 5,000"):
        queries_of(csv("query\n" + "Mheen\n" * (MOST_NAMES + 1)), "", "SY")
