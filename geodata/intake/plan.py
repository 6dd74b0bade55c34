"""The dry run of a file: what would be entered, what is there already, what is wrong. Then all of it, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geodata.checks.findings import Finding, Severity
from geodata.checks.lint import lint
from geodata.checks.rows import lint_row
from geodata.dataset.claims import Dataset
from geodata.dataset.quantities import read_quantities
from geodata.dataset.tables import INCIDENTS, TABLES, canonical
from geodata.errors import GeodataError, SchemaError
from geodata.files.guard import RawTable
from geodata.intake.draw import Drawn, Unresolved, Wish
from geodata.intake.layouts import drawn_from
from geodata.intake.resolve import Resolve, own_places
from geodata.ledger import Change, Ledger, Receipt


@dataclass(frozen=True)
class Difference:
    """A record that is there with other cells, or was retracted: `cells` has what is there and what the file has, by column."""

    table: str
    key: str
    row: int
    cells: Mapping[str, tuple[str, str]]
    retracted: bool = False

    def __str__(self) -> str:
        if self.retracted:
            return f"{TABLES[self.table].what} '{self.key}' (row {self.row}) was retracted."
        if not self.cells:
            return f"{TABLES[self.table].what} '{self.key}' (row {self.row}) is no longer one in this file."
        columns = "; ".join(f"{name}: '{there}' there, '{here}' in the file" for name, (there, here) in self.cells.items())
        return f"{TABLES[self.table].what} '{self.key}' (row {self.row}): {columns}."


@dataclass(frozen=True)
class Plan:
    """What taking in a file would do.

    Attributes
    ----------
    file, layout
        What the file is called, and one of `LAYOUTS`.
    changes
        To enter, by table and key: the new records, and where updates were asked for also what follows from `changed`.
    same
        Keys of records that are there with the same cells, by table.
    changed
        Records that are there and differ.
    wrong
        Everything that keeps the file out, by row and column.
    unresolved
        Names of places that mean no one place. In event data their rows become incidents.
    notes
        What the reader of the file did not take over.
    """

    file: str
    layout: str
    changes: tuple[Change, ...] = ()
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changed: tuple[Difference, ...] = ()
    wrong: tuple[Finding, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    warnings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def new(self) -> tuple[Change, ...]:
        """Records that are not there yet."""
        return tuple(change for change in self.changes if change.action == "add")

    @property
    def incidents(self) -> tuple[Change, ...]:
        """New records that are no claims of control; each says in its note why not."""
        return tuple(change for change in self.new if change.table == INCIDENTS.name)

    def token(self, by: str, reason: str) -> str:
        """Names this plan: the same content entered again by the same person for the same reason is not entered twice."""
        content = [(c.table, c.key, c.action, sorted(c.cells.items()), c.seen) for c in self.changes]
        digest = hashlib.sha256(json.dumps([by, reason, content], ensure_ascii=False).encode()).hexdigest()
        return f"import:{digest}"

    def apply(self, ledger: Ledger, by: str, reason: str = "") -> Receipt | None:
        """Return what was entered: everything, or nothing; None where there was nothing to enter.

        Raises
        ------
        IntakeError
            Something in the file is wrong.
        SchemaError, StaleError, LedgerError
            The ledger has changed since the dry run so that the plan no longer fits.
        """
        if self.wrong:
            places = f"row {self.wrong[0].row}: {self.wrong[0].sentence}" if self.wrong[0].row else self.wrong[0].sentence
            raise IntakeError(f"{self.file} is not taken in: {len(self.wrong)} of its cells are wrong; the first, {places}")
        if not self.changes:
            return None
        reason = reason or f"Taken in from {self.file}."
        return ledger.append(self.changes, by, reason, self.token(by, reason), self.file)


class IntakeError(GeodataError, ValueError):
    """A file was not taken in; nothing was entered."""


@dataclass(frozen=True)
class _Kept:
    """A record as it is there."""

    cells: Mapping[str, str]
    number: int | None
    live: bool


def plan(raw: RawTable, ledger: Ledger, resolve: Resolve | None = None, update: bool = False) -> Plan:
    """Return what taking in a file would do; nothing is entered.

    Parameters
    ----------
    raw
        As `guard.read_rows` gives it. The order of its rows does not matter.
    resolve
        Finds places by name. Default: by the dataset's own places.
    update
        Whether a record that is there with other cells is corrected, one that was retracted restored, and an incident that has become a
        claim (or the reverse) retracted; otherwise these are only listed.

    Raises
    ------
    SchemaError
        The file has no layout that we read.
    """
    dataset = ledger.dataset()
    layout, drawn = drawn_from(raw, dataset, resolve or own_places(dataset))
    comparison = _Comparison(ledger, dataset, drawn, Path(raw.name), update)
    changes, wrong = comparison.changes, [*(f for f in drawn.findings if f.severity == Severity.ERROR), *comparison.wrong]
    warnings = [finding for finding in drawn.findings if finding.severity != Severity.ERROR]
    if changes and not wrong:
        try:
            ledger.check(changes, raw.name)
            warnings += _caused(ledger, dataset, changes)
        except SchemaError as problem:
            wrong.append(Finding("cell", Severity.ERROR, f"{problem.problem}.", row=problem.row, column=problem.column or ""))
    return Plan(
        file=raw.name,
        layout=layout,
        changes=tuple(changes),
        same={table: tuple(sorted(keys)) for table, keys in comparison.same.items()},
        changed=tuple(comparison.changed),
        wrong=tuple(sorted(wrong, key=lambda f: (f.row or 0, f.column, f.sentence))),
        unresolved=tuple(drawn.unresolved),
        warnings=tuple(warnings),
        notes=raw.notes,
    )


class _Comparison:
    """The wishes of a file against the records of a ledger."""

    def __init__(self, ledger: Ledger, dataset: Dataset, drawn: Drawn, file: Path, update: bool) -> None:
        with ledger.snapshot() as records:
            self._kept = {
                name: {key: _Kept(entry.cells, entry.number, entry.live) for key, entry in records.currents(name).items()}
                for name in TABLES
            }
        self._drawn, self._dataset, self._file, self._update = drawn, dataset, file, update
        self.changes: list[Change] = []
        self.same: dict[str, list[str]] = {}
        self.changed: list[Difference] = []
        self.wrong: list[Finding] = []
        known = {name: {key for key, one in kept.items() if one.live} for name, kept in self._kept.items()}
        for table, key in drawn.wishes:
            known[table].add(key)
        self._parsers = {name: table.parsers(known) for name, table in TABLES.items()}
        for wish in self._in_order():
            self._compare(wish)
        for table, key, row in sorted(set(drawn.gone)):
            self._retire(table, key, row)

    def _in_order(self) -> Iterator[Wish]:
        """Wishes by table and key, so that the order of rows does not matter."""
        order = list(TABLES)
        return iter(sorted(self._drawn.wishes.values(), key=lambda wish: (order.index(wish.table), wish.key, wish.row)))

    def _compare(self, wish: Wish) -> None:
        table, kept = TABLES[wish.table], self._kept[wish.table].get(wish.key)
        there = kept.cells if kept else dict.fromkeys(table.names, "")
        # What a file does not speak of stays as it is.
        cells = {name: wish.cells.get(name, there[name]) for name in table.names}
        row, wrong = lint_row(table, wish.row, cells, self._parsers[wish.table], self._dataset.parties, self._file)
        if row is None:
            self.wrong += wrong
            return
        cells = {name: canonical(value) for name, value in row.cells.items()}
        if kept is None:
            self.changes.append(Change(wish.table, wish.key, "add", cells, None, wish.row))
            return
        differing = {name: (there[name], cells[name]) for name in table.names if there[name] != cells[name]}
        if kept.live and not differing:
            self.same.setdefault(wish.table, []).append(wish.key)
            return
        self.changed.append(Difference(wish.table, wish.key, wish.row, differing, retracted=not kept.live))
        if self._update:
            action = "correct" if kept.live else "restore"
            self.changes.append(Change(wish.table, wish.key, action, cells, kept.number, wish.row))

    def _retire(self, table: str, key: str, row: int) -> None:
        kept = self._kept[table].get(key)
        if kept and kept.live:
            self.changed.append(Difference(table, key, row, {}))
            if self._update:
                self.changes.append(Change(table, key, "retract", {}, kept.number, row))


def _caused(ledger: Ledger, dataset: Dataset, changes: list[Change]) -> list[Finding]:
    """Return what the linter finds in the dataset after the changes and not before them."""
    before = {finding.sentence for finding in lint(dataset, read_quantities(ledger, dataset))}
    after = ledger.preview(changes)
    return [finding for finding in lint(after, read_quantities(ledger, after)) if finding.sentence not in before]
