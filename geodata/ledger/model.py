"""What goes into the ledger and what comes out of it, and how it refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from geodata.errors import GeodataError

ACTIONS = ("add", "correct", "retract", "restore")
GENESIS = "0" * 64
"""Stands for the hash before the first entry."""


@dataclass(frozen=True)
class Change:
    """One wish: what shall become of one record.

    Attributes
    ----------
    table
        Name of a table of `geodata.dataset.tables.TABLES`.
    key
        Value of the record's key column.
    action
        'add', 'correct', 'retract', or 'restore', which brings a retracted record back.
    cells
        Raw text of the columns, as in a CSV; a column left out is empty. Nothing for 'retract'.
    seen
        Number of the entry that the author was looking at; None for 'add'.
    row
        Where the change stands in the file it comes from, for messages; None for its position in the batch, from 1.
    """

    table: str
    key: str
    action: str
    cells: Mapping[str, str] = field(default_factory=dict)
    seen: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class Entry:
    """One row of the journal; never changed.

    Attributes
    ----------
    number
        From 1, without gaps.
    batch
        Number of the first entry that was written together with this one.
    cells
        Canonical text of every column; of a retraction: the cells retracted.
    supersedes
        Number of the entry that held for the record before; None for 'add'.
    recorded_at
        UTC.
    token
        Of the batch; it stands on the batch's first entry, elsewhere it is empty.
    """

    number: int
    batch: int
    table: str
    key: str
    action: str
    cells: Mapping[str, str]
    supersedes: int | None
    by: str
    recorded_at: dt.datetime
    reason: str
    token: str
    previous_hash: str
    hash: str

    @property
    def live(self) -> bool:
        """Whether the record is there after this entry."""
        return self.action != "retract"


@dataclass(frozen=True)
class Head:
    """The newest entry: its hash stands for everything up to it. Number 0 is a ledger without entries."""

    number: int = 0
    hash: str = GENESIS

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the head that `str` wrote.

        Raises
        ------
        LedgerError
            The text is no head.
        """
        number, _, digest = text.strip().partition(":")
        if not (number.isascii() and number.isdecimal() and len(digest) == len(GENESIS) and set(digest) <= set("0123456789abcdef")):
            raise LedgerError(f"'{text}' is no head of a ledger: it has the form NUMBER:HASH, a hash of 64 hexadecimal digits.")
        return cls(int(number), digest)


@dataclass(frozen=True)
class Receipt:
    """What was written: entries `first` to `last`, and the head after them.

    `repeated` says that the token was known and nothing was written again; `left_out` are sentences about rows that were not entered
    because they do not fit what users have changed (only of `Ledger.sync`).
    """

    first: int
    last: int
    head: Head
    repeated: bool = False
    left_out: tuple[str, ...] = ()


class LedgerError(GeodataError, RuntimeError):
    """The ledger cannot be read or written, or refuses a change; nothing was written."""


class StaleError(LedgerError):
    """Somebody else was faster: `entry` is theirs, the newest of the record; `change` is the one refused."""

    def __init__(self, change: Change, entry: Entry) -> None:
        self.change, self.entry = change, entry
        done = {"add": "added", "correct": "corrected", "retract": "retracted", "restore": "restored"}[entry.action]
        when = entry.recorded_at.strftime("%Y-%m-%d %H:%M UTC")
        super().__init__(f"{entry.by} {done} '{entry.key}' in {entry.table} on {when} (entry {entry.number}), after you had opened it.")
