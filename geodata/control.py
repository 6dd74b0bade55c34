"""Control on a date: who holds each place, how surely, whether it is fought for or besieged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.errors import UnknownNameError
from geodata.events import load_events

VIEWS = ("claimed", "corroborated")
"""*claimed* follows the last credible claim; *corroborated* only events on which originating sources agree."""

EPOCH = np.datetime64("1970-01-01", "D")
SPAN = 1 << 23
"""Days per place in a sort key; larger than any day number, so that keys of two places never mix."""
OPEN = SPAN // 2
"""Offset that keeps day numbers positive; also stands for an open end."""

Days = npt.NDArray[np.int64]

STATUSES = ("unknown", "claimed", "corroborated", "disputed")


@dataclass(frozen=True)
class Snapshot:
    """Control of places on days; all arrays are parallel.

    Indices point into `Control.places`, `Control.parties` (holder, -1 = not known), `Control.events` (event in force, and challenge: the
    latest event that this view does not follow, -1 = none) and `Control.layers` (contested, siege, -1 = none).
    """

    holder: Days
    event: Days
    challenge: Days
    contested: Days
    siege: Days
    flagged: npt.NDArray[np.bool_]
    in_transition: npt.NDArray[np.bool_]


class Control:
    """Control at any date, from the events of a dataset.

    Parameters
    ----------
    events
        As `geodata.load_events` gives them.
    view
        One of `VIEWS`.

    Notes
    -----
    A date is one `searchsorted` over keys place * SPAN + day, so its cost grows with the places, not the events. Of two events of
    one place on one day the later row wins.
    """

    def __init__(self, events: gpd.GeoDataFrame, view: str = "claimed") -> None:
        if view not in VIEWS:
            raise UnknownNameError(f"'{view}' is not a view; there are {', '.join(VIEWS)}.")
        self.view = view
        places = events.drop_duplicates("place_id").sort_values("place_id", kind="stable")
        self.places = places[["place_id", "name", "name_ar", "admin1", "province", "geometry"]].reset_index(drop=True)
        self._index = {place_id: i for i, place_id in enumerate(self.places["place_id"])}
        self.events = self._sorted(events[events["kind"] == "control"])
        self.parties = sorted(set(self.events["party"]))
        number = {party: i for i, party in enumerate(self.parties)}
        self._party = np.array([number[p] for p in self.events["party"]], dtype=np.int64)
        place = self._place_of(self.events)
        self._in_force, self._challenge = self._followed(place)
        self._challenged_until = _days(self.events, "until", OPEN)
        self._flagged = self.events["flagged"].to_numpy(dtype=np.int64)
        own = _days(self.events, "date", -OPEN)
        self._key = _key(place, own)
        # Read early and late, an event must not overtake its neighbours: the running maximum keeps the order of the own dates.
        self._key_early = np.maximum.accumulate(_key(place, _days(self.events, "date_earliest", -OPEN)))
        self._key_late = np.maximum.accumulate(_key(place, _days(self.events, "date_latest", -OPEN)))
        self.layers = self._sorted(events[events["kind"] != "control"])
        self._layer_rows = {kind: np.flatnonzero(self.layers["kind"] == kind) for kind in ("contested", "siege")}
        self._layer_key = _key(self._place_of(self.layers), _days(self.layers, "date", -OPEN))
        self._layer_until = _days(self.layers, "until", OPEN)

    def at(self, date: dt.date) -> gpd.GeoDataFrame:
        """Every place as it stood at the end of a day.

        Parameters
        ----------
        date
            Inclusive: an event of this day has happened.

        Returns
        -------
        geopandas.GeoDataFrame
            One row a place that any claim is about, by place_id, geometry Point (longitude, latitude) in EPSG:4326. Columns:

            place_id, name, name_ar, admin1, province : str
            holder : party_id, 'divided', or None where no claim says
            contested, besieged : bool, beside the holder
            sides : party_ids that contest or besiege the place, joined by '|', '' for none
            status : 'corroborated', 'claimed', 'disputed', or 'unknown' without a holder
            flagged : bool, the holder is disputed, inferred, rests on the gaining side alone, or is challenged by a later claim that this
                view does not follow
            confidence : Admiralty code, '' without a holder
            in_transition : bool, the date lies in the window of a change, so that early and late readings differ
            since : datetime64, first day of the present holder; NaT = since before the dataset begins, or no holder
            reason : str, why we think so
            event_id : str, the event that made it so, '' for none
        """
        day = (np.datetime64(date, "D") - EPOCH).astype(np.int64)
        now = self.on_days(np.arange(len(self.places), dtype=np.int64), np.full(len(self.places), day))
        known = now.event >= 0
        rows = self.events.reindex(now.event)  # -1, no event, becomes an empty row

        def taken(column: str, missing: object) -> npt.NDArray[np.object_]:
            values: npt.NDArray[np.object_] = rows[column].to_numpy(dtype=object, copy=True)
            values[~known] = missing
            return values

        frame = self.places.copy()
        frame["holder"] = pd.Series(taken("party", None), dtype=object)  # as text, pandas would make None NaN
        frame["contested"] = now.contested >= 0
        frame["besieged"] = now.siege >= 0
        frame["sides"] = self._sides(now)
        status = taken("status", "unknown")
        if self.view == "claimed":
            status[known & (now.challenge >= 0)] = "disputed"
        frame["status"] = status
        frame["flagged"] = now.flagged
        frame["confidence"] = taken("confidence", "")
        frame["in_transition"] = now.in_transition
        frame["since"] = rows["date"].to_numpy(dtype="datetime64[s]")
        frame["reason"] = self._reasons(now, taken("reason", "No claim says who holds it on this date."))
        frame["event_id"] = taken("event_id", "")
        return frame[[c for c in frame.columns if c != "geometry"] + ["geometry"]]

    def on_days(self, place: Days, day: Days) -> Snapshot:
        """State of given places on given days.

        Parameters
        ----------
        place
            Indices into `places`, shape (n,).
        day
            Days since 1970-01-01, shape (n,), inclusive.
        """
        key = _key(place, day)
        last = _last(self._key, key, place)
        event, challenge = _at(self._in_force, last), _at(self._challenge, last)
        challenge = np.where(day <= _at(self._challenged_until, challenge), challenge, -1)
        early, late = (self._holder(_at(self._in_force, _last(k, key, place))) for k in (self._key_early, self._key_late))
        return Snapshot(
            holder=self._holder(event),
            event=event,
            challenge=challenge,
            contested=self._layer("contested", key, place, day),
            siege=self._layer("siege", key, place, day),
            flagged=(challenge >= 0) | (_at(self._flagged, event) > 0),
            in_transition=early != late,
        )

    def breakpoints(self) -> tuple[Days, Days]:
        """Places and days on which anything about a place changes, sorted by place and day, each pair once; open ends left out."""
        place = self._place_of(self.events)
        layer_place = self._place_of(self.layers)
        parts = [(place, _days(self.events, column, -OPEN)) for column in ("date", "date_earliest", "date_latest")]
        parts += [
            (place, self._challenged_until + 1),
            (layer_place, _days(self.layers, "date", -OPEN)),
            (layer_place, self._layer_until + 1),
        ]
        key = np.unique(np.concatenate([_key(p[ok], d[ok]) for p, d in parts for ok in [np.abs(d) < OPEN - 1]] or [place]))
        return key // SPAN, key % SPAN - OPEN

    def _followed(self, place: Days) -> tuple[Days, Days]:
        """For every event: which one is in force after it in this view, and itself where it is not and says otherwise; -1 = none."""
        follows = self.events["prevails" if self.view == "claimed" else "status"].to_numpy()
        follows = follows.astype(bool) if self.view == "claimed" else follows == "corroborated"
        in_force = np.full(len(place), -1, dtype=np.int64)
        challenge = in_force.copy()
        for i in range(len(place)):
            before = in_force[i - 1] if i and place[i - 1] == place[i] else -1
            in_force[i] = i if follows[i] else before
            if not follows[i] and before >= 0 and self._party[before] != self._party[i]:
                challenge[i] = i
        return in_force, challenge

    def _reasons(self, now: Snapshot, reasons: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
        for i in np.flatnonzero(now.challenge >= 0):
            other = self.events.iloc[now.challenge[i]]
            reasons[i] += f" Claimed otherwise since {other['date'].date()}: {other['reason']}"
        return reasons

    def _holder(self, event: Days) -> Days:
        return _at(self._party, event)

    def _layer(self, kind: str, key: Days, place: Days, day: Days) -> Days:
        rows = self._layer_rows[kind]
        found = _last(self._layer_key[rows], key, place)
        inside = (found >= 0) & (day <= self._layer_until[rows][found]) if len(rows) else np.zeros(len(key), dtype=bool)
        return np.where(inside, rows[found] if len(rows) else -1, -1)

    def _sides(self, now: Snapshot) -> list[str]:
        sides = self.layers["sides"].to_list()
        pairs = zip(now.contested, now.siege, strict=True)
        return ["|".join(dict.fromkeys(s for i in pair if i >= 0 for s in sides[i].split("|"))) for pair in pairs]

    def _place_of(self, frame: gpd.GeoDataFrame) -> Days:
        return np.array([self._index[p] for p in frame["place_id"]], dtype=np.int64)

    def _sorted(self, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        order = np.argsort(_key(self._place_of(frame), _days(frame, "date", -OPEN)), kind="stable")
        return frame.iloc[order].reset_index(drop=True)


def control_at(date: dt.date, view: str = "claimed", events: gpd.GeoDataFrame | None = None) -> gpd.GeoDataFrame:
    """Who holds each place on a date; `Control.at` over given events, by default those of the bundled dataset.

    Parameters
    ----------
    date
        Inclusive: an event of this day has happened.
    view
        'claimed' or 'corroborated'.
    events
        As `load_events` gives them. For many dates build one `Control` instead.
    """
    return (_bundled(view) if events is None else Control(events, view)).at(date)


@cache
def _bundled(view: str) -> Control:
    return Control(load_events(), view)


def _days(frame: gpd.GeoDataFrame, column: str, missing: int) -> Days:
    values = frame[column].to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(values), missing, (values - EPOCH).astype(np.int64))


def _key(place: Days, day: Days) -> Days:
    return place * SPAN + day + OPEN


def _at(values: Days, index: Days) -> Days:
    """`values` at `index`, -1 where the index is -1."""
    return np.where(index >= 0, values[index], -1) if len(values) else np.full(len(index), -1, dtype=np.int64)


def _last(keys: Days, key: Days, place: Days) -> Days:
    """Index of the last of sorted `keys` at or before each `key` that belongs to the same place, else -1."""
    found = np.searchsorted(keys, key, side="right") - 1
    if not len(keys):
        return np.full(len(key), -1, dtype=np.int64)
    return np.where((found >= 0) & (keys[found] // SPAN == place), found, -1)
