"""Stated distances against the map. Positions are those of known towns, so that swapped axes cannot pass."""

import math

import pytest

from geodata import BUNDLED, Location
from geodata.checks.distances import Map, Road, Stated, read_roads, stated_in

HOMS = Location("homs", "Homs", "حمص", "SY-HI", 36.72559, 34.72405)
HAMA = Location("hama", "Hama", "حماة", "SY-HM", 36.75783, 35.13179, aliases=("Hamah",))
MAHIN = Location("mahin", "Mahin", "مهين", "SY-HI", 37.05843, 34.24168)
SADAD = Location("sadad", "Sadad", "صدد", "SY-HI", 36.92562, 34.31248)
PLAIN = Location("ghab", "al-Ghab", "", "SY-HM", 36.35, 35.63, radius_km=30)
WORLD = Map([HOMS, HAMA, MAHIN, SADAD, PLAIN], read_roads(BUNDLED))


def only(text: str) -> Stated:
    [stated] = stated_in(text)
    return stated


@pytest.mark.parametrize(
    ("text", "low", "high", "heading", "target"),
    [
        ("Mahin lies 25 km east of the highway.", 25, 25, "east", "the highway"),
        ("The attack brings the group within 20 km of the main road.", 0, 20, "", "the main road"),
        ("some 30 to 35 kilometres north-east of Homs", 30, 35, "northeast", "Homs"),
        ("a village 20km from Hama, which fell", 20, 20, "", "Hama, which fell"),
        ("more than 12.5 kilometers to the south of Homs", 12.5, math.inf, "south", "Homs"),
        ("ten houses 10 miles away from Homs", 16.09344, 16.09344, "", "Homs"),
    ],
)
def test_a_distance_is_read_with_its_bounds_direction_and_object(text, low, high, heading, target):
    stated = only(text)
    assert (stated.low, stated.high) == pytest.approx((low, high))
    assert (stated.heading, stated.object) == (heading, target)


@pytest.mark.parametrize("text", ["27,000 km2 of Syria", "held 85 km² of it", "They advanced 20 km.", "20 men from Homs", "km from Homs"])
def test_what_is_no_distance_from_something_is_left_alone(text):
    assert list(stated_in(text)) == []


@pytest.mark.parametrize(
    ("subject", "text", "fits"),
    [
        (HAMA, "45 km north of Homs", True),
        (HAMA, "60 km from Homs", True),  # by road
        (HAMA, "20 km north of Homs", False),
        (HAMA, "45 km south of Homs", False),
        (HOMS, "45 km south of Hamah", True),
        (HAMA, "less than 30 km from Homs", False),
        (HAMA, "more than 30 km from Homs", True),
        (HAMA, "more than 80 km from Homs", False),
        (MAHIN, "25 km east of the highway", True),
        (MAHIN, "25 km west of the highway", False),
        (MAHIN, "within 20 km of the main road Damascus-Homs", False),
        (SADAD, "within 20 km of the main road Damascus-Homs", True),
        (MAHIN, "20 km from the M5", False),
        (HOMS, "85 km from al-Ghab", True),  # the plain reaches 30 km
        (HOMS, "55 km from al-Ghab", False),
    ],
)
def test_a_distance_fits_the_map_or_does_not(subject, text, fits):
    verdict = WORLD.check(only(text), subject)
    assert verdict.fits is fits, verdict.sentence


@pytest.mark.parametrize("text", ["20 km from Atlantis", "20 km from the main road Homs-Palmyra-Tanf to Sadad", "5 km from Mahin"])
def test_an_object_that_the_map_does_not_know_gives_no_verdict(text):
    assert WORLD.check(only(text), MAHIN) is None


def test_the_sentence_says_what_was_told_and_what_the_map_has():
    verdict = WORLD.check(only("Mahin lies 20 km from the M5."), MAHIN)
    assert verdict.sentence.startswith("Mahin is said to lie 20 km from the M5 (a line through its towns, 3 km off at most); on the map")
    assert verdict.sentence.endswith("it lies 26.5 km east of it")


def test_the_place_named_just_before_the_figure_is_the_subject():
    assert WORLD.subject(only("Fighters left for Sadad, just 15 km from the highway."), MAHIN) == SADAD
    assert WORLD.subject(only("Fighters are 15 km from the highway."), MAHIN) == MAHIN
    assert WORLD.subject(only("Sadad fell. Troops are 15 km from the highway."), MAHIN) == MAHIN


def test_a_name_that_two_places_share_says_nothing():
    twin = Location("hama-2", "Hama", "", "SY-HI", 38.0, 34.0)
    assert Map([HOMS, HAMA, twin], []).check(only("45 km from Hama"), HOMS) is None


def test_the_nearest_point_of_a_road_lies_between_its_towns():
    road = Road("r", "R", ("a", "b"), ((36.0, 34.0), (36.0, 36.0)))
    assert road.nearest((37.0, 35.0)) == pytest.approx((36.0, 35.0))
    assert road.nearest((37.0, 37.0)) == pytest.approx((36.0, 36.0))


def test_the_m5_runs_from_damascus_to_aleppo_through_homs_and_hama():
    [m5] = read_roads(BUNDLED)
    assert (m5.towns[0], m5.towns[-1]) == ("Damascus", "Aleppo")
    assert [town for town in m5.towns if town in ("Homs", "Hama")] == ["Homs", "Hama"]
    latitudes = [latitude for _, latitude in m5.line]
    assert latitudes == sorted(latitudes)


def test_a_dataset_without_roads_has_none(tmp_path):
    assert read_roads(tmp_path) == []
