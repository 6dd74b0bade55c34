"""The region that a dataset is about: where its data, outlines and base map are, how its parties look, what the map opens on."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.home import BUNDLED, data_folder
from geodata.errors import SchemaError

REGIONS = "regions.toml"
BUNDLED_BASEMAP = BUNDLED / "basemap"

SYMBOLS = ("circle", "triangle", "triangle-down", "square", "diamond", "pentagon")
"""Shapes that a party can have; screen and paper draw each."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Region:
    """A region.

    Attributes
    ----------
    country
        ISO 3166-1 code of the country that is measured and drawn as home.
    home
        ISO 3166-2 code of the province shown first.
    opening_date
        The first day seen.
    dataset
        Folder of the tables.
    basemap
        Folder with land, countries, provinces, rivers and lakes as GeoJSON.
    boundaries
        GeoJSON with the outlines of the provinces: properties `iso_3166_2` and `name`, EPSG:4326, longitude first.
    colours, symbols
        By party_id: CSS hex colours, and one of `SYMBOLS`. A party that is in neither looks as `views.style` has it.
    credits
        Whose outlines, rivers and places these are: a line that stands beside every map.
    """

    region_id: str
    name: str
    name_ar: str
    country: str
    home: str
    opening_date: dt.date
    dataset: Path
    basemap: Path
    boundaries: Path
    colours: Mapping[str, str]
    symbols: Mapping[str, str]
    credits: str


def read_regions(file: Path) -> list[Region]:
    """Return the regions of a file, in its order. Folders and files are told relative to it.

    Raises
    ------
    SchemaError
        The file is missing or is not TOML, describes no region, lacks a key or has one of another type, or names a folder or file that
        is not there.
    """
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SchemaError("there is no such file", file) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SchemaError(f"is not TOML ({problem})", file) from None
    if not tables:
        raise SchemaError("describes no region", file)
    return [_region(file, region_id, table) for region_id, table in tables.items()]


def read_region(folder: Path = BUNDLED) -> Region:
    """Return the region that a folder is about.

    It is the first one of the folder's `regions.toml`; where the folder has no such file, the one whose `dataset` it is in the
    `regions.toml` of the folder above.

    Raises
    ------
    SchemaError
        There is no such region, or its file is not as documented.
    """
    own, above = folder / REGIONS, folder.parent / REGIONS
    if own.exists() or not above.exists():
        return read_regions(own)[0]
    for region in read_regions(above):
        if region.dataset == folder.resolve():
            return region
    raise SchemaError(f"describes no region with the dataset '{folder.name}'", above)


def _region(file: Path, region_id: str, table: object) -> Region:
    if not isinstance(table, dict):
        raise SchemaError(f"'{region_id}' is no table", file)
    cells = _Table(file, region_id, table)
    basemap = cells.path("basemap", BUNDLED_BASEMAP)
    return Region(
        region_id=region_id,
        name=cells.value("name", str),
        name_ar=cells.value("name_ar", str, ""),
        country=cells.value("country", str),
        home=cells.value("home", str),
        opening_date=cells.value("opening_date", dt.date),
        dataset=cells.path("dataset", file.parent.resolve()),
        basemap=basemap,
        boundaries=cells.path("boundaries", basemap / "provinces.geojson"),
        colours=cells.words("colours", _COLOUR, "a colour like #B3261E"),
        symbols=cells.words("symbols", re.compile("|".join(SYMBOLS)), f"one of {', '.join(SYMBOLS)}"),
        credits=cells.value("credits", str, ""),
    )


def shown_dataset() -> Path:
    """Return the folder of the tables that are shown: those of the first region where CONTROL_ATLAS_DATA says, else the bundled ones.

    Raises
    ------
    SchemaError
        There is no such folder, or its file of regions is not as documented.
    """
    folder = data_folder()
    return BUNDLED if folder == BUNDLED else read_region(folder).dataset


@dataclass(frozen=True)
class _Table:
    """One table of the file; every key of a wrong type is refused by name."""

    file: Path
    region_id: str
    cells: Mapping[str, object]

    def value(self, key: str, kind: type, otherwise: object = None) -> Any:
        value = self.cells.get(key, otherwise)
        # A date with a time of day is a date to Python.
        if not isinstance(value, kind) or isinstance(value, dt.datetime):
            raise self._error(f"'{key}' is missing or is not a {kind.__name__}")
        return value

    def path(self, key: str, otherwise: Path) -> Path:
        written = self.value(key, str, "")
        if not written:
            return otherwise
        path: Path = (self.file.parent / written).resolve()
        if not path.exists():
            raise self._error(f"'{key}' names '{written}', which is not there")
        return path

    def words(self, key: str, form: re.Pattern[str], what: str) -> dict[str, str]:
        words: dict[str, str] = self.value(key, dict, {})
        for name, word in words.items():
            if not isinstance(word, str) or not form.fullmatch(word):
                raise self._error(f"'{key}.{name}' is not {what}")
        return words

    def _error(self, problem: str) -> SchemaError:
        return SchemaError(f"[{self.region_id}] {problem}", self.file)
