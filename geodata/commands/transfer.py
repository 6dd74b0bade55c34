"""What `import` and `export` do; apart from their parsers, since it takes half a second to import and few commands need it."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator

from common.atomic import replacing
from geodata.adjudication.events import events_of
from geodata.commands.options import DATA_WRONG, OK, USAGE, ledger_of
from geodata.commands.output import complain, counted, for_terminal, say
from geodata.dataset.claims import read_dataset
from geodata.dataset.quantities import read_quantities
from geodata.files.flat import control_table, event_table, flat_table, quantity_table
from geodata.files.formats import FORMATS
from geodata.files.guard import read_rows
from geodata.intake import LAYOUTS, Plan, plan
from geodata.ledger import Receipt

MOST = 20
"""Lines of a list that are printed for people; the JSON form has all."""


def take_in(options: argparse.Namespace) -> int:
    """Exit status of taking a file into the ledger, or of saying what that would do."""
    if not options.dry_run and not (options.by or "").strip():
        return complain("Say who enters it: --by NAME, or look first with --dry-run.", USAGE)
    ledger = ledger_of(options)
    drafted = plan(read_rows(options.file), ledger, update=options.update)
    receipt = None if options.dry_run or drafted.wrong else drafted.apply(ledger, options.by.strip(), options.reason)
    say(_as_json(drafted, receipt) if options.format == "json" else _as_text(drafted, receipt), for_people=options.format == "table")
    return DATA_WRONG if drafted.wrong else OK


def give_out(options: argparse.Namespace) -> int:
    """Exit status of writing claims, figures, events or control to a file."""
    if (options.as_of is None) == (options.what == "control"):
        return complain("--as-of is the day of --what control, and of nothing else.", USAGE)
    with ledger_of(options).snapshot() as records:
        head, dataset = str(records.head()), read_dataset(records)
        quantities = read_quantities(records, dataset)
    events = events_of(dataset)
    if options.what == "claims":
        table = flat_table(dataset, events, head)
    elif options.what == "figures":
        table = quantity_table(dataset, quantities, head)
    elif options.what == "events":
        table = event_table(dataset, events, head)
    else:
        table = control_table(dataset, events, options.as_of, head)
    content = FORMATS[options.format](table)
    try:
        with replacing(options.out) as file:
            file.write(content)
    except OSError as error:
        return complain(f"'{options.out}' cannot be written ({error.strerror}).", USAGE)
    return OK


def _as_text(drafted: Plan, receipt: Receipt | None) -> str:
    return "\n".join(for_terminal(line) for line in _lines(drafted, receipt)) + "\n"


def _lines(drafted: Plan, receipt: Receipt | None) -> Iterator[str]:
    yield f"{drafted.file} reads as {LAYOUTS[drafted.layout]}."
    yield from drafted.notes
    for what, number in _counts(drafted).items():
        yield f"{number:6d} {what}"
    for heading, lines in _lists(drafted).items():
        if lines:
            yield f"{heading}:"
            yield from (f"  {line}" for line in lines[:MOST])
            if len(lines) > MOST:
                yield f"  and {len(lines) - MOST} more"
    if receipt:
        yield f"Entries {receipt.first} to {receipt.last} made. Head {receipt.head}."
    else:
        yield "Nothing was entered."


def _counts(drafted: Plan) -> dict[str, int]:
    new = Counter(change.table.replace("_", " ") for change in drafted.new)
    same = Counter({table.replace("_", " "): len(keys) for table, keys in drafted.same.items()})
    counts = {f"new {table}": number for table, number in new.items()} | {
        f"{table} already there": number for table, number in same.items()
    }
    counts["there, but different"] = len(drafted.changed)
    return counts | {"wrong": len(drafted.wrong), "names in doubt": len(drafted.unresolved)}


def _lists(drafted: Plan) -> dict[str, list[str]]:
    wrong, warnings = (
        [f"{f'row {f.row}' if f.row else drafted.file}{f', {f.column}' if f.column else ''}: {f.sentence}" for f in findings]
        for findings in (drafted.wrong, drafted.warnings)
    )
    doubtful = []
    for name in drafted.unresolved:
        candidates = f" It may be {'; '.join(candidate.label for candidate in name.candidates)}." if name.candidates else ""
        doubtful.append(
            f"'{name.name}'{f' in {name.admin1}' if name.admin1 else ''}, {counted(name.rows, 'row')}: {name.status}.{candidates}"
        )
    changed = list(map(str, drafted.changed))
    return {"wrong": wrong, "there, but different": changed, "names in doubt": doubtful, "warnings": warnings}


def _as_json(drafted: Plan, receipt: Receipt | None) -> str:
    report = {
        "file": drafted.file,
        "layout": drafted.layout,
        "new": [{"table": c.table, "key": c.key, "row": c.row, "cells": dict(c.cells)} for c in drafted.new],
        "same": {table: list(keys) for table, keys in drafted.same.items()},
        "changed": [vars(difference) | {"cells": dict(difference.cells)} for difference in drafted.changed],
        "wrong": [vars(finding) for finding in drafted.wrong],
        "warnings": [vars(finding) for finding in drafted.warnings],
        "unresolved": [vars(name) | {"candidates": [vars(candidate) for candidate in name.candidates]} for name in drafted.unresolved],
        "notes": list(drafted.notes),
        "entered": {"first": receipt.first, "last": receipt.last, "head": str(receipt.head)} if receipt else None,
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
