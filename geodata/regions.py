"""The region that a dataset is about: what the map opens on."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import SchemaError
from geodata.schema import BUNDLED


@dataclass(frozen=True)
class Region:
    """A region. `country` is ISO 3166-1, `home` the ISO 3166-2 code of the province shown first, `opening_date` the first day seen."""

    region_id: str
    name: str
    name_ar: str
    country: str
    home: str
    opening_date: dt.date


def read_region(folder: Path = BUNDLED) -> Region:
    """The first region of `regions.toml` in a folder.

    Raises
    ------
    SchemaError
        The file is missing, is not TOML, or lacks a key or has one of another type.
    """
    path = folder / "regions.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SchemaError("there is no such file", path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SchemaError(f"is not TOML ({problem})", path) from None
    for region_id, table in tables.items():
        return Region(region_id, **{key: _value(path, table, key, kind) for key, kind in _KEYS.items()})
    raise SchemaError("describes no region", path)


_KEYS: dict[str, type] = {"name": str, "name_ar": str, "country": str, "home": str, "opening_date": dt.date}


def _value(path: Path, table: object, key: str, kind: type) -> Any:
    value = table.get(key) if isinstance(table, dict) else None
    if not isinstance(value, kind):
        raise SchemaError(f"'{key}' is missing or is not a {kind.__name__}", path)
    return value
