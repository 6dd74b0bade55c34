"""What changed between two dates."""

import datetime as dt

import pytest

from geodata import WrongPeriodError, changes_between, control_seen
from tests.geodata.drafts import GOV, IS, REBELS, dataset_of


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def contest(claim):
    """Palmyra goes from the government to IS and back by two voices, then by one to the rebels; Mahin is found with the rebels."""
    return dataset_of(
        [
            claim("sohr", IS, "2015-05-20", losing=GOV),
            claim("amaq", IS, "2015-05-20", losing=GOV),
            claim("sana", GOV, "2015-07-01", losing=IS),
            claim("afp", GOV, "2015-07-01", losing=IS),
            claim("rebels", REBELS, "2015-08-01", losing=GOV),
            claim("afp", REBELS, "2015-06-01", kind="control_state", place_id="mahin"),
        ]
    )


def changes(dataset, first: str, last: str, view: str = "claimed") -> dict:
    frame = changes_between(control_seen(dataset, view), dataset.claims, day(first), day(last))
    return {row.place_id: row for row in frame.itertuples()}


def told(row) -> list[tuple]:
    return [(change["date"], change["from"], change["to"], change["status"]) for change in row.changes]


def test_a_place_that_changed_hands_is_listed_with_its_holders_at_both_ends(contest):
    [palmyra] = changes(contest, "2015-05-19", "2015-05-31").values()
    assert (palmyra.place_id, palmyra.holder_start, palmyra.holder_end) == ("palmyra", GOV, IS)
    [change] = palmyra.changes
    assert change == {
        "date": "2015-05-20",
        "from": GOV,
        "to": IS,
        "status": "corroborated",
        "basis": "change",
        "claimants": ["sohr", "amaq"],
        "event_id": "palmyra-2",
    }


def test_a_change_that_was_reversed_is_told_though_both_ends_are_alike(contest):
    palmyra = changes(contest, "2015-01-01", "2015-07-31")["palmyra"]
    assert palmyra.holder_start == palmyra.holder_end == GOV
    assert told(palmyra) == [("2015-05-20", GOV, IS, "corroborated"), ("2015-07-01", IS, GOV, "corroborated")]


def test_a_change_of_the_first_day_has_happened_and_one_of_the_last_day_counts(contest):
    assert told(changes(contest, "2015-05-19", "2015-07-01")["palmyra"])[0][0] == "2015-05-20"
    assert told(changes(contest, "2015-05-20", "2015-07-01")["palmyra"]) == [("2015-07-01", IS, GOV, "corroborated")]
    assert "palmyra" not in changes(contest, "2015-05-20", "2015-06-30")
    assert changes(contest, "2015-05-20", "2015-05-20") == {}


def test_a_first_known_holder_comes_from_nobody_and_says_that_it_was_found(contest):
    mahin = changes(contest, "2015-05-31", "2015-06-01")["mahin"]
    assert (mahin.holder_start, mahin.holder_end) == (None, REBELS)
    assert [(change["from"], change["basis"], change["claimants"]) for change in mahin.changes] == [(None, "state", ["afp"])]


def test_what_held_before_the_dataset_begins_is_no_change(contest):
    assert told(changes(contest, "0001-01-01", "2015-05-20")["palmyra"]) == [("2015-05-20", GOV, IS, "corroborated")]


def test_what_the_view_does_not_follow_is_no_change(contest):
    assert told(changes(contest, "2015-07-15", "2015-12-31")["palmyra"]) == [("2015-08-01", GOV, REBELS, "claimed")]
    assert changes(contest, "2015-07-15", "2015-12-31", "corroborated") == {}


def test_a_place_passes_from_whom_the_view_had_there_before(claim):
    claims = [claim(who, IS, "2015-05-20", losing=GOV) for who in ("sohr", "afp")] + [claim("sana", GOV, "2015-07-01", losing=IS)]
    dataset = dataset_of(claims + [claim(who, REBELS, "2015-08-01") for who in ("sohr", "afp")])
    assert told(changes(dataset, "2015-07-15", "2015-12-31")["palmyra"]) == [("2015-08-01", GOV, REBELS, "corroborated")]
    assert told(changes(dataset, "2015-07-15", "2015-12-31", "corroborated")["palmyra"]) == [("2015-08-01", IS, REBELS, "corroborated")]


def test_a_disputed_change_that_prevails_says_so_and_one_that_does_not_is_none(claim):
    claims = [claim("sohr", IS, "2015-05-20", losing=GOV), claim("sana", IS, "2015-05-21", modality="denied", credibility=5)]
    assert told(changes(dataset_of(claims), "2015-05-01", "2015-05-31")["palmyra"])[-1] == ("2015-05-20", GOV, IS, "disputed")
    claims = [claim("sohr", IS, "2015-05-20", losing=GOV, credibility=5), claim("sana", IS, "2015-05-21", modality="denied")]
    assert changes(dataset_of(claims), "2015-05-01", "2015-05-31") == {}


def test_both_changes_of_one_day_are_told(claim):
    claims = [claim("sohr", IS, "2015-05-20", losing=GOV), claim("sohr", GOV, "2015-05-20", losing=IS)]
    dataset = dataset_of(claims)
    palmyra = changes(dataset, "2015-05-01", "2015-05-31")["palmyra"]
    assert {change["date"] for change in palmyra.changes} == {"2015-05-20"}
    assert palmyra.changes[-1]["to"] == palmyra.holder_end
    assert all(one["to"] == two["from"] for one, two in zip(palmyra.changes, palmyra.changes[1:], strict=False))


def test_a_period_that_ends_before_it_begins_is_refused(contest):
    with pytest.raises(WrongPeriodError, match="Changes from 2015-02-02 to 2015-02-01"):
        changes(contest, "2015-02-02", "2015-02-01")
