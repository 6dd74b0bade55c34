"""A file of names in, a file of places out."""

from __future__ import annotations

import csv
import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from gazetteer.errors import HintError
from gazetteer.gazetteer import Gazetteer
from gazetteer.place import Answer
from gazetteer.sources.table import Row, read_table

COLUMNS = ("query", "status", "place_id", "name", "longitude", "latitude", "confidence")


def resolve_file(gazetteer: Gazetteer, source: Path, target: Path, country: str = "SY") -> Counter[str]:
    """How many names came out with each status, after resolving a CSV file of names into another CSV file.

    Parameters
    ----------
    gazetteer
        Where to look the names up.
    source
        UTF-8 CSV file with a column `query` and perhaps a column `admin1` (a province, may be empty); other columns
        are not read. Blank lines are no rows.
    target
        Gets the columns of `COLUMNS`, one row for each row of `source`, in the same order. Position (EPSG:4326,
        degrees) and the rest are those of the best candidate; only `resolved` rows should be plotted unseen. The
        `query` is written as it was read, so a cell that looks like a formula stays one. An existing file is replaced,
        at once and only when everything went well.
    country
        ISO 3166-1 alpha-2 of the country to search.

    Raises
    ------
    SchemaError
        When `source` is not such a file, or names a province that does not exist; nothing is written.
    HintError
        When `country` is no country code.
    """
    rows = list(read_table(source, ("query",)))
    answers = [_resolve(gazetteer, row, country) for row in rows]
    _write([_cells(answer) for answer in answers], target)
    return Counter(answer.status for answer in answers)


def _resolve(gazetteer: Gazetteer, row: Row, country: str) -> Answer:
    try:
        return gazetteer.resolve(row.cells["query"], row.cells.get("admin1"), country)
    except HintError as error:
        if error.hint != "admin1":
            raise
        raise row.problem("admin1", str(error)) from error


def _cells(answer: Answer) -> tuple[object, ...]:
    found = answer.best is not None
    return (
        answer.query,
        answer.status,
        answer.place_id,
        answer.name,
        answer.longitude,
        answer.latitude,
        answer.confidence if found else None,
    )


def _write(rows: Sequence[Sequence[object]], target: Path) -> None:
    # In the target's directory, because a rename is atomic only within one file system.
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(rows)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        temporary.unlink()
        raise


def _umask() -> int:
    # A temporary file can be read by its owner only; reading the mask is possible only by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
