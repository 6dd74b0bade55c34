"""What a batch of changes must satisfy, and what the dataset is after it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from geodata.dataset.cells import Parser, Row, parsed
from geodata.dataset.claims import check_claim
from geodata.dataset.parties import Party, read_parties
from geodata.dataset.places import check_place
from geodata.dataset.provinces import read_provinces
from geodata.dataset.quantities import check_quantity
from geodata.dataset.tables import CLAIMS, PARTIES, PLACES, QUANTITIES, TABLES, Column, Known, Table, canonical
from geodata.errors import SchemaError
from geodata.ledger.model import ACTIONS, Change, Entry, LedgerError, StaleError
from geodata.ledger.records import Records, parsed_rows


@dataclass(frozen=True)
class Step:
    """A change that was checked: its record, parsed, and the entry it supersedes."""

    change: Change
    table: Table
    row: Row
    newest: Entry | None

    @property
    def live(self) -> bool:
        """Whether the record is there afterwards."""
        return self.change.action != "retract"

    @property
    def cells(self) -> dict[str, str]:
        """Canonical text of every column."""
        return {name: canonical(value) for name, value in self.row.cells.items()}

    @property
    def stored(self) -> dict[str, object]:
        """The cells as they are stored."""
        return {column.name: _stored(column, self.row[column.name]) for column in self.table.columns}


def _stored(column: Column, value: object) -> object:
    if column.kind == "text":
        return canonical(value)
    return value + 0.0 if isinstance(value, float) else value  # SQLite keeps no negative zero, and the hash is of what is kept


class Batch:
    """Changes that are made together or not at all, checked against the records of a ledger; a source of the dataset as it will be.

    Parameters
    ----------
    records
        The ledger, in the transaction in which the changes are made.
    changes
        In any order: a record may refer to one that comes later.
    file
        What messages call the batch, or what they call each of its changes.

    Raises
    ------
    SchemaError
        A change is not as documented, or leaves a dataset that is not; names file, row and column.
    StaleError
        Somebody else has changed a record since the author looked at it.
    LedgerError
        A change makes no sense: an unknown table or action, nothing to correct.
    """

    def __init__(self, records: Records, changes: Sequence[Change], file: Path | Sequence[Path]) -> None:
        self._records = records
        self.folder = records.folder
        files = [file] * len(changes) if isinstance(file, Path) else file
        wheres = [_Where(name, change.row or place) for place, (name, change) in enumerate(zip(files, changes, strict=True), 1)]
        known = {name: _Live(records, name, changes) for name in TABLES}
        parsers = {name: table.parsers(known) for name, table in TABLES.items()}
        _refuse_nonsense(changes, wheres, parsers)
        newest = self._newest(changes)
        for change, where in zip(changes, wheres, strict=True):
            _check_action(change, newest.get((change.table, change.key)), where)
        self.steps = [
            _step(change, newest.get((change.table, change.key)), where, parsers) for change, where in zip(changes, wheres, strict=True)
        ]
        self._by_table: dict[str, dict[str, Step]] = {name: {} for name in TABLES}
        for step in self.steps:
            self._by_table[step.table.name][step.change.key] = step
        self._check_records()
        self._check_consequences()

    def rows(self, table: Table, known: Known) -> Iterator[Row]:
        """Yield parsed rows of a table as they will be, in the order in which their records were added."""
        steps = self._by_table[table.name]
        parsers = table.parsers(known)
        for key, entry in self._records.currents(table.name).items():
            if key in steps:
                if steps[key].live:
                    yield parsed(steps[key].row.file, steps[key].row.number, steps[key].cells, parsers)
            elif entry.live:
                yield from parsed_rows(self._records.path, table, [entry], known)
        for step in steps.values():
            if step.newest is None:
                yield parsed(step.row.file, step.row.number, step.cells, parsers)

    def _newest(self, changes: Sequence[Change]) -> dict[tuple[str, str], Entry]:
        return {
            (table, key): entry
            for table in TABLES
            for key, entry in self._records.newest(table, [change.key for change in changes if change.table == table]).items()
        }

    @cached_property
    def _parties(self) -> Mapping[str, Party]:
        return read_parties(self)

    def _check_records(self) -> None:
        """Refuse records whose cells do not fit each other."""
        for step in self._by_table[CLAIMS.name].values():
            if step.live:
                check_claim(step.row, self._parties)
        for step in self._by_table[QUANTITIES.name].values():
            if step.live:
                check_quantity(step.row)
        if places := [step.row for step in self._by_table[PLACES.name].values() if step.live]:
            provinces = read_provinces(self.folder)
            for row in places:
                check_place(row, provinces)

    def _check_consequences(self) -> None:
        """Refuse what would leave a record outside the batch that refers to nothing, or no longer fits its party."""
        for name, steps in self._by_table.items():
            gone = {key: step for key, step in steps.items() if not step.live}
            for table, column, entry in self._referring(name, gone):
                retracted = gone[entry.cells[column]].row
                raise retracted.error(f"'{entry.cells[column]}' is still needed by {table.what} '{entry.key}'", TABLES[name].key)
        corrected = {key: step for key, step in self._by_table[PARTIES.name].items() if step.change.action == "correct"}
        for table, column, entry in self._referring(PARTIES.name, corrected):
            if table is CLAIMS:
                try:
                    check_claim(next(parsed_rows(self._records.path, table, [entry], {})), self._parties)
                except SchemaError as problem:
                    row = corrected[entry.cells[column]].row
                    raise row.error(f"claim '{entry.key}' would no longer fit: {problem.problem}") from None

    def _referring(self, name: str, keys: Collection[str]) -> Iterator[tuple[Table, str, Entry]]:
        """Table, column and entry of each record, unchanged by this batch, that refers to one of these keys of a table."""
        if not keys:
            return
        for table in TABLES.values():
            for column in table.columns:
                if column.refers == name:
                    for entry in self._records.referring(table.name, column.name, keys):
                        if entry.key not in self._by_table[table.name]:
                            yield table, column.name, entry


@dataclass(frozen=True)
class _Where:
    """Where a change stands, for messages."""

    file: Path
    number: int

    def error(self, problem: str, column: str | None = None) -> SchemaError:
        return SchemaError(problem, self.file, self.number, column)


def storable(text: str) -> bool:
    """Whether a text is Unicode; Python's may hold halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_nonsense(changes: Sequence[Change], wheres: Sequence[_Where], parsers: Mapping[str, Mapping[str, Parser]]) -> None:
    """Refuse what is no change to a record, or two to one."""
    seen: set[tuple[str, str]] = set()
    for change, where in zip(changes, wheres, strict=True):
        if change.table not in TABLES:
            raise LedgerError(f"There is no table '{change.table}'; there are {', '.join(TABLES)}.")
        if change.action not in ACTIONS:
            raise LedgerError(f"'{change.action}' is nothing that can be done to a record; known are {', '.join(ACTIONS)}.")
        table = TABLES[change.table]
        if (change.table, change.key) in seen:
            raise where.error(f"'{change.key}' stands in an earlier row too", table.key)
        seen.add((change.table, change.key))
        for name in change.cells.keys() - parsers[table.name].keys():
            raise where.error(f"{table.name} has no such column", name)
        for name, cell in change.cells.items():
            if not storable(cell):
                raise where.error("holds half of a character, which cannot be stored", name)


