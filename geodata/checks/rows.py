"""What is checked in the rows of a file before it is taken in: their cells, and names that stand at two positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from common.distance import distance_km
from geodata.checks.findings import Finding, Severity
from geodata.dataset.cells import Parser, Row, parsed
from geodata.dataset.claims import check_claim
from geodata.dataset.parties import Party
from geodata.dataset.quantities import check_quantity
from geodata.dataset.tables import CLAIMS, QUANTITIES, Table
from geodata.errors import SchemaError
from geodata.sentences import Sentence

MOVED_KM = 5.0
"""Sources put one place up to this far apart without a finding: a town and its outskirts."""


def lint_row(
    table: Table, number: int, cells: Mapping[str, str], parsers: Mapping[str, Parser], parties: Mapping[str, Party], file: Path
) -> tuple[Row | None, list[Finding]]:
    """Return a raw row parsed, or None and everything that makes the reader of a dataset refuse it, told all at once.

    Parameters
    ----------
    number
        Row of the file, as a text editor counts it.
    parsers
        Of every column, as `table.parsers` gives them.
    parties
        Those that a claim may name.
    """
    try:
        row = parsed(file, number, cells, parsers)
    except SchemaError:
        return None, list(_wrong_cells(table, number, cells, parsers, file))
    try:
        if table is CLAIMS:
            check_claim(row, parties)
        elif table is QUANTITIES:
            check_quantity(row)
    except SchemaError as problem:
        return None, [_refused("claim", problem, table, cells)]
    return row, []


def _wrong_cells(table: Table, number: int, cells: Mapping[str, str], parsers: Mapping[str, Parser], file: Path) -> Iterator[Finding]:
    for column in table.columns:
        try:
            parsed(file, number, cells, {column.name: parsers[column.name]})
        except SchemaError as problem:
            missing = column.name == "locator" and not cells.get(column.name, "").strip()
            yield _refused("unknown-party" if column.refers == "parties" else "no-locator" if missing else "cell", problem, table, cells)


def _refused(rule: str, problem: SchemaError, table: Table, cells: Mapping[str, str]) -> Finding:
    keys = (cells.get(table.key, "").strip(),)
    claims, quantities = (keys if table is one and keys[0] else () for one in (CLAIMS, QUANTITIES))
    return Finding(rule, Severity.ERROR, f"{problem.problem}.", claims, quantities, row=problem.row, column=problem.column or "")


def namesakes(named: Iterable[tuple[int, str, float, float]]) -> list[Finding]:
    """Names that stand at positions more than 5 km apart in one file: row, name, longitude, latitude (EPSG:4326, degrees)."""
    first: dict[str, tuple[int, float, float]] = {}
    findings = []
    for number, name, longitude, latitude in named:
        row, *position = first.setdefault(name, (number, longitude, latitude))
        away = distance_km((position[0], position[1]), (longitude, latitude))
        if away > MOVED_KM:
            parts = {"name": name, "away": f"{away:.1f}", "row": row}
            sentence = Sentence("'{name}' lies {away} km from where row {row} has it; these may be two places.", **parts)
            findings.append(Finding("namesakes", Severity.WARNING, sentence, row=number))
    return findings
