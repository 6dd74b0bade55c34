"""Spellings that mean one name meet."""

import pytest

from common.spelling import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("HOMS", "homs"), ("Homs  Governorate", "Homs"), ("Rif\tDimashq province", "rif dimashq"), ("Cafe\u0301", "Caf\u00e9")],
)
def test_case_spaces_composition_and_words_for_a_governorate_do_not_count(one, other):
    assert folded(one) == folded(other)


def test_a_word_for_a_governorate_alone_stays():
    assert folded("Province") == "province"
