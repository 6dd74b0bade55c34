"""Command line: `python -m gazetteer COMMAND`; the commands are in `gazetteer/commands/`."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence

from gazetteer.commands import GROUPS
from gazetteer.commands.look import STATUS_HELP
from gazetteer.commands.options import refusing


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status of the command line with these arguments (those of the process by default)."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot write Arabic should show escapes instead of a traceback.
        sys.stdout.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    return refusing(run)(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m gazetteer",
        description="Resolves toponyms in Latin or Arabic script to places.",
        epilog=STATUS_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for group in GROUPS:
        group.register(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
