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
    address = Address(dt.date(2015, 11, 23), "mahin", "corroborated", "8.25_34.500_38.100", "SY-HI")
    assert read(address.query()) == (address, [])
    assert address.link() == "?date=2015-11-23&place=mahin&view=corroborated&map=8.25_34.500_38.100&province=SY-HI"


def test_what_is_not_said_is_not_in_the_link():
    assert Address().link() == ""
    assert Address(place="mahin").query() == {"place": "mahin"}


def test_each_wrong_part_gives_one_sentence_and_the_rest_holds():
    address, notes = read({"date": "2015-13-01", "place": "nowhere", "map": "9_99_0", "view": "claimed", "colour": "red"})
    assert address == Address(view="claimed")
    assert len(notes) == 4
    assert all(note.endswith(".") for note in notes)


@given(st.dictionaries(st.sampled_from(["date", "place", "view", "map", "province", "x"]), st.text()))
def test_no_link_breaks_it(query):
    address, notes = read(query)
    assert len(notes) + len(address.query()) == len(query)
