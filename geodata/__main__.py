"""Command line: `python -m geodata control --as-of DATE`, `python -m geodata events` and `python -m geodata check`."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import geopandas as gpd
import pandas as pd

from geodata.claims import read_dataset
from geodata.control import VIEWS, Control
from geodata.errors import GeodataError, SchemaError, UnknownNameError
from geodata.events import events_of, load_events
from geodata.exchange import CONTROL_COLUMNS, EVENT_COLUMNS, FORMATS, joined, rows_of, written
from geodata.quantities import read_quantities
from geodata.regions import read_region
from geodata.schema import BUNDLED, iso_date, listed, read_table, required, text

OK, DATA_WRONG, USAGE = 0, 1, 2

_EXPLAINED = """\
formats:
  table     for people (default)
  csv       UTF-8, lists joined by |. A text that begins with = + - @, a tab or a carriage return gets an apostrophe in front,
            so that no spreadsheet runs it as a formula
  json      a list of objects; null where nothing is known
  geojson   a FeatureCollection of points, EPSG:4326, longitude first

exit status:
  0  done
  1  the data are wrong: the message names file, row and column
  2  wrong usage: an unknown province or option, a date that is none, a file that cannot be written
"""
_CONTROL_HELP = """\
examples:
  python -m geodata control --as-of 2015-11-23
  python -m geodata control --as-of 2015-11-23 --province Homs --view corroborated
  python -m geodata control --as-of 2017-09-05 --format geojson --out control.geojson

"""
_EVENTS_HELP = """\
An event is listed if its date lies between --from and --to, both inclusive; fighting and sieges if any day of them does. What was so
before the dataset begins has no date, comes first, and is left out with --from.

examples:
  python -m geodata events --province SY-HI --from 2015-10-01 --to 2015-11-30
  python -m geodata events --format csv --out events.csv

"""
_CHECK_HELP = """\
example:
  python -m geodata check --data my-folder

exit status:
  0  the dataset is as docs/data-model.md describes it
  1  it is not: the message names file, row and column
  2  wrong usage
"""


@dataclass(frozen=True)
class _Sheet:
    """Rows to print: `columns` and two more, longitude and latitude, in every row; `shown` are those of the table."""

    columns: tuple[str, ...]
    shown: tuple[str, ...]
    rows: list[dict[str, object]]
    caption: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status of the command line with these arguments (those of the process by default)."""
    options = _parser().parse_args(arguments)
    try:
        if not options.data.is_dir():
            raise UnknownNameError(f"There is no folder '{options.data}'.")
        output = {"control": _control, "events": _events, "check": _check}[options.command](options)
    except SchemaError as error:
        return _complain(str(error), DATA_WRONG)
    except GeodataError as error:
        return _complain(str(error), USAGE)
    except OSError as error:
        return _complain(f"{error}.", DATA_WRONG)
    if options.out is None:
        _print(output, options.format)
        return OK
    try:
        _write(output, options.out)
    except OSError as error:
        return _complain(f"'{options.out}' cannot be written ({error.strerror}).", USAGE)
    return OK


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(_complain(f"{message}; see --help.", USAGE))


