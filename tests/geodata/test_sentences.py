"""Sentences that tell how they are made."""

from __future__ import annotations

import copy
import pickle
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from geodata import load_events
from geodata.sentences import Names, Sentence, Series

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


def test_every_reason_of_the_bundled_events_tells_how_it_is_made():
    reasons = load_events()["reason"]
    assert all(isinstance(reason, Sentence) for reason in reasons)
    assert any("independently" in reason.parts["said"].message for reason in reasons if "said" in reason.parts)
