"""What an importer makes of a file: records to enter, names it could not resolve, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geodata.checks.findings import Finding, Severity
from geodata.checks.rows import namesakes
from geodata.dataset.places import Location, place_cells
from geodata.dataset.tables import PLACES, TABLES, canonical
from geodata.intake.resolve import Candidate, Resolution, Resolve

Position = tuple[float | None, float | None]
"""Longitude and latitude in EPSG:4326 degrees, as far as they are given."""


@dataclass(frozen=True)
class Wish:
    """A record that a file holds: raw text of the columns that it gives, and the row it stands in."""

    table: str
    cells: Mapping[str, str]
    row: int

    @property
    def key(self) -> str:
        """Key of the record."""
        return self.cells.get(TABLES[self.table].key, "").strip()


@dataclass(frozen=True)
class Unresolved:
    """A name of a place that means no one place, with the rows it stands in."""

    name: str
    admin1: str
    status: str
    candidates: tuple[Candidate, ...]
    rows: tuple[int, ...]


@dataclass
class Drawn:
    """What an importer makes of a file.

    Attributes
    ----------
    wishes
        Records, each once.
    findings
        What is wrong with rows.
    gone
        Table, key and row of records that earlier versions of the file gave and this one gives as something else.
    """

    wishes: dict[tuple[str, str], Wish] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    gone: list[tuple[str, str, int]] = field(default_factory=list)
    _asked: dict[tuple[str, str, float | None, float | None], Resolution] = field(default_factory=dict)
    _open: dict[tuple[str, str], tuple[Resolution, list[int]]] = field(default_factory=dict)

    def wish(self, table: str, cells: Mapping[str, str], row: int) -> None:
        """Nothing; adds a record. One that was added before has to say the same."""
        wish = Wish(table, cells, row)
        before = self.wishes.setdefault((table, wish.key or f"row {row}"), wish)
        for column, cell in cells.items():
            other = before.cells.get(column, "")
            if other.strip() != cell.strip():
                what = TABLES[table].what
                sentence = f"'{cell}' is not what row {before.row} has for {what} '{wish.key}', '{other}'."
                self.findings.append(Finding("cell", Severity.ERROR, sentence, row=row, column=column))

    def add_place(self, place: Location, row: int) -> None:
        """Nothing; adds a place."""
        self.wish(PLACES.name, {name: canonical(value) for name, value in place_cells(place).items()}, row)

    def warn_of_namesakes(self, named: Iterable[tuple[int, str, str, str, str]]) -> None:
        """Nothing; adds a warning for each name that stands far apart in one province: row, name, province, longitude, latitude."""
        first: dict[tuple[str, float, float], int] = {}
        for row, name, admin1, longitude, latitude in named:
            x, y = _degrees(longitude), _degrees(latitude)
            if x is not None and y is not None:
                first.setdefault((f"{name}, {admin1}" if admin1 else name, x, y), row)
        self.findings += namesakes((row, name, x, y) for (name, x, y), row in first.items())

    def resolved(self, resolve: Resolve, name: str, admin1: str, position: Position, row: int) -> Resolution:
        """Return what a name means, asked once; a name that means no one place is kept for the user to see."""
        question = (name, admin1, *position)
        answer = self._asked.get(question) or resolve(*question)
        self._asked[question] = answer
        if answer.status == "resolved":
            if answer.location:
                self.add_place(answer.location, row)
        else:
            self._open.setdefault((name, admin1), (answer, []))[1].append(row)
        return answer

    @property
    def unresolved(self) -> list[Unresolved]:
        """Names that mean no one place, in the order of the alphabet."""
        return [
            Unresolved(name, admin1, answer.status, answer.candidates, tuple(rows))
            for (name, admin1), (answer, rows) in sorted(self._open.items())
        ]


def _degrees(text: str) -> float | None:
    """Return the number that a text is; None where it is empty, or will be refused anyway."""
    try:
        return float(text)
    except ValueError:
        return None
