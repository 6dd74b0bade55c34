"""From where one looks: as known on a day, by whose word, how strictly."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import (
    Claimant,
    Control,
    Document,
    UnknownNameError,
    claimants_heard,
    claims_according_to,
    claims_known_on,
    control_seen,
    events_of,
    outlets_read,
    places_of,
    read_dataset,
    seen,
)
from tests.geodata.drafts import GOV, IS, REBELS, built, dataset_of, drafts

BEGINNING = dt.date(2015, 1, 1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def paper(document_id: str, publisher: str, agency: str = "") -> Document:
    return Document(document_id, publisher, agency, day("2016-01-01"), "", "")


@pytest.fixture
def dispute(claim):
    """Palmyra changes hands by SOHR's word in May and by SANA's in July, of which AP and the Daily Star write; Mahin by AP's own."""
    claims = [
        claim("sohr", IS, "2015-05-20", losing=GOV, claim_id="may", document_id="star", reported_on=day("2015-05-21")),
        claim("sana", GOV, "2015-07-01", losing=IS, claim_id="july", document_id="wire", reported_on=day("2015-07-03")),
        claim("afp", REBELS, "2015-08-01", claim_id="august", document_id="own", place_id="mahin"),
    ]
    papers = [paper("star", "The Daily Star", "AP"), paper("wire", "AP"), paper("own", "AFP / Agence"), paper("unused", "Quiet Times")]
    return dataset_of(claims, papers)


def ids(claims) -> list[str]:
    return [one.claim_id for one in claims]


def holders(control: Control, date: dt.date) -> dict[str, str]:
    """The holder of each place that is known to have one."""
    found = control.at(date)
    return dict(found.loc[found["holder"].notna(), ["place_id", "holder"]].to_numpy())


# As known on


@pytest.mark.parametrize(
    ("date", "known"), [("2015-05-20", []), ("2015-05-21", ["may"]), ("2015-07-02", ["may"]), ("2015-07-03", ["may", "july"])]
)
def test_a_claim_is_known_from_the_day_it_was_reported_not_from_that_of_which_it_tells(dispute, date, known):
    assert ids(claims_known_on(dispute, day(date))) == known


def test_what_was_not_known_yet_is_an_answer(dispute):
    then = control_seen(dispute, known_on=day("2015-07-02")).at(day("2015-07-02")).set_index("place_id")
    now = control_seen(dispute).at(day("2015-07-02")).set_index("place_id")
    assert list(then.index) == list(now.index) == ["mahin", "palmyra"]
    assert (then.loc["palmyra", "holder"], now.loc["palmyra", "holder"]) == (IS, GOV)
    early = control_seen(dispute, known_on=day("2015-01-01")).at(day("2016-01-01"))
    assert list(early["holder"]) == [None, None]
    assert set(early["status"]) == {"unknown"}


@given(drafted=st.lists(drafts(), max_size=9), later=st.lists(drafts(), max_size=4), known_on=st.integers(0, 120), on=st.integers(0, 120))
def test_what_was_known_on_a_day_does_not_change_by_what_is_reported_later(claim, drafted, later, known_on, on):
    date = BEGINNING + dt.timedelta(days=known_on)
    claims = built(claim, drafted)
    later = [replace(one, reported_on=max(one.reported_on, date + dt.timedelta(days=1))) for one in built(claim, later)]
    asked = BEGINNING + dt.timedelta(days=on)
    for view in ("claimed", "corroborated"):
        before, after = (control_seen(dataset_of(known), view, date) for known in (claims, claims + later))
        pd.testing.assert_frame_equal(before.events, after.events)
        pd.testing.assert_frame_equal(before.conditions, after.conditions)
        assert holders(before, asked) == holders(after, asked)


@given(drafted=st.lists(drafts(), max_size=9))
def test_to_know_everything_is_the_plain_dataset(claim, drafted):
    dataset = dataset_of(built(claim, drafted))
    assert seen(dataset, known_on=dt.date.max) == seen(dataset) == dataset


@given(drafted=st.lists(drafts(), max_size=9), known_on=st.integers(0, 120), data=st.data())
def test_the_order_of_the_claims_does_not_matter_from_any_viewpoint(claim, drafted, known_on, data):
    claims = built(claim, drafted)
    shuffled = data.draw(st.permutations(claims))
    view = data.draw(st.sampled_from(["claimed", *(f"according-to:{one.claimant.claimant_id}" for one in claims)]))
    date = BEGINNING + dt.timedelta(days=known_on)
    one, other = (events_of(seen(dataset_of(ordered), view, date)) for ordered in (claims, shuffled))
    pd.testing.assert_frame_equal(one, other)


# According to


@pytest.mark.parametrize(
    ("who", "claims"),
    [
        ("sohr", ["may"]),
        ("SOHR", ["may"]),
        ("sana", ["july"]),
        ("afp", ["august"]),
        ("ap", ["may", "july"]),
        ("The Daily Star", ["may"]),
        ("the daily STAR", ["may"]),
        ("the-daily-star", ["may"]),
        ("AFP / Agence", ["august"]),
        ("afp-agence", ["august"]),
        ("quiet-times", []),
    ],
)
def test_a_voice_is_a_claimant_or_else_an_outlet_in_any_spelling_of_its_name(dispute, who, claims):
    assert ids(claims_according_to(dispute, who)) == claims


