"""How claims of one gain are grouped, dated and weighed: each rule with the case that would come out otherwise without it."""

import datetime as dt

import pytest

from geodata.adjudication.adjudicate import adjudicate
from tests.geodata.drafts import GOV, IS, REBELS


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2015-{text}")


@pytest.fixture
def said(claim):
    """Builds a claim of 2015 from month and day."""

    def build(claimant: str, gaining: str, on: str, until: str = "", losing: str = "", **changes):
        return claim(claimant, gaining, f"2015-{on}", f"2015-{until}" if until else "", losing, **changes)

    return build


def gains(*claims):
    """The events that were claimed as changes."""
    return [event for event in adjudicate(claims, [GOV])[0] if event.basis == "change"]


def window(event):
    return event.date_earliest, event.date, event.date_latest


# Which claims are one event


@pytest.mark.parametrize(("second", "statuses"), [("05-15", ["corroborated"]), ("05-16", ["disputed", "claimed"])])
def test_gains_up_to_14_days_apart_are_one_event(said, second, statuses):
    found = gains(said("sohr", GOV, "05-01", losing=IS), said("afp", GOV, second, losing=IS))
    assert [event.status for event in found] == statuses


def test_a_claim_joins_the_nearest_of_two_gains(said):
    early, late, between = said("sohr", GOV, "05-01", losing=IS), said("sana", GOV, "05-20", losing=IS), said("afp", GOV, "05-08", "05-10")
    [event] = gains(early, late, between)  # the second gain only confirms the first, which two sources tell of
    assert event.supporting == (early.claim_id, between.claim_id, late.claim_id)


def test_precise_claims_found_the_events_and_a_coarse_one_joins_the_nearer(said):
    early, late, in_may = (
        said("sohr", GOV, "04-20", losing=IS),
        said("reuters", GOV, "06-05", losing=IS),
        said("afp", GOV, "05-01", "05-31"),
    )
    first, second = gains(early, late, in_may)
    assert (first.supporting, second.supporting) == ((early.claim_id,), (late.claim_id, in_may.claim_id))


def test_only_a_precise_loss_between_them_parts_two_gains(said):
    ends = said("sohr", GOV, "11-20", losing=IS), said("afp", GOV, "11-28", losing=IS)
    assert [event.party for event in gains(*ends, said("amaq", IS, "11-24"))] == [GOV, IS, GOV]
    week = said("amaq", IS, "11-21", "11-27")
    assert [event.status for event in gains(*ends, week) if event.party == GOV] == ["corroborated"]


# When


def test_dates_of_up_to_six_days_widen_the_window_and_a_week_does_not(said):
    exact = said("sohr", GOV, "11-23")
    assert window(*gains(exact, said("afp", GOV, "11-18", "11-23"))) == (day("11-18"), day("11-23"), day("11-23"))
    assert window(*gains(exact, said("afp", GOV, "11-17", "11-23"))) == (day("11-23"), day("11-23"), day("11-23"))


def test_coarse_dates_give_what_they_have_in_common(said):
    agreeing = said("sohr", GOV, "05-01", "05-31"), said("afp", GOV, "05-20", "06-20")
    assert window(*gains(*agreeing)) == (day("05-20"), day("05-31"), day("05-31"))


def test_coarse_dates_without_a_day_in_common_give_the_narrowest(said):
    rivals = [said("sohr", GOV, "05-08", "05-14"), said("afp", GOV, "05-01", "05-08"), said("reuters", GOV, "05-14", "05-21")]
    assert window(*gains(*rivals)) == (day("05-08"), day("05-14"), day("05-14"))


def test_the_day_that_most_sources_share_wins_before_one_that_some_name_exactly(said):
    spans = said("sohr", GOV, "05-04", "05-06"), said("afp", GOV, "05-04", "05-06")
    [event] = gains(*spans, said("reuters", GOV, "05-11"))
    assert event.date == day("05-06")


def test_of_days_that_equally_many_share_an_exact_one_wins_then_the_last(said):
    [event] = gains(said("sohr", GOV, "05-02"), said("afp", GOV, "05-05", "05-07"))
    assert event.date == day("05-02")
    [event] = gains(said("sohr", GOV, "05-02"), said("afp", GOV, "05-07"))
    assert event.date == day("05-07")


def test_a_source_has_one_vote_on_the_date_however_often_it_speaks(said):
    [event] = gains(said("sohr", GOV, "05-01", "05-03"), said("sohr", GOV, "05-02", "05-04"))
    assert event.date == day("05-04")


