"""Our own layouts: the flat table that `geodata.files.flat` writes, and the plain columns of claims.csv."""

from __future__ import annotations

from geodata.checks.findings import Finding, Severity
from geodata.dataset.tables import CLAIMS, PLACES, Table
from geodata.files.flat import PREFIXES, flat_names
from geodata.files.guard import RawTable
from geodata.intake.draw import Drawn
from geodata.intake.resolve import Resolve


def needed(table: Table) -> set[str]:
    """Flat names of the columns without which a file does not give the records of a table."""
    return {flat for name, flat in flat_names(table).items() if name not in table.absent}


def draw(raw: RawTable, resolve: Resolve) -> Drawn:
    """Claims, and the documents, claimants and places that the file describes; others have to be known.

    A claim without a `place_id` is resolved by `place_as_written` (and `place_admin1`, `longitude` and `latitude`, where given); a name
    that means no one place is an error, since a claim is about one.
    """
    columns = set(raw.columns)
    described = {table: flat_names(table) for table in PREFIXES if needed(table) <= columns}
    drawn = Drawn()
    for number, row in zip(raw.numbers, raw.rows, strict=True):
        claim = {name: row[name] for name in CLAIMS.names if name in columns}
        # A row without a position describes no place.
        place_given = PLACES in described and row.get("place_id") and row["longitude"]
        claim["place_id"] = claim.get("place_id") or _place_id(drawn, row, resolve, number)
        # A claim about no place has been found wrong, or has no name of one either, which is found when it is parsed.
        if claim["place_id"] or not row["place_as_written"]:
            drawn.wish(CLAIMS.name, claim, number)
        for table, names in described.items():
            if table is not PLACES or place_given:
                drawn.wish(table.name, {name: row[flat] for name, flat in names.items() if flat in columns}, number)
    if PLACES in described:
        rows = zip(raw.numbers, raw.rows, strict=True)
        drawn.warn_of_namesakes((number, row["place_name"], row["place_admin1"], row["longitude"], row["latitude"]) for number, row in rows)
    return drawn


def _place_id(drawn: Drawn, row: dict[str, str], resolve: Resolve, number: int) -> str:
    name = row["place_as_written"]
    if not name:
        return ""
    longitude, latitude = (float(row[axis]) if row.get(axis) else None for axis in ("longitude", "latitude"))
    answer = drawn.resolved(resolve, name, row.get("place_admin1", ""), (longitude, latitude), number)
    if answer.status != "resolved":
        may_be = f": it may be {' or '.join(candidate.label for candidate in answer.candidates)}" if answer.candidates else ""
        sentence = f"'{name}' is {answer.status}{may_be}."
        drawn.findings.append(Finding("cell", Severity.ERROR, sentence, (row.get("claim_id", ""),), row=number, column="place_as_written"))
    return answer.place_id


def missing(raw: RawTable) -> list[str]:
    """Columns of claims.csv that the file lacks; `place_id` may be left out, since `place_as_written` can stand for it."""
    return sorted(needed(CLAIMS) - {"place_id"} - set(raw.columns))