def test_a_claimant_goes_before_an_outlet_of_the_same_name_which_can_be_asked_for(claim):
    claims = [claim("sana", GOV, "2015-01-01", document_id="other"), claim("sohr", IS, "2015-01-02", document_id="own")]
    dataset = dataset_of(claims, [paper("other", "BBC"), paper("own", "SANA")])
    assert claims_according_to(dataset, "SANA") == (claims[0],)
    assert claims_according_to(dataset, "outlet:SANA") == (claims[1],)


def test_the_key_of_a_claimant_goes_before_the_name_of_another(claim):
    agency = claim("sana", GOV, "2015-01-01")
    namesake = replace(claim("sohr", IS, "2015-01-02"), claimant=Claimant("blog", "SANA", "", "E"))
    dataset = dataset_of([agency, namesake])
    assert claims_according_to(dataset, "sana") == (agency,)
    assert claims_according_to(dataset, "blog") == (namesake,)


def test_a_claimant_is_found_by_its_full_name():
    dataset = read_dataset()
    assert claims_according_to(dataset, "Syrian Observatory for Human Rights") == claims_according_to(dataset, "sohr") != ()


@pytest.mark.parametrize(
    ("who", "near"),
    [("sohrr", "near are sohr"), ("Daily Star", "near are The Daily Star"), ("outlet:sohr", ""), ("outlet:daily-star", "The Daily Star")],
)
def test_an_unknown_voice_is_answered_with_those_that_come_near(dispute, who, near):
    with pytest.raises(UnknownNameError, match=f"^'{who}' is neither a claimant nor an outlet of the dataset.*{near}") as caught:
        claims_according_to(dispute, who)
    assert ("near" in str(caught.value)) == bool(near)


@pytest.mark.parametrize("who", ["", "outlet:", "-", "zzzzzz"])
def test_a_voice_without_a_name_is_no_outlet_without_an_agency(dispute, who):
    with pytest.raises(UnknownNameError):
        claims_according_to(dispute, who)


def test_a_view_of_one_voice_takes_it_at_its_word(dispute):
    control = control_seen(dispute, "according-to:sana")
    assert list(control.at(day("2015-07-01"))["holder"]) == [None, GOV]
    assert list(control_seen(dispute, "according-to:sana", day("2015-07-02")).at(day("2015-07-01"))["holder"]) == [None, None]


def test_the_corroborated_view_leaves_out_events_not_claims(dispute):
    assert seen(dispute, "corroborated") == dispute
    assert list(control_seen(dispute, "corroborated").at(day("2015-09-01"))["holder"]) == [None, None]


@pytest.mark.parametrize("view", ["guessed", "", "according-to", "Claimed"])
def test_an_unknown_view_is_answered_with_the_known_ones(dispute, view):
    with pytest.raises(UnknownNameError, match=f"'{view}' is not a view; there are claimed, corroborated and according-to:WHO"):
        control_seen(dispute, view)


# Whom one can choose


def test_voices_are_listed_with_the_claims_they_give_most_first(dispute):
    assert [(voice.who, voice.claims) for voice in claimants_heard(dispute)] == [("afp", 1), ("sana", 1), ("sohr", 1)]
    assert [(voice.who, voice.name, voice.claims) for voice in outlets_read(dispute)] == [
        ("ap", "AP", 2),
        ("afp-agence", "AFP / Agence", 1),
        ("the-daily-star", "The Daily Star", 1),
    ]


def test_every_voice_that_can_be_chosen_gives_as_many_claims_as_it_says():
    dataset = read_dataset()
    voices = [claimants_heard(dataset), outlets_read(dataset)]
    assert sum(voice.claims for voice in voices[0]) == len(dataset.claims)
    for voice in voices[0] + voices[1]:
        assert len(claims_according_to(dataset, voice.who)) == voice.claims > 0
    assert {"outlet:ap", "naharnet"} <= {voice.who for voice in voices[1]}


# Places


def test_places_are_those_of_any_claim_even_where_no_event_follows(claim):
    dataset = dataset_of([claim("sana", GOV, "2015-01-01", modality="denied", place_id="mahin")])
    assert events_of(dataset).empty
    assert list(places_of(dataset)["place_id"]) == list(control_seen(dataset).at(day("2015-01-01"))["place_id"]) == ["mahin"]


def test_places_lie_in_their_province_longitude_first(tables):
    [palmyra] = places_of(read_dataset(tables())).itertuples()
    assert (palmyra.place_id, palmyra.admin1, palmyra.province) == ("palmyra", "SY-HI", "Homs")
    assert (palmyra.geometry.x, palmyra.geometry.y) == (38.28, 34.56)


def test_a_dataset_without_claims_has_no_places():
    assert list(control_seen(dataset_of([])).at(BEGINNING)["place_id"]) == []
