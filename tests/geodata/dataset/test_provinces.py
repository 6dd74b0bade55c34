"""A province is found by its code, its name in any language, or an alias; everywhere in the same way."""

from __future__ import annotations

import pytest

from geodata import BUNDLED, SchemaError, UnknownNameError
from geodata.dataset.provinces import Provinces, read_provinces


@pytest.fixture(scope="module")
def bundled() -> Provinces:
    return read_provinces(BUNDLED)


@pytest.mark.parametrize("wanted", ["SY-HI", "sy-hi", "Homs", " HOMS ", "Hims", "حمص", "Homs Governorate"])
def test_homs_is_found_however_it_is_written(bundled, wanted):
    assert bundled.called(wanted).code == "SY-HI"


def test_a_decomposed_letter_is_the_same_letter(bundled):
    assert bundled.called("Hamāh").code == bundled.called("Hamāh").code == "SY-HM"


def test_an_unknown_province_is_answered_with_those_that_there_are(bundled):
    assert bundled.find("Atlantis") is None
    with pytest.raises(UnknownNameError, match=r"'Atlantis' is not a known province; known are Homs \(SY-HI\), "):
        bundled.called("Atlantis")


def test_a_dataset_without_provinces_has_none_unless_they_are_needed(tables):
    folder = tables(provinces=None)
    assert read_provinces(folder) == {}
    with pytest.raises(SchemaError, match=r"provinces\.csv: there is no such file"):
        read_provinces(folder, needed=True)


def test_names_in_arabic_and_aliases_may_be_left_out(tables):
    provinces = read_provinces(tables(provinces="iso_3166_2,name,longitude,latitude,radius_km\nSY-HI,Homs,38,34,210\n"))
    assert provinces["SY-HI"].spellings == ("SY-HI", "Homs")


def test_a_code_that_stands_there_twice_is_refused(tables):
    with pytest.raises(SchemaError, match="'SY-HI' stands in an earlier row too"):
        read_provinces(tables(provinces="iso_3166_2,name,longitude,latitude,radius_km\nSY-HI,Homs,38,34,210\nSY-HI,Hama,37,35,110\n"))
