"""Rows of a table are named by the lines they begin at, as a text editor counts them."""

from pathlib import Path

import pytest

from gazetteer.errors import SchemaError
from gazetteer.sources.tables.table import read_table


def test_blank_lines_and_line_ends_in_quotation_marks_count(tmp_path: Path):
    path = tmp_path / "names.csv"
    path.write_text('query,note\nMheen,\n\n\nHoms,"two\nlines"\n\nHama,\n', encoding="utf-8")
    assert [(row.number, row.text("query")) for row in read_table(path, ("query",))] == [(2, "Mheen"), (5, "Homs"), (8, "Hama")]


def test_an_error_names_the_row_below_blank_ones(tmp_path: Path):
    path = tmp_path / "names.csv"
    path.write_text("query\n\nMheen,too,much\n", encoding="utf-8")
    with pytest.raises(SchemaError, match="row 3"):
        list(read_table(path, ("query",)))
