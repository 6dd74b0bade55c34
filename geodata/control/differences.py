"""Where two readings of control disagree: before and after an edit, or between two views."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from geodata.control.control import EPOCH, Control


class State(NamedTuple):
    """What a control says of a place on a day; `holder` is a party_id, '' = not known."""

    holder: str = ""
    contested: bool = False
    besieged: bool = False
    in_transition: bool = False
    flagged: bool = False


NOTHING = State()
_BEGINNING, _END = -(10**7), 10**7


@dataclass(frozen=True)
class Difference:
    """A span of days on which two controls say something different of a place; both ends inclusive, None is open."""

    place_id: str
    first: dt.date | None
    last: dt.date | None
    before: State
    after: State


def differences(before: Control, after: Control, places: Collection[str] | None = None) -> list[Difference]:
    """Every span on which `after` says something else than `before`, by place and day.

    Parameters
    ----------
    before, after
        Two readings of control; a place that one of them does not have is not known there.
    places
        Only these place_ids; None = all.
    """
    old, new = _steps(before, places), _steps(after, places)
    found: list[Difference] = []
    for place in sorted(old.keys() | new.keys()):
        steps_old, steps_new = old.get(place, [(_BEGINNING, NOTHING)]), new.get(place, [(_BEGINNING, NOTHING)])
        days = sorted({day for day, _ in (*steps_old, *steps_new)})
        spans: list[tuple[int, int, State, State]] = []
        for day, following in pairwise([*days, _END]):
            was, becomes = _on(steps_old, day), _on(steps_new, day)
            if was == becomes:
                continue
            if spans and spans[-1][1] == day and spans[-1][2:] == (was, becomes):
                spans[-1] = (spans[-1][0], following, was, becomes)
            else:
                spans.append((day, following, was, becomes))
        found += [Difference(place, _date(first), _date(end - 1 if end != _END else _END), *states) for first, end, *states in spans]
    return found


def _steps(control: Control, places: Collection[str] | None) -> dict[str, list[tuple[int, State]]]:
    """Per place the days from which it is in a state, the first one open."""
    number, day = control.breakpoints()
    ids = control.places["place_id"].to_list()
    wanted = np.array([i for i, place_id in enumerate(ids) if places is None or place_id in places], dtype=np.int64)
    keep = np.isin(number, wanted)
    number = np.concatenate([wanted, number[keep]])
    day = np.concatenate([np.full(len(wanted), _BEGINNING // 10), day[keep]])  # before any date, yet within a key of Control
    now = control.on_days(number, day)
    steps: dict[str, list[tuple[int, State]]] = {}
    for i in np.lexsort((day, number)):
        holder = control.parties[now.holder[i]] if now.holder[i] >= 0 else ""
        state = State(holder, now.contested[i] >= 0, now.siege[i] >= 0, bool(now.in_transition[i]), bool(now.flagged[i]))
        here = steps.setdefault(ids[number[i]], [])
        here.append((int(day[i]) if here else _BEGINNING, state))
    return steps


def _on(steps: list[tuple[int, State]], day: int) -> State:
    return steps[bisect_right(steps, day, key=lambda step: step[0]) - 1][1]


def _date(day: int) -> dt.date | None:
    if abs(day) >= _END:
        return None
    date: dt.date = (EPOCH + np.timedelta64(day, "D")).astype(object)
    return date
