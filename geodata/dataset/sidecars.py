"""Who made each file of a dataset, from what, when and under which licence: the texts beside the files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import SchemaError


@dataclass(frozen=True)
class Sidecar:
    """What is told of a file; `derived_from` are its sources, each in words."""

    file: str
    title: str
    description: str
    made_by: str
    made_on: str
    derived_from: tuple[str, ...]
    licence: str


def read_sidecars(folder: Path) -> list[Sidecar]:
    """Return the sidecars of a folder by the names of their files; none where it has none.

    Raises
    ------
    SchemaError
        A sidecar is not as docs/data-model.md describes it.
    """
    return [_read(path) for path in sorted(folder.glob("*.meta.json"))]


def _read(path: Path) -> Sidecar:
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        words = {name: str(described[name]) for name in ("title", "description", "made_by", "made_on", "licence")}
        return Sidecar(
            path.name.removesuffix(".meta.json"), derived_from=tuple(_source(source) for source in described["derived_from"]), **words
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise SchemaError(f"is no description of a file ({problem!r})", path) from None


def _source(source: str | dict[str, Any]) -> str:
    if isinstance(source, str):
        return source
    return f"{source['upstream']}, from {source['package']} {source['version']} ({source['licence']})"
