"""Control on a date and day by day: ours beside pandas and DuckDB, in one run: `python -m benchmarks.as_of`.

A million synthetic events of 30,000 places over ten years, in memory, some of them on one day of one place: of these the later row wins,
and all methods have to agree on every place and every day. "one date" is who holds each place at the end of a day; "every day" is how many
places each party holds at the end of each day. Each method works on tables prepared for it beforehand; what that took is printed too.
Milliseconds, medians of several runs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import Any

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd

from geodata import Control
from geodata.adjudication.events import COLUMNS

FIRST, DAYS = dt.date(2012, 1, 1), 3653
LAST = FIRST + dt.timedelta(days=DAYS - 1)
DATE = dt.date(2017, 9, 5)
PARTIES = np.array(["government", "islamic-state", "opposition", "sdf"])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, default=30_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    events = synthetic(options.places, options.events)
    twice = events.duplicated(["place_id", "date"]).sum()
    print(f"{options.places:,} places, {options.events:,} events, {DAYS:,} days; {twice:,} events on a day of their place that has another")

    methods = {}
    for name, method in (("ours", Ours), ("pandas", Pandas), ("DuckDB", DuckDB)):
        start = time.perf_counter()
        methods[name] = method(events, options.places)
        print(f"{name}: prepared in {time.perf_counter() - start:.2f} s")

    print(f"\n{'':46} {'one date':>12} {'':>8} {'every day':>12}")
    baseline: dict[str, float] = {}
    answers = {"one date": methods["ours"].one_date(), "every day": methods["ours"].every_day()}
    for name, method in methods.items():
        times = {}
        for question, ask in (("one date", method.one_date), ("every day", method.every_day)):
            if not np.array_equal(ask(), answers[question]):
                raise AssertionError(f"{name} has another answer to '{question}'")
            times[question] = median(ask, options.runs)
            baseline.setdefault(question, times[question])
        ratios = {question: f"{taken / baseline[question]:.1f} x" for question, taken in times.items()}
        cells = " ".join(f"{times[question]:9.2f} ms {ratios[question]:>8}" for question in times)
        print(f"{name + ': ' + method.how:46} {cells}")
    print("\nAll answers are identical.")
    note_on_asof(methods["DuckDB"], answers["one date"])


def synthetic(places: int, events: int, seed: int = 1) -> gpd.GeoDataFrame:
    """Events in the columns of `geodata.load_events`, in no order of place or date."""
    chance = np.random.default_rng(seed)
    place = np.concatenate([np.arange(places), chance.integers(0, places, events - places)])  # each place has one at least
    dates = (np.datetime64(FIRST) + chance.integers(0, DAYS, events)).astype("datetime64[s]")
    place_ids = np.array([f"p{number:06}" for number in range(places)])[place]
    cells = dict.fromkeys(COLUMNS, "") | {
        "event_id": np.char.add("e", np.arange(events).astype(str)),
        "kind": "control",
        "place_id": place_ids,
        "name": place_ids,
        "party": PARTIES[chance.integers(0, len(PARTIES), events)],
        **dict.fromkeys(("date", "date_earliest", "date_latest"), dates),
        "until": np.datetime64("NaT", "s"),
        "status": "corroborated",
        "prevails": True,
        "flagged": False,
        **dict.fromkeys(("sides", "supporting", "opposing"), [()] * events),
    }
    points = gpd.points_from_xy(36 + place / places * 6, np.full(events, 34.5), crs="EPSG:4326")
    return gpd.GeoDataFrame(pd.DataFrame(cells)[list(COLUMNS)], geometry=points)


def plain(events: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return what the question needs: numbers of place, day and party, in the order of the rows."""
    place = events["place_id"].str[1:].astype("int32")
    day = (events["date"].to_numpy().astype("datetime64[D]") - np.datetime64(FIRST)).astype("int32")
    return pd.DataFrame({"place": place, "day": day, "party": np.searchsorted(PARTIES, events["party"]).astype("int8")})


