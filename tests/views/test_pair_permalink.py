"""The permalink of two sides that are compared."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from views.screen.permalink.pair import PairPermalink, pair_before, read_pair
from views.screen.permalink.permalink import Permalink
from views.screen.permalink.reading import Existing
from views.screen.permalink.schema import COMPARE, MODES

SPAN = dt.date(2012, 1, 1), dt.date(2018, 5, 22)
EXISTS = Existing({"mahin"}, ("claimed", "corroborated"), {"SY-HI"}, {"sana", "sohr"}, span=SPAN)
FIRST, LAST = dt.date(2015, 11, 1), dt.date(2015, 11, 23)


def read(query):
    return read_pair(query, EXISTS)


def test_a_pair_comes_back_from_its_own_link():
    shared = {"place": "mahin", "map": "8.25_34.500_38.100", "province": "SY-HI", "land": "weighted-30"}
    pair = PairPermalink(
        Permalink(date=FIRST, known_on=FIRST, view="corroborated", voice="sohr", **shared),
        Permalink(date=LAST, known_on=LAST, view="corroborated", voice="sana", **shared),
        mode="side",
        split="35",
    )
    assert read(pair.query()) == (pair, [])
    assert PairPermalink.of(pair.query()) == pair
    assert urlencode(pair.query()) == (
        "date=2015-11-01&to=2015-11-23&known=2015-11-01&known2=2015-11-23&view=corroborated&view2=corroborated&voice=sohr&voice2=sana"
        "&place=mahin&map=8.25_34.500_38.100&province=SY-HI&land=weighted-30&mode=side&split=35"
    )


def test_what_is_usual_goes_without_saying():
    usual = {"view": "claimed", "view2": "claimed", "mode": "swipe", "split": "50", "lang": "en"}
    assert read(usual) == (PairPermalink(), [])
    assert PairPermalink.of(usual).query() == {}


def test_one_date_counts_for_two_viewpoints():
    pair, notes = read({"date": "2015-11-23", "voice": "sohr", "voice2": "sana"})
    assert notes == []
    one, other = pair.sides()
    assert (one.date, one.voice) == (LAST, "sohr")
    assert (other.date, other.voice) == (LAST, "sana")
    assert pair.query() == {"date": "2015-11-23", "voice": "sohr", "voice2": "sana"}


def test_dates_in_the_wrong_order_change_places_and_are_noted():
    pair, [note] = read({"date": "2015-11-23", "to": "2015-11-01", "view2": "corroborated"})
    assert (pair.one.date, pair.other.date, pair.other.view) == (FIRST, LAST, "corroborated")
    assert note.startswith("The link's second date 2015-11-01 lies before its first, 2015-11-23")


def test_each_wrong_part_is_named_as_the_link_names_it_and_the_rest_holds():
    query = {"date": "2015-11-01", "to": "soon", "view2": "red", "voice2": "nobody", "mode": "upside-down", "split": "101", "from": "x"}
    pair, notes = read(query)
    assert pair == PairPermalink(Permalink(date=FIRST))
    assert len(notes) == 6
    for name in ("second date “soon”", "view2 “red”", "voice2 “nobody”", "mode “upside-down”", "split “101”", "“from” is not known"):
        assert any(name in note for note in notes), name
    assert all(note.endswith(".") for note in notes)


def test_days_beyond_the_timeline_become_its_ends():
    pair, notes = read({"date": "2001-01-01", "to": "2031-01-01"})
    assert (pair.one.date, pair.other.date) == SPAN
    assert len(notes) == 2


def test_from_the_map_the_present_date_is_compared_with_thirty_days_before():
    pair = pair_before(
        Permalink(date=LAST, place="mahin", view="corroborated", voice="sana", speed="2", loop="1", kind="siege", q="x"), SPAN
    )
    one, other = pair.sides()
    assert (one.date, other.date) == (dt.date(2015, 10, 24), LAST)
    assert one.view == other.view == "corroborated"
    assert one.voice == other.voice == "sana"
    assert set(pair.query()) == {"date", "to", "view", "view2", "voice", "voice2", "place"}


def test_from_a_range_its_eve_is_compared_with_its_end():
    pair = pair_before(Permalink(date=LAST, start=FIRST), SPAN)
    assert (pair.one.date, pair.other.date) == (dt.date(2015, 10, 31), LAST)
    assert pair_before(Permalink(date=SPAN[0]), SPAN).one.date == SPAN[0], "never before the timeline"


@given(
    st.dictionaries(
        st.sampled_from([*(key.name for key in COMPARE), "from", "x"]), st.text() | st.sampled_from([*MODES, "0", "2015-11-01", "claimed"])
    )
)
def test_no_link_breaks_it(query):
    pair, notes = read(query)
    assert all(note.endswith(".") for note in notes)
    assert read(pair.query()) == (pair, [])
