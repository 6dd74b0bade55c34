"""Which names are Arabic, and which of several is printed."""

import pytest

from gazetteer.spelling.arabic import arabic_name, is_arabic


def test_persian_letters_are_not_taken_for_arabic():
    assert is_arabic("دير الزور")
    assert not is_arabic("دیر الزور")
    assert not is_arabic("Homs")
    assert not is_arabic("")


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
