"""Sentences that tell how they are made."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import Control, load_events
from geodata.sentences import Names, Sentence, Series, sentence_in

words = st.text(min_size=1, max_size=20)


def test_a_sentence_is_its_english_text():
    sentence = Sentence("{place} lies {away} km off", place="Mahin", away=7)
    assert sentence == "Mahin lies 7 km off"
    assert (sentence.message, sentence.parts) == ("{place} lies {away} km off", {"place": "Mahin", "away": 7})


def test_a_number_decides_between_two_forms():
    one, many = (Sentence.plural("{n} day", "{n} days", n) for n in (1, 3))
    assert (one, many) == ("1 day", "3 days")
    assert (many.message, many.many, many.n) == ("{n} day", "{n} days", 3)


def test_a_capital_letter_changes_the_text_alone():
    sentence = Sentence("only {names} says so", names="AP").capital()
    assert sentence == "Only AP says so"
    assert sentence.message == "only {names} says so"


def test_of_many_names_the_last_are_counted():
    names = Names(tuple(SimpleNamespace(name=letter, name_ar="") for letter in "abcdef"), 4)
    assert str(names) == "a, b, c and 3 others"
    assert (len(names), names.others, len(names.named)) == (6, 3, 3)
    assert str(Names(("a", "b", "c", "d"), 4)) == "a, b, c and d"
    assert str(Names(("a",))) == "a"


def test_sentences_stand_side_by_side():
    assert str(Series((Sentence("Siege."), "Fighting."))) == "Siege.; Fighting."


@given(words, words)
def test_a_sentence_survives_a_copy_and_a_file_whatever_stands_in_it(one: str, other: str):
    sentence = Sentence("{one} and {said}", one=one, said=Sentence("so {other}", other=other))
    for again in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):  # noqa: S301 - our own
        assert again == sentence
        assert (again.message, again.parts) == (sentence.message, sentence.parts)
        assert again.parts["said"].message == "so {other}"


def test_the_reason_of_an_event_is_plain_text_and_its_sentence_stands_in_a_column_of_its_own(claims):
    events = load_events(claims({}))
    assert type(events["reason"].iloc[0]) is str
    assert sentence_in(events["reason_sentence"].iloc[0]) == events["reason"].iloc[0]
    control = Control(events).at(dt.date(2016, 1, 1))
    assert type(control["reason"].iloc[0]) is str
    assert sentence_in(control["reason_sentence"].iloc[0]) == control["reason"].iloc[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda events: events.copy(),
        lambda events: pd.concat([events, events]),
        lambda events: events.sort_values("date"),
        lambda events: events[events["kind"] == "control"],
        lambda events: events.reset_index(drop=True).reindex([0]),
        lambda events: events.merge(events[["event_id"]], on="event_id"),
        lambda events: events.astype({"reason": "string"}),
        lambda events: pickle.loads(pickle.dumps(events)),  # noqa: S301 - our own
    ],
    ids=["copy", "concat", "sort", "filter", "reindex", "merge", "astype", "pickle"],
)
def test_what_one_does_to_a_table_of_events_keeps_how_its_reasons_are_made(claims, change):
    events = load_events(claims({}, {"date_earliest": "2015-06-01", "date_latest": "2015-06-01", "reported_on": "2015-06-01"}))
    messages = [sentence_in(cell).message for cell in change(events)["reason_sentence"]]
    assert messages
    assert set(messages) <= {cell.message for cell in events["reason_sentence"]}


def test_a_sentence_that_was_made_mere_text_is_refused_instead_of_staying_english_unseen(claims):
    lost = load_events(claims({})).astype({"reason_sentence": str})
    with pytest.raises(TypeError, match="is no Sentence, and cannot be said in another language"):
        sentence_in(lost["reason_sentence"].iloc[0])


def test_every_reason_of_the_bundled_events_tells_how_it_is_made():
    reasons = load_events()["reason_sentence"]
    assert all(isinstance(reason, Sentence) for reason in reasons)
    assert any("independently" in reason.parts["said"].message for reason in reasons if "said" in reason.parts)
