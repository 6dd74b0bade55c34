"""The command `check`: whether a dataset, a ledger or a file of claims is in order."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from geodata.adjudication.events import events_of
from geodata.checks.findings import Finding, Severity
from geodata.checks.lint import lint
from geodata.commands.options import DATA_WRONG, OK, Commands, add_command, add_data, add_ledger, data_of, ledger_of
from geodata.commands.output import counted, for_terminal, say
from geodata.dataset.claims import read_dataset
from geodata.dataset.published import read_published
from geodata.dataset.quantities import read_quantities
from geodata.dataset.regions import read_region
from geodata.dataset.tables import Folder, Source
from geodata.files.guard.kinds import ENDINGS
from geodata.land.boundaries import boundaries

_HELP = f"""\
FILE or FOLDER is a folder of tables, a ledger, or a file of claims ({", ".join(ENDINGS)}) in any layout that `import` takes; that one is
checked as it would be taken in. Findings are errors (surely wrong), warnings (to be looked at: sources do contradict each other) and
notes; docs/data-model.md lists the rules.

examples:
  python -m geodata check
  python -m geodata check my-folder --format json
  python -m geodata check claims.xlsx

exit status:
  0  no errors
  1  at least one; what cannot be read at all is named by file, row and column
  2  wrong usage
"""


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Nothing; adds the command."""
    what = "Reads a dataset, counts what is in it, and says what contradicts itself, the map or the calendar."
    check = add_command(commands, "check", "is a dataset in order?", _check, what, _HELP)
    check.add_argument("path", type=Path, nargs="?", metavar="FILE|FOLDER", help="what to check (default: the folder of --data)")
    add_data(check)
    add_ledger(check)
    check.add_argument("--format", choices=("table", "json"), default="table", help="for people (default), or for programs")


def _check(options: argparse.Namespace) -> int:
    path = options.path or data_of(options)
    if path.is_dir():
        counts, findings = _examined(Folder(path))
    elif path.suffix.lower() in ENDINGS:
        counts, findings = _tried(path, options)
    else:
        options.ledger = _existing(path)
        counts, findings = _examined(ledger_of(options))
    say(_as_json(counts, findings) if options.format == "json" else _as_text(counts, findings), for_people=options.format == "table")
    return DATA_WRONG if any(finding.severity == Severity.ERROR for finding in findings) else OK


def _tried(path: Path, options: argparse.Namespace) -> tuple[dict[str, int], list[Finding]]:
    """Return counts and findings of a file, as it would be taken into the ledger."""
    from geodata.files.guard import read_rows  # these take half a second to import, and only files of claims need them
    from geodata.intake import plan

    drafted = plan(read_rows(path), ledger_of(options))
    counts = {"new records": len(drafted.new), "known records": sum(map(len, drafted.same.values())), "changed": len(drafted.changed)}
    return counts, [*drafted.wrong, *drafted.warnings]


def _examined(source: Source) -> tuple[dict[str, int], list[Finding]]:
    """Return counts and findings of a folder or a ledger."""
    dataset = read_dataset(source)
    events = events_of(dataset)
    quantities = read_quantities(source, dataset)
    read_published(dataset)
    region = read_region(dataset.folder) if (dataset.folder / "regions.toml").exists() else None
    counted_as = {"claims": dataset.claims, "documents": dataset.documents, "places": dataset.locations, "events": events}
    counts = {what: len(rows) for what, rows in counted_as.items()} | {"figures": len(quantities)}
    provinces = boundaries(1, region)
    outlines = dict(zip(provinces["code"], provinces.geometry, strict=True))
    return counts, lint(dataset, quantities, events, outlines)


def _existing(path: Path) -> Path:
    # A ledger that is opened is made where there is none.
    if not path.exists():
        raise FileNotFoundError(f"There is no file or folder '{path}'")
    return path


def _as_text(counts: dict[str, int], findings: Iterable[Finding]) -> str:
    lines = [f"{number:6d} {what}" for what, number in counts.items()]
    for finding in findings:
        where = f"row {finding.row}{f', {finding.column}' if finding.column else ''}: " if finding.row else ""
        lines.append(for_terminal(f"{finding.severity:<7}  {finding.rule:<14}  {where}{finding.sentence}"))
    return "\n".join([*lines, *_totals(findings)]) + "\n"


def _totals(findings: Iterable[Finding]) -> list[str]:
    severities = [finding.severity for finding in findings]
    return [", ".join(counted([s for s in severities if s == one], one) for one in dict.fromkeys(severities))] if severities else []


def _as_json(counts: dict[str, int], findings: Iterable[Finding]) -> str:
    return json.dumps({"counts": counts, "findings": [vars(finding) for finding in findings]}, ensure_ascii=False, indent=2) + "\n"
