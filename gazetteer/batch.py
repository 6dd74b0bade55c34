"""A file of names in, a file of places out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from common.atomic import replacing
from gazetteer.errors import HintError
from gazetteer.place import Answer, Query
from gazetteer.resolve.gazetteer import Gazetteer
from gazetteer.sources.tables.table import Row, read_table

COLUMNS = ("query", "status", "place_id", "name", "longitude", "latitude", "confidence", "tier", "reason")


def resolve_file(gazetteer: Gazetteer, source: Path, target: Path, country: str = "SY") -> Counter[str]:
    """How many names came out with each status, after resolving a CSV file of names into another CSV file.

    Parameters
    ----------
    gazetteer
        Where to look the names up.
    source
        UTF-8 CSV file with a column `query` and perhaps columns `admin1` (a province), `country` (ISO 3166-1 alpha-2)
        and `group` (names of one text, which are resolved together), each of which may be empty; other columns are
        not read. Blank lines are no rows.
    target
        Gets the columns of `COLUMNS`, one row for each row of `source`, in the same order. Position (EPSG:4326,
        degrees) and the rest are those of the best candidate; only `resolved` rows should be plotted unseen. The
        `query` is written as it was read, so a cell that looks like a formula stays one. An existing file is replaced,
        at once and only when everything went well.
    country
        ISO 3166-1 alpha-2 of the country to search where a row does not say it.

    Raises
    ------
    SchemaError
        When `source` is not such a file, or names a province or country that does not exist; nothing is written.
    HintError
        When `country` is no country code.
    """
    queries = []
    for row in read_table(source, ("query",)):
        query = _query(row, country)
        _check(gazetteer, row, query)
        queries.append(query)
    answers = gazetteer.resolve_batch(queries)
    _write([_cells(answer) for answer in answers], target)
    return Counter(answer.status for answer in answers)


def _query(row: Row, country: str) -> Query:
    own_country = row.cells.get("country", "").strip()
    return Query(row.cells["query"], row.cells.get("admin1"), own_country or country, row.cells.get("group", ""))


def _check(gazetteer: Gazetteer, row: Row, query: Query) -> None:
    try:
        gazetteer.check(query)
    except HintError as error:
        if not row.cells.get(error.hint, "").strip():
            raise
        raise row.problem(error.hint, str(error)) from error


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
        answer.tier,
        answer.reason,
    )


def _write(rows: Sequence[Sequence[object]], target: Path) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    with replacing(target) as file:
        file.write(text.getvalue().encode())
