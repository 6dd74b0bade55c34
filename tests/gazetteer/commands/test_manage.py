"""The commands that add and remove sources, against a server of our own."""

import argparse
import hashlib
import io
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gazetteer import Answer, Gazetteer
from gazetteer.commands import GROUPS, add
from gazetteer.errors import DownloadError
from gazetteer.sources import download
from gazetteer.sources.store import Store

ROW = "167488\tMahīn\tMahin\tMahin,Mhine,مهين\t34.24168\t37.05843\tP\tPPL\tSY\t\t11\t\t\t\t11717\t\t900\tAsia/Damascus\t2015-01-01\n"
TABLE = "name,lat,lon\nMheen,34.24,37.05\nNowhere,x,37\n"


def dump() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "read me")
        archive.writestr("SY.txt", ROW)
    return stream.getvalue()


class Mirror:
    """A server of one file that can cut connections; keeps the headers of each request."""

    def __init__(self) -> None:
        self.content, self.etag = dump(), '"one"'
        self.cuts: list[int] = []  # after how many bytes the next answers end
        self.status = 200
        self.requests: list[dict[str, str]] = []
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                mirror.answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Keeps quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/dump"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.requests.append({"path": handler.path, **dict(handler.headers)})
        start, status = 0, self.status
        asked = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
        if status == 200 and asked and handler.headers.get("If-Range", self.etag) == self.etag:
            start, status = int(asked.group(1)), 206
        body = self.content[start:] if status < 400 else b""
        handler.send_response(status)
        handler.send_header("ETag", self.etag)
        handler.send_header("Content-Length", str(len(body)))
        if status == 206:
            handler.send_header("Content-Range", f"bytes {start}-{len(self.content) - 1}/{len(self.content)}")
        handler.end_headers()
        handler.wfile.write(body[: self.cuts.pop(0)] if self.cuts else body)


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(download.time, "sleep", lambda seconds: None)
    mirror = Mirror()
    thread = threading.Thread(target=mirror.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield mirror
    mirror.server.shutdown()
    mirror.server.server_close()
    thread.join()


@pytest.fixture
def run(tmp_path: Path):
    def command(*arguments: object) -> int:
        parser = argparse.ArgumentParser()
        commands = parser.add_subparsers(required=True)
        for group in GROUPS:
            group.register(commands)
        options = parser.parse_args([*map(str, arguments), "--home", str(tmp_path / "home")])
        status: int = options.run(options)
        return status

    return command


def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "home")


def table(tmp_path: Path, text: str = TABLE) -> Path:
    path = tmp_path / "Field notes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_dump_is_fetched_checked_added_and_not_kept_twice(run, mirror: Mirror, tmp_path: Path, capsys):
    assert run("add", "--geonames", "sy", "--base-url", mirror.url) == 0
    printed = capsys.readouterr().out
    assert hashlib.sha256(mirror.content).hexdigest() in printed
    assert "geonames-sy: 1 places of 1 rows, in SY; licence: GeoNames" in printed
    assert [record.place.place_id for record in store(tmp_path).records("SY")] == ["geonames-167488"]
    assert [path.name for path in (tmp_path / "home" / "downloads").iterdir()] == [".lock"]
    assert mirror.requests[0]["path"] == "/dump/SY.zip"
    assert mirror.requests[0]["User-Agent"].startswith("control-atlas-gazetteer")


def test_a_connection_that_is_cut_is_taken_up_where_it_ended(mirror: Mirror, tmp_path: Path):
    mirror.cuts = [100, 50]
    path = download.download_geonames("SY", tmp_path, mirror.url)
    assert path.read_bytes() == mirror.content
    assert [request.get("Range") for request in mirror.requests] == [None, "bytes=100-", "bytes=150-"]
    assert mirror.requests[1]["If-Range"] == '"one"'


def test_a_later_run_goes_on_from_what_was_kept(mirror: Mirror, tmp_path: Path):
    mirror.cuts = [100, 0, 0, 0]
    with pytest.raises(DownloadError, match=r"cannot be fetched: .*; 100 bytes are kept and the next attempt goes on from there"):
        download.download_geonames("SY", tmp_path, mirror.url)
    assert download.download_geonames("SY", tmp_path, mirror.url).read_bytes() == mirror.content
    assert mirror.requests[-1]["Range"] == "bytes=100-"
    assert [path.name for path in tmp_path.iterdir()] == ["SY.zip"]


