"""The address: what a link says, and what it may not say."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from views.screen.address import Address, read_address

PLACES, VIEWS, PROVINCES = {"mahin"}, ("claimed", "corroborated"), {"SY-HI"}


def read(query):
    return read_address(query, PLACES, VIEWS, PROVINCES)


def test_an_address_comes_back_from_its_own_link():
    address = Address(dt.date(2015, 11, 23), dt.date(2015, 11, 1), "mahin", "corroborated", "8.25_34.500_38.100", "SY-HI", "0.5", "1")
    assert read(address.query()) == (address, [])
    said = "place=mahin&view=corroborated&map=8.25_34.500_38.100&province=SY-HI&speed=0.5&loop=1"
    assert address.link() == f"?date=2015-11-23&from=2015-11-01&{said}"


def test_what_is_not_said_is_not_in_the_link():
    assert Address().link() == ""
    assert Address(place="mahin").query() == {"place": "mahin"}


def test_each_wrong_part_gives_one_sentence_and_the_rest_holds():
    address, notes = read({"date": "2015-13-01", "place": "nowhere", "map": "9_99_0", "view": "claimed", "colour": "red"})
    assert address == Address(view="claimed")
    assert len(notes) == 4
    assert all(note.endswith(".") for note in notes)


def test_a_range_that_ends_before_it_begins_is_not_shown():
    address, notes = read({"date": "2015-11-01", "from": "2015-11-02", "speed": "9", "loop": "yes"})
    assert address == Address(dt.date(2015, 11, 1))
    assert len(notes) == 3
    assert read({"date": "2015-11-01", "from": "2015-11-01"}) == (Address(dt.date(2015, 11, 1), dt.date(2015, 11, 1)), [])


def test_days_beyond_the_timeline_become_its_ends():
    span = (dt.date(2015, 1, 1), dt.date(2015, 12, 31))
    address, notes = read_address({"date": "2016-05-01", "from": "2014-05-01"}, PLACES, VIEWS, PROVINCES, span)
    assert (address.start, address.date) == span
    assert len(notes) == 2


@given(st.dictionaries(st.sampled_from(["date", "from", "place", "view", "map", "province", "speed", "loop", "x"]), st.text()))
def test_no_link_breaks_it(query):
    address, notes = read(query)
    assert len(notes) + len(address.query()) == len(query)
