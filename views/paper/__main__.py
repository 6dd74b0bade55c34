"""Map sheets from the command line: `python -m views.paper map --as-of 2015-11-23 --out map.png`."""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

import geopandas as gpd
from matplotlib.figure import Figure

from geodata import VIEWS, Dataset, GeodataError, claimants_heard, events_of, outlets_read, read_dataset, seen
from geodata.commands.options import VIEWS_HELP, add_source, add_viewpoint, source_of
from geodata.control.periods import MONTHS
from geodata.control.viewpoint import ACCORDING_TO, OUTLET, slug
from geodata.dataset.cells import iso_date
from geodata.dataset.tables import Source
from geodata.land.territory import METHODS
from views.paper.output import kind_of, save
from views.paper.sheets.multiples import DESIGN_PX, LARGEST_WIDTH_PX, SMALLEST_WIDTH_PX, multiples_sheet
from views.paper.sheets.sheet import LARGEST_PX, SMALLEST_PX, map_sheet
from views.payload.territory import USUAL_KM, USUAL_METHOD, LandMethod
from views.wording import viewpoint_in_words, voice_name

T = TypeVar("T")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the usage in front of it."""

    def error(self, message: str) -> NoReturn:
        _refuse(message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of the command; 0 once the picture is written. Whatever is wrong ends with one sentence on stderr and exit code 2."""
    options = _parser().parse_args(arguments)
    try:
        save(options.draw(options), options.out)
    except (GeodataError, ValueError) as problem:
        _refuse(str(problem))
    except OSError as problem:
        _refuse(f"{options.out} cannot be written: {problem.strerror or problem}")
    return 0


@dataclass(frozen=True)
class _Seen:
    """What is drawn: events from a viewpoint, their source, the view that is left, and what has to be said of the viewpoint."""

    events: gpd.GeoDataFrame
    source: Source
    view: str
    viewpoint: str


def _seen(options: argparse.Namespace) -> _Seen:
    source = source_of(options)
    dataset = read_dataset(source)
    who = options.view.removeprefix(ACCORDING_TO) if options.view.startswith(ACCORDING_TO) else ""
    events = events_of(seen(dataset, options.view, options.known_on))
    # One voice is taken at its word.
    view = VIEWS[0] if who else options.view
    return _Seen(events, source, view, viewpoint_in_words(_voice(dataset, who), options.known_on))


def _voice(dataset: Dataset, who: str) -> str:
    """Return the name of whom a view follows, given in any spelling."""
    voices = [*([] if who.startswith(OUTLET) else claimants_heard(dataset)), *outlets_read(dataset)]
    wanted = slug(who.removeprefix(OUTLET))
    meant = (voice for voice in voices if wanted in (slug(voice.who.removeprefix(OUTLET)), slug(voice.name)))
    return next((voice_name(dataset, voice) for voice in meant), who)


def _map(options: argparse.Namespace) -> Figure:
    looked_at = _seen(options)
    return map_sheet(
        looked_at.events,
        options.as_of,
        view=looked_at.view,
        province=options.province,
        source=looked_at.source,
        title=options.title,
        marking=" · ".join(filter(None, (options.marking, looked_at.viewpoint))) or None,
        land=options.land,
        patterns=options.patterns,
        size_px=(options.width, options.height),
    )