def test_another_edition_on_the_server_is_fetched_from_its_beginning(mirror: Mirror, tmp_path: Path):
    mirror.cuts = [100, 0, 0, 0]
    with pytest.raises(DownloadError):
        download.download_geonames("SY", tmp_path, mirror.url)
    mirror.etag, mirror.content = '"two"', mirror.content.replace(b"read me", b"READ ME")
    # The archive's checksum of that member is now wrong: what matters is which bytes were asked for and that it is noticed.
    with pytest.raises(DownloadError, match="is no whole zip archive; nothing of it was kept"):
        download.download_geonames("SY", tmp_path, mirror.url)
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_is_one_sentence_and_leaves_nothing(run, mirror: Mirror, tmp_path: Path, capsys):
    mirror.status = 404
    assert run("add", "--geonames", "SY", "--base-url", mirror.url) == 2
    assert capsys.readouterr().err == f"gazetteer: {mirror.url}/SY.zip cannot be fetched: the server answers 404 Not Found\n"
    assert len(mirror.requests) == 1
    assert store(tmp_path).sources() == []


def test_a_server_in_trouble_is_asked_again_and_not_for_ever(mirror: Mirror, tmp_path: Path):
    mirror.status = 503
    with pytest.raises(DownloadError, match="503"):
        download.download_geonames("SY", tmp_path, mirror.url)
    assert len(mirror.requests) == 4


