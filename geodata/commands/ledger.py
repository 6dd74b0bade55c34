"""The commands about the ledger: is it intact, a backup and back, what was entered when and by whom."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from geodata import ledger
from geodata.commands.options import DATA_WRONG, OK, Commands, add_command, add_data, data_of
from geodata.commands.output import Sheet, deliver, for_terminal, say
from geodata.ledger import Entry, Head, LedgerError

_HELP = """\
examples:
  python -m geodata verify
  python -m geodata verify --head 462:2372906a7b54...     # a head that an earlier verify printed and that was kept elsewhere
  python -m geodata backup /media/stick/ledger-2016-03-27.sqlite
  python -m geodata restore /media/stick/ledger-2016-03-27.sqlite
  python -m geodata journal --limit 20 --format json

The ledger is one file in the folder that CONTROL_ATLAS_HOME names, else in the user's data folder. Without a head that was kept elsewhere
nobody can see that its newest entries were cut off: keep one from time to time. Before `restore`, end every program that uses the ledger;
what stood there is kept beside it.

exit status:
  0  done; the ledger is intact
  1  verify found something
  2  wrong usage, or the ledger or the backup cannot be read or written
"""


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Nothing; adds the commands."""
    what = "Computes every hash of the ledger anew, and prints the head."
    verify = add_command(commands, "verify", "is the ledger as it was written?", _verify, what, _HELP)
    verify.add_argument(
        "--head", type=_head, metavar="NUMBER:HASH", help="a head that was kept: shows whether entries after it were cut off"
    )
    what = "Makes a verified copy of the ledger, at once or not at all."
    backup = add_command(commands, "backup", "copy the ledger, while others write", _backup, what, _HELP)
    backup.add_argument("file", type=Path, metavar="FILE", help="the copy; may be there only if it is a backup too")
    back = add_command(commands, "restore", "bring a backup back", _restore, "Verifies a backup and puts it in the ledger's place.", _HELP)
    back.add_argument("file", type=Path, metavar="FILE", help="the backup")
    journal = add_command(
        commands, "journal", "what was entered, by whom", _journal, "Lists entries of the ledger, the newest first.", _HELP
    )
    journal.add_argument("--limit", type=int, default=50, metavar="N", help="how many (default: 50)")
    journal.add_argument("--before", type=int, default=0, metavar="NUMBER", help="only older ones than this entry")
    for parser in (verify, backup, back, journal):
        add_data(parser)
        parser.add_argument("--format", choices=("table", "json"), default="table", help="for people (default) or for programs")


def _head(argument: str) -> Head:
    try:
        return Head.parse(argument)
    except LedgerError as problem:
        raise argparse.ArgumentTypeError(str(problem).removesuffix(".")) from None


def _verify(options: argparse.Namespace) -> int:
    folder, head = data_of(options), None
    path = ledger.ledger_path(folder)
    found: list[str] = []
    try:
        # To open it adds what the dataset has gained since; what is not there is not made.
        with closing(ledger.Ledger.open(path, folder) if path.exists() else ledger.Ledger(path, folder)) as opened:
            found += opened.verify(options.head)
            head = opened.head()
    except LedgerError as problem:
        found = found or [str(problem)]
    told = {"ledger": str(path), "intact": not found, "head": str(head) if head else None, "problems": found}
    lines = [*map(for_terminal, found)] or [f"intact, {head.number if head else 0} entries"]
    _say(options, told, "\n".join([*lines, f"head {head}" if head else "no head"]))
    return DATA_WRONG if found else OK


def _backup(options: argparse.Namespace) -> int:
    folder = data_of(options)
    with closing(ledger.Ledger(ledger.ledger_path(folder), folder)) as opened:
        head = opened.backup(options.file)
    _say(options, {"backup": str(options.file), "head": str(head)}, f"{head.number} entries copied to {options.file}\nhead {head}")
    return OK


def _restore(options: argparse.Namespace) -> int:
    path = ledger.ledger_path(data_of(options))
    head = ledger.restore(options.file, path)
    _say(options, {"ledger": str(path), "head": str(head)}, f"{head.number} entries restored to {path}\nhead {head}")
    return OK


def _journal(options: argparse.Namespace) -> int:
    with closing(ledger.open_ledger(data_of(options))) as opened:
        entries = opened.journal(options.before, options.limit, newest_first=True)
    if options.format == "json":
        say(json.dumps([_told(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n", for_people=False)
        return OK
    rows = [{**_told(entry), "recorded_at": entry.recorded_at.strftime("%Y-%m-%d %H:%M")} for entry in entries]
    shown = ("number", "recorded_at", "by", "action", "table", "key", "reason")
    return deliver(Sheet(shown, shown, rows, f"{len(rows)} entries, times in UTC"), "table", None)


def _told(entry: Entry) -> dict[str, object]:
    return {**asdict(entry), "recorded_at": entry.recorded_at.isoformat()}


def _say(options: argparse.Namespace, told: dict[str, object], sentences: str) -> None:
    if options.format == "json":
        say(json.dumps(told, ensure_ascii=False, indent=2) + "\n", for_people=False)
    else:
        say(f"{sentences}\n")
