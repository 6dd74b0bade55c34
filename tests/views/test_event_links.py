"""Links to the ledger: every event of the bundled data is reached by its own, and by the older links that name a claim alone."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from geodata import load_events
from views.screen.pages.ledger.card import shown_on
from views.screen.session.event_links import address_of, find


def test_every_event_is_found_by_its_address() -> None:
    events = load_events()
    for _k, event in events.iterrows():
        found = find(events, address_of(event))
        assert found is not None
        assert found["event_id"] == event["event_id"]


def test_a_claim_alone_names_the_change_that_it_tells_of_rather_than_what_follows_from_it() -> None:
    events = load_events()
    taken = events[(events["place_id"] == "palmyra") & (events["date"] == pd.Timestamp("2015-05-20"))].iloc[0]
    assert taken["basis"] == "change"
    found = find(events, taken["supporting"][0])
    assert found is not None
    assert found["event_id"] == taken["event_id"]
    assert find(events, "nothing") is None
    assert find(events, f"{taken['supporting'][0]}~nobody") is None


def test_an_event_without_a_date_is_shown_on_the_day_before_the_first_change() -> None:
    events, first = load_events(), dt.date(2012, 1, 1)
    before = events[(events["place_id"] == "palmyra") & events["date"].isna()].iloc[0]
    assert shown_on(before, events, first) == dt.date(2015, 5, 19)
    dated = events[events["place_id"] == "palmyra"].iloc[1]
    assert shown_on(dated, events, first) == dated["date"].date()
    assert shown_on(before, events.iloc[:0], first) == first
