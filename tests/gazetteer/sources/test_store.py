"""The store of added sources."""

import gzip
import multiprocessing
from pathlib import Path

import pytest

from gazetteer import SchemaError
from gazetteer.errors import StoreError
from gazetteer.place import Name, Place, Record
from gazetteer.sources.store import Store, home_directory


def record(place_id: str, name: str = "Mahin", country: str = "SY") -> Record:
    place = Place(
        place_id=place_id, name=name, name_ar="مهين", names=(name, "مهين"), feature_class="P", feature_code="PPL", country=country,
        admin1="SY-HI", admin1_name="Homs", longitude=37.05, latitude=34.24, population=7, geonames_id=3, sources=("notes",),
    )  # fmt: skip
    return Record(place, (Name(name, "the name", "notes", place_id), Name("مهين", "an alias", "notes", place_id)))


def add(store: Store, name: str, *records: Record, kind: str = "table", text: str = "x", **options: bool):
    path = store.home.parent / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return store.add(name, kind, path, "CC0", records, [], **options)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "home")


def test_an_empty_store_has_nothing_and_makes_no_directory(store: Store):
    assert (store.sources(), list(store.records("SY"))) == ([], [])
    assert store.fingerprint() == Store.open(store.home.parent / "other").fingerprint()
    assert not store.home.exists()


def test_what_is_added_comes_back_as_it_was_by_country(store: Store):
    info = add(store, "notes", record("a"), record("b", country="IQ"))
    assert list(store.records("SY")) == [record("a")]
    assert list(store.records("IQ")) == [record("b", country="IQ")]
    assert (info.records, info.rows, info.countries, info.licence, info.file_name) == (2, 2, ("IQ", "SY"), "CC0", "notes.csv")
    assert Store.open(store.home).sources() == [info]


def test_the_order_of_adding_does_not_matter(tmp_path: Path):
    one, other = Store.open(tmp_path / "1"), Store.open(tmp_path / "2")
    for store, order in ((one, (0, 1, 2)), (other, (2, 0, 1))):
        for position in order:
            add(store, "bca"[position], record("bca"[position]), kind=("table", "ocha", "geonames")[position])
    assert list(one.records("SY")) == list(other.records("SY")) == [record("a"), record("c"), record("b")]
    assert one.fingerprint() == other.fingerprint()


def test_the_fingerprint_changes_with_the_sources_and_comes_back_with_them(store: Store):
    add(store, "notes", record("a"))
    first = store.fingerprint()
    add(store, "more", record("b"))
    assert store.fingerprint() != first
    store.remove("more")
    assert store.fingerprint() == first
    assert list(store.records("SY")) == [record("a")]
    add(store, "notes", record("a"))  # the same file once more
    assert store.fingerprint() == first
    add(store, "notes", record("z"), text="a newer edition", replace_existing=True)
    assert store.fingerprint() != first


def test_a_name_that_is_taken_or_no_name_is_refused(store: Store):
    add(store, "notes", record("a"))
    with pytest.raises(StoreError, match=r"a source is called 'notes' already, read from notes\.csv"):
        add(store, "notes", record("b"), text="another file")
    for name in ("", "../x", "Notes", "a b", "-a", "a" * 65):
        with pytest.raises(StoreError, match="is no name for a source"):
            store.add(name, "table", store.home.parent / "notes.csv", "", [], [])
    assert list(store.records("SY")) == [record("a")]


def test_a_file_without_a_good_row_changes_nothing_but_its_report(store: Store, tmp_path: Path):
    path = tmp_path / "bad.csv"
    path.write_text("x", encoding="utf-8")
    problems = [SchemaError(path, 2, "lat", "'=1+1' is not a number"), SchemaError(path, 3, None, "=cmd|x")]
    with pytest.raises(StoreError, match=r"no row can be read as a place; the first: .*row 2, column 'lat'"):
        store.add("bad", "table", path, "", [], problems)
    assert store.sources() == []
    assert store.report_path("bad").read_text(encoding="utf-8").splitlines() == [
        "file,row,column,problem", "bad.csv,2,lat,''=1+1' is not a number", "bad.csv,3,,'=cmd|x",
    ]  # fmt: skip


def test_when_reading_fails_halfway_the_earlier_edition_stays(store: Store):
    add(store, "notes", record("a"))

    def broken():
        yield record("b")
        raise SchemaError("notes.csv", 3, None, "is not UTF-8")

    with pytest.raises(SchemaError):
        store.add("notes", "table", store.home.parent / "notes.csv", "", broken(), [], replace_existing=True)
    assert list(store.records("SY")) == [record("a")]
    assert sorted(path.name for path in (store.home / "sources").iterdir()) == ["notes.jsonl.gz"]


def test_a_key_that_is_there_twice_is_kept_once(store: Store):
    info = add(store, "notes", record("a"), record("a", "Maheen"))
    assert (info.records, info.bad_rows) == (1, 1)
    assert "'a' is there twice" in store.report_path("notes").read_text(encoding="utf-8")


def test_removing_what_is_not_there_says_what_is(store: Store):
    add(store, "notes", record("a"))
    with pytest.raises(StoreError, match="no source is called 'other': known are notes"):
        store.remove("other")


def test_a_damaged_file_is_named(store: Store):
    add(store, "notes", record("a"))
    path = store.home / "sources" / "notes.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StoreError, match=r"notes\.jsonl\.gz: cannot be read"):
        list(store.records("SY"))
    path.write_bytes(gzip.compress(b"[]\n"))
    with pytest.raises(StoreError, match="delete it and add the source again"):
        store.sources()


def test_keys_of_indexes_stay_in_their_directory(store: Store):
    assert store.index_path("SY-0a1b").parent == store.home / "index"
    store.index_path("SY-0a1b").write_text("x", encoding="utf-8")
    assert (store.delete_indexes(), store.delete_indexes()) == (1, 0)
    for key in ("../x", "", "a/b", ".x"):
        with pytest.raises(StoreError, match="is no key of an index"):
            store.index_path(key)


def test_the_home_is_the_argument_then_the_variable_then_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GAZETTEER_HOME", str(tmp_path / "variable"))
    assert home_directory(tmp_path) == tmp_path
    assert home_directory() == tmp_path / "variable"
    monkeypatch.setenv("GAZETTEER_HOME", "")
    assert home_directory().name == "control-atlas"


def _add_many(home: str, number: int) -> None:
    store = Store.open(Path(home))
    for turn in range(5):
        add(store, f"own-{number}-{turn}", record(f"{number}-{turn}"))
        add(store, "shared", record("shared"), replace_existing=True)


def test_processes_that_add_at_once_lose_nothing(store: Store):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_add_many, args=(str(store.home), number)) for number in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert len(store.sources()) == 11
    assert len(list(store.records("SY"))) == 11
