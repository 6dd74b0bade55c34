"""Map sheets from the command line: `python -m views.paper map --as-of 2015-11-23 --out map.png`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, TypeVar

from geodata import BUNDLED, VIEWS, GeodataError, load_events
from geodata.schema import iso_date
from views.paper.output import kind_of, save
from views.paper.sheet import LARGEST_PX, SMALLEST_PX, map_sheet

T = TypeVar("T")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the usage in front of it."""

    def error(self, message: str) -> NoReturn:
        _refuse(message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of the command; 0 once the picture is written. Whatever is wrong ends with one sentence on stderr and exit code 2."""
    options = _parser().parse_args(arguments)
    try:
        figure = map_sheet(
            load_events(options.data),
            options.as_of,
            view=options.view,
            province=options.province,
            source=options.data,
            title=options.title,
            marking=options.marking,
            size_px=(options.width, options.height),
        )
        save(figure, options.out)
    except GeodataError as problem:
        _refuse(str(problem))
    except OSError as problem:
        _refuse(f"{options.out} cannot be written: {problem.strerror or problem}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m views.paper", description="Pictures for slides and print.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    chart = commands.add_parser(
        "map",
        help="a map of who holds what on a date",
        description="Draw who holds what on a date: map, legend with counts, latest changes, sources.",
        epilog="example: python -m views.paper map --as-of 2015-11-23 --province Homs --out homs.png",
    )
    chart.add_argument("--as-of", type=_said_by(iso_date), required=True, metavar="YYYY-MM-DD", help="the date, inclusive")
    chart.add_argument("--out", type=_said_by(_picture), required=True, metavar="FILE", help="where to write: .png, .svg or .pdf")
    chart.add_argument("--province", metavar="NAME", help="by name or ISO 3166-2 code (Homs, SY-HI); default: the whole region")
    chart.add_argument("--view", choices=VIEWS, default="claimed", help="which claims count (default: %(default)s)")
    chart.add_argument("--title", metavar="TEXT", help="in place of the title that names region or province")
    chart.add_argument("--marking", metavar="TEXT", help="a line for bands at top and bottom, such as a classification")
    chart.add_argument(
        "--data", type=Path, default=BUNDLED, metavar="FOLDER", help="tables as in docs/data-model.md (default: the bundled ones)"
    )
    for name, pixels in (("width", 1920), ("height", 1080)):
        chart.add_argument(f"--{name}", type=_said_by(_side), default=pixels, metavar="PX", help="pixels (default: %(default)s)")
    return parser


def _picture(text: str) -> Path:
    path = Path(text)
    kind_of(path)
    return path


def _side(text: str) -> int:
    if not text.isdecimal() or not SMALLEST_PX <= int(text) <= LARGEST_PX:
        raise ValueError(f"'{text}' is not a whole number from {SMALLEST_PX} to {LARGEST_PX}")
    return int(text)


def _said_by(parse: Callable[[str], T]) -> Callable[[str], T]:
    """The parser with its own sentence: argparse would replace a ValueError's by 'invalid value'."""

    def parsed(text: str) -> T:
        try:
            return parse(text)
        except ValueError as problem:
            raise argparse.ArgumentTypeError(str(problem)) from None

    return parsed


def _refuse(sentence: str) -> NoReturn:
    print(sentence.rstrip(".") + ".", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    sys.exit(main())
