"""Two gazetteers of one country become one."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.place import Name, Place, Record
from gazetteer.sources.merge import merge


def record(
    place_id: str,
    *names: str,
    at: tuple[float, float] = (37.0, 34.0),
    source: str = "OCHA",
    feature: str = "P.PPL",
    admin1: str = "",
    number: int | None = None,
) -> Record:
    feature_class, _, code = feature.partition(".")
    longitude, latitude = at
    place = Place(
        place_id=place_id, name=names[0], name_ar="", names=names, feature_class=feature_class, feature_code=code, country="SY",
        admin1=admin1, admin1_name="", longitude=longitude, latitude=latitude, geonames_id=number, sources=(source,),
    )  # fmt: skip
    return Record(place, tuple(Name(name, "the name", source, place_id) for name in names))


def ids(records: list[Record]) -> list[str]:
    return [one.place.place_id for one in records]


def test_a_latin_and_an_arabic_name_of_the_same_consonants_meet_within_4_5_km():
    ours = record("wof-1", "Hawareen", source="Who's On First")
    merged = merge([], [], [ours, record("ocha-1", "حوارين", at=(37.01, 34.0))])
    assert ids(merged) == ["ocha-1"]
    assert merged[0].place.names == ("حوارين", "Hawareen")


@pytest.mark.parametrize(("longitude", "places"), [(37.045, 1), (37.06, 2)])  # 4.1 and 5.5 km east
def test_the_reach_is_4_5_km(longitude: float, places: int):
    other = record("wof-1", "Qaryatain", at=(longitude, 34.0), source="Who's On First")
    assert len(merge([], [], [record("ocha-1", "al-Qaryatayn"), other])) == places


def test_three_consonants_speak_for_one_place_only_near_by():
    for longitude, places in ((37.01, 1), (37.03, 2)):  # 0.9 and 2.8 km
        other = record("wof-1", "Mheen", at=(longitude, 34.0), source="Who's On First")
        assert len(merge([], [], [record("ocha-1", "مهين"), other])) == places


def test_both_positions_are_kept_and_the_distance_is_said():
    merged = merge([], [], [record("wof-1", "Mahin", at=(37.01, 34.0), source="Who's On First"), record("ocha-1", "Mahin")])
    assert merged[0].place.sources == ("OCHA", "Who's On First at 37.01000, 34.00000 (0.92 km away)")
    assert (merged[0].place.longitude, merged[0].place.latitude) == (37.0, 34.0)


def test_the_position_and_the_key_of_a_reviewed_place_win():
    reviewed = record("mahin", "Mahin", at=(37.02, 34.01), source="reviewed places")
    merged = merge([reviewed], [], [record("ocha-1", "Maheen"), record("geonames-5", "Mahin", source="GeoNames", number=5)])
    assert ids(merged) == ["mahin"]
    assert (merged[0].place.longitude, merged[0].place.latitude, merged[0].place.geonames_id) == (37.02, 34.01, 5)


def test_a_hill_is_not_the_village_of_its_name():
    hill = record("tal-al-sakhr", "Tal al-Sakhr", source="reviewed places", feature="T.HLL")
    assert ids(merge([hill], [], [record("ocha-1", "Tal al-Sakhr")])) == ["tal-al-sakhr", "ocha-1"]


def test_what_one_source_lists_twice_stays_two_places_and_the_nearest_pair_meets():
    near, far = record("ocha-1", "Zahra", at=(37.001, 34.0)), record("ocha-2", "Zahra", at=(37.02, 34.0))
    merged = merge([], [], [far, near, record("wof-1", "Zahra", source="Who's On First")])
    assert ids(merged) == ["ocha-1", "ocha-2"]
    assert [len(one.place.sources) for one in merged] == [2, 1]


def test_two_numbers_of_geonames_are_two_places_and_one_number_is_one():
    one = record("geonames-1", "Rasm", source="GeoNames", number=1)
    same = record("wof-1", "Other", at=(37.1, 34.0), source="Who's On First", number=1)
    second = record("wof-2", "Rasm", source="Who's On First", number=2)
    assert ids(merge([], [], [same, second, one])) == ["geonames-1", "wof-2"]


def test_two_editions_of_geonames_make_each_place_once_with_its_kind_of_feature():
    cached = record("geonames-1", "Hmeimim", source="GeoNames", number=1)
    dumped = record("geonames-1", "Hmeimim", at=(39.0, 34.0), source="GeoNames", feature="S.AIRB", number=1)
    (merged,) = merge([], [], [cached, dumped])
    assert merged.place.feature == "S.AIRB"


def test_a_province_of_another_source_becomes_the_province():
    province = record("SY-HI", "Homs", source="provinces", feature="A.ADM1", admin1="SY-HI")
    dumped = record("geonames-9", "Muhafazat Hims", source="GeoNames", feature="A.ADM1", admin1="SY-HI", number=9)
    village = record("ocha-1", "Mahin", admin1="SY-HI")
    merged = merge([], [province], [dumped, village])
    assert ids(merged) == ["SY-HI", "ocha-1"]
    assert "Muhafazat Hims" in merged[0].place.names
    assert merged[1].place.admin1_name == "Homs"


def test_places_meet_across_the_date_line():
    east, west = record("ocha-1", "Mahin", at=(179.99, 0.0)), record("wof-1", "Mahin", at=(-179.99, 0.0), source="Who's On First")
    assert len(merge([], [], [east, west])) == 1


NAMES = ("Mahin", "مهين", "Maheen", "Hawareen", "حوارين", "Tall Ahmad", "Tell Ahmed")
RECORDS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 6), st.sampled_from(("OCHA", "Who's On First", "GeoNames", "notes"))), max_size=14
)


@given(drawn=RECORDS, seed=st.integers(0, 99))
def test_the_order_of_the_sources_does_not_matter(drawn, seed: int):
    records = [record(f"p-{i}", name, at=(37 + step / 60, 34.0), source=source) for i, (name, step, source) in enumerate(drawn)]
    shuffled = random.Random(seed).sample(records, len(records))  # noqa: S311
    merged = merge([], [], records)
    assert merge([], [], shuffled) == merged
    assert {name for one in merged for name in one.place.names} == {name for name, _, _ in drawn}


def test_many_places_of_one_name_do_not_take_quadratic_time():
    grid = [(35.8 + 0.05 * (i % 100), 32.5 + 0.05 * (i // 100)) for i in range(6000)]
    records = [record(f"{source}-{i}", "Tall Ahmad", at=at, source=source) for source in ("OCHA", "notes") for i, at in enumerate(grid)]
    started = time.process_time()
    assert len(merge([], [], records)) == len(grid)
    assert time.process_time() - started < 20
