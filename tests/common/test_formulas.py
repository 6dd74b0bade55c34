"""Texts that begin like a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.formulas import guarded, unguarded

TEXTS = st.text() | st.text(alphabet="'=+-@\t\r x")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM", "\t=1", "\r=1", "'=1", "''@x"])
def test_a_text_that_begins_like_a_formula_is_put_behind_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Homs", "'quoted'", "a=b", "'", "' =1", "حمص"])
def test_any_other_text_stays_as_it_is(text):
    assert guarded(text) == text


@given(TEXTS)
def test_every_text_comes_back(text):
    assert unguarded(guarded(text)) == text


@given(TEXTS)
def test_nothing_is_left_that_a_spreadsheet_would_run(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
