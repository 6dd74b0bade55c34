"""How evidence becomes an answer."""

from dataclasses import replace

import pytest

from gazetteer.index import Hit
from gazetteer.place import Name, Place, distance_km
from gazetteer.rank import Hints, answer

VILLAGE = Place("a", "Duma", "", ("Duma",), "P", "PPL", "SY", "SY-HM", "Hama", 36.7, 35.1, sources=("GeoNames",))
NOTHING = Hints("SY", None, None)


def hit(place, tier="exact"):
    return Hit(place, Name(place.name, "the name", "GeoNames", "1"), tier)


def moved(km, **changes):
    return replace(VILLAGE, place_id="b", latitude=VILLAGE.latitude + km / 111.195, **changes)


def test_a_degree_of_latitude_is_111_km():
    assert distance_km(VILLAGE, moved(111.195)) == pytest.approx(111.195, abs=0.01)


def test_two_points_of_one_town_are_no_homonyms():
    assert answer("Duma", [hit(VILLAGE), hit(moved(3.9))], NOTHING).status == "resolved"
    assert answer("Duma", [hit(VILLAGE), hit(moved(4.1))], NOTHING).status == "ambiguous"


def test_a_city_is_meant_before_a_village_of_the_same_name():
    found = answer("Duma", [hit(VILLAGE), hit(moved(50, rank=1, sources=("reviewed places",)))], NOTHING)
    assert (found.status, found.place_id) == ("resolved", "b")


def test_a_name_that_fits_only_without_its_article_is_no_homonym_but_lowers_the_confidence():
    alone = answer("Duma", [hit(VILLAGE)], NOTHING)
    found = answer("Duma", [hit(moved(50), "article"), hit(VILLAGE)], NOTHING)
    assert found.status != "ambiguous"
    assert found.place_id == "a"
    assert 0.5 < found.confidence < alone.confidence


def test_the_article_tier_alone_is_a_suggestion_until_a_hint_agrees():
    hama = replace(VILLAGE, place_id="SY-HM", name="Hama", feature_class="A", feature_code="ADM1")
    assert answer("Duma", [hit(VILLAGE, "article")], NOTHING).status == "low confidence"
    assert answer("Duma", [hit(VILLAGE, "article")], Hints("SY", hama, None)).status == "resolved"
    assert answer("Duma", [hit(VILLAGE)], NOTHING).status == "resolved"


def test_confidences_of_rivals_add_up_to_no_more_than_one():
    found = answer("Duma", [hit(VILLAGE), hit(moved(50)), hit(replace(moved(90), place_id="c"))], NOTHING)
    assert sum(candidate.confidence for candidate in found.candidates) <= 1
    assert [candidate.confidence for candidate in found.candidates] == sorted(
        (candidate.confidence for candidate in found.candidates), reverse=True
    )
