"""Keys under which spellings meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.spelling.toponym import Toponym

TOPONYM_LETTERS = st.text(alphabet="alershztdn AEKكتالدرةىيء أإآ-'`‘ʿ\u0640\u064b\u200f")


@pytest.mark.parametrize("key", ["exact", "plain", "article", "folded", "skeleton"])
@given(text=st.text() | TOPONYM_LETTERS)
def test_normalising_twice_changes_nothing_more(key, text):
    once = getattr(Toponym(text), key)
    assert getattr(Toponym(once), key) == once


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
    assert Toponym(one).plain == Toponym(other).plain != ""


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
    assert Toponym(one).article == Toponym(other).article != ""


@pytest.mark.parametrize("name", ["Azaz", "Alkas", "Ar Kabir", "El", "الم", "as"])
def test_letters_that_are_no_article_stay(name):
    assert Toponym(name).article == Toponym(name).plain


def test_al_hawl_and_al_hula_stay_apart():
    assert Toponym("al-Hawl").article != Toponym("al-Hula").article


@pytest.mark.parametrize("text", ["", " ", "…!?", "'`‘", "\x00\x1f", "\u200f"])
def test_text_without_letters_has_no_plain_key(text):
    assert Toponym(text).plain == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hawareen", "Huwwarin"),
        ("Tell Rifaat", "Tal Rifa'at"),
        ("Deir ez-Zor", "Dayr az-Zawr"),
        ("Kafr Zita", "Kfar Zeita"),
        ("Khirbat al-Joz", "Kherbet al Joz"),
        ("Maarrat an-Numan", "Ma'arat Al Nu'man"),
        ("Qal'at al-Madiq", "Qalaa al Madiq"),
        ("Shaykh Maskin", "Sheikh Meskeen"),
        ("Abu Kamal", "Albukamal"),
        ("كفر زيتا", "كفرزيتا"),
        ("أبو كمال", "البوكمال"),
    ],
)
def test_romanisations_of_one_name_share_a_folded_or_skeleton_key(one, other):
    assert Toponym(one).folded == Toponym(other).folded != "" or Toponym(one).skeleton == Toponym(other).skeleton != ""


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Hawareen", "حوارين"), ("al-Qaryatayn", "القريتين"), ("Deir ez-Zor", "دير الزور"), ("Talbiseh", "تلبيسة"),
        ("Maarrat an-Numan", "معرة النعمان"), ("Khirbat al-Joz", "خربة الجوز"), ("Bayt Sahm", "بيت سحم"),
        ("Khan Shaykhun", "خان شيخون"), ("Ras al-Ayn", "رأس العين"),
    ],
)  # fmt: skip
def test_the_two_scripts_share_a_skeleton(latin, arabic):
    assert Toponym(latin).skeleton == Toponym(arabic).skeleton != ""


@pytest.mark.parametrize("key", ["folded", "skeleton", "spoken"])
@pytest.mark.parametrize("text", ["", " ", "…!?", "'`‘", "\x00\x1f"])
def test_text_without_letters_has_no_key(key, text):
    assert getattr(Toponym(text), key) == ""
    assert Toponym(text).keys == ()


def test_arabic_letters_that_nobody_confuses_stay_apart_when_folded():
    assert Toponym("صور").folded != Toponym("سور").folded
