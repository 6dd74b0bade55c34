"""The offline base map in data/basemap is what its sidecars say, and its layers fit together."""

import hashlib
import json
from itertools import combinations
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely import Point, box

BASEMAP = Path(__file__).resolve().parents[1] / "data" / "basemap"
LAYERS = ("land", "countries", "provinces", "rivers", "lakes")
FRAME = (29.5, 28.7, 48.4, 40.9)  # west, south, east, north
EQUAL_AREA = "EPSG:6933"  # not the projection of make.py: the areas have to hold in another one
SYRIA_KM2 = 185_939  # Natural Earth 10m
HOMS_KM2 = 50_098  # Natural Earth 10m; official figures say about 42,200
CODES = [f"SY-{code}" for code in ("DI", "DR", "DY", "HA", "HI", "HL", "HM", "ID", "LA", "QU", "RA", "RD", "SU", "TA")]


def layer(name: str) -> gpd.GeoDataFrame:
    return gpd.read_file(BASEMAP / f"{name}.geojson")


def sidecar(name: str) -> dict:
    return json.loads((BASEMAP / f"{name}.meta.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def provinces() -> gpd.GeoDataFrame:
    return layer("provinces").set_index("iso_3166_2")


@pytest.fixture(scope="module")
def countries() -> gpd.GeoDataFrame:
    return layer("countries").set_index("iso_3166_1")


def test_syria_has_its_fourteen_provinces(provinces):
    assert sorted(provinces.index) == CODES


@pytest.mark.parametrize(
    ("town", "longitude", "latitude", "code", "province"),
    [
        ("Palmyra", 38.28, 34.56, "SY-HI", "Homs"),
        ("Hama", 36.75, 35.13, "SY-HM", "Hama"),
        ("Latakia", 35.80, 35.53, "SY-LA", "Latakia"),
        ("Safita", 36.12, 34.82, "SY-TA", "Tartus"),
        ("Deir ez-Zor", 40.14, 35.33, "SY-DY", "Deir ez-Zor"),
        ("Douma", 36.40, 33.57, "SY-RD", "Rif Dimashq"),
    ],
)
def test_a_town_lies_in_its_own_province_and_in_no_other(provinces, town, longitude, latitude, code, province):
    holding = provinces[provinces.contains(Point(longitude, latitude))]
    assert list(holding.index) == [code], town
    assert list(holding["name"]) == [province]


def test_the_provinces_add_up_to_syria(provinces):
    total_km2 = provinces.to_crs(EQUAL_AREA).area.sum() / 1e6
    assert total_km2 == pytest.approx(SYRIA_KM2, rel=0.01)


def test_the_stated_areas_are_those_of_the_drawn_provinces(provinces):
    measured_km2 = provinces.to_crs(EQUAL_AREA).area / 1e6
    assert measured_km2.to_dict() == pytest.approx(provinces["area_km2"].to_dict(), rel=0.002)
    assert provinces.loc["SY-HI", "area_km2"] == pytest.approx(HOMS_KM2, rel=0.001)


def test_provinces_do_not_overlap(provinces):
    outlines = provinces.to_crs(EQUAL_AREA).geometry
    overlaps_m2 = {pair: outlines[pair[0]].intersection(outlines[pair[1]]).area for pair in combinations(CODES, 2)}
    assert max(overlaps_m2.values()) < 1


def test_provinces_and_neighbours_share_every_vertex_of_their_borders(provinces, countries):
    assert shapely.coverage_is_valid([*provinces.geometry, *countries.drop("SY").geometry])


def test_syria_is_the_union_of_its_provinces(provinces, countries):
    assert countries.geometry["SY"].equals(shapely.coverage_union_all(provinces.geometry))


def test_land_is_the_union_of_the_countries(countries):
    [land] = layer("land").geometry
    assert land.equals(shapely.coverage_union_all(countries.geometry))


def test_each_label_lies_inside_its_own_outline(provinces, countries):
    for outlines in (provinces, countries):
        labels = gpd.points_from_xy(outlines["label_longitude"], outlines["label_latitude"], crs="EPSG:4326")
        assert outlines.contains(gpd.GeoSeries(labels, index=outlines.index)).all()
        assert (outlines["name_ar"] != "").all()


def test_the_euphrates_passes_deir_ez_zor_and_the_orontes_passes_hama():
    rivers = layer("rivers").set_index("name").to_crs("EPSG:32637")
    towns = gpd.GeoSeries([Point(40.14, 35.33), Point(36.75, 35.13)], crs="EPSG:4326").to_crs("EPSG:32637")
    assert rivers.geometry["Euphrates"].distance(towns[0]) < 4_000
    assert rivers.geometry["Orontes"].distance(towns[1]) < 4_000


def test_rivers_are_ranked_major_or_minor():
    assert set(layer("rivers")["rank"]) == {1, 2}


def test_lakes_are_those_that_the_map_needs():
    assert {"Lake Assad", "Lake Qattinah", "Sea of Galilee", "Dead Sea"} <= set(layer("lakes")["name"])


@pytest.mark.parametrize("name", LAYERS)
def test_every_feature_is_valid_and_inside_the_frame(name):
    features = layer(name)
    assert features.crs == "EPSG:4326"
    assert features.is_valid.all()
    assert not features.is_empty.any()
    assert features.within(box(*FRAME)).all()


@pytest.mark.parametrize("name", LAYERS)
def test_the_sidecar_describes_its_file(name):
    content = (BASEMAP / f"{name}.geojson").read_bytes()
    described = sidecar(name)
    assert described["sha256"] == hashlib.sha256(content).hexdigest()
    assert described["features"] == len(json.loads(content)["features"])
    for key in ("title", "description", "made_by", "made_on", "derived_from", "licence", "attribution"):
        assert described[key], key


def test_the_base_map_is_small():
    assert sum((BASEMAP / f"{name}.geojson").stat().st_size for name in LAYERS) < 700_000
