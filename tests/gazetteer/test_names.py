"""Keys under which spellings meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.names import article_key, exact_key, is_arabic, plain_key

TOPONYM_LETTERS = st.text(alphabet="alershztdn AEKكتالدرةىيء أإآ-'`‘ʿ\u0640\u064b\u200f")


@pytest.mark.parametrize("key", [exact_key, plain_key, article_key])
@given(text=st.text() | TOPONYM_LETTERS)
def test_normalising_twice_changes_nothing_more(key, text):
    assert key(key(text)) == key(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ḩawārīn", "hawarin"),
        ("Mar`a", "Mar'a"),
        ("Dar‘ā", "Dara"),
        ("Deir-ez-Zor", "deir ez zor"),
        ("  Tal\tRifaat ", "tal rifaat"),
        ("إدلب", "ادلب"),
        ("حَمَاة", "حماه"),
        ("حمـــص", "حمص"),
        ("نوى", "نوي"),
        ("دیرالزور", "ديرالزور"),
        ("السويداء", "السويدا"),
    ],
)
def test_spellings_that_differ_in_diacritics_and_punctuation_share_a_plain_key(one, other):
    assert plain_key(one) == plain_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Qaryatain", "Qaryatain"),
        ("القريتين", "قريتين"),
        ("Al-Dar Al-Kabirah", "ad-Dar al-Kabirah"),
        ("Deir el-Zour", "Deir ez-Zour"),
        ("ar-Rastan", "Rastan"),
        ("ash-Shaykh Maskin", "Shaykh Maskin"),
    ],
)
def test_the_definite_article_does_not_matter_to_the_article_key(one, other):
    assert article_key(one) == article_key(other) != ""


@pytest.mark.parametrize("name", ["Azaz", "Alkas", "Ar Kabir", "El", "الم", "as"])
def test_letters_that_are_no_article_stay(name):
    assert article_key(name) == plain_key(name)


def test_al_hawl_and_al_hula_stay_apart():
    assert article_key("al-Hawl") != article_key("al-Hula")


@pytest.mark.parametrize("text", ["", " ", "…!?", "'`‘", "\x00\x1f", "\u200f"])
def test_text_without_letters_has_no_plain_key(text):
    assert plain_key(text) == ""


def test_persian_letters_are_not_taken_for_arabic():
    assert is_arabic("دير الزور")
    assert not is_arabic("دیر الزور")
    assert not is_arabic("Homs")
    assert not is_arabic("")
