"""The provinces of a dataset: what each is called, where it is, how far it reaches."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from common.spelling import folded
from geodata.dataset.cells import listed, number, read_table, required, text, unique
from geodata.errors import UnknownNameError

_COLUMNS = {
    "iso_3166_2": required,
    "name": required,
    "name_ar": text,
    "aliases": listed,
    "longitude": number(-180, 180),
    "latitude": number(-90, 90),
    "radius_km": number(0, 20_100),
}
_ABSENT = ("name_ar", "aliases")


@dataclass(frozen=True)
class Province:
    """A province.

    Attributes
    ----------
    code
        ISO 3166-2.
    longitude, latitude
        Of its middle, EPSG:4326 degrees; not a number where that is not known.
    radius_km
        How far it reaches from there.
    """

    code: str
    name: str
    name_ar: str = ""
    aliases: tuple[str, ...] = ()
    longitude: float = math.nan
    latitude: float = math.nan
    radius_km: float = math.inf

    @property
    def spellings(self) -> tuple[str, ...]:
        """Code, names and aliases."""
        return tuple(filter(None, (self.code, self.name, self.name_ar, *self.aliases)))


class Provinces(dict[str, Province]):
    """Provinces by ISO 3166-2 code, in the order of their table."""

    def __init__(self, provinces: Iterable[Province]) -> None:
        super().__init__({province.code: province for province in provinces})
        self._spelled = {folded(spelling): province for province in self.values() for spelling in province.spellings}

    def find(self, wanted: str) -> Province | None:
        """Return the province of this code, name or alias, in any case of letters; None where there is none."""
        return self._spelled.get(folded(wanted))

    def called(self, wanted: str) -> Province:
        """Return the same.

        Raises
        ------
        UnknownNameError
            There is no such province; names those that there are.
        """
        if province := self.find(wanted):
            return province
        known = ", ".join(f"{province.name} ({province.code})" for province in self.values())
        raise UnknownNameError(f"'{wanted}' is not a known province; known are {known or 'none'}.")


def read_provinces(folder: Path, *, needed: bool = False) -> Provinces:
    """Return the provinces of a folder's `provinces.csv`; none where it has no such file, unless it is `needed`.

    Raises
    ------
    SchemaError
        The file is not as docs/data-model.md has it.
    """
    path = folder / "provinces.csv"
    if not needed and not path.exists():
        return Provinces(())
    rows = unique(read_table(path, _COLUMNS, _ABSENT), "iso_3166_2")
    return Provinces(Province(row["iso_3166_2"], *(row[name] for name in _COLUMNS if name != "iso_3166_2")) for row in rows)
