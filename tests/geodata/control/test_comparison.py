"""Two dates or two viewpoints side by side."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from geodata import WrongPeriodError, read_dataset
from geodata.control.changes import changes_between
from geodata.control.comparison import COMPARISON_COLUMNS, comparison
from geodata.control.viewpoint import control_seen
from geodata.files.text import rows_of, written

FIRST, LAST = dt.date(2015, 10, 31), dt.date(2016, 12, 31)


@pytest.fixture(scope="module")
def dataset():
    return read_dataset()


def test_every_change_between_two_dates_is_a_row_also_one_that_was_reversed(dataset):
    control = control_seen(dataset)
    frame = comparison(dataset, control, FIRST, control, LAST)
    expected = {
        (row.place_id, pd.Timestamp(change["date"]), change["from"], change["to"], change["event_id"])
        for row in changes_between(control, dataset.claims, FIRST, LAST).itertuples()
        for change in row.changes
    }
    changes = frame[frame["side"].notna()]
    found = set(zip(changes["place_id"], changes["date"], changes["from"], changes["to"], changes["event_id"], strict=True))
    assert found == expected
    assert len(changes) == len(expected)
    assert set(changes["side"]) == {"both"}
    assert all(changes["publishers"].map(len) > 0)
    back = changes[changes["holder_a"] == changes["holder_b"]]
    assert len(back) >= 2, "a place that changed and is back is there with all of its changes"


def test_each_place_says_what_control_says_on_both_dates(dataset):
    control = control_seen(dataset)
    before, after = (control.at(day).set_index("place_id") for day in (FIRST, LAST))
    frame = comparison(dataset, control, FIRST, control, LAST).drop_duplicates("place_id").set_index("place_id")
    for place_id, row in frame.iterrows():
        assert row["holder_a"] == before.loc[place_id, "holder"]
        assert row["status_b"] == after.loc[place_id, "status"]
    differing = {
        place_id
        for place_id in before.index
        if any(before.loc[place_id, c] != after.loc[place_id, c] for c in ("holder", "contested", "besieged"))
    }
    assert set(frame.index[frame["differs"]]) == differing


def test_two_voices_on_one_date_differ_without_any_change(dataset):
    one, other = (control_seen(dataset, f"according-to:{who}") for who in ("sohr", "sana"))
    day = dt.date(2015, 11, 23)
    frame = comparison(dataset, one, day, other, day)
    assert frame["place_id"].is_unique
    assert frame["differs"].all()
    assert frame["side"].isna().all()
    assert len(frame) > 5


def test_two_viewpoints_on_two_dates_have_the_changes_of_each(dataset):
    one, other = control_seen(dataset, "claimed"), control_seen(dataset, "corroborated")
    frame = comparison(dataset, one, FIRST, other, LAST)
    for side, control in (("A", one), ("B", other)):
        expected = sum(len(changes) for changes in changes_between(control, dataset.claims, FIRST, LAST)["changes"])
        assert (frame["side"] == side).sum() == expected


def test_it_can_be_written_as_a_table(dataset):
    control = control_seen(dataset)
    frame = comparison(dataset, control, FIRST, control, LAST)
    text = written(rows_of(frame, COMPARISON_COLUMNS), COMPARISON_COLUMNS, "csv")
    assert text.splitlines()[0] == ",".join((*COMPARISON_COLUMNS, "longitude", "latitude"))
    assert len(text.splitlines()) == len(frame) + 1


def test_nothing_is_a_table_too(dataset):
    control = control_seen(dataset)
    frame = comparison(dataset, control, FIRST, control, FIRST)
    assert frame.empty
    assert {*COMPARISON_COLUMNS} <= {*frame.columns}


def test_the_second_date_may_not_lie_before_the_first(dataset):
    control = control_seen(dataset)
    with pytest.raises(WrongPeriodError):
        comparison(dataset, control, LAST, control, FIRST)
