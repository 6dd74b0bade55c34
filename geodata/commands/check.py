"""The command `check`: is a dataset in order?"""

from __future__ import annotations

import argparse

from geodata.claims import read_dataset
from geodata.commands.options import OK, Commands, add_command, add_data
from geodata.commands.output import say
from geodata.events import events_of
from geodata.quantities import read_quantities
from geodata.regions import read_region

_HELP = """\
example:
  python -m geodata check --data my-folder

exit status:
  0  the dataset is as docs/data-model.md describes it
  1  it is not: the message names file, row and column
  2  wrong usage
"""


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Nothing; adds the command."""
    what = "Reads a dataset, counts what is in it, and names what is wrong."
    add_data(add_command(commands, "check", "is a dataset in order?", _check, what, _HELP))


def _check(options: argparse.Namespace) -> int:
    dataset = read_dataset(options.data)
    events = events_of(dataset)
    figures = read_quantities(options.data, dataset)
    if (options.data / "regions.toml").exists():
        read_region(options.data)
    counts = {"claims": dataset.claims, "documents": dataset.documents, "places": dataset.locations, "events": events, "figures": figures}
    say("".join(f"{len(rows):6d} {what}\n" for what, rows in counts.items()))
    return OK
