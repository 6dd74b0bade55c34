"""Outlines are whose they say they are, as large as they are on the ellipsoid, and a user's own take the place of the bundled ones."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pyogrio
import pyproj
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, box

from geodata import SchemaError, UnknownNameError
from geodata.__main__ import main
from geodata.land.boundaries import areas_km2, boundaries, bundled_provinces, country_outline, equal_area_crs
from geodata.land.boundary_files import add_boundaries
from geodata.land.boundary_store import Origin, added, keep, kept, remove

SYRIA_KM2 = 185_939  # Natural Earth 10m
HOMS_KM2 = 50_098  # Natural Earth 10m
GEOD = pyproj.Geod(ellps="WGS84")
PCODES = {"SY-HI": "SY04", "SY-HM": "SY05"}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("CONTROL_ATLAS_HOME", str(folder))
    return folder


def ellipsoidal_km2(shape: shapely.Geometry) -> float:
    return abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6


def frame(*rows: tuple[object, str, object], crs: str | None = "EPSG:4326") -> gpd.GeoDataFrame:
    codes, names, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame({"PCODE": codes, "NAME": names}, geometry=list(shapes), crs=crs)


@pytest.fixture
def surveyed() -> gpd.GeoDataFrame:
    """Homs and Hama as another source could draw and name them: a little off, under codes of its own."""
    provinces = bundled_provinces().set_index("code")
    moved = {"SY-HI": "Hims", "SY-HM": "Hamah"}
    return frame(*((PCODES[code], name, shapely.affinity.translate(provinces.geometry[code], 0.02)) for code, name in moved.items()))


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(outlines: gpd.GeoDataFrame, name: str = "outlines.geojson", **options: object) -> Path:
        path = tmp_path / name
        outlines.to_file(path, **options)
        return path

    return write


def add(path: Path, level: int = 1, **changes: str) -> gpd.GeoDataFrame:
    usual = {"code_column": "PCODE", "name_column": "NAME", "source": "Survey", "licence": "CC BY 4.0"}
    return add_boundaries(path, level, **(usual | changes))


def test_syria_has_the_area_of_its_outline():
    assert areas_km2(boundaries()).sum() == pytest.approx(SYRIA_KM2, rel=0.001)


def test_homs_is_sy_hi():
    provinces = boundaries().set_index("code")
    assert areas_km2(provinces)["SY-HI"] == pytest.approx(HOMS_KM2, rel=0.001)
    assert provinces["name"]["SY-HI"] == "Homs"
    assert provinces["name"]["SY-HM"] == "Hama"
    assert set(provinces["parent"]) == {"SY"}


def test_areas_are_those_on_the_ellipsoid():
    provinces = boundaries()
    for area, shape in zip(areas_km2(provinces), provinces.geometry, strict=True):
        assert area == pytest.approx(ellipsoidal_km2(shape), rel=0.001)


@pytest.mark.parametrize("shape", [box(22, 44, 40, 52), box(-70, -55, -60, -20), box(100, -5, 120, 5)])
def test_areas_hold_in_any_region(shape):
    fine = shapely.segmentize(shape, 0.1)  # a parallel is not a geodesic
    assert areas_km2(gpd.GeoSeries([fine], crs="EPSG:4326")).sum() == pytest.approx(ellipsoidal_km2(fine), rel=0.001)


def test_web_mercator_would_be_half_as_large_again():
    in_mercator = boundaries().to_crs("EPSG:3857").area.sum() / 1e6
    assert in_mercator == pytest.approx(278_068, rel=0.001)
    assert "Lambert Azimuthal Equal Area" in equal_area_crs(boundaries()).to_wkt()


def test_areas_do_not_depend_on_the_crs_they_come_in():
    provinces = boundaries()
    assert areas_km2(provinces.to_crs("EPSG:3857")).to_numpy() == pytest.approx(areas_km2(provinces).to_numpy(), rel=1e-9)


def test_the_country_is_the_union_of_its_provinces():
    provinces = boundaries().to_crs(equal_area_crs(boundaries()))
    outline = country_outline(provinces)
    assert outline.is_valid
    assert outline.area == pytest.approx(provinces.area.sum(), rel=1e-9)


def test_it_is_said_whose_the_bundled_outlines_are():
    assert "Natural Earth" in boundaries().attrs["origin"]


def test_there_are_no_districts_until_somebody_brings_them():
    with pytest.raises(UnknownNameError, match="no districts"):
        boundaries(2)


@pytest.mark.parametrize("level", [0, 3])
def test_other_levels_are_refused(level, file, surveyed):
    with pytest.raises(UnknownNameError, match="level"):
        boundaries(level)
    with pytest.raises(UnknownNameError, match="level"):
        add(file(surveyed), level)


@pytest.mark.parametrize("name", ["outlines.shp", "outlines.geojson", "outlines.json", "outlines.gpkg", "OUTLINES.GeoJSON"])
def test_outlines_of_each_format_take_the_place_of_the_bundled_ones(name, file, surveyed):
    add(file(surveyed, name, driver="GeoJSON" if name.lower().endswith("json") else None))
    provinces = boundaries()
    assert list(provinces["code"]) == ["SY-HI", "SY-HM"]
    assert list(provinces["source_code"]) == ["SY04", "SY05"]
    assert list(provinces["name"]) == ["Hims", "Hamah"]
    assert list(provinces["parent"]) == ["SY", "SY"]
    assert provinces.crs == "EPSG:4326"
    assert provinces.attrs["origin"] == "Survey (CC BY 4.0)"
    assert provinces.geometry[0].symmetric_difference(surveyed.geometry[0]).area < 1e-9


def test_what_was_added_gives_the_same_as_what_is_read_later(file, surveyed):
    assert add(file(surveyed)).equals(boundaries())


@pytest.mark.parametrize("name", ["outlines.gpkg", "outlines.shp", "outlines.geojson"])
def test_any_crs_becomes_longitude_and_latitude(name, file, surveyed):
    add(file(surveyed.to_crs("EPSG:32637"), name))
    assert boundaries().geometry[0].symmetric_difference(surveyed.geometry[0]).area < 1e-9


def test_a_district_gets_the_province_that_most_of_it_lies_in(file):
    provinces = bundled_provinces().set_index("code").geometry
    inside = provinces["SY-HI"].point_on_surface().buffer(0.1)
    border = provinces["SY-HI"].intersection(provinces["SY-HM"]).interpolate(0.5, normalized=True)
    across = shapely.union(border.buffer(0.1).intersection(provinces["SY-HM"]), border.buffer(0.05).intersection(provinces["SY-HI"]))
    add(file(frame((1, "Inside", inside), (2, "Across", across), (3, "Abroad", Point(10, 50).buffer(0.1)))), 2)
    assert list(boundaries(2)["parent"]) == ["SY-HI", "SY-HM", ""]
    assert list(boundaries(2)["code"]) == ["1", "2", "3"]


def test_another_country_keeps_its_own_codes(file):
    add(file(frame(("UA14", "Donetska", box(37, 47, 39, 49)), ("UA44", "Luhanska", box(39, 48, 40, 50)))))
    assert list(boundaries()["code"]) == ["UA14", "UA44"]
    assert list(boundaries()["parent"]) == ["", ""]


def test_the_sidecar_says_whose_they_are_and_from_which_file(file, surveyed):
    add(file(surveyed))
    origin = added(1)
    assert (origin.source, origin.licence, origin.file_name, origin.outlines) == ("Survey", "CC BY 4.0", "outlines.geojson", 2)
    assert len(origin.sha256) == 64
    assert added(2) is None


def test_removing_brings_the_bundled_ones_back(file, surveyed, home):
    add(file(surveyed))
    assert remove(1)
    assert not remove(1)
    assert len(boundaries()) == 14
    assert list(home.rglob("*.parquet")) == []


def test_adding_again_replaces_and_leaves_no_file_behind(file, surveyed, home):
    add(file(surveyed))
    add(file(surveyed.iloc[:1]))
    assert len(boundaries()) == 1
    assert len(list(home.rglob("*.parquet"))) == 1


def test_a_failure_leaves_the_former_outlines_in_force(file, surveyed, home):
    add(file(surveyed))
    with pytest.raises(SchemaError):
        add(file(surveyed.assign(PCODE="same")))
    assert len(boundaries()) == 2


def test_a_break_between_outlines_and_sidecar_leaves_the_former_in_force(file, surveyed, monkeypatch):
    add(file(surveyed))
    monkeypatch.setattr("geodata.land.boundary_store._description_path", lambda level: Path("/nowhere/at/all.json"))
    with pytest.raises(FileNotFoundError):
        keep(boundaries().iloc[:1], Origin(1, "x", "x", "x", "x", 1, "x"))
    monkeypatch.undo()
    assert boundaries() is not None


@pytest.mark.parametrize("damage", ["parquet", "json"])
def test_a_damaged_file_of_the_store_is_named(file, surveyed, home, damage):
    add(file(surveyed))
    [path] = home.rglob(f"*.{damage}")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(SchemaError, match=rf"{path.name}: is damaged"):
        boundaries()


def test_lost_outlines_are_named(file, surveyed, home):
    add(file(surveyed))
    next(home.rglob("*.parquet")).unlink()
    with pytest.raises(SchemaError, match="cannot be read"):
        kept(1)


def test_neighbours_that_overlap_by_a_hair_are_made_to_share_their_border(file):
    add(file(frame(("a", "A", box(10, 50, 11, 51)), ("b", "B", box(10.9999, 50, 12, 51)))))
    shapes = boundaries().geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.union_all(shapes).area == pytest.approx(2, rel=1e-4)


def test_a_bow_tie_is_repaired(file):
    bow = Polygon([(10, 50), (11, 51), (11, 50), (10, 51)])
    add(file(frame(("a", "A", bow))))
    assert boundaries().geometry[0].area == pytest.approx(0.5)
    assert isinstance(boundaries().geometry[0], MultiPolygon)


def broken(**changes: object) -> gpd.GeoDataFrame:
    square = {"PCODE": "a", "NAME": "A", "geometry": box(10, 50, 11, 51)}
    rows = [square, square | {"PCODE": "b", "geometry": box(11, 50, 12, 51)} | changes]
    return gpd.GeoDataFrame(rows, crs="EPSG:4326")


@pytest.mark.parametrize(
    ("outlines", "said"),
    [
        (broken(PCODE="a"), "outline 2 has the code 'a' of an earlier one"),
        (broken(PCODE=None), "outline 2 has no code"),
        (broken(PCODE=" "), "outline 2 has no code"),
        (broken(geometry=box(10.5, 50, 11.5, 51)), "outlines overlap, by 25.0%"),
        (broken(geometry=Point(10, 50)), "outline 'b' has no area"),
        (broken(geometry=None), "outline 'b' is empty"),
        (broken(geometry=box(300, 50, 301, 51)), "not lie on the globe"),
        (broken(NAME="Homs", geometry=box(38, 34, 39, 34.5)), "'A' lies outside every bundled province"),
        (broken().iloc[:0], "has no outlines"),
    ],
)
def test_outlines_that_are_not_fit_are_refused_with_a_reason(outlines, said, file):
    path = file(outlines, schema=None) if len(outlines) else file(outlines, "empty.gpkg")
    with pytest.raises(SchemaError, match=said):
        add(path)
    assert added(1) is None


def test_a_name_that_belongs_to_another_province_is_refused(file):
    homs = bundled_provinces().set_index("code").geometry["SY-HI"]
    with pytest.raises(SchemaError, match="'Hama' is the name of SY-HM, but the outline lies mostly in SY-HI"):
        add(file(frame(("1", "Hama", homs))))


def test_two_outlines_of_one_province_are_refused_as_provinces(file):
    with pytest.raises(SchemaError, match="'East' and 'West' both lie mostly in SY-HI"):
        add(file(frame(("1", "West", box(38, 34, 38.5, 34.5)), ("2", "East", box(38.5, 34, 39, 34.5)))))


def test_a_missing_column_is_named_beside_those_there_are(file, surveyed):
    with pytest.raises(SchemaError, match="column 'ADM1': this column is missing; there are PCODE, NAME"):
        add(file(surveyed), code_column="ADM1")


def test_a_shapefile_without_its_coordinate_system_is_refused(file, surveyed):
    path = file(surveyed, "outlines.shp")
    path.with_suffix(".prj").unlink()
    with pytest.raises(SchemaError, match=r"outlines\.shp: .*\.prj"):
        add(path)


def test_a_shapefile_without_its_table_is_refused(file, surveyed):
    path = file(surveyed, "outlines.shp")
    path.with_suffix(".dbf").unlink()
    with pytest.raises(SchemaError, match=r"outlines\.shp"):
        add(path)


def test_a_layer_has_to_be_named_where_there_are_several(file, surveyed):
    path = file(surveyed, "outlines.gpkg", layer="one")
    surveyed.iloc[:1].to_file(path, layer="two")
    with pytest.raises(SchemaError, match="several layers; name one of one, two"):
        add(path)
    with pytest.raises(SchemaError, match="no layer 'three'"):
        add(path, layer="three")
    assert len(add(path, layer="two")) == 1


@pytest.mark.parametrize("name", ["outlines.zip", "outlines.kml", "outlines.csv", "outlines"])
def test_other_kinds_of_files_are_refused(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(SchemaError, match="is none of shapefile"):
        add(path)


@pytest.mark.parametrize("suffix", [".shp", ".gpkg"])
def test_a_file_that_only_claims_to_be_of_its_kind_is_refused_before_any_driver_sees_it(suffix, tmp_path, monkeypatch):
    # A VRT may name other files and addresses, and GDAL tells it by its content.
    path = tmp_path / f"outlines{suffix}"
    path.write_text('<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>')
    monkeypatch.setattr(pyogrio, "list_layers", lambda *_: pytest.fail("GDAL was asked"))
    with pytest.raises(SchemaError, match="does not begin as"):
        add(path)


@pytest.mark.parametrize(
    "content",
    [
        {"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"},
        {"type": "Topology", "objects": {}, "arcs": []},
        {"type": "FeatureCollection", "features": [1]},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": None, "geometry": None}]},
        {"type": "FeatureCollection", "features": {}},
        {"type": "FeatureCollection"},
        [],
    ],
)
def test_json_that_is_no_feature_collection_is_refused(content, tmp_path):
    path = tmp_path / "outlines.json"
    path.write_text(json.dumps(content))
    with pytest.raises(SchemaError, match="is no GeoJSON FeatureCollection"):
        add(path)


@pytest.mark.parametrize(
    "named",
    [
        {"type": "name", "properties": {"name": "EPSG:nonsense"}},
        {"type": "name", "properties": {"name": "EPSG:99999999"}},
        {"type": "name", "properties": {"name": "+proj=longlat +nadgrids=/etc/passwd"}},
        {"type": "link"},
        7,
        None,
    ],
)
def test_an_unknown_coordinate_system_is_refused(named, file, surveyed):
    path = file(surveyed)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"crs": named}))
    with pytest.raises(SchemaError, match="coordinate system that is not known"):
        add(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.geojson", b'{"type": "FeatureCollection", "features": [{"ty'),
        ("deep.geojson", b"[" * 100_000),
        ("latin.geojson", b'{"type": "\xe9"}'),
        (
            "odd.geojson",
            b'{"type": "FeatureCollection", "features": [{"properties": {"PCODE": 1, "NAME": 2}, "geometry": {"type": 3}}]}',
        ),
        ("cut.shp", b"\0\0\x27\x0a"),
    ],
)
def test_a_file_that_is_cut_off_or_odd_is_refused(name, content, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SchemaError, match=rf"{name}: cannot be read"):
        add(path)


def test_what_gdal_takes_for_another_kind_is_refused(file, surveyed, monkeypatch):
    path = file(surveyed, "outlines.gpkg")
    monkeypatch.setattr(pyogrio, "read_info", lambda *_, **__: {"driver": "SQLite"})
    with pytest.raises(SchemaError, match="is of the kind SQLite, which is not read"):
        add(path)


def test_a_path_of_gdal_is_no_file(file, surveyed, tmp_path):
    path = file(surveyed)
    shutil.make_archive(str(tmp_path / "outlines"), "zip", tmp_path, path.name)
    with pytest.raises(SchemaError, match="cannot be read"):
        add(Path(f"/vsizip/{tmp_path}/outlines.zip/{path.name}"))


def test_commands_add_list_and_remove(file, surveyed, capsys):
    assert main(["boundaries", "list"]) == 0
    assert "14 outlines, 185,940 km2: Natural Earth" in capsys.readouterr().out
    arguments = ["--level", "1", "--code-column", "PCODE", "--name-column", "NAME", "--source", "Survey", "--licence", "CC0"]
    assert main(["boundaries", "add", str(file(surveyed)), *arguments]) == 0
    assert "SY-HI        SY     SY04" in capsys.readouterr().out
    assert main(["boundaries", "list"]) == 0
    assert "2 outlines, 60,3" in (listed := capsys.readouterr().out)
    assert "Survey (CC0)" in listed
    assert main(["boundaries", "remove", "--level", "1"]) == 0
    assert main(["boundaries", "remove", "--level", "1"]) == 1
    assert capsys.readouterr().err == "geodata: no provinces were added.\n"


def test_the_command_says_in_one_line_why_a_file_is_refused(tmp_path, capsys):
    arguments = ["--level", "1", "--code-column", "C", "--name-column", "N", "--source", "x", "--licence", "x"]
    assert main(["boundaries", "add", str(tmp_path / "none.geojson"), *arguments]) == 1
    assert capsys.readouterr().err == "geodata: none.geojson: cannot be read (No such file or directory).\n"