def _multiples(options: argparse.Namespace) -> Figure:
    looked_at = _seen(options)
    return multiples_sheet(
        looked_at.events,
        options.province,
        options.first,
        options.last,
        by=options.by,
        view=looked_at.view,
        viewpoint=looked_at.viewpoint,
        source=looked_at.source,
        title=options.title,
        columns=options.columns,
        width_px=options.width,
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m views.paper", description="Pictures for slides and print.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    chart = commands.add_parser(
        "map",
        help="a map of who holds what on a date",
        description="Draw who holds what on a date: map, legend with counts, latest changes, sources.",
        epilog=VIEWS_HELP + "example: python -m views.paper map --as-of 2015-11-23 --province Homs --out homs.png",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    chart.set_defaults(draw=_map)
    chart.add_argument("--as-of", type=_said_by(iso_date), required=True, metavar="YYYY-MM-DD", help="the date, inclusive")
    chart.add_argument("--province", metavar="NAME", help="by name or ISO 3166-2 code (Homs, SY-HI); default: the whole region")
    chart.add_argument(
        "--land",
        type=_said_by(_land),
        default=USUAL_METHOD,
        metavar="METHOD-KM",
        help="how land is drawn: nearest-20, weighted-30 …, or off (default: nearest-20)",
    )
    chart.add_argument(
        "--patterns", action="store_true", help="patterns beside the colours of land, for greyscale and colour-blind readers"
    )
    chart.add_argument("--marking", metavar="TEXT", help="a line for bands at top and bottom, such as a classification")
    for name, pixels in (("width", 1920), ("height", 1080)):
        chart.add_argument(
            f"--{name}", type=_said_by(_side(SMALLEST_PX, LARGEST_PX)), default=pixels, metavar="PX", help="pixels (default: %(default)s)"
        )
    series = commands.add_parser(
        "multiples",
        help="small maps of a province, one a month, quarter or year",
        description="Draw small maps of a province through time, with a strip of shares under each.",
        epilog=VIEWS_HELP + "example: python -m views.paper multiples --province Homs --by quarter --from 2015 --to 2017 --out homs.png",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    series.set_defaults(draw=_multiples)
    series.add_argument("--province", required=True, metavar="NAME", help="by name or ISO 3166-2 code (Homs, SY-HI)")
    series.add_argument("--by", choices=list(MONTHS), default="quarter", help="how much time a map stands for (default: %(default)s)")
    for name, dest, end in (("from", "first", False), ("to", "last", True)):
        series.add_argument(
            f"--{name}",
            dest=dest,
            type=_said_by(_day_of(end)),
            metavar="DATE",
            help="YYYY, YYYY-MM or YYYY-MM-DD, inclusive (default: when most changed)",
        )
    series.add_argument(
        "--columns", type=_said_by(_side(1, 12)), default=4, metavar="N", help="maps beside each other (default: %(default)s)"
    )
    series.add_argument(
        "--width",
        type=_said_by(_side(SMALLEST_WIDTH_PX, LARGEST_WIDTH_PX)),
        default=DESIGN_PX,
        metavar="PX",
        help="pixels (default: %(default)s)",
    )
    for command in (chart, series):
        command.add_argument("--out", type=_said_by(_picture), required=True, metavar="FILE", help="where to write: .png, .svg or .pdf")
        add_viewpoint(command)
        command.add_argument("--title", metavar="TEXT", help="in place of the usual title")
        add_source(command)
    return parser


def _picture(text: str) -> Path:
    path = Path(text)
    kind_of(path)
    return path


def _land(text: str) -> LandMethod | None:
    if text == "off":
        return None
    method, _, limit = text.partition("-")
    if method not in METHODS or not limit.isdecimal() or not 1 <= int(limit) <= 500:
        raise ValueError(f"'{text}' is not a method and a distance in km, such as {METHODS[0]}-{USUAL_KM}, and not off")
    return LandMethod(method, int(limit))


def _side(least: int, most: int) -> Callable[[str], int]:
    """Return a parser of whole numbers between two others, both inclusive."""

    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"'{text}' is not a whole number from {least} to {most}")
        return int(text)

    return read


def _day_of(end: bool) -> Callable[[str], dt.date]:
    """Return a parser of a year, a month or a day, which gives its first or its last day."""

    def read(text: str) -> dt.date:
        if match := re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text):
            year, month = int(match[1]), int(match[2] or (12 if end else 1))
            if year and 1 <= month <= 12:
                return dt.date(year, month, calendar.monthrange(year, month)[1] if end else 1)
        return iso_date(text)

    return read


def _said_by(parse: Callable[[str], T]) -> Callable[[str], T]:
    """Return the parser with its own sentence: argparse would replace a ValueError's by 'invalid value'."""

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
