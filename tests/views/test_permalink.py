"""The permalink: what a link says, and what it may not say."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.screen.permalink.permalink import Permalink, read_permalink
from views.screen.permalink.reading import Existing
from views.screen.permalink.schema import MAP

EXISTS = Existing({"mahin"}, ("claimed", "corroborated"), {"SY-HI"}, {"sana"}, {"sdf"}, {"sohr"})
YEAR = replace(EXISTS, span=(dt.date(2015, 1, 1), dt.date(2015, 12, 31)))


def read(query):
    return read_permalink(query, EXISTS)


def test_a_state_comes_back_from_its_own_link():
    permalink = Permalink(
        date=dt.date(2015, 11, 23),
        start=dt.date(2015, 11, 1),
        known_on=dt.date(2015, 11, 30),
        place="mahin",
        view="corroborated",
        map="8.25_34.500_38.100",
        province="SY-HI",
        speed="0.5",
        loop="1",
        land="weighted-30",
        voice="sana",
        party="sdf",
        kind="contested",
        status="disputed",
        by="sohr",
        area="SY-HI",
        q="Qalʿat al-Ḥiṣn & قلعة",
    )
    assert read(permalink.query()) == (permalink, [])
    days = "date=2015-11-23&from=2015-11-01&known=2015-11-30"
    said = "place=mahin&view=corroborated&map=8.25_34.500_38.100&province=SY-HI&speed=0.5&loop=1&land=weighted-30&voice=sana"
    listed = "party=sdf&kind=contested&status=disputed&by=sohr&area=SY-HI&q=" + quote_plus("Qalʿat al-Ḥiṣn & قلعة")
    assert permalink.link() == f"?{days}&{said}&{listed}"


def test_a_day_of_knowledge_may_lie_beyond_the_timeline():
    permalink, notes = read_permalink({"known": "2026-01-01"}, YEAR)
    assert (permalink.known_on, notes) == (dt.date(2026, 1, 1), [])


def test_the_state_has_a_field_for_every_name():
    assert len(fields(Permalink)) == len(MAP)


def test_what_is_not_said_is_not_in_the_link():
    assert Permalink().link() == ""
    assert Permalink(place="mahin").query() == {"place": "mahin"}


def test_each_wrong_part_gives_one_sentence_and_the_rest_holds():
    permalink, notes = read({"date": "2015-13-01", "place": "nowhere", "map": "9_99_0", "view": "claimed", "colour": "red"})
    assert permalink == Permalink(view="claimed")
    assert len(notes) == 4
    assert all(note.endswith(".") for note in notes)


def test_a_range_that_ends_before_it_begins_is_not_shown():
    permalink, notes = read({"date": "2015-11-01", "from": "2015-11-02", "speed": "9", "loop": "yes"})
    assert permalink == Permalink(dt.date(2015, 11, 1))
    assert len(notes) == 3
    assert read({"date": "2015-11-01", "from": "2015-11-01"}) == (Permalink(dt.date(2015, 11, 1), dt.date(2015, 11, 1)), [])


def test_days_beyond_the_timeline_become_its_ends():
    permalink, notes = read_permalink({"date": "2016-05-01", "from": "2014-05-01"}, YEAR)
    assert (permalink.start, permalink.date) == YEAR.span
    assert len(notes) == 2


@pytest.mark.parametrize(
    "query", [{"party": "nobody"}, {"kind": "change"}, {"status": "true"}, {"by": "sdf"}, {"area": "Homs"}, {"q": "a\tb"}, {"q": "x" * 61}]
)
def test_a_filter_that_nothing_can_pass_is_left_out_with_a_note(query):
    permalink, [note] = read(query)
    assert permalink == Permalink()
    assert next(iter(query.values()))[:60] in note


@given(st.dictionaries(st.sampled_from([*(key.name for key in MAP), "x"]), st.text()))
def test_no_link_breaks_it(query):
    permalink, notes = read(query)
    assert len(notes) + len(permalink.query()) == len(query)
