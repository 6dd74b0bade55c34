"""Keys under which spellings meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.spelling.names import arabic_name, article_key, exact_key, folded_key, is_arabic, plain_key, skeleton_key, spoken_form

TOPONYM_LETTERS = st.text(alphabet="alershztdn AEKكتالدرةىيء أإآ-'`‘ʿ\u0640\u064b\u200f")


@pytest.mark.parametrize("key", [exact_key, plain_key, article_key, folded_key, skeleton_key])
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
    assert folded_key(one) == folded_key(other) != "" or skeleton_key(one) == skeleton_key(other) != ""


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Hawareen", "حوارين"), ("al-Qaryatayn", "القريتين"), ("Deir ez-Zor", "دير الزور"), ("Talbiseh", "تلبيسة"),
        ("Maarrat an-Numan", "معرة النعمان"), ("Khirbat al-Joz", "خربة الجوز"), ("Bayt Sahm", "بيت سحم"),
        ("Khan Shaykhun", "خان شيخون"), ("Ras al-Ayn", "رأس العين"),
    ],
)  # fmt: skip
def test_the_two_scripts_share_a_skeleton(latin, arabic):
    assert skeleton_key(latin) == skeleton_key(arabic) != ""


@pytest.mark.parametrize("key", [folded_key, skeleton_key, spoken_form])
@pytest.mark.parametrize("text", ["", " ", "…!?", "'`‘", "\x00\x1f"])
def test_text_without_letters_has_no_key(key, text):
    assert key(text) == ""


def test_arabic_letters_that_nobody_confuses_stay_apart_when_folded():
    assert folded_key("صور") != folded_key("سور")


@pytest.mark.parametrize(
    ("name", "texts", "expected"),
    [
        ("Dar‘ā", ("أذرِعات", "درعا", "Daraa"), "درعا"),
        ("‘Ayn al ‘Arab", ("Kobani", "عرب بينار", "عين العرب"), "عين العرب"),
        ("Maskanah", ("بالس", "مسكنة"), "مسكنة"),
        ("Ţarţūs", ("ترطوس", "طرطوس"), "طرطوس"),
        ("Şirrīn", ("سرين", "صرين"), "صرين"),
        ("Mahin", ("مهين",), "مهين"),
        ("Mahin", ("Mheen",), ""),
    ],
)
def test_of_several_arabic_names_the_one_that_sounds_like_the_latin_one_is_printed(
    name: str, texts: tuple[str, ...], expected: str
) -> None:
    assert arabic_name(name, texts) == expected
