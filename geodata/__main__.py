"""Command line: `python -m geodata COMMAND`; the commands are in `geodata/commands/`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from geodata.commands import GROUPS
from geodata.commands.look import CONTROL_HELP
from geodata.commands.options import DATA_WRONG, FORMATS_HELP, STATUS_HELP, USAGE
from geodata.commands.output import complain
from geodata.errors import GeodataError, SchemaError


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status of the command line with these arguments (those of the process by default)."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except SchemaError as error:
        return complain(str(error), DATA_WRONG)
    except GeodataError as error:
        return complain(str(error), USAGE)
    except OSError as error:
        return complain(f"{error}.", DATA_WRONG)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(complain(f"{message}; see --help.", USAGE))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m geodata",
        description="Who controls which place in Syria on a date, and how we know.",
        epilog=CONTROL_HELP + FORMATS_HELP + STATUS_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for group in GROUPS:
        group.register(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
