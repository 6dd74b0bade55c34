"""Trials of the ledger: several processes write and read it, writers are killed in the middle of their work and begin again.

A writer says in a pipe what it begins and, once `append` has returned, that it is done. What it said is what the ledger must hold: an
acknowledged batch is there, whole and once, and what a killed writer tries again with the same token is not there twice.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from geodata.ledger import Change, Head, Ledger

ROWS = 200
"""Rows of an import. All batches but edits have as many, so that a reader sees a half by counting."""
WRITERS = READERS = 4
PATIENCE_SECONDS = 100
"""How long somebody is waited for, on a busy machine, who has something done before the next is killed."""
INCIDENT = {"source": "s", "kind": "k", "date_earliest": "2015-05-21", "date_latest": "2015-05-21", "date_precision": "1"}
HEADERS = {
    "parties": "party_id,name,name_ar,allies,active_from,active_to",
    "claimants": "claimant_id,name,side,reliability",
    "documents": "document_id,publisher,agency,published_on,url,description",
    "places": "place_id,name,name_ar,feature_class,feature_code,admin1,longitude,latitude,rank",
    "claims": "claim_id,document_id,locator,kind,place_id,place_as_written,gaining,losing,claimant_id,modality,date_earliest,date_latest,"
    "date_precision,reported_on,credibility,statement",
}
"""A dataset without rows."""


@dataclass
class Tally:
    """What came of the trials.

    Attributes
    ----------
    trials, in_the_middle
        Writers that were killed, and those of them that had begun a batch and not yet said that it was done.
    written_unsaid
        Batches that were written, but not acknowledged when their writer was killed: its successor was told so by their token.
    acknowledged
        Rows of batches that were said to be done.
    lost, doubled
        Acknowledged rows that are not in the ledger, and rows that are there twice. Should be 0.
    reads, halves
        Times that a reader counted the rows, and batches that were there in part. The latter should be 0.
    complaints
        Errors that somebody ran into, and what `verify` finds. Should be none.
    """

    trials: int = 0
    in_the_middle: int = 0
    written_unsaid: int = 0
    reads: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    halves: int = 0
    complaints: list[str] = field(default_factory=list)

    def __iadd__(self, other: Tally) -> Tally:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)
        return self


@dataclass
class Process:
    """A forked process and what it has said. Of a writer: the tokens that are acknowledged, and the one it has begun."""

    number: int
    pipe: int
    said: bytes = b""

    def lines(self) -> list[list[str]]:
        """What it has said since it was last asked, word by word."""
        while chunk := _read(self.pipe):
            self.said += chunk
        *whole, self.said = self.said.split(b"\n")
        return [line.decode().split() for line in whole]

    def kill(self) -> list[list[str]]:
        """What it has said last; ends it without its noticing, so that it tidies up nothing."""
        os.kill(self.number, signal.SIGKILL)
        os.waitpid(self.number, 0)
        last = self.lines()
        os.close(self.pipe)
        return last


def _read(pipe: int) -> bytes:
    try:
        return os.read(pipe, 1 << 16)
    except BlockingIOError:
        return b""


def forked(work: Callable[[Callable[[str], None]], None]) -> Process:
    """A process that does `work` and is given a function to say something with."""
    reading, writing = os.pipe()
    number = os.fork()
    if number == 0:
        try:
            # One write of less than 4 KiB: a reader has the whole line or nothing of it.
            work(lambda line: os.write(writing, f"{line}\n".encode()) and None)
        except BaseException as problem:  # noqa: BLE001 - told to the parent
            os.write(writing, f"failed {type(problem).__name__} {problem}\n".encode())
        os._exit(0)
    os.close(writing)
    os.set_blocking(reading, False)
    return Process(number, reading)


@contextmanager
def ended(processes: list[Process]) -> Iterator[None]:
    """A block after which none of the processes is left."""
    try:
        yield
    finally:
        for process in processes:
            process.kill()


def empty_ledger(folder: Path) -> Path:
    """A new ledger of a dataset without rows."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, header in HEADERS.items():
        (folder / f"{name}.csv").write_text(f"{header}\n", encoding="utf-8")
    path = folder / "ledger.sqlite"
    Ledger.open(path, folder).close()
    return path


def write(path: Path, writer: int, first: int, seen: int | None, say: Callable[[str], None]) -> None:
    """Write batches for ever, from number `first` on; `seen` is what the first was said to have seen when it was begun before.

    Writers of even number import batches of rows; those of odd number import one and then edit a row of it.
    """
    ledger = Ledger(path, path.parent, wait=300)  # whoever comes too late on a busy machine has lost nothing
    for number in itertools.count(first):
        token, imports = f"{writer}/{number}", number == 0 or writer % 2 == 0
        if not imports and seen is None:
            newest = ledger.current("incidents", f"{writer}/0/0")
            assert newest
            seen = newest.number
        say(f"begun {number} {seen or 0}")
        if imports:
            batch = [incident(f"{token}/{row}", "add", token) for row in range(ROWS)]
        else:
            batch = [incident(f"{writer}/0/0", "correct", token, seen)]
        receipt = ledger.append(batch, f"writer {writer}", "", token)
        if number % 3 == 2:
            time.sleep(0.03)  # an answer that is long on its way: who is killed now has written what nobody knows of
        say(f"done {number} {len(batch)} {receipt.head} {'again' if receipt.repeated else 'new'}")
        seen = None