def _parser() -> argparse.ArgumentParser:
    def command(name: str, what: str, description: str, epilog: str) -> argparse.ArgumentParser:
        layout = argparse.RawDescriptionHelpFormatter
        parser = commands.add_parser(name, help=what, description=description, epilog=epilog, formatter_class=layout)
        parser.add_argument("--data", type=Path, default=BUNDLED, metavar="FOLDER", help="dataset to read (default: the bundled one)")
        parser.set_defaults(format="table", out=None)
        return parser

    def output(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--province", metavar="P", help="only this one: ISO 3166-2 code or any spelling (SY-HI, Homs, حمص)")
        parser.add_argument("--format", choices=("table", *FORMATS), default="table", help="see below (default: table)")
        parser.add_argument("--out", type=Path, metavar="FILE", help="write here, at once or not at all, instead of printing")

    parser = _Parser(
        prog="python -m geodata",
        description="Who controls which place in Syria on a date, and how we know.",
        epilog=_CONTROL_HELP + _EXPLAINED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)

    control = command("control", "every place on a date", "Control of every place at the end of a day.", _CONTROL_HELP + _EXPLAINED)
    control.add_argument("--as-of", type=_date, required=True, metavar="DATE", help="YYYY-MM-DD, inclusive")
    control.add_argument("--view", choices=VIEWS, default="claimed", help="take claims at their word, or leave lone ones out")
    output(control)

    events = command("events", "what happened when", "Dated events, adjudicated from the claims.", _EVENTS_HELP + _EXPLAINED)
    events.add_argument("--from", dest="first", type=_date, metavar="DATE", help="first day, inclusive")
    events.add_argument("--to", dest="last", type=_date, metavar="DATE", help="last day, inclusive")
    output(events)

    command("check", "is a dataset in order?", "Reads a dataset, counts what is in it, and names what is wrong.", _CHECK_HELP)
    return parser


def _date(argument: str) -> dt.date:
    try:
        return iso_date(argument)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def _control(options: argparse.Namespace) -> str:
    recorded = load_events(options.data)
    _warn_beyond(recorded, options.as_of)
    frame = Control(recorded, options.view).at(options.as_of)
    frame = _in_province(frame, options)
    rows = rows_of(frame, CONTROL_COLUMNS)
    for row in rows:
        words = ("contested", "besieged", "flagged", "in_transition")
        row["remarks"] = ", ".join(word.replace("_", " ") for word in words if row[word])
    shown = ("name", "province", "holder", "since", "status", "confidence", "remarks")
    caption = f"as of {options.as_of}, {options.view} view, {_counted(rows, 'place')}"
    return _written(_Sheet(CONTROL_COLUMNS, shown, rows, caption), options.format)


FAR = pd.Timedelta(days=366)
"""Beyond the dated claims by more than this, an answer is worth a note."""


def _warn_beyond(events: gpd.GeoDataFrame, date: dt.date) -> None:
    dated = events[["date_earliest", "date_latest"]].stack()
    if len(dated) and not dated.min() - FAR <= pd.Timestamp(date) <= dated.max() + FAR:
        span = f"{dated.min().date()} to {dated.max().date()}"
        print(f"geodata: note: {date} lies far outside the dated claims, {span}; what was known last, or first, is shown.", file=sys.stderr)


def _events(options: argparse.Namespace) -> str:
    first, last = options.first or dt.date.min, options.last or dt.date.max
    if first > last:
        raise UnknownNameError(f"No day is both from {first} on and up to {last}.")
    frame = _in_province(load_events(options.data), options)
    frame = frame.sort_values(["date", "place_id"], kind="stable", na_position="first")
    rows = [row for row in rows_of(frame, EVENT_COLUMNS) if _within(row, options.first, last)]
    for row in rows:
        row["parties"] = row["party"] if row["kind"] == "control" else joined(row["sides"])
    shown = ("date", "until", "kind", "name", "province", "parties", "previous", "status", "confidence")
    return _written(_Sheet(EVENT_COLUMNS, shown, rows, _counted(rows, "event")), options.format)


def _within(row: dict[str, object], first: dt.date | None, last: dt.date) -> bool:
    # ISO dates compare as text.
    start = str(row["date"] or "")
    end = str(row["until"] or dt.date.max) if row["kind"] != "control" else start
    return start <= last.isoformat() and (first is None or end >= first.isoformat())


def _check(options: argparse.Namespace) -> str:
    dataset = read_dataset(options.data)
    events = events_of(dataset)
    figures = read_quantities(options.data, dataset)
    if (options.data / "regions.toml").exists():
        read_region(options.data)
    counts = {"claims": dataset.claims, "documents": dataset.documents, "places": dataset.locations, "events": events, "figures": figures}
    return "\n".join(f"{len(counted):6d} {what}" for what, counted in counts.items()) + "\n"


def _in_province(frame: gpd.GeoDataFrame, options: argparse.Namespace) -> gpd.GeoDataFrame:
    """The rows that lie in the province asked for, or all."""
    if options.province is None:
        return frame
    columns = {"iso_3166_2": required, "name": required, "name_ar": text, "aliases": listed}
    provinces = list(read_table(options.data / "provinces.csv", columns))
    for row in provinces:
        if _folded(options.province) in {_folded(n) for n in (row["iso_3166_2"], row["name"], row["name_ar"], *row["aliases"]) if n}:
            return frame[frame["admin1"] == row["iso_3166_2"]]
    known = ", ".join(f"{row['name']} ({row['iso_3166_2']})" for row in provinces)
    raise UnknownNameError(f"'{options.province}' is not a known province; known are {known}.")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def _counted(rows: Sequence[object], what: str) -> str:
    return f"{len(rows)} {what}{'' if len(rows) == 1 else 's'}"


def _written(sheet: _Sheet, form: str) -> str:
    return _as_table(sheet) if form == "table" else written(sheet.rows, sheet.columns, form)


def _as_table(sheet: _Sheet) -> str:
    lines = [[name.replace("_", " ") for name in sheet.shown]]
    lines += [[_plain(str(row[name] or "-")) for name in sheet.shown] for row in sheet.rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    padded = ["  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join([line.rstrip() for line in padded] + [sheet.caption]) + "\n"


def _width(cell: str) -> int:
    return sum(not unicodedata.combining(letter) for letter in cell)


def _plain(words: str) -> str:
    """The text with escapes in place of characters that would steer a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in words)


def _complain(sentence: str, status: int) -> int:
    print(f"geodata: {_plain(sentence)}", file=sys.stderr)
    return status


def _print(output: str, form: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        if form == "table":
            # A terminal that cannot write Arabic should show escapes instead of a traceback.
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", newline="")
    try:
        sys.stdout.write(output)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. What is left in the buffer must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(output: str, target: Path) -> None:
    # In the target's directory, because a rename is atomic only within one file system.
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(output)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        temporary.unlink()
        raise


def _umask() -> int:
    # A temporary file can be read by its owner only; reading the mask is possible only by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return mask


if __name__ == "__main__":
    sys.exit(main())
