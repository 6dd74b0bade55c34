"""How evidence becomes an answer."""

from dataclasses import replace

import pytest

from gazetteer.index import Hit
from gazetteer.place import Name, Place, distance_km
from gazetteer.resolve.evidence import Hints
from gazetteer.resolve.rank import answer as answer_toponym
from gazetteer.spelling.toponym import Toponym

VILLAGE = Place("a", "Duma", "", ("Duma",), "P", "PPL", "SY", "SY-HM", "Hama", 36.7, 35.1, sources=("GeoNames",))
HAMA = replace(VILLAGE, place_id="SY-HM", name="Hama", feature_class="A", feature_code="ADM1")
NOTHING = Hints("SY", None, None)


def answer(name, hits, hints):
    return answer_toponym(Toponym(name), hits, hints)


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


def test_a_name_that_fits_only_by_its_consonants_is_no_homonym_but_lowers_the_confidence():
    alone = answer("Duma", [hit(VILLAGE)], NOTHING)
    found = answer("Duma", [hit(moved(50), "skeleton"), hit(VILLAGE)], NOTHING)
    assert found.status != "ambiguous"
    assert found.place_id == "a"
    assert 0.5 < found.confidence < alone.confidence


@pytest.mark.parametrize("hints", [NOTHING, Hints("SY", HAMA, None), Hints("SY", None, None, near=((36.8, 35.1),))])
def test_a_similar_name_is_only_ever_a_suggestion(hints):
    assert answer("Dumma", [hit(VILLAGE, "fuzzy")], hints).status == "low confidence"


def test_a_province_that_agrees_or_a_neighbour_raises_the_confidence():
    alone = answer("Duma", [hit(VILLAGE, "skeleton")], NOTHING).confidence
    assert answer("Duma", [hit(VILLAGE, "skeleton")], Hints("SY", HAMA, None)).confidence > alone
    assert answer("Duma", [hit(VILLAGE, "skeleton")], Hints("SY", None, None, near=((36.8, 35.1),))).confidence > alone


def test_of_two_homonyms_the_one_near_a_place_of_the_same_report_is_meant():
    found = answer("Duma", [hit(moved(200)), hit(VILLAGE)], Hints("SY", None, None, near=((36.8, 35.1),)))
    assert (found.status, found.place_id) == ("resolved", "a")
    assert found.reason.endswith("9 km from a place named with it")


def test_a_place_far_from_all_that_was_named_with_it_is_ambiguous():
    found = answer("Duma", [hit(VILLAGE)], Hints("SY", None, None, near=((40.1, 35.3),)))
    assert (found.status, found.place_id) == ("ambiguous", "a")


def test_three_consonants_weigh_less_than_more():
    longer = replace(VILLAGE, name="Qaryatayn")
    few = answer("Hasan", [Hit(VILLAGE, Name("حسن", "a name", "OCHA", "1"), "skeleton")], NOTHING)
    many = answer("Qaryatayn", [Hit(longer, Name("قريتين", "a name", "OCHA", "1"), "skeleton")], NOTHING)
    assert few.confidence < many.confidence


def test_confidences_of_rivals_add_up_to_no_more_than_one():
    found = answer("Duma", [hit(VILLAGE), hit(moved(50)), hit(replace(moved(90), place_id="c"))], NOTHING)
    assert sum(candidate.confidence for candidate in found.candidates) <= 1
    assert [candidate.confidence for candidate in found.candidates] == sorted(
        (candidate.confidence for candidate in found.candidates), reverse=True
    )
