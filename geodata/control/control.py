"""Control on a date: who holds each place, how surely, whether it is fought for or besieged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.dataset.vocabulary import EventKind, Status, View
from geodata.errors import UnknownNameError, WrongPeriodError
from geodata.sentences import Sentence

VIEWS = tuple(view.value for view in View)
"""*claimed* follows the last credible claim; *corroborated* only events on which originating sources agree."""

EPOCH = np.datetime64("1970-01-01", "D")
SPAN = 1 << 23
"""Days per place in a sort key; larger than any day number, so that keys of two places never mix."""
OPEN = SPAN // 2
"""Offset that keeps day numbers positive; also stands for an open end."""

Days = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Snapshot:
    """Control of places on days; all arrays are parallel.

    Indices point into `Control.places`, `Control.parties` (holder, -1 = not known), `Control.events` (event in force, and challenge: the
    latest event that this view does not follow, -1 = none) and `Control.conditions` (contested, siege, -1 = none).
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
    places
        The places to speak of, in the columns that `events` has for them: `geodata.places_of` gives those of a dataset. Default: those of
        the events.

    Raises
    ------
    UnknownNameError
        The view is none of `VIEWS`, or an event is about a place that is not among `places`.

    Notes
    -----
    A date is one `searchsorted` over keys place * SPAN + day, so its cost grows with the places, not the events. Of two events of
    one place on one day the later row wins.
    """

    def __init__(self, events: gpd.GeoDataFrame, view: str = "claimed", places: gpd.GeoDataFrame | None = None) -> None:
        if view not in VIEWS:
            raise UnknownNameError(f"'{view}' is not a view; there are {', '.join(VIEWS)}.")
        self.view = view
        self.places = _by_id(events.drop_duplicates("place_id") if places is None else places)
        place = pd.Index(self.places["place_id"]).get_indexer(events["place_id"]).astype(np.int64)
        if (place < 0).any():
            raise UnknownNameError(f"'{events['place_id'].iloc[place.argmin()]}' has an event, but is not among the places.")
        key = _key(place, _days(events, "date", -OPEN))
        # Stable: of two events of one place on one day the later row stays behind the other, and so wins.
        order = np.argsort(key, kind="stable")
        of_control = (events["kind"] == EventKind.CONTROL).to_numpy()[order]
        rows, beside = order[of_control], order[~of_control]

        self.events = events.iloc[rows].reset_index(drop=True)
        self._key, self._place = key[rows], place[rows]
        # Read early and late, an event must not overtake its neighbours: the running maximum keeps the order of the own dates.
        self._key_early = np.maximum.accumulate(_key(self._place, _days(self.events, "date_earliest", -OPEN)))
        self._key_late = np.maximum.accumulate(_key(self._place, _days(self.events, "date_latest", -OPEN)))
        self._first = np.searchsorted(self._place, np.arange(len(self.places)))
        self._party, parties = pd.factorize(self.events["party"], sort=True)
        self.parties = [str(party) for party in parties]
        self._in_force, self._before, self._challenge = self._followed()
        self._challenged_until = _days(self.events, "until", OPEN)
        self._flagged = self.events["flagged"].to_numpy(dtype=np.int64)
        # One more at the end: what holds before the first event of all.
        self._held = np.append(self._holder(self._in_force), -1)

        self.conditions = events.iloc[beside].reset_index(drop=True)
        self._condition_key, self._condition_place = key[beside], place[beside]
        self._condition_rows = {kind: np.flatnonzero(self.conditions["kind"] == kind) for kind in (EventKind.CONTESTED, EventKind.SIEGE)}
        self._condition_until = _days(self.conditions, "until", OPEN)

    def at(self, date: dt.date) -> gpd.GeoDataFrame:
        """Return every place as it stood at the end of a day.

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
            sides : tuple of str, party_ids that contest or besiege the place, empty for none
            status : 'corroborated', 'claimed', 'disputed', or 'unknown' without a holder
            flagged : bool, the holder is disputed, inferred, rests on the gaining side alone, or is challenged by a later claim that this
                view does not follow
            confidence : Admiralty code, '' without a holder
            in_transition : bool, the date lies in the window of a change, so that early and late readings differ
            since : datetime64, first day of the present holder; NaT = since before the dataset begins, or no holder
            reason : str, why we think so, in English
            reason_sentence : the same as a `geodata.sentences.Sentence`, which can be said in another language
            event_id : str, the event that made it so, '' for none
        """
        now = self.on_days(np.arange(len(self.places), dtype=np.int64), np.full(len(self.places), _day(date)))
        known = now.event >= 0
        rows = self.events[["party", "status", "confidence", "date", "reason_sentence", "event_id"]]
        rows = rows.reindex(now.event)  # -1, no event, becomes an empty row

        def taken(column: str, missing: object) -> npt.NDArray[np.object_]:
            values: npt.NDArray[np.object_] = rows[column].to_numpy(dtype=object, copy=True)
            values[~known] = missing
            return values

        frame = self.places.copy()
        frame["holder"] = pd.Series(taken("party", None), dtype=object)  # as text, pandas would make None NaN
        frame["contested"] = now.contested >= 0
        frame["besieged"] = now.siege >= 0
        frame["sides"] = pd.Series(self._sides(now), dtype=object)
        status = taken("status", "unknown")
        if self.view == View.CLAIMED:
            status[known & (now.challenge >= 0)] = Status.DISPUTED.value
        frame["status"] = status
        frame["flagged"] = now.flagged
        frame["confidence"] = taken("confidence", "")
        frame["in_transition"] = now.in_transition
        frame["since"] = rows["date"].to_numpy(dtype="datetime64[s]")
        reasons = self._reasons(now, taken("reason_sentence", Sentence("No claim says who holds it on this date.")))
        frame["reason"] = [str(reason) for reason in reasons]
        frame["reason_sentence"] = pd.Series(reasons, dtype=object)  # as text they would be text alone
        frame["event_id"] = taken("event_id", "")
        return frame[[c for c in frame.columns if c != "geometry"] + ["geometry"]]

    def holders_on(self, date: dt.date) -> Days:
        """Return who holds each place at the end of a day, and nothing else: the quick way to ask for many dates.

        Parameters
        ----------
        date
            Inclusive: an event of this day has happened.

        Returns
        -------
        numpy.ndarray
            Indices into `parties` in the order of `places`, shape (n places,); -1 = not known.
        """
        found = np.searchsorted(self._key, _key(np.arange(len(self.places)), _day(date)), side="right") - 1
        return np.where(found >= self._first, self._held[found], -1)

    def daily_counts(self, first: dt.date, last: dt.date, weight: npt.ArrayLike | None = None) -> npt.NDArray[np.int64 | np.float64]:
        """Return how many places each party holds at the end of each day.

        Parameters
        ----------
        first, last
            Both inclusive.
        weight
            What a place counts for, such as its area or population, in the order of `places`, shape (n places,). Default: 1.

        Returns
        -------
        numpy.ndarray
            Shape (days, parties), in the order of `parties`; places that nobody is known to hold are in no column. Whole numbers without a
            weight; with one, sums in its unit, up to rounding.

        Raises
        ------
        WrongPeriodError
            `last` is before `first`.
        ValueError
            There is not one weight a place.
        """
        days = (last - first).days + 1
        if days < 1:
            raise WrongPeriodError(f"{last} is before {first}.")
        weights = None if weight is None else np.asarray(weight, dtype=np.float64)
        if weights is not None and weights.shape != (len(self.places),):
            raise ValueError(f"{len(self.places)} places need as many weights, not {weights.shape}.")
        event, before = self.handovers()
        # What happened before the first day counts from it on; what comes after the last one is beyond the table.
        bins = np.clip(self._key[event] - _key(self._place[event], _day(first)), 0, days) * len(self.parties)
        share = None if weights is None else weights[self._place[event]]
        lost = before >= 0
        size = (days + 1) * len(self.parties)
        gains = np.bincount(bins + self._party[event], share, size)
        losses = np.bincount(bins[lost] + self._party[before[lost]], None if share is None else share[lost], size)
        counts: npt.NDArray[np.int64 | np.float64] = (gains - losses).reshape(days + 1, len(self.parties))[:days].cumsum(axis=0)
        return counts

    def handovers(self) -> tuple[Days, Days]:
        """Return every event by which a place passes to another holder in this view, also one that is undone on the same day.

        Returns
        -------
        event, before
            Indices into `events`, by place and date: the event, and the one in force before it, -1 = none. A first known holder is a
            handover from nobody.
        """
        event = np.flatnonzero(self._held[:-1] != self._holder(self._before))
        return event, self._before[event]

    def on_days(self, place: Days, day: Days) -> Snapshot:
        """Return the state of given places on given days.

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
            contested=self._condition(EventKind.CONTESTED, key, place, day),
            siege=self._condition(EventKind.SIEGE, key, place, day),
            flagged=(challenge >= 0) | (_at(self._flagged, event) > 0),
            in_transition=early != late,
        )

    def breakpoints(self) -> tuple[Days, Days]:
        """Return places and days on which anything about a place changes, sorted by place and day, each pair once, no open ends."""
        parts = [(self._place, _days(self.events, column, -OPEN)) for column in ("date", "date_earliest", "date_latest")]
        parts += [
            (self._place, self._challenged_until + 1),
            (self._condition_place, _days(self.conditions, "date", -OPEN)),
            (self._condition_place, self._condition_until + 1),
        ]
        key = np.unique(np.concatenate([_key(p[ok], d[ok]) for p, d in parts for ok in [np.abs(d) < OPEN - 1]] or [self._place]))
        return key // SPAN, key % SPAN - OPEN

    def _followed(self) -> tuple[Days, Days, Days]:
        """Return for every event which one is in force after it in this view, which was before it, and its challenge.

        The challenge is the event itself where it is not followed and says otherwise; -1 = none.
        """
        follows = self.events["prevails" if self.view == View.CLAIMED else "status"].to_numpy()
        follows = follows.astype(bool) if self.view == View.CLAIMED else follows == Status.CORROBORATED
        number = np.arange(len(follows), dtype=np.int64)
        first = self._first[self._place]
        # The last one followed up to each row; one of an earlier place does not count.
        in_force = np.maximum.accumulate(np.where(follows, number, -1))
        in_force = np.where(in_force >= first, in_force, -1)
        before = np.where(number > first, np.roll(in_force, 1), -1)
        otherwise = ~follows & (before >= 0) & (self._holder(before) != self._party)
        return in_force, before, np.where(otherwise, number, -1)

    def _reasons(self, now: Snapshot, reasons: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
        challenged = np.flatnonzero(now.challenge >= 0)
        others = self.events[["date", "reason_sentence"]].iloc[now.challenge[challenged]]
        for i, date, reason in zip(challenged, others["date"], others["reason_sentence"], strict=True):
            reasons[i] = Sentence("{reason} Claimed otherwise since {day}: {other}", reason=reasons[i], day=date.date(), other=reason)
        return reasons

    def _holder(self, event: Days) -> Days:
        return _at(self._party, event)

    def _condition(self, kind: EventKind, key: Days, place: Days, day: Days) -> Days:
        rows = self._condition_rows[kind]
        found = _last(self._condition_key[rows], key, place)
        inside = (found >= 0) & (day <= self._condition_until[rows][found]) if len(rows) else np.zeros(len(key), dtype=bool)
        return np.where(inside, rows[found] if len(rows) else -1, -1)

    def _sides(self, now: Snapshot) -> list[tuple[str, ...]]:
        sides = self.conditions["sides"].to_list()
        found: list[tuple[str, ...]] = [()] * len(now.holder)
        for i in np.flatnonzero((now.contested >= 0) | (now.siege >= 0)):
            conditions = [row for row in (now.contested[i], now.siege[i]) if row >= 0]
            found[i] = tuple(dict.fromkeys(side for row in conditions for side in sides[row]))
        return found


def _by_id(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    columns = ["place_id", "name", "name_ar", "admin1", "province", "geometry"]
    return places[columns].sort_values("place_id", kind="stable").reset_index(drop=True)


def _day(date: dt.date) -> int:
    return int((np.datetime64(date, "D") - EPOCH).astype(np.int64))


def _days(frame: gpd.GeoDataFrame, column: str, missing: int) -> Days:
    values = frame[column].to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(values), missing, (values - EPOCH).astype(np.int64))


def _key(place: Days, day: Days | int) -> Days:
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
