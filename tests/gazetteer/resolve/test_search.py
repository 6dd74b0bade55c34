"""Search as one types."""

import pytest

from gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Pal", "palmyra"),
        ("tadm", "palmyra"),
        ("تدم", "palmyra"),
        ("قريت", "al-qaryatayn"),
        ("qaryat", "al-qaryatayn"),
        ("al-Q", "al-qaryatayn"),
        ("deir ez", "deir-ez-zor"),
        ("Homs", "homs"),
    ],
)
def test_the_beginning_of_any_name_in_either_script_finds_the_place(gazetteer: Gazetteer, text: str, place_id: str):
    assert gazetteer.search(text)[0].place.place_id == place_id


def test_reviewed_places_come_first_then_provinces_then_the_largest(gazetteer: Gazetteer):
    sources = [candidate.place.sources[0] for candidate in gazetteer.search("d", limit=100)]
    order = ["reviewed places", "provinces", "GeoNames"]
    assert sources == sorted(sources, key=order.index)
    assert set(sources) == set(order)
    populations = [c.place.population for c in gazetteer.search("ma", 100) if c.place.sources == ("GeoNames",)]
    assert populations == sorted(populations, reverse=True)


def test_each_place_comes_once_and_no_more_than_asked_for(gazetteer: Gazetteer):
    found = [candidate.place.place_id for candidate in gazetteer.search("h", limit=5)]
    assert len(found) == len(set(found)) == 5
    assert gazetteer.search("h", limit=0) == ()


def test_the_confidence_is_the_share_that_has_been_typed(gazetteer: Gazetteer):
    (candidate,) = gazetteer.search("Talbisse", limit=1)
    assert (candidate.matched_name, candidate.tier, candidate.confidence) == ("Talbisseh", "prefix", 0.889)


@pytest.mark.parametrize("text", ["", "-", "xyzzy"])
def test_nothing_found_is_an_empty_answer(gazetteer: Gazetteer, text: str):
    assert gazetteer.search(text) == ()
