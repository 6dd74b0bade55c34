"""Names in files, resolved by the gazetteer."""

import pytest

from common.distance import distance_km
from gazetteer import Gazetteer
from geodata import BUNDLED, read_dataset
from views.screen.pages.ledger.resolving import with_gazetteer


@pytest.fixture(scope="module")
def resolve():
    return with_gazetteer(read_dataset(BUNDLED), Gazetteer.open(), {("Somewhere", "Homs"): "mahin"})


def test_a_place_of_the_dataset_needs_no_gazetteer(resolve):
    answer = resolve("Mheen", "", None, None)
    assert (answer.status, answer.place_id, answer.location) == ("resolved", "mahin", None)


def test_what_a_person_has_chosen_wins(resolve):
    assert resolve("Somewhere", "Homs", None, None).place_id == "mahin"


def test_a_place_only_the_gazetteer_knows_is_brought_along(resolve):
    answer = resolve("Salamiyah", "Hama", 37.05, 35.01)
    assert answer.status == "resolved"
    assert distance_km(answer.location.position, (37.05, 35.01)) < 5
    assert (answer.location.admin1, answer.location.country) == ("SY-HM", "SY")


def test_a_name_that_lies_elsewhere_than_the_file_says_is_doubtful(resolve):
    for name in ("Salamiyah", "Palmyra"):
        answer = resolve(name, "", 36.1, 32.7)
        assert (answer.status, answer.location) == ("ambiguous", None)
        assert answer.candidates


def test_a_position_tells_namesakes_apart(resolve):
    assert resolve("Suran", "", None, None).status != "resolved"
    north, south = resolve("Suran", "", 37.2127, 36.56579), resolve("Suran", "", 36.74848, 35.29193)
    assert (north.location.admin1, south.location.admin1) == ("SY-HL", "SY-HM")


def test_a_province_of_another_country_does_no_harm(resolve):
    assert resolve("Atlantis", "Al Anbar", None, None).status == "not found"