def incident(key: str, action: str, note: str, seen: int | None = None) -> Change:
    """A change to an incident, which refers to nothing."""
    return Change("incidents", key, action, {**INCIDENT, "incident_id": key, "note": note}, seen)


def read(path: Path, say: Callable[[str], None]) -> None:
    """Read for ever and say how many incidents there are, and whether the newest entry is the one that the head names."""
    ledger = Ledger(path, path.parent)
    while True:
        with ledger.snapshot() as records:
            head, count = records.head(), len(records.keys("incidents"))
            newest = records.journal(0, 1, newest_first=True)
        same = [Head(entry.number, entry.hash) for entry in newest] == ([head] if head.number else [])
        say(f"read {count} {'same' if same else 'other'}")
        time.sleep(0.005)  # leaves the processors to the writers


@dataclass
class Said:
    """What the incarnations of one writer have said."""

    done: dict[int, int] = field(default_factory=dict)
    """Rows by number of the batch."""
    begun: tuple[int, int] | None = None
    """Number of the batch that was begun and not acknowledged, and what it had seen."""
    head: Head = field(default_factory=Head)

    def hear(self, lines: list[list[str]], tally: Tally) -> None:
        for what, *words in lines:
            if what == "begun":
                self.begun = (int(words[0]), int(words[1]))
            elif what == "done":
                self.done[int(words[0])] = int(words[1])
                self.head, self.begun = Head.parse(words[2]), None
                tally.written_unsaid += words[3] == "again"
            else:
                tally.complaints.append(" ".join([what, *words]))


def run(folder: Path, kills: int, seed: int = 0) -> Tally:
    """What came of killing writers so many times, one at a time, each of which then begins again where it was."""
    path, tally, chance = empty_ledger(folder), Tally(), random.Random(seed)  # noqa: S311 - not a secret
    said = [Said() for _ in range(WRITERS)]
    readers = [forked(lambda say: read(path, say)) for _ in range(READERS)]
    writers = [_begin(path, number, said[number]) for number in range(WRITERS)]

    def listen() -> int:
        """How many batches were acknowledged until now."""
        for one, writer in zip(said, writers, strict=True):
            one.hear(writer.lines(), tally)
        for reader in readers:
            _hear_reader(reader, tally)
        return sum(len(one.done) for one in said)

    with ended(readers), ended(writers):
        while tally.trials < kills:
            before, patience = listen(), time.monotonic() + PATIENCE_SECONDS
            while listen() == before and time.monotonic() < patience:
                time.sleep(chance.uniform(0.005, 0.12))
            victim = chance.randrange(WRITERS)
            said[victim].hear(writers[victim].kill(), tally)
            tally.trials += 1
            tally.in_the_middle += said[victim].begun is not None
            writers[victim] = _begin(path, victim, said[victim])
        time.sleep(0.3)  # whoever was begun last comes to the batch that was cut off
        listen()
    _compare(path, said, tally)
    return tally


def _begin(path: Path, number: int, said: Said) -> Process:
    first, seen = said.begun or (len(said.done), 0)
    return forked(lambda say: write(path, number, first, seen or None, say))


def _hear_reader(reader: Process, tally: Tally) -> None:
    for what, *words in reader.lines():
        if what != "read":
            tally.complaints.append(" ".join([what, *words]))
            continue
        tally.reads += 1
        tally.halves += int(words[0]) % ROWS != 0
        if words[1] != "same":
            tally.complaints.append("a reader saw a head that is not the newest entry")


def _compare(path: Path, said: list[Said], tally: Tally) -> None:
    """Count what the ledger holds against what was said."""
    newest = max((one.head for one in said), key=lambda head: head.number)
    with closing(Ledger(path, path.parent)) as ledger:
        if found := ledger.verify(newest):
            tally.complaints += found
            return
        entries = ledger.journal(limit=10**9)
    batches = Counter(entry.cells["note"] for entry in entries)
    keys = Counter((entry.key, entry.cells["note"]) for entry in entries)
    tally.doubled += sum(count - 1 for count in keys.values())
    for writer, one in enumerate(said):
        for number, rows in one.done.items():
            tally.acknowledged += rows
            tally.lost += rows - batches[f"{writer}/{number}"]
    for token, count in batches.items():
        writer, number = map(int, token.split("/"))
        tally.halves += count != (ROWS if number == 0 or writer % 2 == 0 else 1)
