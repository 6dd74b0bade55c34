"""What the tables of a folder bring into a ledger: everything at first, later what is new in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata.dataset.cells import parsed, read_table, text
from geodata.dataset.tables import TABLES, Table, canonical
from geodata.errors import SchemaError
from geodata.ledger.batch import Batch
from geodata.ledger.model import Change, Entry
from geodata.ledger.records import Records

BY = "bundled dataset"
"""Who enters what comes with the product."""
TOKEN = "bundled:"  # noqa: S105 - begins an idempotency key
"""How the tokens begin of batches that come from the folder."""


@dataclass(frozen=True)
class Brought:
    """A change that a folder brings, and the file it stands in."""

    change: Change
    file: Path


def fingerprint(folder: Path) -> str:
    """SHA-256 of the tables in a folder, in hexadecimal."""
    told = hashlib.sha256()
    for name in TABLES:
        path = folder / f"{name}.csv"
        content = path.read_bytes() if path.is_file() else b""
        told.update(f"{name} {len(content)}\n".encode())
        told.update(content)
    return told.hexdigest()


def made_on(folder: Path) -> str:
    """Return the newest date on which a table of the folder was made, as their sidecars say; '' where none does."""
    sidecars = [path for name in TABLES if (path := folder / f"{name}.csv.meta.json").is_file()]
    return max((str(json.loads(path.read_text(encoding="utf-8")).get("made_on", "")) for path in sidecars), default="")


def brought(records: Records, folder: Path) -> list[Brought]:
    """Return the changes that bring a ledger up to the tables of a folder; records that users changed stay as they are.

    A row that is new is added. One that differs from what the folder last brought corrects it, and one that is gone retracts it, as long as
    no user has changed the record since.
    """
    return [one for table in TABLES.values() for one in _brought(records, folder, table)]


def _brought(records: Records, folder: Path, table: Table) -> Iterator[Brought]:
    path = folder / f"{table.name}.csv"
    if not table.needed and not path.exists():
        return
    current, ours = records.currents(table.name), records.entered_by(table.name, BY)
    missing = {key: entry for key, entry in ours.items() if current[key].number == entry.number and entry.live}
    row = 1
    for row, raw in ((row.number, dict(row.cells)) for row in read_table(path, dict.fromkeys(table.names, text), table.absent)):
        key = raw[table.key]
        missing.pop(key, None)
        if action := _action(table, path, row, raw, current.get(key), ours.get(key)):
            seen = current[key].number if key in current else None
            yield Brought(Change(table.name, key, action, raw, seen, row), path)
    for place, (key, entry) in enumerate(missing.items(), row + 1):
        yield Brought(Change(table.name, key, "retract", {}, entry.number, place), path)


def _action(table: Table, path: Path, row: int, raw: Mapping[str, str], current: Entry | None, ours: Entry | None) -> str:
    """Return what a row asks for, or ''."""
    if current is None:
        return "add"
    if ours is None or current.number != ours.number:
        return ""
    if not ours.live:
        return "restore"
    cells = parsed(path, row, raw, table.parsers({})).cells
    return "correct" if any(ours.cells[name] != canonical(value) for name, value in cells.items()) else ""


def fitting(records: Records, wanted: list[Brought]) -> tuple[Batch, tuple[str, ...]]:
    """Return the changes that fit what users have changed, and a sentence for each of the others."""
    left_out: list[str] = []
    while True:
        try:
            return Batch(records, [one.change for one in wanted], [one.file for one in wanted]), tuple(left_out)
        except SchemaError as problem:
            fits = [one for one in wanted if (one.file, one.change.row) != (problem.file, problem.row)]
            if len(fits) == len(wanted):
                raise
            wanted = fits
            left_out.append(str(problem))
