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
"""*claimed* takes the last claim at its word; *corroborated* leaves out events that only one originating source asserts."""

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

    Indices point into `Control.places`, `Control.parties` (holder, -1 = not known), `Control.events` (event, -1 = none) and
    `Control.layers` (contested, siege, -1 = none).
    """

    holder: Days
    event: Days
    contested: Days
    siege: Days
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
        held = events[events["kind"] == "control"]
        if view == "corroborated":
            held = held[held["status"] == "corroborated"]
        self.events = self._sorted(held)
        self.parties = sorted(set(self.events["party"]))
        number = {party: i for i, party in enumerate(self.parties)}
        self._party = np.array([number[p] for p in self.events["party"]], dtype=np.int64)
        place = self._place_of(self.events)
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
            holder : party_id, or None where no claim says
            contested, besieged : bool, beside the holder
            sides : party_ids that contest or besiege the place, joined by '|', '' for none
            status : 'corroborated', 'claimed', 'disputed', or 'unknown' without a holder
            flagged : bool, the holder rests on the gaining side alone, or is disputed
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
        frame["status"] = taken("status", "unknown")
        frame["flagged"] = taken("flagged", False).astype(bool)
        frame["confidence"] = taken("confidence", "")
        frame["in_transition"] = now.in_transition
        frame["since"] = rows["date"].to_numpy(dtype="datetime64[s]")
        frame["reason"] = taken("reason", "No claim says who holds it on this date.")
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
        event = _last(self._key, key, place)
        early, late = _last(self._key_early, key, place), _last(self._key_late, key, place)
        holder = self._holder(event)
        layers = {kind: self._layer(kind, key, place, day) for kind in self._layer_rows}
        return Snapshot(holder, event, layers["contested"], layers["siege"], self._holder(early) != self._holder(late))

    def breakpoints(self) -> tuple[Days, Days]:
        """Places and days on which anything about a place changes, sorted by place and day, each pair once; open ends left out."""
        place = self._place_of(self.events)
        layer_place = self._place_of(self.layers)
        parts = [(place, _days(self.events, column, -OPEN)) for column in ("date", "date_earliest", "date_latest")]
        parts += [(layer_place, _days(self.layers, "date", -OPEN)), (layer_place, self._layer_until + 1)]
        key = np.unique(np.concatenate([_key(p[ok], d[ok]) for p, d in parts for ok in [np.abs(d) < OPEN - 1]] or [place]))
        return key // SPAN, key % SPAN - OPEN

    def _holder(self, event: Days) -> Days:
        if not len(self._party):
            return np.full(len(event), -1, dtype=np.int64)
        return np.where(event >= 0, self._party[event], -1)

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


def _last(keys: Days, key: Days, place: Days) -> Days:
    """Index of the last of sorted `keys` at or before each `key` that belongs to the same place, else -1."""
    found = np.searchsorted(keys, key, side="right") - 1
    if not len(keys):
        return np.full(len(key), -1, dtype=np.int64)
    return np.where((found >= 0) & (keys[found] // SPAN == place), found, -1)
