"""What commands share: how a parser is made, options, exit statuses."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.dataset.cells import iso_date
from geodata.dataset.regions import shown_dataset
from geodata.dataset.tables import Folder, Source
from geodata.files.text import FORMATS

if TYPE_CHECKING:
    from geodata.ledger import Ledger

OK, DATA_WRONG, USAGE = 0, 1, 2

Commands = argparse._SubParsersAction  # argparse has no public name for it

FORMATS_HELP = """\
formats:
  table     for people (default)
  csv       UTF-8, lists joined by |. A text that begins with = + - @, a tab or a carriage return gets an apostrophe in front,
            so that no spreadsheet runs it as a formula
  json      a list of objects; null where nothing is known
  geojson   a FeatureCollection of points, EPSG:4326, longitude first

"""
VIEWS_HELP = """\
views:
  claimed           the last credible claim wins (default)
  corroborated      only what two originating sources say, or the side that lost the place
  according-to:WHO  only the claims of one claimant (according-to:sana), or of one outlet, publisher or agency (according-to:naharnet);
                    where both have the name, according-to:outlet:ap means the outlet

"""
STATUS_HELP = """\
exit status:
  0  done
  1  the data are wrong: the message names file, row and column
  2  wrong usage: an unknown province or option, a date that is none, a file that cannot be written
"""


def add_command(
    commands: Commands[argparse.ArgumentParser],
    name: str,
    what: str,
    run: Callable[[argparse.Namespace], int],
    description: str,
    epilog: str,
) -> argparse.ArgumentParser:
    """Parser of a new command that `run` answers; `what` is its line in the list of commands."""
    parser = commands.add_parser(
        name, help=what, description=description, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.set_defaults(run=run)
    return parser


def add_data(parser: argparse.ArgumentParser) -> None:
    """Nothing; adds --data, a folder that exists, which `data_of` takes."""
    what = "dataset to read (default: the one that CONTROL_ATLAS_DATA names, else the bundled one)"
    parser.add_argument("--data", type=folder, metavar="FOLDER", help=what)


def data_of(options: argparse.Namespace) -> Path:
    """Return the folder that --data names; by default that of the dataset that is shown, as the app does."""
    named: Path | None = options.data
    return named or shown_dataset()


def add_source(parser: argparse.ArgumentParser) -> None:
    """Nothing; adds --data, which `source_of` takes."""
    what = "look at this instead of your ledger: a folder of tables, a ledger's file, or a file of claims"
    parser.add_argument("--data", type=existing, metavar="PATH", help=what)


def source_of(options: argparse.Namespace) -> Source:
    """Return what --data names; by default the user's ledger of the dataset that is shown."""
    if options.data is None:
        from geodata.ledger import open_ledger  # SQLAlchemy takes a while to import

        return open_ledger(shown_dataset())
    if options.data.is_dir():
        return Folder(options.data)
    from geodata.intake.file_source import file_source

    return file_source(options.data)


def add_viewpoint(parser: argparse.ArgumentParser) -> None:
    """Nothing; adds --view and --known-on."""
    parser.add_argument("--view", default="claimed", metavar="VIEW", help="whose claims count: see below (default: claimed)")
    parser.add_argument("--known-on", type=date, metavar="DATE", help="only claims reported up to this day, inclusive")


def add_ledger(parser: argparse.ArgumentParser) -> None:
    """Nothing; adds --ledger, which `ledger_of` takes."""
    parser.add_argument("--ledger", type=Path, metavar="FILE", help="ledger to use (default: the user's own of the dataset)")


def ledger_of(options: argparse.Namespace) -> Ledger:
    """Return the ledger that the options name, made from the dataset where there is none."""
    from geodata.ledger import Ledger, open_ledger  # SQLAlchemy takes a while to import, and most commands do without

    return Ledger.open(options.ledger, data_of(options)) if options.ledger else open_ledger(data_of(options))


def add_output(parser: argparse.ArgumentParser) -> None:
    """Nothing; adds --format and --out, which `output.deliver` takes."""
    parser.add_argument("--format", choices=("table", *FORMATS), default="table", help="see below (default: table)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write here, at once or not at all, instead of printing")


def date(argument: str) -> dt.date:
    """Return the date of an argument, YYYY-MM-DD."""
    try:
        return iso_date(argument)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def existing(argument: str) -> Path:
    """Return the file or folder of an argument."""
    path = Path(argument)
    if not path.exists():
        raise argparse.ArgumentTypeError(f"there is no folder or file '{path}'")
    return path


def folder(argument: str) -> Path:
    """Return the folder of an argument."""
    path = Path(argument)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder '{path}'")
    return path
