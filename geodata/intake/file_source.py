"""A file as a source of a dataset: a ledger, or claims in any layout that we read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from common.home import BUNDLED
from geodata.dataset.cells import Row, parsed
from geodata.dataset.claims import read_dataset
from geodata.dataset.tables import CLAIMANTS, DOCUMENTS, PARTIES, PLACES, Folder, Known, Source, Table, canonical
from geodata.errors import SchemaError
from geodata.files.guard import read_rows
from geodata.files.guard.kinds import ENDINGS
from geodata.intake import Drawn, Resolve, drawn_from, own_places
from geodata.ledger import Ledger

_LEANT_ON = (PARTIES, CLAIMANTS, DOCUMENTS, PLACES)
"""Tables of the folder that a file of claims may refer to."""


def file_source(path: Path, resolve: Resolve | None = None, folder: Path = BUNDLED) -> Source:
    """Return the source that a file is: claims where its name ends as one of `guard.kinds.ENDINGS`, else a ledger.

    Parameters
    ----------
    resolve
        Finds places by name where a file of claims gives no keys. Default: by the places of the folder.
    folder
        Has what is in no such file: parties, provinces, and the claimants, documents and places that a file of claims refers to without
        describing them.

    Raises
    ------
    SchemaError
        The file is not readable, or a row is wrong.
    LedgerError
        The file is no ledger.
    """
    if not path.exists():
        raise SchemaError("there is no such file", path)
    if path.suffix.lower() not in ENDINGS:
        return Ledger.open(path, folder)
    raw = read_rows(path)
    dataset = read_dataset(folder)
    _, drawn = drawn_from(raw, dataset, resolve or own_places(dataset))
    for finding in drawn.findings:
        if finding.severity == "error":
            raise SchemaError(finding.sentence.removesuffix("."), path, finding.row, finding.column or None)
    return _ClaimsFile(folder, path, drawn)


@dataclass(frozen=True)
class _ClaimsFile:
    """The records of a file beside those of a folder that it may refer to; of the folder's claims none."""

    folder: Path
    path: Path
    drawn: Drawn

    def rows(self, table: Table, known: Known) -> Iterator[Row]:
        parsers = table.parsers(known)
        leant_on = {row[table.key]: row for row in Folder(self.folder).rows(table, known)} if table in _LEANT_ON else {}
        for wish in self.drawn.wishes.values():
            if wish.table == table.name:
                there = leant_on.pop(wish.key, None)
                cells = {name: canonical(value) for name, value in there.cells.items()} if there else {}
                yield parsed(self.path, wish.row, cells | dict(wish.cells), parsers)
        yield from leant_on.values()
