"""Territory covers its outline exactly on any date, shows what the places say and no more, and comes out the same by any way."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from geodata import UnknownNameError
from geodata.land.boundaries import areas_km2, bundled_provinces, country_outline, equal_area_crs
from geodata.land.territory import EMPTY, METHODS, UNKNOWN, Territory
from geodata.land.territory.cells import apart
from geodata.land.territory.weights import grid_between, nearest_places
from tests.trials import examples

PROVINCES = bundled_provinces()
SYRIA = gpd.GeoSeries([country_outline(PROVINCES)], crs="EPSG:4326")
SYRIA_KM2 = areas_km2(SYRIA).sum()
SQUARE = gpd.GeoSeries([box(37, 34, 38, 35)], crs="EPSG:4326")  # degrees: about 92 x 111 km
SQUARE_KM2 = areas_km2(SQUARE).sum()


def series(*positions: tuple[float, float]) -> gpd.GeoSeries:
    return gpd.GeoSeries([Point(p) for p in positions], crs="EPSG:4326")


def scattered(count: int, seed: int = 1, outline: gpd.GeoSeries = SYRIA) -> gpd.GeoSeries:
    """Points inside an outline, the same for the same seed."""
    return outline.sample_points(count, rng=np.random.default_rng(seed)).explode(ignore_index=True)


def by_label(frame: gpd.GeoDataFrame) -> dict[int, float]:
    return dict(zip(frame["label"], frame["area_km2"], strict=True))


def measured_km2(frame: gpd.GeoDataFrame, outline: gpd.GeoSeries) -> np.ndarray:
    """Areas of what is drawn, in a projection of the outline."""
    return (frame.to_crs(equal_area_crs(outline)).area / 1e6).to_numpy()


def assert_covers(frame: gpd.GeoDataFrame, outline: gpd.GeoSeries) -> None:
    """The parts add up to the outline, do not overlap, and are as large as they are said to be."""
    shapes = frame.geometry.to_numpy()
    total = areas_km2(outline).sum()
    assert shapely.is_valid(shapes).all()
    assert measured_km2(frame, outline) == pytest.approx(frame["area_km2"].to_numpy(), rel=1e-6, abs=1e-6)
    assert frame["area_km2"].sum() == pytest.approx(total, rel=1e-6)
    plane = frame.to_crs(equal_area_crs(outline)).geometry.to_numpy()
    assert shapely.union_all(plane).area / 1e6 == pytest.approx(total, rel=1e-6)


positions = st.tuples(st.floats(36.9, 38.1), st.floats(33.9, 35.1))
places_and_labels = st.lists(st.tuples(positions, st.integers(UNKNOWN, 3)), max_size=25)


@given(places_and_labels, st.sampled_from([None, 5.0, 20.0]), st.sampled_from(METHODS))
@examples(60, 600)
def test_the_parts_of_any_date_add_up_to_the_outline(given_places, limit, method):
    points = series(*(p for p, _ in given_places))
    territory = Territory(points, SQUARE, limit, method, spacing_km=15)
    assert_covers(territory.at([label for _, label in given_places]), SQUARE)


@given(st.lists(st.tuples(st.sampled_from([37.2, 37.5, 37.8]), st.sampled_from([34.2, 34.5])), min_size=2, max_size=12))
@examples(40, 400)
def test_places_on_a_line_or_on_top_of_each_other_still_cover_the_outline(given_positions):
    frame = Territory(series(*given_positions), SQUARE, None).at(range(len(given_positions)))
    assert_covers(frame, SQUARE)
    assert list(frame["label"]) == list(range(len(given_positions)))


@given(st.data())
@examples(25, 250)
def test_a_date_reached_by_steps_equals_the_same_date_built_afresh(data):
    points = scattered(60, 3)
    label = st.integers(UNKNOWN, 3)
    labels = np.array(data.draw(st.lists(label, min_size=60, max_size=60)))
    by_steps = Territory(points, PROVINCES)
    by_steps.at(labels)
    for _ in range(3):
        labels[data.draw(st.lists(st.integers(0, 59), max_size=10))] = data.draw(label)
        stepped = by_steps.at(labels)
    fresh = Territory(points, PROVINCES).at(labels)
    assert list(stepped["label"]) == list(fresh["label"])
    assert stepped["area_km2"].to_numpy() == pytest.approx(fresh["area_km2"].to_numpy())
    assert shapely.area(shapely.symmetric_difference(stepped.geometry.to_numpy(), fresh.geometry.to_numpy())).max() < 1e-12
    assert_covers(stepped, SYRIA)


def test_the_borders_give_the_same_polygons_as_a_union_of_cells():
    points, labels = scattered(400), np.random.default_rng(2).integers(0, 4, 400)
    territory = Territory(points, PROVINCES)
    drawn = territory.at(labels).set_index("label").geometry
    cells = [territory.around(np.arange(400) == i) for i in range(400)]
    for party in range(4):
        union = shapely.union_all([cells[i] for i in np.flatnonzero(labels == party)], grid_size=1e-9)
        assert drawn[party].symmetric_difference(union).area < 1e-6


def test_the_same_labels_are_not_worked_out_twice():
    territory = Territory(scattered(50), SYRIA)
    labels = np.arange(50) % 3
    first, again = territory.at(labels), territory.at(labels.copy())
    assert all(one is other for one, other in zip(first.geometry, again.geometry, strict=True))


def test_only_the_parties_concerned_are_drawn_again():
    territory = Territory(scattered(50), SYRIA)
    labels = np.arange(50) % 4
    before = territory.at(labels).set_index("label").geometry
    labels[0] = 1
    after = territory.at(labels).set_index("label").geometry
    assert [before[label] is after[label] for label in range(4)] == [False, False, True, True]


def test_labels_changed_later_by_the_caller_do_not_change_what_is_remembered():
    territory = Territory(scattered(50), SYRIA)
    labels = np.zeros(50, dtype=np.int64)
    territory.at(labels)
    labels[:25] = 1
    assert len(territory.at(labels)) == 3
    labels[:] = 0
    assert len(territory.at(labels)) == 2


def test_land_belongs_to_whoever_holds_the_nearest_place():
    points, labels = scattered(200), np.random.default_rng(5).integers(0, 3, 200)
    frame = Territory(points, SYRIA, None).at(labels).set_index("label").to_crs(equal_area_crs(SYRIA))
    plane = shapely.get_coordinates(points.to_crs(frame.crs).to_numpy())
    for spot in scattered(300, 9).to_crs(frame.crs):
        nearest = np.hypot(*(plane - (spot.x, spot.y)).T).argmin()
        assert frame.geometry[labels[nearest]].distance(spot) < 1


def test_what_is_farther_than_the_limit_is_blank():
    areas = by_label(Territory(series((37.5, 34.5)), SQUARE, 20).at([0]))
    assert areas[0] == pytest.approx(np.pi * 20**2, rel=0.002)
    assert areas[EMPTY] == pytest.approx(SQUARE_KM2 - areas[0])


def test_no_point_within_the_limit_is_blank():
    points = scattered(60)
    blank = Territory(points, SYRIA, 20).at([0] * 60).set_index("label").to_crs(equal_area_crs(SYRIA)).geometry[EMPTY]
    assert (
        blank.distance(shapely.union_all(points.to_crs(equal_area_crs(SYRIA)))) >= 20_000 - 25  # the sides of a polygon of 64 corners
    )  # there and back through degrees moves a point by a millimetre


def test_without_a_limit_nothing_is_blank():
    assert by_label(Territory(series((37.5, 34.5)), SQUARE, None).at([2])) == {2: pytest.approx(SQUARE_KM2)}


def test_a_wider_limit_never_gives_less():
    points, labels = scattered(100), np.arange(100) % 3
    areas = [Territory(points, SYRIA, limit).areas(labels, 3)[0] for limit in (10, 20, 30, None)]
    assert (np.diff(areas, axis=0)[:, :3] > 0).all()
    assert areas[-1][4] == 0


def test_no_place_leaves_the_outline_blank():
    territory = Territory(series(), SQUARE)
    assert by_label(territory.at([])) == {EMPTY: pytest.approx(SQUARE_KM2)}
    assert territory.fronts([]).lines.is_empty
    assert territory.around([]).is_empty
    assert territory.areas(np.empty((2, 0), dtype=int), 2)[:, 0] == pytest.approx(np.array([[0, 0, 0, SQUARE_KM2]] * 2))


def test_two_places_share_the_land_between_them():
    areas = by_label(Territory(series((37.25, 34.5), (37.75, 34.5)), SQUARE, None).at([0, 1]))
    assert areas == {0: pytest.approx(SQUARE_KM2 / 2, rel=1e-3), 1: pytest.approx(SQUARE_KM2 / 2, rel=1e-3)}


def test_places_at_one_position_share_their_cell_equally():
    areas = by_label(Territory(series(*[(37.5, 34.5)] * 3), SQUARE, 20).at([0, 1, 1]))
    assert areas[0] == pytest.approx(np.pi * 20**2 / 3, rel=0.002)
    assert areas[1] == pytest.approx(np.pi * 20**2 * 2 / 3, rel=0.002)


def test_places_a_centimetre_apart_share_their_cell():
    near = gpd.GeoSeries([Point(500_000, 3_800_000), Point(500_000.01, 3_800_000)], crs="EPSG:32637")
    areas = by_label(Territory(near, near.buffer(10_000).iloc[:1], None).at([0, 1]))
    assert areas[0] == pytest.approx(areas[1], rel=0.01)


def test_setting_apart_moves_only_what_falls_together():
    points = np.array([[0.0, 0.0], [0.1, 0.1], [5.2, 5.2], [-0.2, 0.0]])
    moved = apart(points)
    assert (moved[2] == points[2]).all()
    assert np.hypot(*(moved - points).T).max() < 1
    assert len(np.unique(moved, axis=0)) == 4


def test_a_place_outside_the_outline_counts_as_far_as_its_cell_reaches_in():
    areas = by_label(Territory(series((36.9, 34.5), (37.5, 34.5)), SQUARE, 20).at([0, 1]))
    # The border between the two cells runs 0.3 degrees east of the first place, which is more than 20 km.
    assert 0 < areas[0] < np.pi * 20**2 / 2
    assert by_label(Territory(series((30, 34.5), (37.5, 34.5)), SQUARE, 20).at([0, 1])).keys() == {1, EMPTY}


def test_an_enclave_keeps_the_same_land_however_it_is_surrounded():
    points = scattered(500)
    alone = np.zeros(500, dtype=int)
    alone[250] = 1
    mixed = np.where(np.arange(500) == 250, 1, 2 + np.arange(500) % 3)
    territory = Territory(points, PROVINCES)
    land = by_label(territory.at(alone))[1]
    assert land > 0
    assert by_label(territory.at(mixed))[1] == pytest.approx(land)


@pytest.mark.parametrize("method", METHODS)
def test_the_smallest_enclave_survives(method):
    surrounded = series((37.5, 34.5), *((37.5 + 0.002 * np.cos(a), 34.5 + 0.002 * np.sin(a)) for a in np.linspace(0, 6, 12)))
    labels = [1] + [0] * 12
    frame = Territory(surrounded, SQUARE, 20, method).at(labels).set_index("label")
    assert frame.geometry[1].contains(Point(37.5, 34.5))
    assert 0 < frame["area_km2"][1] < 0.1


def test_an_unknown_holder_leaves_land_unknown_rather_than_to_its_neighbours():
    areas = by_label(Territory(series((37.25, 34.5), (37.75, 34.5)), SQUARE, None).at([0, UNKNOWN]))
    assert areas == {0: pytest.approx(SQUARE_KM2 / 2, rel=1e-3), UNKNOWN: pytest.approx(SQUARE_KM2 / 2, rel=1e-3)}


def test_parties_come_before_unknown_and_blank():
    frame = Territory(scattered(30), SYRIA, 10).at([2, UNKNOWN, 0] * 10)
    assert list(frame["label"]) == [0, 2, UNKNOWN, EMPTY]
    assert frame.crs == "EPSG:4326"


@pytest.mark.parametrize("method", METHODS)
def test_areas_of_many_dates_are_those_of_each_date(method):
    chance = np.random.default_rng(3)
    dates = chance.integers(UNKNOWN, 3, (1, 80)).repeat(12, axis=0)
    for row in range(1, 12):
        dates[row:, chance.integers(0, 80, row)] = chance.integers(UNKNOWN, 3)
    dates[5] = chance.integers(UNKNOWN, 3, 80)
    territory = Territory(scattered(80), PROVINCES, 20, method, spacing_km=20)
    together = territory.areas(dates, 3)
    assert together.shape == (12, 14, 5)
    for date, row in zip(together, dates, strict=True):
        assert date == pytest.approx(territory.areas(row, 3), abs=1e-6)
        frame = territory.at(row)
        assert date.sum(axis=0)[frame["label"].where(frame["label"] >= 0, 2 - frame["label"])] == pytest.approx(
            measured_km2(frame, SYRIA), rel=1e-6
        )


def test_areas_by_province_add_up_to_each_province():
    areas = Territory(scattered(200), PROVINCES).areas(np.arange(200) % 3, 3)
    assert areas.sum(axis=1) == pytest.approx(areas_km2(PROVINCES).to_numpy(), rel=1e-6)


def test_a_cell_that_only_touches_a_region_has_no_piece_in_it():
    halves = gpd.GeoSeries([box(37, 34, 37.5, 35), box(37.5, 34, 38, 35)], crs="EPSG:4326")
    mosaic = Territory(series((37.25, 34.5), (37.75, 34.5)), halves, None).mosaic()
    assert list(mosaic.site) == list(mosaic.region) == [0, 1]
    assert set(shapely.get_dimensions(mosaic.pieces)) == {2}


def test_one_province_alone_has_the_area_that_it_has_within_the_country():
    points, labels = scattered(200), np.arange(200) % 3
    homs = PROVINCES["code"] == "SY-HI"
    alone = Territory(points, PROVINCES[homs]).areas(labels, 3)[0]
    assert alone == pytest.approx(Territory(points, PROVINCES).areas(labels, 3)[int(np.flatnonzero(homs)[0])], rel=1e-3)


def test_a_party_that_lost_everything_has_exactly_nothing():
    dates = np.zeros((60, 50), dtype=int)
    for day in range(50):
        dates[day + 1 :, day] = 1
    areas = Territory(scattered(50), SYRIA).areas(dates, 2)[:, 0]
    assert areas[-1, 0] == 0.0
    assert (areas >= 0).all()


def test_no_dates_have_no_areas():
    assert Territory(scattered(5), SYRIA).areas(np.empty((0, 5), dtype=int), 2).shape == (0, 1, 4)


def test_places_at_a_front_are_those_whose_cell_borders_on_another_party():
    line = series(*((37.1 + 0.2 * i, 34.5) for i in range(5)))
    fronts = Territory(line, SQUARE, None).fronts([0, 0, 1, 1, UNKNOWN])
    assert list(fronts.places) == [False, True, True, False, False]
    west, _, east, _ = fronts.lines.bounds
    assert (west, east) == (pytest.approx(37.4, abs=0.001), pytest.approx(37.4, abs=0.001))


def test_fronts_are_the_common_border_of_the_drawn_polygons():
    points, labels = scattered(200), np.arange(200) % 2
    territory = Territory(points, SYRIA, None)
    one, other = territory.at(labels).geometry
    assert territory.fronts(labels).lines.length == pytest.approx(one.intersection(other).length, rel=1e-6)


def test_there_is_no_front_beyond_the_limit():
    fronts = Territory(series((37.25, 34.5), (37.75, 34.5)), SQUARE, 10).fronts([0, 1])
    assert fronts.lines.is_empty
    assert not fronts.places.any()


@pytest.mark.parametrize("method", METHODS)
def test_a_single_party_has_no_front(method):
    fronts = Territory(scattered(40), PROVINCES, 20, method).fronts([1] * 40)
    assert fronts.lines.is_empty
    assert not fronts.places.any()


def test_places_near_another_party_are_at_the_front_by_weights_too():
    line = series(*((37.1 + 0.2 * i, 34.5) for i in range(5)))
    assert list(Territory(line, SQUARE, None, "weighted").fronts([0, 0, 1, 1, 1]).places) == [False, True, True, False, False]


def test_land_around_flagged_places_is_what_they_hold():
    points = scattered(100)
    flags = np.arange(100) % 5 == 0
    territory = Territory(points, PROVINCES)
    assert territory.around(flags).symmetric_difference(territory.at(flags.astype(int)).geometry[1]).area < 1e-9


def test_by_weights_the_nearest_of_eight_is_outvoted_by_the_rest():
    ring = [(37.5 + 0.3 * np.cos(a), 34.5 + 0.3 * np.sin(a)) for a in np.linspace(0, 5.5, 7)]
    points, labels = series((37.5, 34.5), *ring), [1] + [0] * 7
    halfway = Point(37.5 + 0.13, 34.5)
    nearest = Territory(points, SQUARE, None).at(labels).set_index("label").geometry
    weighted = Territory(points, SQUARE, None, "weighted", spacing_km=2).at(labels).set_index("label").geometry
    assert nearest[1].contains(halfway)
    assert weighted[0].contains(halfway)
    assert weighted[1].contains(Point(37.5, 34.5))


def test_the_grid_keeps_clear_of_places_and_ends_beyond_the_limit():
    places = np.array([(500.0, 500.0), (2600.0, 2500.0)])
    within, beyond = grid_between(places, np.array([box(0, 0, 20_000, 10_000)]), 1000, 3000)
    away = [np.hypot(*(points[:, None] - places).transpose(2, 0, 1)).min(axis=1) for points in (within, beyond)]
    assert 500 < away[0].min() < away[0].max() <= 3000 < away[1].min() < away[1].max() <= 5000
    assert len(within) + len(beyond) < 100


@given(st.lists(positions, min_size=1, max_size=60, unique=True), st.lists(positions, min_size=1, max_size=40))
@examples(60, 600)
def test_the_nearest_places_are_found_exactly(places, points):
    where, those = np.array(points), np.array(places)
    found, away = nearest_places(where, those)
    all_distances = np.hypot(*(where[:, None] - those).transpose(2, 0, 1))
    assert away == pytest.approx(np.sort(all_distances, axis=1)[:, : min(8, len(places))])
    assert np.take_along_axis(all_distances, found, axis=1) == pytest.approx(away)


@pytest.mark.parametrize("method", METHODS)
def test_a_mosaic_gives_the_same_areas_by_the_votes_of_its_places(method):
    points, labels = scattered(60), np.arange(60) % 3
    territory = Territory(points, PROVINCES, 20, method, spacing_km=20)
    mosaic = territory.mosaic()
    weight = [(mosaic.weights * (labels[mosaic.places] == party)).sum(axis=1) for party in range(3)]
    held = np.append(np.argmax(weight, axis=0), 4)[mosaic.area_site]
    areas = np.zeros((14, 5))
    np.add.at(areas, (mosaic.area_region, held), mosaic.area_km2)
    assert areas == pytest.approx(territory.areas(labels, 3))
    assert (mosaic.one < mosaic.other).all()


def test_positions_may_come_in_any_crs():
    points, labels = scattered(50), np.arange(50) % 2
    here = Territory(points, SYRIA).areas(labels, 2)
    assert Territory(points.to_crs("EPSG:32637"), SYRIA.to_crs("EPSG:3857")).areas(labels, 2) == pytest.approx(here, rel=1e-6)


def test_areas_are_not_those_of_web_mercator():
    assert Territory(scattered(50), SYRIA).areas([0] * 50, 1).sum() == pytest.approx(185_939, rel=0.001)


def test_a_country_with_a_hole_leaves_the_hole_out():
    ring = gpd.GeoSeries([box(37, 34, 38, 35).difference(box(37.4, 34.4, 37.6, 34.6))], crs="EPSG:4326")
    frame = Territory(scattered(20, outline=ring), ring, None).at([0] * 20)
    assert_covers(frame, ring)
    assert not frame.geometry[0].contains(Point(37.5, 34.5))


@pytest.mark.parametrize("labels", [[0], [0, 1, 0], [[0, 1]], 0])
def test_labels_have_to_match_the_places(labels):
    with pytest.raises(ValueError, match="2 places need as many labels"):
        Territory(series((37.2, 34.5), (37.8, 34.5)), SQUARE).at(labels)


def test_labels_below_unknown_and_beyond_the_parties_are_refused():
    territory = Territory(series((37.2, 34.5), (37.8, 34.5)), SQUARE)
    with pytest.raises(ValueError, match="-2"):
        territory.at([0, EMPTY])
    with pytest.raises(ValueError, match="label 2, but only 2 parties"):
        territory.areas([0, 2], 2)


def test_wrong_settings_are_refused():
    with pytest.raises(UnknownNameError, match="'kriging' is not a method"):
        Territory(series(), SQUARE, method="kriging")
    for settings_ in ({"limit_km": 0}, {"limit_km": -1}, {"limit_km": float("nan")}, {"spacing_km": 0}):
        with pytest.raises(ValueError, match="positive"):
            Territory(series(), SQUARE, **settings_)
    with pytest.raises(ValueError, match="position"):
        Territory(gpd.GeoSeries([Point(), Point(37, 34)], crs="EPSG:4326"), SQUARE)
