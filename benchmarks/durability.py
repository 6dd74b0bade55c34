"""Writers killed in the middle of their work, and edits a second beside two other ways to keep them, in one run.

Run with `make bench`, or `python -m benchmarks.durability [--kills 300] [--seconds 4] [--json]`. Four processes write and four read; a
trial is one `kill -9` of a writer, which then begins again where it was. `kill -9` is not a power cut: what was written stays in the memory
of the system, so trials tell nothing about `synchronous`; that is what the cost of it is shown for.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event

from geodata.ledger import Ledger
from tests.geodata.ledger.ledger_trials import READERS, WRITERS, Tally, empty_ledger, ended, forked, incident, run

KILLS_A_LEDGER = 25
ROUNDS = 3


def ledger_edits(path: Path, writer: int, say: Callable[[str], None], pragma: str = "") -> None:
    """Edit one record for ever."""
    ledger = Ledger(path, path.parent)
    if pragma:
        event.listen(ledger._connections._engine, "connect", lambda connection, _: connection.execute(pragma))
    key = f"edited-{writer}"
    ledger.append([incident(key, "add", "")], "writer")
    while True:
        entry = ledger.current("incidents", key)
        assert entry
        ledger.append([incident(key, "correct", entry.token, entry.number)], "writer")
        say("done")


def line_edits(path: Path, writer: int, say: Callable[[str], None]) -> None:
    """Append one line a time for ever, each brought to the disk: no check, no hash, no conflict is noticed, nothing can be looked up."""
    with path.with_name("edits.jsonl").open("ab", buffering=0) as file:
        while True:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(json.dumps(incident(f"edited-{writer}", "correct", "").__dict__).encode() + b"\n")
            os.fsync(file.fileno())
            fcntl.flock(file, fcntl.LOCK_UN)
            say("done")


WAYS: dict[str, Callable[[Path, int, Callable[[str], None]], None]] = {
    "ledger": ledger_edits,
    "ledger with synchronous=NORMAL": lambda path, writer, say: ledger_edits(path, writer, say, "PRAGMA synchronous = NORMAL"),
    "lines of JSON with fsync": line_edits,
}


def edits_a_second(work: Callable[[Path, int, Callable[[str], None]], None], seconds: float, writers: int) -> float:
    """How many edits are acknowledged in a second, of all writers together."""
    with tempfile.TemporaryDirectory() as folder:
        path = empty_ledger(Path(folder))
        processes = [forked(lambda say, writer=writer: work(path, writer, say)) for writer in range(writers)]
        with ended(processes):
            time.sleep(0.3)
            for process in processes:
                process.lines()
            begun = time.perf_counter()
            count = 0
            while time.perf_counter() - begun < seconds:
                time.sleep(0.02)
                count += sum(line == ["done"] for process in processes for line in process.lines())
            return count / (time.perf_counter() - begun)


def trials(kills: int) -> tuple[Tally, float]:
    """Return what came of all trials, a new ledger for every few of them, and how many seconds they took."""
    tally, begun = Tally(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, kills, KILLS_A_LEDGER):
            tally += run(Path(folder) / str(first), min(KILLS_A_LEDGER, kills - first), seed=first)
    return tally, time.perf_counter() - begun


def opening(repeats: int = 9) -> dict[str, float]:
    """Milliseconds, medians: to make a ledger of the bundled dataset, to open it, to ask for its head, its dataset, to verify it."""
    made, opened, head, dataset, verified = ([] for _ in range(5))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(repeats):
            path = Path(folder) / f"{number}.sqlite"
            made.append(_milliseconds(partial(_open, path)))
            opened.append(_milliseconds(partial(_open, path)))
            with closing(Ledger(path)) as ledger:
                ledger.head()
                head.append(_milliseconds(ledger.head))
                dataset.append(_milliseconds(ledger.dataset))
                verified.append(_milliseconds(ledger.verify))
    found = {"make": made, "open and sync": opened, "head": head, "dataset": dataset, "verify": verified}
    return {name: statistics.median(times) for name, times in found.items()}


def _open(path: Path) -> None:
    with closing(Ledger.open(path)) as ledger:
        ledger.sync()


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=3, help="for each figure of edits a second")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    tally, seconds = trials(options.kills)
    found: dict[str, Any] = {"trials": vars(tally) | {"seconds": seconds}}
    for writers in (1, WRITERS):
        # In turn, so that a machine that slows down slows all of them.
        rounds = [{name: edits_a_second(way, options.seconds, writers) for name, way in WAYS.items()} for _ in range(ROUNDS)]
        found[f"edits a second, writers: {writers}"] = {name: statistics.median(one[name] for one in rounds) for name in WAYS}
    found["milliseconds"] = opening()
    print(json.dumps(found, indent=2) if options.json else _told(found))


def _told(found: dict[str, Any]) -> str:
    tally = found["trials"]
    lines = [
        f"{tally['trials']} writers killed, {tally['in_the_middle']} of them in the middle of a batch, {tally['written_unsaid']} of these "
        f"after it was written and before they said so; {WRITERS} writers, {READERS} readers, {tally['seconds']:.0f} s",
        f"{tally['acknowledged']} rows acknowledged: {tally['lost']} lost, {tally['doubled']} doubled; "
        f"{tally['reads']} reads: {tally['halves']} saw half a batch",
        *(tally["complaints"] or ["every chain intact, no complaints"]),
    ]
    for name, ways in found.items():
        if name.startswith("edits"):
            own = ways["ledger"]
            lines.append(f"{name}: " + ", ".join(f"{way} {rate:.0f} ({rate / own:.2f}x)" for way, rate in ways.items()))
    lines.append("milliseconds, bundled dataset: " + ", ".join(f"{what} {time:.2f}" for what, time in found["milliseconds"].items()))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
