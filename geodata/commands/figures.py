"""The command `check-figures`: what was claimed about areas and distances, beside what we measure and what others publish."""

from __future__ import annotations

import argparse
from pathlib import Path

from geodata.commands.options import Commands, add_command, add_source, source_of
from geodata.commands.output import Sheet, deliver
from geodata.control.control import VIEWS
from geodata.control.viewpoint import control_seen
from geodata.dataset.claims import read_dataset
from geodata.dataset.published import PublishedFigure, read_published
from geodata.dataset.quantities import read_quantities
from geodata.dataset.regions import read_region
from geodata.land.boundaries import boundaries

FORMATS = ("table", "csv", "json")

COLUMNS = (
    *("quantity_id", "document_id", "locator", "claimant", "topic", "subject", "metric", "as_of_earliest", "as_of_latest"),
    *("claimed_low", "claimed_high", "ours_low", "ours_high", "held_low", "held_high", "coverage", "published", "verdict", "reason"),
)
SHOWN = ("verdict", "claimed", "ours", "claimant", "subject", "as_of_latest", "reason")

_HELP = """\
A verdict is "supported", "refuted" or "cannot tell"; docs/methods.md has the rules. Our range for the land of a party goes from the least
that it held in any reading (held_low to held_high) to that and all that nobody is known to hold (ours_low to ours_high); coverage is the
share of the country within 20 km of a place with a known holder. Figures that others publish stand beside a claim and decide nothing.

examples:
  python -m geodata check-figures
  python -m geodata check-figures --format json --out figures.json

formats:
  table  for people (default)
  csv    UTF-8, lists joined by |. A text that a spreadsheet would run as a formula stands behind an apostrophe
  json   a list of objects; null where nothing is known

exit status:
  0  done, whatever the verdicts
  1  the data are wrong: the message names file, row and column
  2  wrong usage, or a file that cannot be written
"""


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Nothing; adds the command."""
    what = "Checks the figures that were claimed about areas and distances."
    checking = add_command(commands, "check-figures", "areas and distances that were claimed, checked", _check, what, _HELP)
    add_source(checking)
    checking.add_argument("--view", choices=VIEWS, default=VIEWS[0], help="whose claims our own figures rest on (default: %(default)s)")
    checking.add_argument("--format", choices=FORMATS, default="table", help="see below (default: table)")
    checking.add_argument("--out", type=Path, metavar="FILE", help="write here, at once or not at all, instead of printing")


def _check(options: argparse.Namespace) -> int:
    from geodata.checks import VERDICTS, Check, Checker

    source = source_of(options)
    dataset, region = read_dataset(source), read_region(source.folder)
    claims, control = read_quantities(source, dataset), control_seen(dataset, options.view)
    checks = Checker(dataset, claims, read_published(dataset), control, boundaries(1, region), region).checks

    def row(check: Check) -> dict[str, object]:
        claim, ours = check.claim, check.ours
        held = ours.held if ours else None
        return {
            **vars(claim),
            "claimant": dataset.claimants[claim.claimant_id].name,
            "as_of_earliest": claim.as_of_earliest.isoformat(),
            "as_of_latest": claim.as_of_latest.isoformat(),
            "claimed_low": claim.value_low,
            "claimed_high": claim.value_high,
            "ours_low": round(ours.range.low, 2) if ours else None,
            "ours_high": round(ours.range.high, 2) if ours else None,
            "held_low": round(held.low, 2) if held else None,
            "held_high": round(held.high, 2) if held else None,
            "coverage": round(ours.coverage, 4) if ours and ours.coverage is not None else None,
            "published": [_in_words(published) for published in check.published],
            "verdict": check.verdict,
            "reason": check.reason,
            "claimed": check.claimed.in_words(check.unit),
            "ours": ours.range.in_words(check.unit) if ours else "",
        }

    rows = [row(check) for check in checks]
    counts = ", ".join(f"{sum(check.verdict == verdict for check in checks)} {verdict}" for verdict in VERDICTS)
    return deliver(Sheet(COLUMNS, SHOWN, rows, counts, positioned=False), options.format, options.out)


def _in_words(published: PublishedFigure) -> str:
    """Return a published figure in a few words: 'Jusoor for Studies 45.1 %, 2017-09-15'."""
    share = (
        ""
        if published.percent_low is None
        else f"{published.percent_low:g} %"
        if published.percent_high
        else f"over {published.percent_low:g} %"
    )
    area = "" if published.km2 is None else f"{published.km2:,.0f} km2"
    return f"{published.publisher} {' or '.join(filter(None, (share, area)))}, {published.as_of}"