class Ours:
    """`geodata.Control`."""

    how = "searchsorted, differences summed"

    def __init__(self, events: gpd.GeoDataFrame, places: int) -> None:
        self._control = Control(events)
        if self._control.parties != list(PARTIES) or len(self._control.places) != places:
            raise AssertionError("the control is about other places or parties")

    def one_date(self) -> Any:
        return self._control.holders_on(DATE)

    def every_day(self) -> Any:
        return self._control.daily_counts(FIRST, LAST)


class Pandas:
    """`merge_asof` for a date. For every day that would be as many calls; grouped differences, summed up, take less."""

    how = "merge_asof; grouped differences summed"

    def __init__(self, events: gpd.GeoDataFrame, places: int) -> None:
        # A stable sort by day: of equal days merge_asof takes the last row.
        self._by_day = plain(events).sort_values("day", kind="stable", ignore_index=True)
        self._asked = pd.DataFrame({"place": np.arange(places, dtype="int32"), "day": np.int32((DATE - FIRST).days)})
        by_place = self._by_day.sort_values("place", kind="stable", ignore_index=True)
        former = by_place.groupby("place")["party"].shift(fill_value=-1)
        ends = by_place.assign(party=former.astype("int8"))[former >= 0]
        self._changes = pd.concat([by_place.assign(change=1), ends.assign(change=-1)])

    def one_date(self) -> Any:
        found = pd.merge_asof(self._asked, self._by_day, on="day", by="place")
        return found["party"].fillna(-1).to_numpy(dtype=np.int64)

    def every_day(self) -> Any:
        changes = self._changes.groupby(["day", "party"])["change"].sum().unstack(fill_value=0)
        return changes.reindex(range(DAYS), fill_value=0).cumsum().to_numpy()


class DuckDB:
    """A table of stretches, of which those of equal days are empty but for the last; ASOF JOIN would not heed the order of rows."""

    how = "table of stretches; differences summed"

    def __init__(self, events: gpd.GeoDataFrame, places: int) -> None:
        self.base = duckdb.connect()
        self.base.register("given", plain(events).reset_index(names="number"))
        self.base.register("asked", pd.DataFrame({"place": np.arange(places, dtype="int32")}))
        self.base.execute("create table place as select place from asked")
        self.base.execute("create table event as select * from given")
        self.base.execute("""
            create table stretch as
            select place, day as begins, party, lead(day, 1, 1000000) over (partition by place order by day, number) as ends
            from event order by place, begins""")

    def one_date(self) -> Any:
        day = (DATE - FIRST).days
        found = self.base.execute(
            """select coalesce(party, -1) as party from place
            left join (select * from stretch where begins <= $day and $day < ends) using (place) order by place""",
            {"day": day},
        ).fetchnumpy()
        return found["party"].astype(np.int64)

    def every_day(self) -> Any:
        found = self.base.execute(
            """with change as (
                select begins as day, party, 1 as change from stretch union all select ends, party, -1 from stretch where ends < $days),
            daily as (select day, party, sum(change) as change from change group by all)
            select day, party, coalesce(sum(change) over (partition by party order by day), 0)::bigint as held
            from range($days) as d(day) cross join range($parties) as p(party) left join daily using (day, party) order by day, party""",
            {"days": DAYS, "parties": len(PARTIES)},
        ).fetchnumpy()
        return found["held"].reshape(DAYS, len(PARTIES))


def note_on_asof(method: DuckDB, right: Any) -> None:
    """Print how many places DuckDB's own ASOF JOIN has wrong, and how long it takes."""
    query = """select e.party from (select place, $day::integer as day from place) a asof left join event e
        on a.place = e.place and a.day >= e.day order by a.place"""

    def ask() -> Any:
        return method.base.execute(query, {"day": (DATE - FIRST).days}).fetchnumpy()["party"]

    found = np.ma.filled(ask().astype(np.int64), -1)
    taken = median(ask, 3)
    print(f"Note: DuckDB's ASOF JOIN takes {taken:.2f} ms for one date, and has {(found != right).sum():,} of {len(right):,} places wrong,")
    print("since it takes any of the rows of one place on one day, not the last.")


def median(ask: Callable[[], object], runs: int) -> float:
    """Milliseconds that a question takes, the median of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


if __name__ == "__main__":
    main()
