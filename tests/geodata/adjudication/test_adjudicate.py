"""The rules by which claims become events."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.adjudication.adjudicate import adjudicate
from geodata.dataset.parties import DIVIDED
from tests.geodata.drafts import GOV, IS, REBELS, built, drafts


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def only_event(*claims):
    [event] = [event for event in adjudicate(claims)[0] if event.basis == "change"]
    return event


# How sure


def test_two_independent_sources_corroborate(claim):
    event = only_event(claim("sohr", GOV, "2015-11-23"), claim("afp", GOV, "2015-11-23"))
    assert (event.party, event.date, event.status, event.flagged) == (GOV, day("2015-11-23"), "corroborated", False)


def test_one_source_that_takes_no_side_is_a_claim_without_a_flag(claim):
    event = only_event(claim("sohr", GOV, "2015-11-23"))
    assert (event.status, event.flagged) == ("claimed", False)


def test_two_claimants_of_the_gaining_side_are_one_source_and_flagged(claim):
    event = only_event(claim("sana", GOV, "2015-11-23"), claim("state-tv", GOV, "2015-11-23"))
    assert (event.status, event.flagged) == ("claimed", True)
    assert "speaking for the side that gains" in event.reason


def test_an_admission_by_the_side_that_loses_corroborates(claim):
    event = only_event(claim("sana", IS, "2015-05-20", losing=GOV))
    assert (event.status, event.flagged) == ("corroborated", False)
    assert "against the interest" in event.reason


def test_an_improbable_lone_claim_is_flagged(claim):
    assert only_event(claim("sohr", GOV, "2015-11-23", credibility=5)).flagged


def test_a_lone_claim_that_another_side_denies_is_disputed(claim):
    event = only_event(claim("sana", GOV, "2015-11-23"), claim("amaq", GOV, "2015-11-24", modality="denied"))
    assert (event.status, event.flagged) == ("disputed", True)
    assert len(event.opposing) == 1


def test_a_gain_denied_by_its_own_side_counts_from_the_later_claim(claim):
    event = only_event(
        claim("sohr", GOV, "2017-08-05", losing=IS),
        claim("sana", GOV, "2017-08-07", modality="denied"),
        claim("sana", GOV, "2017-08-12", losing=IS),
        claim("afp", GOV, "2017-08-12", losing=IS),
    )
    assert (event.date, event.status) == (day("2017-08-12"), "corroborated")
    assert (event.date_earliest, event.date_latest) == (day("2017-08-05"), day("2017-08-12"))


def test_a_weak_gain_that_is_disputed_leaves_the_holder_and_is_contested_until_it_is_settled(claim):
    events, conditions = adjudicate(
        [
            claim("afp", REBELS, "2014-05-07", kind="control_state"),
            claim("sana", GOV, "2015-10-15", losing=REBELS),
            claim("sohr", REBELS, "2015-10-20", kind="control_state"),
        ]
    )
    assert [(event.party, event.basis, event.status, event.prevails) for event in events] == [
        (REBELS, "state", "corroborated", True),
        (GOV, "change", "disputed", False),
    ]
    [condition] = conditions
    assert set(condition.sides) == {GOV, REBELS}
    assert (condition.kind, condition.start, condition.end) == ("contested", day("2015-10-15"), day("2015-10-19"))


def test_a_later_gain_of_the_same_place_ends_a_dispute(claim):
    events, _ = adjudicate(
        [
            claim("afp", REBELS, "2014-05-07", kind="control_state"),
            claim("sana", GOV, "2015-10-15", losing=REBELS),
            claim("sohr", REBELS, "2015-10-20", kind="control_state"),
            claim("sana", GOV, "2018-05-22", kind="control_state"),
        ]
    )
    assert (events[-1].party, events[-1].previous, events[-1].date, events[-1].prevails) == (GOV, REBELS, day("2018-05-22"), True)


def test_a_disputed_event_that_is_overtaken_on_its_own_day_is_contested_on_that_day(claim):
    events, [condition] = adjudicate(
        [claim("sohr", GOV, "2015-11-01"), claim("amaq", GOV, "2015-11-01", modality="denied"), claim("sohr", IS, "2015-11-01", losing=GOV)]
    )
    assert {event.date for event in events} == {day("2015-11-01")}
    assert (condition.kind, condition.start, condition.end) == ("contested", day("2015-11-01"), day("2015-11-01"))


def test_a_later_contradicting_state_implies_a_change_of_unknown_date(claim):
    events, _ = adjudicate(
        [claim("afp", GOV, "2015-11-23", losing=IS, credibility=1), claim("sohr", IS, "2015-12-20", kind="control_state")]
    )
    change, implied = events[-2:]
    assert (change.status, change.prevails) == ("disputed", True)
    assert (implied.party, implied.basis) == (IS, "implied")
    assert (implied.date_earliest, implied.date, implied.date_latest) == (day("2015-11-24"), day("2015-12-20"), day("2015-12-20"))


def test_a_later_state_against_a_weaker_gain_means_that_the_place_never_left_its_holder(claim):
    before, change = adjudicate([claim("sana", GOV, "2015-11-23", losing=IS), claim("sohr", IS, "2015-12-20", kind="control_state")])[0]
    assert (before.party, change.party) == (IS, GOV)
    assert (change.status, change.prevails, change.settled) == ("disputed", False, day("2015-12-19"))


def test_a_corroborated_change_is_not_disputed_by_a_later_reversal(claim):
    events, _ = adjudicate(
        [claim("afp", GOV, "2015-11-23"), claim("sohr", GOV, "2015-11-23"), claim("sohr", IS, "2015-12-20", kind="control_state")]
    )
    assert [event.status for event in events] == ["corroborated", "claimed"]


def test_the_last_claim_wins(claim):
    events, _ = adjudicate([claim("sohr", IS, "2016-12-11"), claim("sohr", GOV, "2016-03-27"), claim("sohr", GOV, "2017-03-02")])
    assert [(event.party, event.date) for event in events] == [
        (GOV, day("2016-03-27")),
        (IS, day("2016-12-11")),
        (GOV, day("2017-03-02")),
    ]


# When


def test_in_may_agrees_with_an_exact_day_in_may(claim):
    event = only_event(claim("afp", IS, "2015-05-01", "2015-05-31"), claim("sohr", IS, "2015-05-20"))
    assert event.status == "corroborated"
    assert event.date_earliest == event.date == event.date_latest == day("2015-05-20")


def test_a_coarse_date_alone_stays_a_window_and_counts_from_its_end(claim):
    event = only_event(claim("afp", IS, "2015-05-01", "2015-05-31"))
    assert (event.date_earliest, event.date, event.date_latest) == (day("2015-05-01"), day("2015-05-31"), day("2015-05-31"))


def test_rival_exact_dates_widen_the_window_and_most_sources_set_the_date(claim):
    event = only_event(
        claim("reuters", GOV, "2015-11-22"),
        claim("sohr", GOV, "2015-11-23"),
        claim("afp", GOV, "2015-11-23"),
        claim("sana", GOV, "2015-11-24"),
        claim("state-tv", GOV, "2015-11-24"),  # two voices of one side weigh as one
    )
    assert (event.date_earliest, event.date, event.date_latest) == (day("2015-11-22"), day("2015-11-23"), day("2015-11-24"))


def test_gains_of_one_party_far_apart_are_two_events_if_the_place_was_lost_in_between(claim):
    claims = [claim("sohr", GOV, "2016-03-27"), claim("sohr", IS, "2016-04-02"), claim("sohr", GOV, "2016-04-08")]
    assert [event.party for event in adjudicate(claims)[0]] == [GOV, IS, GOV]


def test_a_second_gain_by_the_holder_confirms_the_first(claim):
    claims = [claim("sohr", GOV, "2016-03-27"), claim("afp", GOV, "2016-06-27")]
    [event] = adjudicate(claims)[0]
    assert (event.date, event.status) == (day("2016-03-27"), "corroborated")


# Before


def test_an_incumbent_that_loses_a_place_held_it_from_the_beginning(claim):
    before, change = adjudicate([claim("sohr", IS, "2015-05-20", losing=GOV)], incumbents=[GOV])[0]
    assert (before.party, before.date, before.basis) == (GOV, None, "before")
    assert (change.party, change.previous) == (IS, GOV)


def test_any_other_party_held_a_place_from_the_eve_of_its_loss(claim):
    before, _ = adjudicate([claim("sohr", IS, "2015-05-20", losing=REBELS)], incumbents=[GOV])[0]
    assert (before.party, before.date) == (REBELS, day("2015-05-19"))


def test_nobody_is_put_into_a_place_that_no_claim_gives_a_loser(claim):
    [event] = adjudicate([claim("sohr", IS, "2015-05-20")], incumbents=[GOV])[0]
    assert event.previous == ""


# Beside the holder


def test_a_repelled_attack_leaves_the_holder_and_contests_the_place(claim):
    events, [condition] = adjudicate(
        [claim("sohr", GOV, "2013-10-28"), claim("afp", IS, "2015-10-31", "2015-11-10", GOV, modality="repelled")],
    )
    assert [(event.party, event.date) for event in events] == [(GOV, day("2013-10-28"))]
    assert (condition.kind, condition.start, condition.end) == ("contested", day("2015-10-31"), day("2015-11-10"))
    assert set(condition.sides) == {IS, GOV}


def test_fighting_changes_no_holder(claim):
    events, [condition] = adjudicate([claim("sohr", IS, "2015-11-01", "2015-11-02", GOV, kind="contested")])
    assert events == []
    assert (condition.kind, condition.start, condition.end) == ("contested", day("2015-11-01"), day("2015-11-02"))


def test_reports_of_fighting_that_touch_are_one_stretch(claim):
    fights = [("2015-11-01", "2015-11-02"), ("2015-11-03", "2015-11-04"), ("2015-11-06", "2015-11-06")]
    _, conditions = adjudicate([claim("sohr", IS, *days, GOV, kind="contested") for days in fights])
    assert [(condition.start, condition.end) for condition in conditions] == [
        (day("2015-11-01"), day("2015-11-04")),
        (day("2015-11-06"), day("2015-11-06")),
    ]


def test_a_divided_place_has_no_single_holder_and_is_contested_throughout(claim):
    [event], [condition] = adjudicate([claim("afp", GOV, "2012-07-31", "2016-12-21", REBELS, kind="divided")])
    assert (event.party, event.date, event.basis) == (DIVIDED.party_id, day("2012-07-31"), "state")
    assert (condition.kind, condition.start, condition.end) == ("contested", day("2012-07-31"), day("2016-12-21"))
    assert set(condition.sides) == {GOV, REBELS}


def test_the_fall_of_the_rest_of_a_divided_place_is_an_event(claim):
    _, fall = adjudicate(
        [
            claim("afp", GOV, "2012-07-31", "2016-12-21", REBELS, kind="divided"),
            claim("sohr", GOV, "2016-12-22", losing=REBELS),
            claim("rebels", GOV, "2016-12-22", losing=REBELS),
        ]
    )[0]
    assert (fall.party, fall.previous, fall.date, fall.status) == (GOV, DIVIDED.party_id, day("2016-12-22"), "corroborated")


def siege(claim, besieger: str, on: str, kind: str = "siege_start"):
    return claim("afp", besieger, on, losing=REBELS if besieger == GOV else GOV, kind=kind)


def test_a_siege_lasts_from_its_start_to_the_day_before_its_end(claim):
    _, [condition] = adjudicate([siege(claim, IS, "2015-01-31"), siege(claim, IS, "2017-09-05", "siege_end")])
    assert (condition.kind, condition.sides) == ("siege", (IS, GOV))
    assert (condition.start, condition.end) == (day("2015-01-31"), day("2017-09-04"))


def test_a_siege_without_an_end_stays_open(claim):
    _, [condition] = adjudicate([siege(claim, IS, "2015-01-31")])
    assert (condition.start, condition.end) == (day("2015-01-31"), None)


def test_an_end_without_a_start_gives_the_eve_only(claim):
    _, [condition] = adjudicate([siege(claim, IS, "2017-09-05", "siege_end")])
    assert condition.start == condition.end == day("2017-09-04")


def test_one_besieger_leaving_does_not_end_the_siege_of_another(claim):
    _, [condition] = adjudicate([siege(claim, GOV, "2013-01-01"), siege(claim, IS, "2015-01-01", "siege_end")])
    assert (condition.start, condition.end) == (day("2013-01-01"), None)


def test_two_sieges_at_once_are_one_condition_with_all_sides(claim):
    _, [condition] = adjudicate(
        [siege(claim, GOV, "2013-01-01"), siege(claim, IS, "2014-01-01"), siege(claim, IS, "2015-01-01", "siege_end")]
    )
    assert (condition.start, condition.end, set(condition.sides)) == (day("2013-01-01"), None, {GOV, REBELS, IS})


# What a claim about a state does to the changes around it: each rule with the case that would come out otherwise without it


def told(*claims):
    """Party, basis and status of the events of one place."""
    return [(event.party, event.basis, event.status) for event in adjudicate(claims, [GOV])[0]]


def holds(claim, claimant: str, party: str, on: str, until: str = "", **changes):
    return claim(claimant, party, on, until, kind="control_state", **changes)


def test_who_repels_an_attack_or_is_besieged_holds_the_place(claim):
    assert told(claim("sohr", IS, "2015-05-06", losing=GOV, modality="repelled")) == [(GOV, "state", "claimed")]
    assert told(claim("sohr", IS, "2015-05-06", losing=GOV, kind="siege_start")) == [(GOV, "state", "claimed")]
    assert told(claim("sohr", IS, "2015-05-06", losing=GOV, kind="siege_end")) == []


def test_who_held_a_place_all_through_an_uncorroborated_change_contradicts_it(claim):
    gain, throughout = claim("sohr", IS, "2015-05-20"), holds(claim, "afp", GOV, "2015-05-01", "2015-05-31")
    assert told(gain, throughout) == [(GOV, "state", "claimed"), (IS, "change", "disputed")]
    until_then = holds(claim, "afp", GOV, "2015-05-01", "2015-05-19")
    assert told(gain, until_then) == [(GOV, "state", "claimed"), (IS, "change", "claimed")]


def test_a_corroborated_change_is_contradicted_by_nothing(claim):
    gain = [claim("sohr", IS, "2015-05-20"), claim("reuters", IS, "2015-05-20")]
    for other in (holds(claim, "afp", GOV, "2015-05-01", "2015-05-31"), holds(claim, "afp", GOV, "2015-05-20")):
        found = next(event for event in adjudicate([*gain, other], [GOV])[0] if event.party == IS)
        assert (found.status, found.opposing) == ("corroborated", ())


def test_a_state_within_the_window_of_a_change_confirms_it(claim):
    gain, inside = claim("reuters", REBELS, "2015-05-01", "2015-05-31"), holds(claim, "sohr", REBELS, "2015-05-11")
    assert told(gain, inside) == [(REBELS, "change", "corroborated")]


def test_most_of_a_place_on_the_day_it_falls_confirms_the_fall(claim):
    gain = claim("reuters", IS, "2015-05-31")
    assert told(gain, claim("sohr", IS, "2015-05-31", losing=REBELS, kind="divided")) == [(IS, "change", "corroborated")]
    assert told(gain, claim("sohr", REBELS, "2015-05-31", losing=IS, kind="divided")) == [(IS, "change", "disputed")]


def test_the_former_holder_seen_on_the_day_of_a_change_confirms_himself_and_contradicts_it(claim):
    before, gain = holds(claim, "afp", GOV, "2015-05-01"), claim("sohr", IS, "2015-05-15")
    assert told(before, gain, holds(claim, "reuters", GOV, "2015-05-15")) == [(GOV, "state", "corroborated"), (IS, "change", "disputed")]


def test_a_state_that_bears_out_a_doubtful_gain_soon_confirms_it_and_later_is_a_change_of_its_own(claim):
    doubted = [claim("sana", GOV, "2015-05-04", losing=IS), holds(claim, "afp", IS, "2015-05-04", "2015-05-10", credibility=1)]
    assert told(*doubted, holds(claim, "afp", GOV, "2015-05-18"))[1:] == [(GOV, "change", "corroborated")]
    *_, change, since = adjudicate([*doubted, holds(claim, "afp", GOV, "2015-05-19")], [GOV])[0]
    assert (change.status, change.prevails) == ("disputed", False)
    assert (since.party, since.basis, since.date_earliest, since.date) == (GOV, "implied", day("2015-05-11"), day("2015-05-19"))


def test_while_a_place_is_divided_who_holds_a_part_of_it_is_no_news(claim):
    divided = claim("sohr", GOV, "2015-05-01", "2015-05-31", losing=REBELS, kind="divided")
    assert told(divided, holds(claim, "afp", REBELS, "2015-05-31")) == [(DIVIDED.party_id, "state", "claimed")]
    assert told(divided, holds(claim, "afp", REBELS, "2015-06-01"))[1:] == [(REBELS, "implied", "claimed")]


def test_that_a_place_is_divided_is_seen_on_the_day_while_another_change_may_have_come_unseen(claim):
    before = holds(claim, "amaq", GOV, "2015-05-02")
    divided = adjudicate([before, claim("sana", IS, "2015-05-06", losing=GOV, kind="divided")], [GOV])[0][-1]
    changed = adjudicate([before, holds(claim, "sohr", IS, "2015-05-06")], [GOV])[0][-1]
    assert (divided.date_earliest, divided.date) == (day("2015-05-06"), day("2015-05-06"))
    assert (changed.date_earliest, changed.date) == (day("2015-05-03"), day("2015-05-06"))


def test_a_gain_that_prevails_was_undone_where_another_is_seen_later_and_one_that_does_not_had_not_happened(claim):
    strong = claim("sohr", IS, "2015-05-03", losing=GOV, credibility=1)
    assert told(strong, holds(claim, "afp", GOV, "2015-05-09"))[-1] == (GOV, "implied", "claimed")
    weak = claim("amaq", IS, "2015-05-03", losing=REBELS)
    assert told(weak, holds(claim, "afp", REBELS, "2015-05-09")) == [(REBELS, "before", "claimed"), (IS, "change", "disputed")]


def test_a_source_that_kept_to_the_former_holder_all_along_reports_no_new_change(claim):
    before, other = holds(claim, "sohr", IS, "2015-05-09", "2015-06-08"), holds(claim, "reuters", GOV, "2015-05-11")
    assert told(before, other, holds(claim, "sohr", IS, "2015-05-16")) == [(IS, "state", "claimed"), (GOV, "implied", "claimed")]
    assert told(before, other, holds(claim, "afp", IS, "2015-05-16"))[-1] == (IS, "implied", "claimed")
    ended = holds(claim, "sohr", IS, "2015-05-09", "2015-05-10")
    assert told(ended, other, holds(claim, "sohr", IS, "2015-05-16"))[-1] == (IS, "implied", "claimed")


# Gains by a party that already holds the place


def test_a_second_gain_from_a_loser_says_that_an_uncorroborated_first_one_had_not_lasted(claim):
    first, second = claim("reuters", REBELS, "2015-05-04"), claim("afp", REBELS, "2015-05-21", losing=IS, credibility=1)
    one, two = adjudicate([first, second], [GOV])[0]
    assert (one.status, one.prevails, one.opposing) == ("disputed", False, (second.claim_id,))
    assert (two.status, two.supporting) == ("claimed", (second.claim_id,))


def test_a_source_that_reports_both_gains_says_that_the_loser_came_back_in_between(claim):
    first, second = claim("sohr", IS, "2015-05-21", losing=GOV), claim("sohr", IS, "2016-12-11", losing=GOV)
    _, one, back, two = adjudicate([first, second], [GOV])[0]
    assert (one.status, one.prevails, one.opposing) == ("claimed", True, ())
    assert (back.party, back.basis, back.supporting) == (GOV, "implied", (second.claim_id,))
    assert (back.date_earliest, back.date, back.date_latest) == (day("2015-05-22"), day("2016-12-10"), day("2016-12-10"))
    assert (two.party, two.previous, two.date) == (IS, GOV, day("2016-12-11"))


def test_a_source_does_not_dispute_its_own_gain_by_what_it_says_of_later_days(claim):
    gain, later = claim("sohr", IS, "2015-05-21", losing=GOV), claim("sohr", GOV, "2016-04-03", kind="control_state")
    _, change, implied = adjudicate([gain, later], [GOV])[0]
    assert (change.status, change.opposing) == ("claimed", ())
    assert (implied.party, implied.basis, implied.date_earliest) == (GOV, "implied", day("2015-05-22"))


def test_a_second_gain_is_from_the_loser_that_it_names_though_the_party_is_said_to_hold_the_place(claim):
    first, second = claim("reuters", IS, "2015-05-11", losing=GOV), claim("rebels", IS, "2015-05-31", losing=GOV)
    one, two = adjudicate([first, second], [GOV])[0][1:]
    assert (one.status, one.prevails) == ("disputed", True)
    assert (two.party, two.previous) == (IS, GOV)


def test_a_second_gain_from_a_loser_confirms_a_corroborated_first_one(claim):
    first = [claim("reuters", REBELS, "2015-05-04"), claim("afp", REBELS, "2015-05-04")]
    second = claim("sohr", REBELS, "2015-05-21", losing=IS)
    assert [event.supporting for event in adjudicate([*first, second], [GOV])[0]] == [tuple(c.claim_id for c in [*first, second])]


def test_what_is_said_against_a_gain_that_confirms_a_holder_is_said_against_him(claim):
    besieged = claim("afp", IS, "2015-05-04", losing=GOV, kind="siege_start")
    gain, denial = claim("sohr", GOV, "2015-05-21"), claim("amaq", GOV, "2015-05-21", modality="denied")
    [event] = adjudicate([besieged, gain, denial], [GOV])[0]
    assert (event.basis, event.opposing) == ("state", (denial.claim_id,))


def test_what_contradicts_a_gain_that_confirms_a_holder_contradicts_him(claim):
    besieged = claim("reuters", IS, "2015-05-02", "2015-05-08", losing=REBELS, kind="siege_start", credibility=4)
    gain, later = claim("reuters", REBELS, "2015-05-06"), holds(claim, "amaq", GOV, "2015-05-15")
    state, implied = adjudicate([besieged, gain, later], [GOV])[0]
    assert (state.party, state.status, state.opposing) == (REBELS, "disputed", (later.claim_id,))
    assert (implied.party, implied.basis) == (GOV, "implied")


def test_a_gain_after_one_that_did_not_prevail_is_an_event_though_the_party_never_left(claim):
    claims = [
        claim("sana", IS, "2015-05-11", losing=REBELS),
        claim("sohr", IS, "2015-05-21", losing=REBELS, modality="repelled", credibility=1),
        claim("sohr", REBELS, "2015-05-31", losing=IS),
    ]
    assert told(*claims) == [(REBELS, "before", "claimed"), (IS, "change", "disputed"), (REBELS, "change", "claimed")]


# Who lost, and how it is graded


def test_the_loser_whom_most_claims_name_held_the_place_before(claim):
    claims = [claim("afp", REBELS, "2015-05-09", losing=GOV), *(claim(one, REBELS, "2015-05-09", losing=IS) for one in ("sohr", "reuters"))]
    assert adjudicate(claims, [GOV])[0][0].party == IS


def test_a_state_is_confirmed_by_who_names_that_side_as_the_next_loser(claim):
    assert told(holds(claim, "afp", GOV, "2015-05-15"), claim("sohr", REBELS, "2015-06-03", losing=GOV)) == [
        (GOV, "state", "corroborated"),
        (REBELS, "change", "claimed"),
    ]


def test_a_disputed_event_that_did_not_prevail_is_nobodys_predecessor(claim):
    claims = [claim("sana", REBELS, "2015-05-11"), holds(claim, "rebels", GOV, "2015-05-31", credibility=1)]
    assert [(event.party, event.previous) for event in adjudicate(claims, [GOV])[0]] == [(REBELS, ""), (GOV, "")]


@pytest.mark.parametrize(
    ("claims", "confidence", "flagged"),
    [
        ([("sohr", 1)], "B2", False),  # nobody confirms it yet
        ([("sohr", 3)], "B3", False),
        ([("sohr", 4)], "B4", True),  # doubtful
        ([("sana", 2)], "C2", True),  # speaks for its own side
        ([("sohr", 4), ("sana", 3)], "B2", False),  # confirmed, the letter is that of the better source
        ([("sohr", 1), ("afp", 1)], "B1", False),
    ],
)
def test_the_grade_is_that_of_the_best_source_and_statement_within_what_the_status_allows(claim, claims, confidence, flagged):
    event = only_event(*(claim(who, GOV, "2015-11-23", credibility=credibility) for who, credibility in claims))
    assert (event.confidence, event.flagged) == (confidence, flagged)


def test_a_disputed_event_is_doubtful_at_best(claim):
    event = only_event(claim("sohr", GOV, "2015-11-23", credibility=1), claim("amaq", GOV, "2015-11-24", modality="denied"))
    assert (event.status, event.confidence) == ("disputed", "B4")


def test_what_is_inferred_of_the_time_before_is_flagged(claim):
    before, _ = adjudicate([claim("sohr", IS, "2015-05-20", losing=GOV), claim("afp", IS, "2015-05-20", losing=GOV)], [GOV])[0]
    assert (before.basis, before.status, before.flagged) == ("before", "claimed", True)


def test_a_window_begins_after_the_event_before_and_ends_before_the_next(claim):
    claims = [holds(claim, "afp", GOV, "2015-05-21"), claim("sohr", IS, "2015-05-15", "2015-06-14")]
    assert adjudicate(claims, [GOV])[0][-1].date_earliest == day("2015-05-22")
    gains = [
        claim("sohr", REBELS, "2015-05-04"),
        claim("afp", REBELS, "2015-05-16", "2015-05-18"),
        claim("sohr", GOV, "2015-05-16", "2015-05-18"),
    ]
    one, two = adjudicate(gains, [GOV])[0]
    assert (one.date, one.date_latest, two.date) == (day("2015-05-04"), day("2015-05-17"), day("2015-05-18"))


# Whatever the claims


@given(drafted=st.lists(drafts(), max_size=9), data=st.data())
def test_the_order_of_the_claims_does_not_matter(claim, drafted, data):
    claims = built(claim, drafted)
    assert adjudicate(data.draw(st.permutations(claims)), [GOV]) == adjudicate(claims, [GOV])


@given(drafted=st.lists(drafts(), max_size=9))
def test_a_window_holds_its_date_and_the_events_of_a_place_follow_each_other(claim, drafted):
    events, _ = adjudicate(built(claim, drafted), [GOV])
    assert len({event.event_id for event in events}) == len(events)
    for event in events:
        assert event.party != event.previous
        assert event.status in ("claimed", "corroborated", "disputed")
        assert (event.date is None) == (event.date_earliest is None) == (event.date_latest is None)
        assert event.date is None or event.date_earliest <= event.date <= event.date_latest
    for one, following in pairwise(events):
        if one.place_id == following.place_id:
            assert following.date is not None
            assert one.date is None or one.date <= following.date


@given(drafted=st.lists(drafts(), max_size=9))
def test_a_day_of_a_place_has_one_answer_of_each_kind(claim, drafted):
    _, conditions = adjudicate(built(claim, drafted), [GOV])
    assert len({condition.condition_id for condition in conditions}) == len(conditions)
    for condition in conditions:
        assert condition.end is None or condition.start <= condition.end
    for one, following in pairwise(sorted(conditions, key=lambda condition: (condition.place_id, condition.kind, condition.start))):
        if (one.place_id, one.kind) == (following.place_id, following.kind):
            assert one.end is not None
            assert one.end < following.start


def status_by_hand(event, claims, losers) -> str:
    """What the status should be, said again apart from the rules: by the voices that speak for the event and those that lost by it."""
    if event.basis == "before":
        return "claimed"
    voices = {claims[key].claimant.side or claims[key].claimant.claimant_id for key in event.supporting}
    admitted = event.party != DIVIDED.party_id and voices & (losers - {"", event.party})
    if len(voices) > 1 or admitted:
        return "corroborated"
    return "disputed" if event.opposing else "claimed"


@given(drafted=st.lists(drafts(), max_size=9))
def test_the_status_of_an_event_follows_from_the_claims_for_and_against_it(claim, drafted):
    claims = {one.claim_id: one for one in built(claim, drafted)}
    for event in adjudicate(claims.values(), [GOV])[0]:
        # Who lost by it: the holder before; perhaps also whom its claims name, which those that only confirm it need not mean.
        named = {event.previous} | {claims[key].losing for key in event.supporting}
        expected = {status_by_hand(event, claims, losers) for losers in ({event.previous}, named)}
        opposing = [claims[key] for key in event.opposing]
        if any(c.modality == "denied" and c.claimant.side == event.party for c in opposing):
            expected |= {"disputed"}  # what the gaining side has taken back supports nothing
        assert event.status in expected


@pytest.mark.parametrize("claims", [[], ()])
def test_no_claims_give_no_events(claims):
    assert adjudicate(claims) == ([], [])
