"""What became of each place over a time: how long each party held it, how often it changed hands, and how it last did."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.control.control import Control
from geodata.control.periods import periods
from geodata.errors import WrongPeriodError

Counts = npt.NDArray[np.int64]


def days_held(control: Control, first: dt.date, last: dt.date) -> Counts:
    """Days on which each party held each place.

    Parameters
    ----------
    control
        In any view.
    first, last
        Both inclusive; control at the end of a day counts for the day.

    Returns
    -------
    numpy.ndarray
        Days, shape (places, parties + 1), in the order of `control.places` and `control.parties`; the last column is the days on which
        nobody is known to hold the place. Every row adds up to the length of the time.

    Raises
    ------
    WrongPeriodError
        `last` is before `first`.
    """
    if last < first:
        raise WrongPeriodError(f"{last} is before {first}.")
    days, width = (last - first).days + 1, len(control.parties) + 1
    event, before = control.handovers()
    # What a handover gives to one and takes from another, it does from its day to the last; an open beginning counts from the first day on.
    lasting = np.clip(days - _since(control, event, first), 0, days)
    row = _places(control, event) * width
    party = pd.Index(control.parties).get_indexer(control.events["party"]).astype(np.int64)
    former = np.where(before >= 0, party[before], len(control.parties))
    size = len(control.places) * width
    held = np.bincount(row + party[event], lasting, size) - np.bincount(row + former, lasting, size)
    held = held.round().astype(np.int64).reshape(-1, width)
    held[:, -1] += days
    return held


def histories(control: Control, first: dt.date, last: dt.date) -> pd.DataFrame:
    """How often each place changed hands in a time, and how it first and last did.

    Parameters
    ----------
    control
        In any view; what that view does not follow is no change.
    first, last
        Both inclusive.

    Returns
    -------
    pandas.DataFrame
        One row a place, in the order of `control.places`. Columns:

        place_id, name, name_ar, admin1, province : str
        holder : party_id at the end of `last`, 'divided', or None where no claim says
        flips : int, how often it passed from one known holder to another; a first known holder is none
        first_change, last_change : datetime64, days of the first and the last flip; NaT without one
        last_earliest, last_latest : datetime64, the window of the last flip, inclusive
        last_from, last_to : party_ids of the last flip, '' without one
        last_status : 'corroborated', 'claimed' or 'disputed', of the last flip; '' without one
        last_event : event_id of the last flip, '' without one

    Raises
    ------
    WrongPeriodError
        `last` is before `first`.
    """
    if last < first:
        raise WrongPeriodError(f"{last} is before {first}.")
    event, before = control.handovers()
    dates = control.events["date"].iloc[event].to_numpy()
    within = (before >= 0) & (dates >= np.datetime64(first)) & (dates <= np.datetime64(last))  # never of the open beginning, which is NaT
    event, before = event[within], before[within]
    place = _places(control, event)
    everywhere = np.arange(len(control.places))
    # Handovers come by place and date.
    begin, end = np.searchsorted(place, everywhere), np.searchsorted(place, everywhere, side="right")
    some = end > begin
    columns = ["place_id", "name", "name_ar", "admin1", "province"]
    frame = pd.DataFrame(control.places[columns])
    parties = [*control.parties, None]  # -1 is the last of them
    frame["holder"] = pd.Series([parties[i] for i in control.holders_on(last)], dtype=object)
    frame["flips"] = end - begin
    firsts, lasts = event[begin[some]], event[end[some] - 1]
    for column, rows, source in (
        ("first_change", firsts, "date"),
        ("last_change", lasts, "date"),
        ("last_earliest", lasts, "date_earliest"),
        ("last_latest", lasts, "date_latest"),
        ("last_from", before[end[some] - 1], "party"),
        ("last_to", lasts, "party"),
        ("last_status", lasts, "status"),
        ("last_event", lasts, "event_id"),
    ):
        found = control.events[source].iloc[rows].set_axis(everywhere[some]).reindex(everywhere)
        frame[column] = found if source.startswith("date") else found.fillna("")
    return frame


def days_of_change(control: Control, first: dt.date, last: dt.date, most: int) -> list[dt.date]:
    """Days on which figures of a time are worth asking for.

    Parameters
    ----------
    control
        In any view.
    first, last
        Both inclusive, and both among the days.
    most
        If anything changes on more days than these, it is the last day of every month instead.

    Raises
    ------
    WrongPeriodError
        `last` is before `first`.
    """
    months = [month.last for month in periods(first, last, "month") if month.last < last]
    _, day = control.breakpoints()
    changed = [dt.date(1970, 1, 1) + dt.timedelta(days=number) for number in np.unique(day).tolist()]
    inside = [date for date in changed if first < date < last]
    return [*dict.fromkeys([first, *(months if len(inside) > most else inside), last])]


def _places(control: Control, event: Counts) -> Counts:
    """Index of the place of each event."""
    ids = control.events["place_id"].iloc[event]
    found: Counts = pd.Index(control.places["place_id"]).get_indexer(ids).astype(np.int64)
    return found


def _since(control: Control, event: Counts, first: dt.date) -> Counts:
    """Days from `first` to each event; 0 for the open beginning."""
    dates = control.events["date"].iloc[event].to_numpy(dtype="datetime64[D]")
    days: Counts = (dates - np.datetime64(first, "D")).astype(np.int64)
    return np.where(np.isnat(dates), 0, days)
