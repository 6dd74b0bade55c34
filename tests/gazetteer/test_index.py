"""The index: built once, at once or not at all, and found again."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from gazetteer.index import Index, build
from gazetteer.place import Name, Place, Record
from gazetteer.spelling.toponym import Toponym

ROOT = Path(__file__).parents[2]


def record(place_id, *names, **changes):
    fields = {"feature_class": "P", "feature_code": "PPL", "country": "SY", "admin1": "SY-HM", "admin1_name": "Hama"}
    place = Place(place_id, names[0], "", names, longitude=36.5, latitude=35.4, sources=("OCHA",), **fields | changes)
    return Record(place, tuple(Name(name, "a name", "OCHA", place_id) for name in names))


def found(index: Index, text: str) -> list[tuple[str, str]]:
    return [(hit.place.place_id, hit.tier) for hit in index.lookup(Toponym(text))]


def files(home: Path) -> list[Path]:
    return list((home / "index").glob("*"))


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("Tall al-Şakhr", "exact"),
        ("tall AL-Şakhr", "exact"),
        ("Tall al Sakhr", "diacritic"),
        ("Tell es-Sakhr", "folded"),
        ("تل الصخر", "skeleton"),
        ("Tell Sakhr al-Gharbi", "qualifier"),
    ],
)
def test_each_tier_forgives_more_than_the_one_before(text, tier):
    assert found(Index([record("a", "Tall al-Şakhr")]), text) == [("a", tier)]


def test_the_great_one_is_not_the_little_one():
    index = Index([record("great", "Rasm al-Kabir"), record("little", "Rasm as-Saghir")])
    assert found(index, "Rasm al-Kabeer") == [("great", "folded")]
    assert found(index, "Rasm Saghira") == [("little", "skeleton")]
    assert {place_id for place_id, _ in found(index, "Rasm Sharqi")} == set()


def test_a_remark_in_brackets_is_no_part_of_the_name():
    assert found(Index([record("a", "Harmala (Ar-Raqqa)")]), "Harmala") == [("a", "diacritic")]


def test_one_wrong_consonant_is_similar_and_two_are_not():
    index = Index([record("a", "Talbiseh")])
    assert [(hit.place.place_id, hit.tier) for hit in index.similar(Toponym("Talbizeh"))] == [("a", "fuzzy")]
    assert [(hit.place.place_id, hit.tier) for hit in index.similar(Toponym("Talbidseh"))] == [("a", "fuzzy")]
    assert index.similar(Toponym("Qaryatayn")) == []
    assert index.similar(Toponym("Homs")) == []


def test_a_file_answers_as_memory_does(tmp_path: Path):
    records = [record("a", "Hawarin", "حوارين"), record("b", "al-Mughir", admin1="", part_of="a", population=7, geonames_id=3)]
    build(records, tmp_path / "new" / "index.sqlite", "test")
    stored, memory = Index.stored(tmp_path / "new" / "index.sqlite"), Index(records)
    assert stored is not None
    assert stored.places == memory.places == {one.place.place_id: one.place for one in records}
    for text in ("Hawareen", "المغير", "nothing"):
        toponym, beginning = Toponym(text), Toponym(text[:2])
        assert stored.lookup(toponym) == memory.lookup(toponym)
        assert stored.similar(toponym) == memory.similar(toponym)
        assert list(stored.starting_with(beginning)) == list(memory.starting_with(beginning))


def test_a_build_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path):
    path = tmp_path / "index.sqlite"
    build([record("a", "Hawarin")], path, "test")
    with pytest.raises(AttributeError):
        build([record("b", "Mahin"), None], path, "test")
    assert list(tmp_path.iterdir()) == [path]
    stored = Index.stored(path)
    assert stored is not None
    assert set(stored.places) == {"a"}


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00 cut"])
def test_a_file_that_is_no_index_is_none(tmp_path: Path, content: bytes):
    (tmp_path / "index.sqlite").write_bytes(content)
    assert Index.stored(tmp_path / "index.sqlite") is None
    assert Index.stored(tmp_path / "missing.sqlite") is None


def test_a_stored_index_cannot_be_written(tmp_path: Path):
    build([record("a", "Hawarin")], tmp_path / "index.sqlite", "test")
    stored = Index.stored(tmp_path / "index.sqlite")
    assert stored is not None
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        stored._rows("DELETE FROM place")


def test_the_index_is_built_once_and_again_when_the_data_change(data: Path, tmp_path: Path):
    home, own = tmp_path / "home", tmp_path / "data"
    own.mkdir()
    for name in ("places.csv", "provinces.csv"):
        (own / name).write_bytes((data / name).read_bytes())
    Gazetteer.open(own, home=home)
    (first,) = files(home)
    made = first.stat().st_mtime_ns
    assert Gazetteer.open(own, home=home).resolve("Mheen").place_id == "mahin"
    assert files(home) == [first]
    assert first.stat().st_mtime_ns == made
    with (own / "places.csv").open("a", encoding="utf-8") as file:
        file.write("new,Zzyzx,,,P,PPL,SY,SY-HI,36.7,34.7,,,,3,,\n")
    assert Gazetteer.open(own, home=home).resolve("Zzyzx").place_id == "new"
    assert len(files(home)) == 2


def test_a_spoilt_index_is_built_anew(data: Path, tmp_path: Path):
    Gazetteer.open(data, home=tmp_path)
    (path,) = files(tmp_path)
    path.write_bytes(b"spoilt")
    assert Gazetteer.open(data, home=tmp_path).resolve("Mheen").place_id == "mahin"


def test_a_home_that_cannot_be_written_is_done_without(data: Path, tmp_path: Path):
    (tmp_path / "home").write_text("a file where the directory should be")
    assert Gazetteer.open(data, home=tmp_path / "home").resolve("Mheen").place_id == "mahin"


def test_two_processes_may_build_at_once(data: Path, tmp_path: Path):
    command = [sys.executable, "-m", "gazetteer", "resolve", "Mheen", "--data", str(data), "--home", str(tmp_path)]
    runs = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [(b"", 0), (b"", 0)]
    assert len(files(tmp_path)) == 1
