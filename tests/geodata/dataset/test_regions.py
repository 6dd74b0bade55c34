"""Regions: read as written, found from a dataset's folder, refused by name."""

import json

import geopandas as gpd
import pytest
from shapely.geometry import box, mapping

from geodata import SchemaError
from geodata.dataset.regions import BUNDLED_BASEMAP, read_region, read_regions
from geodata.land.basemap import read_layer
from geodata.land.boundaries import areas_km2, boundaries, bundled_provinces

SYRIA = """
[syria]
name = "Syria"
country = "SY"
home = "SY-HI"
opening_date = 2015-11-01
"""
ELSEWHERE = """
[elsewhere]
name = "Elsewhere"
name_ar = "مكان"
country = "XX"
home = "XX-A"
opening_date = 2024-07-08
dataset = "elsewhere"
basemap = "elsewhere/basemap"
credits = "Outlines by hand"
colours = { reds = "#AA0000" }
symbols = { reds = "square" }
"""
SQUARES = {"XX-A": box(10, 50, 11, 51), "XX-B": box(11, 50, 12, 51)}


@pytest.fixture
def regions(tmp_path):
    """Writes regions.toml beside the dataset folder `elsewhere`, with its base map of two squares; gives the folder above."""

    def write(text=SYRIA + ELSEWHERE):
        basemap = tmp_path / "elsewhere" / "basemap"
        basemap.mkdir(parents=True, exist_ok=True)
        features = [
            {"type": "Feature", "properties": {"iso_3166_2": code, "name": code[-1]}, "geometry": mapping(square)}
            for code, square in SQUARES.items()
        ]
        (basemap / "provinces.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        (tmp_path / "regions.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_region_without_paths_is_drawn_on_the_bundled_base_map_from_its_own_folder(regions):
    folder = regions()
    region = read_region(folder)
    assert (region.region_id, region.name_ar, region.dataset) == ("syria", "", folder.resolve())
    assert (region.basemap, region.boundaries) == (BUNDLED_BASEMAP, BUNDLED_BASEMAP / "provinces.geojson")


def test_paths_are_relative_to_the_file_and_outlines_are_those_of_the_base_map(regions):
    folder = regions().resolve()
    region = read_regions(folder / "regions.toml")[1]
    assert (region.dataset, region.basemap) == (folder / "elsewhere", folder / "elsewhere" / "basemap")
    assert region.boundaries == region.basemap / "provinces.geojson"
    assert (region.colours, region.symbols) == ({"reds": "#AA0000"}, {"reds": "square"})


def test_a_folder_of_tables_finds_its_region_in_the_file_above(regions):
    assert read_region(regions() / "elsewhere").region_id == "elsewhere"


def test_a_folder_that_no_region_names_is_refused(regions):
    stranger = regions() / "stranger"
    stranger.mkdir()
    with pytest.raises(SchemaError, match=r"regions\.toml: describes no region with the dataset 'stranger'"):
        read_region(stranger)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('"XX-A"', "3"), r"\[elsewhere\] 'home' is missing or is not a str"),
        (("2024-07-08", '"July"'), r"\[elsewhere\] 'opening_date' is missing or is not a date"),
        (("2024-07-08", "2024-07-08T12:00:00"), r"\[elsewhere\] 'opening_date' is missing or is not a date"),
        (("elsewhere/basemap", "nowhere"), r"\[elsewhere\] 'basemap' names 'nowhere', which is not there"),
        (("#AA0000", "red; } body { display: none"), r"\[elsewhere\] 'colours\.reds' is not a colour"),
        (('"square"', '"star"'), r"\[elsewhere\] 'symbols\.reds' is not one of circle"),
        (('symbols = { reds = "square" }', "symbols = 3"), r"\[elsewhere\] 'symbols' is missing or is not a dict"),
    ],
)
def test_a_wrong_key_is_named(regions, change, problem):
    with pytest.raises(SchemaError, match=problem):
        read_regions(regions(SYRIA + ELSEWHERE.replace(*change)) / "regions.toml")


@pytest.mark.parametrize(("text", "problem"), [("", "describes no region"), ("[a", "is not TOML"), ("a = 1", "'a' is no table")])
def test_a_file_without_regions_is_refused(regions, text, problem):
    with pytest.raises(SchemaError, match=problem):
        read_region(regions(text))


def test_the_outlines_of_a_region_are_its_own_and_measured_where_they_lie(regions):
    provinces = boundaries(1, read_region(regions() / "elsewhere"))
    assert list(provinces["code"]) == ["XX-A", "XX-B"]
    assert set(provinces["parent"]) == {"XX"}
    assert provinces.attrs["origin"] == "Outlines by hand"
    assert areas_km2(provinces).iloc[0] == pytest.approx(7_885, rel=0.01)  # a degree square at 50.5 N: 111.2 km by 70.9 km


def test_the_bundled_region_has_the_bundled_outlines():
    assert boundaries(1, read_region()).attrs == bundled_provinces().attrs


def test_outlines_without_a_code_are_refused(regions):
    region = read_region(regions() / "elsewhere")
    gpd.GeoDataFrame({"name": ["A"]}, geometry=[SQUARES["XX-A"]], crs="EPSG:4326").to_file(region.boundaries)
    with pytest.raises(SchemaError, match=r"provinces\.geojson, column 'iso_3166_2': this property is missing"):
        boundaries(1, region)


def test_a_base_map_may_lack_rivers_but_not_countries(regions):
    folder = regions() / "elsewhere" / "basemap"
    assert read_layer(folder, "rivers")["features"] == []
    with pytest.raises(SchemaError, match=r"countries\.geojson: there is no such file"):
        read_layer(folder, "countries")


def test_a_label_stands_inside_its_outline_where_the_file_does_not_place_it(regions):
    [one, _] = read_layer(regions() / "elsewhere" / "basemap", "provinces")["features"]
    label = one["properties"]
    assert 10 < label["label_longitude"] < 11
    assert 50 < label["label_latitude"] < 51
    assert label["name_ar"] == ""


@pytest.mark.parametrize("text", ["{}", "[]", "{", '{"features": [{"properties": {"iso_3166_2": "A", "name": "A"}, "geometry": null}]}'])
def test_a_layer_that_is_no_geojson_is_refused(regions, text):
    path = regions() / "elsewhere" / "basemap" / "provinces.geojson"
    path.write_text(text)
    with pytest.raises(SchemaError, match=r"provinces\.geojson: is not a GeoJSON FeatureCollection"):
        read_layer(path.parent, "provinces")


def test_a_feature_without_its_code_is_named(regions):
    path = regions() / "elsewhere" / "basemap" / "provinces.geojson"
    path.write_text(path.read_text().replace('"iso_3166_2": "XX-B", ', ""))
    with pytest.raises(SchemaError, match="feature 2 lacks the property 'iso_3166_2'"):
        read_layer(path.parent, "provinces")