def test_a_file_that_is_too_large_is_not_fetched(mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(download, "LIMITS", download.LIMITS.__class__(file_bytes=10))
    with pytest.raises(DownloadError, match="more than the 0 MB that are fetched"):
        download.download_geonames("SY", tmp_path, mirror.url)


@pytest.mark.parametrize(("country", "url"), [("../x", "http://127.0.0.1:1"), ("Syria", "http://127.0.0.1:1"), ("SY", "file:///etc")])
def test_a_wrong_country_and_another_scheme_are_refused(tmp_path: Path, country: str, url: str):
    with pytest.raises(DownloadError):
        download.download_geonames(country, tmp_path, url)


def test_a_table_is_added_listed_and_removed(run, tmp_path: Path, capsys):
    assert run("add", "--table", table(tmp_path), "--licence", "CC0") == 0
    captured = capsys.readouterr()
    assert captured.out == "field-notes: 1 places of 2 rows, in SY; licence: CC0\n"
    assert captured.err.startswith("1 rows were refused, listed in ")
    assert "row 3, column 'lat': 'x' is not a number between -90 and 90" in captured.err
    assert "Field notes.csv,3,lat,'x' is not" in store(tmp_path).report_path("field-notes").read_text(encoding="utf-8")
    assert run("sources", "--json") == 0
    (info,) = json.loads(capsys.readouterr().out)
    assert (info["name"], info["kind"], info["records"], info["bad_rows"]) == ("field-notes", "table", 1, 1)
    assert info["sha256"] == hashlib.sha256(TABLE.encode()).hexdigest()
    assert run("sources") == 0
    assert "field-notes  (table)  1 places in SY, 1 rows refused" in capsys.readouterr().out
    assert run("remove", "field-notes") == 0
    assert (store(tmp_path).sources(), store(tmp_path).report_path("field-notes").exists()) == ([], False)
    assert run("remove", "field-notes") == 1
    assert run("sources") == 0


def test_a_place_that_is_added_is_found_and_one_that_is_removed_is_not(run, tmp_path: Path):
    def answer() -> Answer:
        return Gazetteer.open(home=tmp_path / "home").resolve("Wadi Nusayriyat al-Gharbi")

    before = answer()
    assert run("add", "--table", table(tmp_path, "name,lat,lon,admin1\nWadi Nusayriyat al-Gharbi,34.24,37.5,Homs\n")) == 0
    assert (answer().status, answer().longitude, answer().candidates[0].source) == ("resolved", 37.5, "field-notes")
    assert run("remove", "field-notes") == 0
    assert answer() == before


def test_each_kind_of_file_is_added_under_its_own_name_and_licence(run, tmp_path: Path):
    (tmp_path / "SY.txt").write_text(ROW, encoding="utf-8")
    (tmp_path / "w.csv").write_text("id,geonameid,name,lat,lon\nwof:421,167488,Mahin,34.24,37.05\n", encoding="utf-8")
    (tmp_path / "o.csv").write_text("LocationName_en,Location_Pcode,Latitude_y,Longitude_x\nMahin,C1,34.24,37.05\n", encoding="utf-8")
    assert [run("add", "--whosonfirst", tmp_path / "w.csv"), run("add", "--ocha", tmp_path / "o.csv")] == [0, 0]
    assert run("add", "--geonames-file", tmp_path / "SY.txt") == 0
    assert [(info.name, info.licence.partition(" (")[0]) for info in store(tmp_path).sources()] == [
        ("geonames-sy", "GeoNames"),
        ("ocha", "OCHA common operational datasets, CC BY-IGO"),
        ("whosonfirst", "Who's On First"),
    ]
    assert Gazetteer.open(home=tmp_path / "home").place("mahin").sources[0] == "reviewed places"


def test_columns_and_names_can_be_said(run, tmp_path: Path):
    path = table(tmp_path, "who,a,b\nMheen,34.24,37.05\n")
    assert run("add", "--table", path, "--name", "notes", "--name-column", "who", "--latitude-column", "a", "--longitude-column", "b") == 0
    (record,) = store(tmp_path).records("SY")
    assert (record.place.place_id, record.place.latitude) == ("table-notes-row-2", 34.24)


def test_another_file_of_the_same_name_is_refused_unless_it_replaces(run, tmp_path: Path, capsys):
    assert run("add", "--table", table(tmp_path)) == 0
    table(tmp_path, "name,lat,lon\nHawareen,34.27,37.08\n")
    assert run("add", "--table", tmp_path / "Field notes.csv") == 2
    assert "is called 'field-notes' already" in capsys.readouterr().err
    assert run("add", "--table", tmp_path / "Field notes.csv", "--replace") == 0
    assert [record.place.name for record in store(tmp_path).records("SY")] == ["Hawareen"]


def test_a_file_of_nothing_but_wrong_rows_is_given_up(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr(add, "_MOST_PROBLEMS", 3)
    assert run("add", "--table", table(tmp_path, TABLE + "x,y,z\n" * 3)) == 2
    assert "more than 3 rows cannot be read; the first: " in capsys.readouterr().err
    assert store(tmp_path).sources() == []


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--table", "none.csv"), "none.csv: the file does not exist"),
        (("--ocha", "none.csv", "--country", "Syria"), "'Syria' is not an ISO 3166-1 country code"),
        (("--table", "none.csv", "--alternate-names", "x"), "--alternate-names goes with --geonames"),
        (("--table", "none.csv", "--name", "provinces"), "'provinces' is the name of a file of the product"),
    ],
)
def test_what_cannot_be_added_is_refused_in_one_sentence(run, capsys, arguments: tuple[str, ...], problem: str):
    assert run("add", *arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert problem in captured.err
    assert captured.err.count("\n") == 1


def test_rebuilding_deletes_the_indexes_and_builds_them_anew(run, tmp_path: Path, capsys):
    assert run("add", "--table", table(tmp_path)) == 0
    stale = store(tmp_path).index_path("stale")
    stale.write_text("x", encoding="utf-8")
    assert run("rebuild") == 0
    assert not stale.exists()
    assert "built anew for SY" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "kind", "told"),
    [
        ("SY.txt", ROW.encode(), "geonames", "a dump of GeoNames"),
        ("SY.zip", dump(), "geonames", "a dump of GeoNames"),
        (
            "o.csv", b"Location_Pcode,LocationName_en,Latitude_y,Longitude_x\nC1,Mahin,34.24,37.05\n", "ocha",
            "populated places of OCHA",
        ),
        ("w.csv", b"id,geonameid,name,lat,lon\nwof:421,167488,Mahin,34.24,37.05\n", "whosonfirst", "localities of Who's On First"),
        (
            "w.geojson",
            json.dumps(
                {
                    "type": "Feature", "geometry": {"type": "Point", "coordinates": [37.05, 34.24]},
                    "properties": {"wof:id": 421, "wof:name": "Mahin", "wof:country": "SY"},
                }
            ).encode(),
            "whosonfirst", "localities of Who's On First",
        ),
        ("t.csv", TABLE.encode(), "table", "a table with names and positions"),
        ("t.csv", b"id,name,lat,lon\n7,Mheen,34.24,37.05\n", "table", "a table with names and positions"),
    ],
)  # fmt: skip
def test_the_kind_of_a_file_is_told_from_what_is_in_it_and_said(
    run, tmp_path: Path, capsys, name: str, content: bytes, kind: str, told: str
):
    (tmp_path / name).write_bytes(content)
    assert run("add", tmp_path / name) == 0
    assert capsys.readouterr().out.startswith(f"{name}: {told}\n")
    assert [info.kind for info in store(tmp_path).sources()] == [kind]


def test_a_file_and_a_flag_together_are_refused(run, tmp_path: Path):
    with pytest.raises(SystemExit):
        run("add", table(tmp_path), "--table", table(tmp_path))
