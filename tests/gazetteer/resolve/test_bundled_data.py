"""The bundled data: the names of the five articles come out right."""

import pytest

from gazetteer import Gazetteer


@pytest.fixture(scope="module")
def bundled() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("name", "admin1", "longitude", "latitude"),
    [
        *((name, None, 37.05, 34.243) for name in ("Mheen", "Maheen", "Mahin", "مهين")),
        *((name, None, 37.076, 34.269) for name in ("Hawareen", "Huwwarin", "حوارين")),
        *((name, None, 37.239, 34.228) for name in ("Qaryatain", "al-Qaryatain", "al-Qaryatayn", "القريتين")),
        *((name, None, 38.28, 34.56) for name in ("Palmyra", "Tadmur", "Tadmor", "تدمر")),
        *((name, None, 40.143, 35.334) for name in ("Deir el-Zour", "Deir ez-Zor")),
        ("Talbisseh", None, 36.73, 34.841),
        ("Al-Dar Al-Kabirah", "Homs", 36.681, 34.786),
        ("Kweiras air base", None, 37.583, 36.187),
        ("Hemeimeem", None, 35.949, 35.401),
        ("Hemeimeem air base", None, 35.949, 35.401),
        ("Homs", None, 36.722, 34.727),
        ("Homs city", None, 36.722, 34.727),
        ("Hama city", None, 36.758, 35.133),
        ("Mar`a", None, 37.196, 36.483),
        ("al-Hawl", None, 41.15, 36.39),
        ("Sadad", None, 36.925, 34.314),
        ("Douma", None, 36.405, 33.571),
        ("al-Mughir", "Hama", 36.487, 35.41),
        ("Tal al-Sakhr", "Hama", 36.503, 35.41),
        ("Hamamiyat", "Hama", 36.538, 35.379),
        ("Rastan", None, 36.732, 34.925),
        ("Sahl al-Ghab", None, 36.35, 35.63),
    ],
)
def test_names_of_the_articles_are_where_they_should_be(bundled: Gazetteer, name, admin1, longitude, latitude):
    answer = bundled.resolve(name, admin1)
    assert answer.status == "resolved", answer.reason
    # 0.03 degrees are about 3 km: sources disagree about the middle of a town.
    assert answer.longitude == pytest.approx(longitude, abs=0.03)
    assert answer.latitude == pytest.approx(latitude, abs=0.03)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Homs province", "SY-HI"),
        ("central province of Homs", "SY-HI"),
        ("Hama Province", "SY-HM"),
        ("Deir el-Zour province", "SY-DY"),
        ("province of Latakia", "SY-LA"),
        ("Idlib province", "SY-ID"),
        ("northern province of Aleppo", "SY-HL"),
    ],
)
def test_provinces_of_the_articles_are_provinces(bundled: Gazetteer, name: str, code: str):
    best = bundled.resolve(name).best
    assert best is not None
    assert (best.place.feature, best.place.admin1) == ("A.ADM1", code)


def test_tal_aswad_is_not_found(bundled: Gazetteer):
    assert bundled.resolve("Tal Aswad", "Homs").status == "not found"


def test_every_reviewed_place_is_among_the_candidates_of_each_of_its_own_names(bundled: Gazetteer):
    for place in bundled.places():
        for name in place.names:
            found = {candidate.place.place_id for candidate in bundled.resolve(name, country=place.country).candidates}
            assert place.place_id in found, name
