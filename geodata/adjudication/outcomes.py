"""What follows from claims: events of control, and conditions beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geodata.dataset.vocabulary import Basis, EventKind, Status
from geodata.sentences import Sentence


@dataclass(frozen=True)
class Event:
    """A holder from a date on. `date` None: since before the dataset begins. Dates inclusive."""

    event_id: str
    place_id: str
    party: str
    previous: str
    date: dt.date | None
    date_earliest: dt.date | None
    date_latest: dt.date | None
    basis: Basis
    status: Status
    prevails: bool
    """False for a disputed event that is not better evidenced than what speaks against it: the former holder stays."""
    settled: dt.date | None
    """Of an event that does not prevail: last day before a later claim against it settled the matter, None if none did."""
    flagged: bool
    confidence: str
    reason: Sentence
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """What a place is in beside having a holder: `kind` contested or siege, first and last day inclusive; `end` None is open."""

    condition_id: str
    place_id: str
    kind: EventKind
    sides: tuple[str, ...]
    start: dt.date
    earliest: dt.date
    latest: dt.date
    """Window of the start: one day, or the span that the sources give."""
    end: dt.date | None
    reason: Sentence
    supporting: tuple[str, ...]
