"""Two readings of control are compared span by span."""

import datetime as dt

import pytest

from geodata import Control, load_events
from geodata.control.differences import differences


@pytest.fixture
def control(claims):
    def build(*changes: dict[str, object]) -> Control:
        return Control(load_events(claims(*changes)))

    return build


def on(date: str, **changes: object) -> dict[str, object]:
    return {"date_earliest": date, "date_latest": date, "reported_on": date} | changes


def test_nothing_differs_from_itself(control):
    assert differences(control({}), control({})) == []


def test_a_change_that_comes_later_differs_until_it_has_come(control):
    found = differences(control(on("2015-05-20")), control(on("2015-05-25")))
    assert [(d.first, d.last, d.before[0], d.after[0]) for d in found if d.before[0] != d.after[0]] == [
        (dt.date(2015, 5, 20), dt.date(2015, 5, 24), "islamic-state", "government")
    ]


def test_a_new_place_was_not_known_before(control):
    found = differences(control({}), control({}, on("2015-06-01", place_id="mahin", losing="")))
    assert [(d.place_id, d.first, d.last, d.before[0], d.after[0]) for d in found] == [
        ("mahin", dt.date(2015, 6, 1), None, "", "islamic-state"),
    ]


def test_only_the_places_asked_for_are_compared(control):
    assert differences(control({}), control({}, on("2015-06-01", place_id="mahin")), places=["palmyra"]) == []


def test_the_same_holder_on_better_evidence_is_a_difference_too(control):
    lone = differences(control({"claimant_id": "amaq"}), control({"claimant_id": "amaq"}, {}))
    assert [(d.before[4], d.after[4]) for d in lone if d.before[0] == "islamic-state"] == [(True, False)]
