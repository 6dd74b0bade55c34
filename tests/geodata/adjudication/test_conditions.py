"""What stands beside the holder: each rule with the case that would come out otherwise without it."""

import datetime as dt

import pytest

from geodata.adjudication.adjudicate import adjudicate
from tests.geodata.drafts import GOV, IS, REBELS


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def beside(*claims, kind: str = "contested"):
    return [condition for condition in adjudicate(claims, [GOV])[1] if condition.kind == kind]


def stretches(*claims, kind: str = "contested") -> list[tuple[str, str | None]]:
    """First and last day of each condition, as text."""
    return [(condition.start.isoformat(), condition.end and condition.end.isoformat()) for condition in beside(*claims, kind=kind)]


# Fighting


@pytest.fixture
def fight(claim):
    return claim("afp", IS, "2015-05-01", "2015-05-20", GOV, kind="contested")


def fall(claim, *claimants: str, on: str = "2015-05-10", to: str = IS):
    return [claim(claimant, to, on, losing=GOV if to != GOV else IS) for claimant in claimants]


def test_fighting_ends_on_the_eve_of_a_corroborated_change_that_decides_it(claim, fight):
    assert stretches(fight, *fall(claim, "sohr", "reuters")) == [("2015-05-01", "2015-05-09")]


def test_fighting_that_is_decided_on_its_first_day_is_none(claim, fight):
    assert stretches(fight, *fall(claim, "sohr", "reuters", on="2015-05-01")) == []


def test_a_change_that_one_source_claims_does_not_end_fighting(claim, fight):
    assert stretches(fight, *fall(claim, "sohr")) == [("2015-05-01", "2015-05-20")]


def test_a_change_by_a_party_that_does_not_fight_there_does_not_end_fighting(claim, fight):
    assert stretches(fight, *fall(claim, "sohr", "reuters", to=REBELS)) == [("2015-05-01", "2015-05-20")]


def test_that_somebody_is_found_to_hold_the_place_does_not_end_fighting(claim, fight):
    found = [claim(claimant, GOV, "2015-05-10", kind="control_state") for claimant in ("sohr", "reuters")]
    assert stretches(fight, *found) == [("2015-05-01", "2015-05-20")]


def test_a_change_after_the_fighting_does_not_shorten_it(claim, fight):
    assert stretches(fight, *fall(claim, "sohr", "reuters", on="2015-05-21")) == [("2015-05-01", "2015-05-20")]


@pytest.mark.parametrize(("until", "latest"), [("2015-05-06", "2015-05-01"), ("2015-05-07", "2015-05-07")])
def test_the_beginning_of_fighting_that_is_dated_within_a_week_or_longer_is_a_window(claim, until, latest):
    [condition] = beside(claim("sohr", IS, "2015-05-01", until, GOV, kind="contested"))
    assert (condition.start, condition.earliest, condition.latest) == (day("2015-05-01"), day("2015-05-01"), day(latest))


def test_stretches_that_touch_are_one_with_all_sides_and_claims_and_the_longest_end(claim):
    one = claim("sohr", IS, "2015-05-01", "2015-05-20", GOV, kind="contested")
    other = claim("afp", REBELS, "2015-05-05", "2015-05-08", GOV, kind="contested")
    [condition] = beside(one, other)
    assert (condition.end, condition.sides, condition.supporting) == (day("2015-05-20"), (IS, GOV, REBELS), (one.claim_id, other.claim_id))


# Disputes


def test_a_dispute_lasts_until_the_eve_of_the_next_event(claim):
    claims = [claim("sohr", IS, "2015-05-01", losing=GOV), claim("sana", IS, "2015-05-01", modality="denied", credibility=5)]
    assert stretches(*claims) == [("2015-05-01", None)]
    assert stretches(*claims, claim("sohr", REBELS, "2015-06-01", losing=IS)) == [("2015-05-01", "2015-05-31")]


def test_a_dispute_ends_before_the_next_event_where_a_later_claim_settles_it(claim):
    claims = [claim("afp", GOV, "2015-04-01", kind="control_state"), claim("amaq", IS, "2015-05-01", losing=GOV)]
    claims += [claim("afp", GOV, "2015-05-10", kind="control_state"), claim("sohr", REBELS, "2015-06-01", losing=GOV)]
    assert stretches(*claims) == [("2015-05-01", "2015-05-09")]


def test_a_dispute_and_fighting_at_once_are_one_stretch_with_both_reasons(claim):
    gain, denial = claim("sohr", IS, "2015-05-03", losing=GOV), claim("sana", IS, "2015-05-03", modality="denied", credibility=5)
    fight = claim("afp", REBELS, "2015-05-01", "2015-05-10", GOV, kind="contested")
    following = claim("sohr", GOV, "2015-05-06", losing=IS)
    [condition] = beside(gain, denial, fight, following)
    assert (condition.start, condition.end) == (day("2015-05-01"), day("2015-05-10"))
    assert condition.sides == (REBELS, GOV, IS)
    assert condition.supporting == (fight.claim_id, gain.claim_id, denial.claim_id)
    assert condition.reason.startswith("Fighting reported. Only SOHR says so")


def test_fighting_within_an_open_dispute_leaves_it_open(claim):
    gain, denial = claim("sohr", IS, "2015-05-03", losing=GOV), claim("sana", IS, "2015-05-03", modality="denied", credibility=5)
    assert stretches(gain, denial, claim("afp", IS, "2015-05-04", "2015-05-10", GOV, kind="contested")) == [("2015-05-03", None)]


# Sieges


def siege(claim, kind: str, on: str, besieger: str = IS, claimant: str = "afp"):
    return claim(claimant, besieger, on, losing=REBELS, kind=f"siege_{kind}")


def test_reports_of_one_siege_are_one_condition_however_far_apart_they_date_it(claim):
    claims = [siege(claim, "start", "2014-03-20"), siege(claim, "start", "2014-09-12", claimant="sohr"), siege(claim, "end", "2017-09-05")]
    [condition] = beside(*claims, kind="siege")
    assert (condition.earliest, condition.start, condition.end) == (day("2014-03-20"), day("2014-09-12"), day("2017-09-04"))
    assert set(condition.supporting) == {one.claim_id for one in claims}


def test_the_end_of_a_siege_belongs_to_a_beginning_before_it_by_the_same_besieger(claim):
    assert stretches(siege(claim, "start", "2015-01-01", GOV), siege(claim, "end", "2015-03-01"), kind="siege") == [("2015-01-01", None)]
    later = siege(claim, "start", "2015-05-01"), siege(claim, "end", "2015-03-01")
    assert stretches(*later, kind="siege") == [("2015-02-28", "2015-02-28"), ("2015-05-01", None)]


def test_sieges_by_two_besiegers_end_each_on_its_own_day(claim):
    first = siege(claim, "start", "2015-01-01"), siege(claim, "end", "2015-02-01")
    second = siege(claim, "start", "2015-03-01", GOV), siege(claim, "end", "2015-04-01", GOV)
    conditions = beside(*first, *second, kind="siege")
    assert [(condition.start, condition.end, condition.sides) for condition in conditions] == [
        (day("2015-01-01"), day("2015-01-31"), (IS, REBELS)),
        (day("2015-03-01"), day("2015-03-31"), (GOV, REBELS)),
    ]
