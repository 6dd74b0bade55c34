"""Outlines that a user has added, kept in the user's folder: one set a level, as GeoParquet, beside a text that says whose they are."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import geopandas as gpd

from common.atomic import replacing
from common.home import home_directory
from geodata.errors import SchemaError

LEVELS = {1: "provinces", 2: "districts"}


@dataclass(frozen=True)
class Origin:
    """Whose outlines these are.

    Attributes
    ----------
    level
        A key of `LEVELS`.
    source, licence
        As they have to be named beside a map or a figure.
    file_name, sha256
        Of the file that was read; of a shapefile the `.shp`.
    outlines
        How many there are.
    added_on
        ISO 8601, UTC.
    """

    level: int
    source: str
    licence: str
    file_name: str
    sha256: str
    outlines: int
    added_on: str

    def __str__(self) -> str:
        return f"{self.source} ({self.licence})"


def added(level: int) -> Origin | None:
    """Whose outlines the user has added at a level; None if there are none.

    Raises
    ------
    SchemaError
        What the user's folder says of them cannot be read.
    """
    found = _described(level)
    return found[0] if found else None


def kept(level: int) -> gpd.GeoDataFrame | None:
    """Return the outlines that the user has added at a level, with their `Origin` as text in `attrs["origin"]`; None if there are none.

    Raises
    ------
    SchemaError
        A file of the user's folder is damaged.
    """
    found = _described(level)
    if found is None:
        return None
    origin, digest = found
    path = _outlines_path(level, digest)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise SchemaError(f"cannot be read ({problem.strerror}); add the {LEVELS[level]} again", path) from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise SchemaError(f"is damaged; add the {LEVELS[level]} again", path)
    frame = gpd.read_parquet(io.BytesIO(content))
    frame.attrs["origin"] = str(origin)
    return frame


def keep(outlines: gpd.GeoDataFrame, origin: Origin) -> None:
    """Nothing; from now on these are the outlines of their level, in place of any that were added before."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    outlines.to_parquet(buffer, index=False)
    content = buffer.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    with replacing(_outlines_path(origin.level, digest)) as file:
        file.write(content)
    # Outlines count as added once the description names them, so a break at any point leaves the former ones in force.
    with replacing(_description_path(origin.level)) as file:
        file.write((json.dumps({**asdict(origin), "outlines_sha256": digest}, ensure_ascii=False, indent=2) + "\n").encode())
    _sweep(origin.level, digest)


def remove(level: int) -> bool:
    """Whether there were added outlines of a level; there are none now."""
    try:
        _description_path(level).unlink()
    except FileNotFoundError:
        return False
    _sweep(level, "")
    return True


def _described(level: int) -> tuple[Origin, str] | None:
    path = _description_path(level)
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))
        digest = str(cells.pop("outlines_sha256"))
        return Origin(**cells), digest
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise SchemaError("is damaged; add the outlines again, or remove them", path) from None


def _folder() -> Path:
    return home_directory() / "boundaries"


def _description_path(level: int) -> Path:
    return _folder() / f"{LEVELS[level]}.json"


def _outlines_path(level: int, digest: str) -> Path:
    return _folder() / f"{LEVELS[level]}-{digest[:16]}.parquet"


def _sweep(level: int, digest: str) -> None:
    """Delete the files of outlines that are no longer in force."""
    for path in _folder().glob(f"{LEVELS[level]}-*.parquet"):
        if path != _outlines_path(level, digest):
            path.unlink(missing_ok=True)
