"""The commands that look at the conflict: `control` on a date, `events` and `changes` between dates."""

from __future__ import annotations

import argparse
import datetime as dt

import geopandas as gpd
import pandas as pd

from geodata.adjudication.events import events_of
from geodata.commands.options import (
    FORMATS_HELP,
    OK,
    STATUS_HELP,
    VIEWS_HELP,
    Commands,
    add_command,
    add_output,
    add_source,
    add_viewpoint,
    date,
    source_of,
)
from geodata.commands.output import Sheet, complain, counted, deliver
from geodata.control.changes import changes_between
from geodata.control.control import Control
from geodata.control.viewpoint import control_seen, seen
from geodata.dataset.claims import Dataset, read_dataset
from geodata.dataset.provinces import read_provinces
from geodata.dataset.vocabulary import EventKind, Status, View
from geodata.errors import WrongPeriodError
from geodata.files.text import CHANGE_COLUMNS, CONTROL_COLUMNS, EVENT_COLUMNS, joined, rows_of

CONTROL_HELP = """\
examples:
  python -m geodata control --as-of 2015-11-23
  python -m geodata control --as-of 2015-11-23 --province Homs --view corroborated
  python -m geodata control --as-of 2015-11-23 --view according-to:sohr --known-on 2015-11-23
  python -m geodata control --as-of 2017-09-05 --format geojson --out control.geojson

"""
_EVENTS_HELP = """\
An event is listed if its date lies between --from and --to, both inclusive; fighting and sieges if any day of them does. What was so
before the dataset begins has no date, comes first, and is left out with --from. The corroborated view leaves out changes on which
no two originating sources agree; fighting and sieges stay.

examples:
  python -m geodata events --province SY-HI --from 2015-10-01 --to 2015-11-30
  python -m geodata events --known-on 2015-11-30 --format csv --out events.csv

"""
_CHANGES_HELP = """\
Control at the end of the day --from and at the end of the day --to, of every place that changed hands in between, and each change,
also one that was reversed: those dated after --from and up to --to. What the view does not follow is no change; `events` lists it.
A basis other than "change" (state, implied, before) means that control was found to be so, not seen to change.

examples:
  python -m geodata changes --from 2015-10-31 --to 2015-12-31
  python -m geodata changes --from 2015-10-31 --to 2015-12-31 --province Homs --view corroborated --format json

"""
FAR = pd.Timedelta(days=366)
"""Beyond the dated claims by more than this, an answer is worth a note."""


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Nothing; adds the commands."""
    explained = VIEWS_HELP + FORMATS_HELP + STATUS_HELP
    what = "Control of every place at the end of a day."
    control = add_command(commands, "control", "every place on a date", _control, what, CONTROL_HELP + explained)
    add_source(control)
    control.add_argument("--as-of", type=date, required=True, metavar="DATE", help="YYYY-MM-DD, inclusive")
    add_viewpoint(control)
    _add_province(control)
    add_output(control)

    what = "Dated events, adjudicated from the claims."
    events = add_command(commands, "events", "what happened when", _events, what, _EVENTS_HELP + explained)
    add_source(events)
    events.add_argument("--from", dest="first", type=date, metavar="DATE", help="first day, inclusive")
    events.add_argument("--to", dest="last", type=date, metavar="DATE", help="last day, inclusive")
    add_viewpoint(events)
    _add_province(events)
    add_output(events)

    what = "Places that changed hands between two dates, with every change."
    changes = add_command(commands, "changes", "what changed between two dates", _changes, what, _CHANGES_HELP + explained)
    add_source(changes)
    changes.add_argument("--from", dest="first", type=date, required=True, metavar="DATE", help="compared is the end of this day")
    changes.add_argument("--to", dest="last", type=date, required=True, metavar="DATE", help="with the end of this day")
    add_viewpoint(changes)
    _add_province(changes)
    add_output(changes)


def _add_province(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--province", metavar="P", help="only this one: ISO 3166-2 code or any spelling (SY-HI, Homs, حمص)")


def _control(options: argparse.Namespace) -> int:
    dataset = read_dataset(source_of(options))
    control = control_seen(dataset, options.view, options.known_on)
    _warn_beyond(control, options.as_of)
    frame = _in_province(control.at(options.as_of), dataset, options)
    rows = rows_of(frame, CONTROL_COLUMNS)
    for row in rows:
        words = ("contested", "besieged", "flagged", "in_transition")
        row["remarks"] = ", ".join(word.replace("_", " ") for word in words if row[word])
    shown = ("name", "province", "holder", "since", "status", "confidence", "remarks")
    caption = f"as of {options.as_of}, {_viewpoint(options)}, {counted(rows, 'place')}"
    return deliver(Sheet(CONTROL_COLUMNS, shown, rows, caption), options.format, options.out)


def _viewpoint(options: argparse.Namespace) -> str:
    return f"{options.view} view" + (f", known on {options.known_on}" if options.known_on else "")


def _warn_beyond(control: Control, day: dt.date) -> None:
    dated = pd.concat([control.events, control.conditions])[["date_earliest", "date_latest"]].stack()
    if len(dated) and not dated.min() - FAR <= pd.Timestamp(day) <= dated.max() + FAR:
        span = f"{dated.min().date()} to {dated.max().date()}"
        complain(f"note: {day} lies far outside the dated claims, {span}; what was known last, or first, is shown.", OK)


def _events(options: argparse.Namespace) -> int:
    first, last = options.first or dt.date.min, options.last or dt.date.max
    if first > last:
        raise WrongPeriodError(f"No day is both from {first} on and up to {last}.")
    dataset = read_dataset(source_of(options))
    frame = _in_province(events_of(seen(dataset, options.view, options.known_on)), dataset, options)
    if options.view == View.CORROBORATED:
        frame = frame[(frame["kind"] != EventKind.CONTROL) | (frame["status"] == Status.CORROBORATED)]
    frame = frame.sort_values(["date", "place_id"], kind="stable", na_position="first")
    rows = [row for row in rows_of(frame, EVENT_COLUMNS) if _within(row, options.first, last)]
    for row in rows:
        row["parties"] = row["party"] if row["kind"] == EventKind.CONTROL else joined(row["sides"])
    shown = ("date", "until", "kind", "name", "province", "parties", "previous", "status", "confidence")
    return deliver(Sheet(EVENT_COLUMNS, shown, rows, counted(rows, "event")), options.format, options.out)


def _within(row: dict[str, object], first: dt.date | None, last: dt.date) -> bool:
    # ISO dates compare as text.
    start = str(row["date"] or "")
    end = str(row["until"] or dt.date.max) if row["kind"] != EventKind.CONTROL else start
    return start <= last.isoformat() and (first is None or end >= first.isoformat())


def _changes(options: argparse.Namespace) -> int:
    dataset = read_dataset(source_of(options))
    control = control_seen(dataset, options.view, options.known_on)
    frame = _in_province(changes_between(control, dataset.claims, options.first, options.last), dataset, options)
    rows = rows_of(frame, CHANGE_COLUMNS)
    caption = f"from {options.first} to {options.last}, {_viewpoint(options)}, {counted(rows, 'place')}"
    shown = ("name", "province", "holder_start", "holder_end", "date", "from", "to", "status", "basis", "claimants")
    if options.format == "table":  # for people, a line a change
        rows = [
            row | change | {"claimants": ", ".join(change["claimants"])}
            for row, changes in zip(rows, frame["changes"], strict=True)
            for change in changes
        ]
    return deliver(Sheet(CHANGE_COLUMNS, shown, rows, caption), options.format, options.out)


def _in_province(frame: gpd.GeoDataFrame, dataset: Dataset, options: argparse.Namespace) -> gpd.GeoDataFrame:
    """Return the rows that lie in the province asked for, or all."""
    if options.province is None:
        return frame
    return frame[frame["admin1"] == read_provinces(dataset.folder, needed=True).called(options.province).code]
