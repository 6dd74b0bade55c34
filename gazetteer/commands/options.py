"""What the commands share: how a parser is made, options, exit statuses."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from gazetteer.errors import GazetteerError

DONE, NOTHING_TO_DO, REFUSED = 0, 1, 2

Commands = argparse._SubParsersAction  # argparse has no public name for it

EXIT_HELP = """\
exit status:
  0  done; rows that could not be read are listed in reports/NAME.csv of the data directory
  1  nothing to do: no source of this name (remove)
  2  refused: wrong usage, or a file that cannot be read, fetched or written
"""


def home_option() -> argparse.ArgumentParser:
    """Return a parent parser with --home, the directory of added sources and decisions."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--home", type=Path, metavar="DIR", help="directory of added sources (default: GAZETTEER_HOME, else the user's data directory)"
    )
    return shared


def add_command(
    commands: Commands[argparse.ArgumentParser],
    name: str,
    summary: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
    examples: str = "",
) -> argparse.ArgumentParser:
    """Return the parser of a new command that `run` answers; `summary` is its line in the list of commands."""
    parser = commands.add_parser(
        name,
        parents=[home_option()],
        help=summary,
        description=text,
        epilog=examples + EXIT_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=refusing(run))
    return parser


def refusing(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Return the command with what it refuses said in one line."""

    @wraps(command)
    def run(options: argparse.Namespace) -> int:
        try:
            return command(options)
        except (GazetteerError, OSError) as error:
            print(f"gazetteer: {error}", file=sys.stderr)
            return REFUSED

    return run