def _check_action(change: Change, newest: Entry | None, where: _Where) -> None:
    """Refuse a change that does not follow on what is there."""
    key = TABLES[change.table].key
    what = f"'{change.key}'"
    if change.action == "add":
        if newest:
            there = "is there already" if newest.live else "was retracted: restore it instead"
            raise where.error(f"{what} {there} (entry {newest.number} by {newest.by})", key)
        return
    if newest is None:
        raise where.error(f"{what} is not there", key)
    if change.seen is None:
        raise LedgerError(f"A change to {what} says not which entry its author was looking at.")
    if change.seen != newest.number:
        raise StaleError(change, newest)
    if newest.live == (change.action == "restore"):
        raise where.error(f"{what} {'is there and needs no restoring' if newest.live else 'was retracted: restore it first'}", key)


def _step(change: Change, newest: Entry | None, where: _Where, parsers: Mapping[str, Mapping[str, Parser]]) -> Step:
    table = TABLES[change.table]
    if change.action == "retract":
        assert newest  # noqa: S101 - as `_check_action` has made sure
        return Step(change, table, parsed(where.file, where.number, newest.cells, table.parsers({})), newest)
    row = parsed(where.file, where.number, change.cells, parsers[change.table])
    if row[table.key] != change.key:
        raise where.error(f"'{row[table.key]}' is not the key of the record that is changed, '{change.key}'", table.key)
    return Step(change, table, row, newest)


class _Live(Collection[str]):
    """Keys of a table once a batch is in; the ledger is asked only for those that are asked for."""

    def __init__(self, records: Records, table: str, changes: Sequence[Change]) -> None:
        self._records, self._table = records, table
        own = [change for change in changes if change.table == table]
        self._known = {change.key: change.action != "retract" for change in own}

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str):
            return False
        if key not in self._known:
            entry = self._records.newest(self._table, [key]).get(key)
            self._known[key] = entry is not None and entry.live
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        others = {key for key in self._records.keys(self._table) if key not in self._known}
        return iter(others | {key for key, live in self._known.items() if live})

    def __len__(self) -> int:
        return sum(1 for _ in self)
