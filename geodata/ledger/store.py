"""The ledger: every version of every record, who entered it, when and why."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import secrets
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, insert

from common.home import BUNDLED, home_directory
from geodata.dataset.cells import Row, parsed
from geodata.dataset.claims import Dataset, read_dataset
from geodata.dataset.places import Locate
from geodata.dataset.quantities import read_quantities
from geodata.dataset.tables import TABLES, Known, Table, canonical
from geodata.errors import SchemaError
from geodata.ledger import backup, bundle, chain, layout, verify
from geodata.ledger.batch import Batch, Step, storable
from geodata.ledger.engine import WAIT_SECONDS, Connections
from geodata.ledger.model import Change, Entry, Head, LedgerError, Receipt
from geodata.ledger.records import Records
from geodata.ledger.statements import ENTRY, RECORDS

_LOG = logging.getLogger(__name__)
_ENTRY = Path("entry")
"""What messages call a batch that comes from no file."""


class Ledger:
    """Every version of every record of a dataset; a source of the current one. Any thread may use it, and a forked child too.

    Parameters
    ----------
    path
        An existing ledger: `open` makes one where there is none.
    folder
        Folder of the dataset, which holds what is no table.
    wait
        Seconds that a write waits for another.
    """

    def __init__(self, path: Path, folder: Path = BUNDLED, wait: float = WAIT_SECONDS) -> None:
        self.path, self.folder = path, folder
        self._connections = Connections(path, wait)

    @classmethod
    def open(cls, path: Path, folder: Path = BUNDLED, wait: float = WAIT_SECONDS) -> Self:
        """Return the ledger in a file, made from the tables of the folder where there is none.

        Raises
        ------
        SchemaError
            A table of the folder is not as documented.
        LedgerError
            The file is no ledger, was written by a newer version, or cannot be made or read.
        """
        ledger = cls(path, folder, wait)
        if not path.exists():
            layout.create(path, wait, ledger._bring)
        layout.check(ledger._connections)
        return ledger

    def close(self) -> None:
        """Nothing; closes its connections to the file. They are opened again when needed."""
        self._connections.close()

    @contextmanager
    def snapshot(self) -> Iterator[Records]:
        """Yield the records as of one moment, whoever writes meanwhile: a source of a dataset, with `head()`."""
        with self._connections.reading() as connection:
            yield Records(connection, self.path, self.folder)

    def head(self) -> Head:
        """Return the newest entry."""
        with self.snapshot() as records:
            return records.head()

    def rows(self, table: Table, known: Known) -> Iterator[Row]:
        """Return parsed current rows of a table, in the order in which they were added; each numbered by its entry."""
        with self.snapshot() as records:
            return iter(list(records.rows(table, known)))

    def dataset(self, locate: Locate | None = None) -> Dataset:
        """Return the dataset of the current records."""
        with self.snapshot() as records:
            return read_dataset(records, locate)

    def current(self, table: str, key: str) -> Entry | None:
        """Newest entry of a record, be it a retraction; None where there never was one."""
        with self.snapshot() as records:
            return records.newest(table, [key]).get(key)

    def currents(self, table: str) -> dict[str, Entry]:
        """Newest entry of every record of a table by key, retractions too, in the order in which the records were added."""
        with self.snapshot() as records:
            return records.currents(table)

    def history(self, table: str, key: str) -> list[Entry]:
        """Every entry of a record, the oldest first."""
        with self.snapshot() as records:
            return records.history(table, key)

    def journal(self, after: int = 0, limit: int = 1000, newest_first: bool = False) -> list[Entry]:
        """Entries of all tables in the order in which they were written, or the reverse; `after` is the last one already seen, or 0."""
        with self.snapshot() as records:
            return records.journal(after, limit, newest_first)

    def check(self, changes: Sequence[Change], file: str = "") -> None:
        """Nothing; raises what `append` would, and writes nothing."""
        with self.snapshot() as records:
            Batch(records, changes, Path(file) if file else _ENTRY)

    def preview(self, changes: Sequence[Change]) -> Dataset:
        """Return the dataset as it would be after the changes; nothing is written. Raises what `append` would."""
        with self.snapshot() as records:
            return read_dataset(Batch(records, changes, _ENTRY))

    def append(self, changes: Sequence[Change], by: str, reason: str = "", token: str = "", file: str = "") -> Receipt:
        """Return what was written: all of the changes, or none.

        Parameters
        ----------
        changes
            At least one, each to another record. They may refer to each other.
        by
            Who makes them.
        reason
            Why, in their words.
        token
            Makes it safe to try again: a batch whose token is known is not written again. Empty for one of our own.
        file
            What messages call the batch.

        Raises
        ------
        SchemaError
            A change is not as docs/data-model.md says, or leaves a dataset that is not; names file, row and column.
        StaleError
            Somebody else has changed a record since the author looked at it.
        LedgerError
            The changes make no sense, the token belongs to others, or the file cannot be written.
        """
        _check_words(by=by, reason=reason, token=token)
        if not changes:
            raise LedgerError("There is nothing to enter.")
        if by == bundle.BY or token.startswith(bundle.TOKEN):
            raise LedgerError(f"'{bundle.BY}' and tokens that begin with '{bundle.TOKEN}' are the product's own.")
        where = Path(file) if file else _ENTRY
        with self._connections.writing() as connection:
            records = Records(connection, self.path, self.folder)
            if token and (written := records.batch(token)):
                return _repeated(written, changes, by, reason)
            return _enter(connection, records.head(), Batch(records, changes, where).steps, by, reason, token or secrets.token_hex(16))

    def undo(self, number: int, by: str, reason: str = "") -> Receipt:
        """Return what was written: a new entry that brings a record back to what it was before entry `number`.

        Raises
        ------
        StaleError
            The record has a later entry.
        LedgerError, SchemaError
            There is no such entry, or what it replaced does not fit the other records any more.
        """
        with self.snapshot() as records:
            found = records.journal(number - 1, 1)
            if not found or found[0].number != number:
                raise LedgerError(f"There is no entry {number} to undo.")
            entry = found[0]
            before = [old for old in records.history(entry.table, entry.key) if old.number == entry.supersedes]
        if before and before[0].live:
            change = Change(entry.table, entry.key, "correct" if entry.live else "restore", before[0].cells, number)
        else:
            change = Change(entry.table, entry.key, "retract", {}, number)
        return self.append([change], by, reason or f"Undoes entry {number}.")

    def verify(self, head: Head | None = None) -> list[str]:
        """Return a sentence for everything in the file that is not as it was written; none where it is intact.

        Parameters
        ----------
        head
            A head that was kept elsewhere. Only with it is it noticed that the newest entries were cut off, or the whole chain rewritten.
        """
        return verify.problems(self._connections, head)

    def backup(self, target: Path) -> Head:
        """Head of a copy that is put at `target` at once or not at all, while others write; it was verified.

        Raises
        ------
        LedgerError
            The copy cannot be made, the ledger is damaged, or at `target` is a file that is no ledger.
        """
        return backup.copy(self._connections, target)

    def sync(self, folder: Path | None = None) -> Receipt | None:
        """Return what was written to bring the ledger up to the tables of its folder, or of another; None where nothing was.

        New rows are added. What the folder changed or dropped since it was last entered is corrected or retracted; records that users
        have changed stay theirs.

        Raises
        ------
        SchemaError
            A table of the folder is not as documented.
        """
        folder = folder or self.folder
        with self.snapshot() as records:
            if records.last_token(bundle.TOKEN).endswith(bundle.fingerprint(folder)):
                return None
        dataset = read_dataset(folder)
        read_quantities(folder, dataset)
        with self._connections.writing() as connection:
            return self._bring(connection, folder)

    def _bring(self, connection: Connection, folder: Path | None = None) -> Receipt | None:
        folder = folder or self.folder
        records = Records(connection, self.path, folder)
        head = records.head()
        wanted = bundle.brought(records, folder)
        if head.number:
            batch, left_out = bundle.fitting(records, wanted)
        else:
            batch, left_out = Batch(records, [one.change for one in wanted], [one.file for one in wanted]), ()
        if not batch.steps:
            return None
        date = bundle.made_on(folder)
        reason = f"Dataset made on {date}." if date else ""
        # The number keeps tokens in the order of their batches, and apart where a folder goes back to what it once was. Where rows were
        # left out, the token does not end as `sync` expects, which therefore tries them again.
        token = f"{bundle.TOKEN}{head.number:012}:{bundle.fingerprint(folder)}" + ("!" if left_out else "")
        return _enter(connection, head, batch.steps, bundle.BY, reason, token, left_out)


def _check_words(**words: str) -> None:
    for name, text in words.items():
        if not storable(text):
            raise LedgerError(f"'{name}' holds half of a character, which cannot be stored.")
    if not words["by"].strip():
        raise LedgerError("An entry names who makes it.")


def _enter(
    connection: Connection, head: Head, steps: Sequence[Step], by: str, reason: str, token: str, left_out: tuple[str, ...] = ()
) -> Receipt:
    """Write the steps as the entries that follow on `head`."""
    first, previous_hash = head.number + 1, head.hash
    now = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    entries: list[dict[str, object]] = []
    records: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    for number, step in enumerate(steps, first):
        entry: dict[str, object] = {
            "number": number,
            "batch": first,
            "table_name": step.table.name,
            "record": step.change.key,
            "action": step.change.action,
            "supersedes": step.newest.number if step.newest else None,
            "by": by,
            "recorded_at": now,
            "reason": reason,
            "token": token if number == first else None,
            "previous_hash": previous_hash,
        }
        cells = step.stored
        previous_hash = chain.digest(entry, cells)
        entries.append(entry | {"hash": previous_hash})
        records[step.table.name].append(cells | {"entry": number})
    connection.execute(insert(ENTRY), entries)
    for table, rows in records.items():
        connection.execute(insert(RECORDS[table]), rows)
    last = first + len(steps) - 1
    return Receipt(first, last, Head(last, previous_hash), left_out=left_out)


def _repeated(written: Sequence[Entry], changes: Sequence[Change], by: str, reason: str) -> Receipt:
    """Return the receipt of a batch that was written before with the same token."""
    same = len(changes) == len(written) and (by, reason) == (written[0].by, written[0].reason)
    if not same or not all(map(_asks_for, changes, written)):
        raise LedgerError(f"The token of this batch was used for another one, entry {written[0].number} by {written[0].by}.")
    last = written[-1]
    return Receipt(written[0].number, last.number, Head(last.number, last.hash), repeated=True)


def _asks_for(change: Change, entry: Entry) -> bool:
    """Whether a change is the one that an entry has made."""
    if (change.table, change.key, change.action) != (entry.table, entry.key, entry.action):
        return False
    if change.action == "retract":
        return change.seen == entry.supersedes
    try:
        row = parsed(_ENTRY, 1, change.cells, TABLES[change.table].parsers({}))
    except SchemaError:
        return False
    cells = {name: canonical(value) for name, value in row.cells.items()}
    return cells == entry.cells and (change.action == "add" or change.seen == entry.supersedes)


def ledger_path(folder: Path = BUNDLED) -> Path:
    """Where the user's ledger of a dataset lies: in `home_directory()`, one file a folder."""
    folder = folder.resolve()
    # The bundled folder may move with the product; any other is told by where it lies.
    mark = "" if folder == BUNDLED else f"-{folder.name}-{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}"
    return home_directory() / f"ledger{mark}.sqlite"


def open_ledger(folder: Path = BUNDLED) -> Ledger:
    """Return the user's ledger of a dataset, made where there is none, and brought up to the tables of the folder.

    Raises
    ------
    SchemaError
        A table of the folder is not as documented.
    LedgerError
        The file is no ledger, was written by a newer version, or cannot be made or read.
    """
    ledger = Ledger.open(ledger_path(folder), folder.resolve())
    receipt = ledger.sync()
    for sentence in receipt.left_out if receipt else ():
        _LOG.warning("Not entered in the ledger, because it does not fit what users have changed: %s", sentence)
    return ledger
