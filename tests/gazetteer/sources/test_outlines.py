"""Names of provinces lead to their outlines."""

from __future__ import annotations

import json

from shapely.geometry import Point, shape

from gazetteer import Gazetteer
from gazetteer.__main__ import main


def test_a_province_has_an_outline_with_its_towns_inside(tmp_path):
    gazetteer = Gazetteer.open(home=tmp_path)
    homs = gazetteer.outline(gazetteer.resolve("Homs Province").place_id)
    assert shape(homs).contains(Point(38.28, 34.56))  # Palmyra, longitude first
    assert gazetteer.outline("mahin") is None


def test_the_command_gives_the_outline_as_geojson(tmp_path, capsys):
    assert main(["resolve", "محافظة حمص", "--json", "--home", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out)["outline"]["type"] in ("Polygon", "MultiPolygon")
