"""Provinces under the codes and names of other gazetteers, as ISO 3166-2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from gazetteer.place import Place
from gazetteer.spelling.toponym import Toponym

# GeoNames numbers the provinces of Syria in its own order. Source: the admin1code of each provincial capital.
GEONAMES_CODES = {
    ("SY", "01"): "SY-HA",
    ("SY", "02"): "SY-LA",
    ("SY", "03"): "SY-QU",
    ("SY", "04"): "SY-RA",
    ("SY", "05"): "SY-SU",
    ("SY", "06"): "SY-DR",
    ("SY", "07"): "SY-DY",
    ("SY", "08"): "SY-RD",
    ("SY", "09"): "SY-HL",
    ("SY", "10"): "SY-HM",
    ("SY", "11"): "SY-HI",
    ("SY", "12"): "SY-ID",
    ("SY", "13"): "SY-DI",
    ("SY", "14"): "SY-TA",
}

# Source: admin1Pcode beside admin1Name_en in OCHA's common operational datasets of Syria.
OCHA_PCODES = {
    "SY01": "SY-DI",
    "SY02": "SY-HL",
    "SY03": "SY-RD",
    "SY04": "SY-HI",
    "SY05": "SY-HM",
    "SY06": "SY-LA",
    "SY07": "SY-ID",
    "SY08": "SY-HA",
    "SY09": "SY-DY",
    "SY10": "SY-TA",
    "SY11": "SY-RA",
    "SY12": "SY-DR",
    "SY13": "SY-SU",
    "SY14": "SY-QU",
}

_ISO_3166_2 = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


class Provinces:
    """The provinces that are known, to read those of a user's file by.

    Parameters
    ----------
    places
        Provinces, their ISO 3166-2 codes in `admin1`.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_code: Mapping[str, Place] = {place.admin1: place for place in places}
        self._by_name = {
            (place.country, key): code for code, place in self.by_code.items() for name in place.names if (key := Toponym(name).article)
        }

    def code(self, text: str, country: str) -> str:
        """ISO 3166-2 code of a province written as ISO 3166-2, as OCHA p-code or by one of its names; empty when none is meant."""
        upper = text.strip().upper()
        if upper in self.by_code or (_ISO_3166_2.fullmatch(upper) and not self.of_country(country)):
            return upper if upper.startswith(f"{country}-") else ""
        if upper in OCHA_PCODES:
            return OCHA_PCODES[upper] if country == "SY" else ""
        return self._by_name.get((country, Toponym(text).article), "")

    def of_country(self, country: str) -> tuple[Place, ...]:
        """Return the provinces of a country, by its ISO 3166-1 alpha-2 code."""
        return tuple(place for place in self.by_code.values() if place.country == country)