def test_of_two_changes_on_one_day_the_one_that_may_have_begun_earlier_came_first(said):
    later, earlier = said("rebels", IS, "05-06", losing=GOV), said("sohr", GOV, "05-04", "05-06")
    assert [event.party for event in gains(later, earlier)] == [GOV, IS]


# What is taken back


def test_what_the_gaining_side_denies_later_supports_and_dates_nothing(said):
    denied = said("sana", GOV, "08-07", modality="denied")
    [event] = gains(said("sohr", GOV, "08-05", losing=IS), said("amaq", GOV, "08-05", losing=IS), denied)
    assert event.status == "disputed"
    [event] = gains(said("amaq", GOV, "08-05"), denied, said("afp", GOV, "08-11", "08-13"))
    assert (event.date, event.status) == (day("08-13"), "corroborated")


def test_what_is_claimed_up_to_the_day_of_the_denial_is_taken_back(said):
    claims = [said("sohr", GOV, "08-05", losing=IS), said("amaq", GOV, "08-05", losing=IS)]
    [event] = gains(*claims, said("sana", GOV, "08-05", modality="denied"))
    assert event.status == "disputed"
    [event] = gains(*claims, said("sana", GOV, "08-04", modality="denied"))
    assert event.status == "corroborated"


def test_a_denial_by_another_side_takes_nothing_back(said):
    claims = [said("sana", GOV, "11-23", losing=IS), said("sohr", GOV, "11-23", losing=IS)]
    denied = said("amaq", GOV, "11-24", modality="denied")
    [event] = gains(*claims, denied)
    assert (event.status, event.prevails, event.opposing) == ("corroborated", True, (denied.claim_id,))


# How sure


def test_a_named_loser_that_speaks_admits_it_though_another_held_the_place_before(said):
    held = said("sohr", GOV, "05-01", kind="control_state")
    [event] = gains(held, said("rebels", IS, "05-20", losing=REBELS))
    assert (event.previous, event.status) == (GOV, "corroborated")


def test_the_former_holder_that_speaks_admits_it_though_the_claim_names_no_loser(said):
    [event] = gains(said("sohr", REBELS, "05-01", kind="control_state"), said("rebels", IS, "05-20"))
    assert (event.previous, event.status) == (REBELS, "corroborated")


def test_a_division_is_admitted_by_nobody(said):
    held = said("sohr", GOV, "05-01", kind="control_state")
    divided = adjudicate([held, said("sana", IS, "05-20", losing=GOV, kind="divided")], [GOV])[0][-1]
    assert (divided.party, divided.status) == ("divided", "claimed")


@pytest.mark.parametrize(
    ("gaining", "against", "prevails"),
    [
        ({"claimant": "sana", "credibility": 1}, {"claimant": "afp", "credibility": 2}, True),
        ({"claimant": "sohr", "credibility": 2}, {"claimant": "rebels", "credibility": 2}, True),
        ({"claimant": "sohr", "credibility": 2}, {"claimant": "afp", "credibility": 2}, False),
        ({"claimant": "sana", "credibility": 2}, {"claimant": "afp", "credibility": 2}, False),
        ({"claimant": "sohr", "credibility": 3}, {"claimant": "rebels", "credibility": 2}, False),
    ],
)
def test_a_disputed_gain_prevails_if_it_is_better_graded_by_statement_then_by_source(said, gaining, against, prevails):
    [event] = gains(said(gaining=GOV, on="05-01", **gaining), said(gaining=GOV, on="05-02", modality="denied", **against))
    assert (event.status, event.prevails) == ("disputed", prevails)


def test_a_corroborated_gain_prevails_however_well_graded_what_is_said_against_it(said):
    claims = [said("sana", GOV, "05-01", credibility=4), said("sohr", GOV, "05-01", credibility=4)]
    [event] = gains(*claims, said("afp", GOV, "05-01", modality="denied", credibility=1))
    assert (event.status, event.prevails) == ("corroborated", True)


def test_only_a_later_claim_against_a_gain_settles_it(said):
    held, gain = said("afp", REBELS, "05-01", kind="control_state"), said("sana", GOV, "06-01", losing=REBELS)
    [event] = gains(held, gain, said("rebels", GOV, "06-01", modality="denied"))
    assert (event.prevails, event.settled) == (False, None)
    [event] = gains(held, gain, said("rebels", GOV, "06-01", modality="denied"), said("sohr", REBELS, "06-20", kind="control_state"))
    assert (event.prevails, event.settled) == (False, day("06-19"))
