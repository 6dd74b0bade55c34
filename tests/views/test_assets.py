"""What the browser fetches: published whole, under a name that tells its content."""

from __future__ import annotations

import gzip
import json

import pytest

from common.home import BUNDLED
from views.screen import assets
from views.screen.control_map import control_map


@pytest.fixture(autouse=True)
def static(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "STATIC", tmp_path / "static")
    return tmp_path / "static"


def test_the_same_files_have_the_same_address_and_others_another(static):
    one = assets.publish({"a.js": b"1"})
    assert assets.publish({"a.js": b"1"}) == one
    assert assets.publish({"a.js": b"2"}) != one
    assert (static / one.rsplit("/", 1)[1] / "a.js").read_bytes() == b"1"
    assert not list(static.glob(".draft-*"))


def test_our_scripts_come_with_leaflet(static):
    folder = static / assets.publish_scripts().rsplit("/", 1)[1]
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    assert {
        "leaflet.js",
        "leaflet.css",
        "map/control_layer.js",
        "state/atlas.js",
        "parts/timeline.js",
        "parts/rail.js",
        "page.css",
    } <= names


def test_the_base_map_marks_the_home_country_and_labels_the_others():
    base = assets.base_map(BUNDLED / "basemap", "SY")
    home = [f["properties"]["name"] for f in base["countries"]["features"] if f["properties"]["home"]]
    assert home == ["Syria"]
    assert {"Homs", "Lebanon"} <= {label["name"] for label in base["labels"]}


def test_json_is_published_as_gzip(static):
    address = assets.publish_json("x", {"name": "حمص"})
    assert address.endswith("/x.json.gz")
    assert json.loads(gzip.decompress((static / address.split("/static/")[1]).read_bytes())) == {"name": "حمص"}


def test_the_map_asks_nobody_but_us_and_is_the_same_every_time():
    def script():
        chart = control_map("/app/static/x", "/app/static/y/base.json.gz", "SY-HI")
        chart.render()
        return chart.get_root().render()

    text = script()
    assert text == script()
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "https://" not in text
    assert json.dumps("/app/static/y/base.json.gz")[1:-1] in text
