"""What the parts of a province's page are made of, kept for all sessions as long as the ledger stays as it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geodata import Control
from geodata.boundaries import boundaries
from geodata.boundary_store import added
from geodata.histories import days_of_change
from geodata.measures import Measures
from geodata.parties import DIVIDED
from views.screen.loading import Atlas

if TYPE_CHECKING:
    from views.paper.panels import Panels

MOST_DAYS = 120


def control(atlas: Atlas, view: str) -> Control:
    """Control in a view."""
    return _control(atlas, view, atlas.data_url)


def measures(atlas: Atlas, view: str) -> Measures:
    """Places, land and people with their ranges, in a view."""
    return _measures(atlas, view, atlas.data_url, repr(added(1)))


def over_time(atlas: Atlas, view: str, code: str) -> pd.DataFrame:
    """Every measure of one province on all days on which anything changed, or at the end of every month where these are many.

    Columns: date, and those of `Measures.on` but the region.
    """
    frame = _over_time(atlas, view, atlas.data_url, repr(added(1)))
    return frame[frame["region"] == code].drop(columns="region")


def small_maps(atlas: Atlas, view: str, code: str, by: str, first: dt.date | None, last: dt.date | None) -> Panels:
    """The small maps of one province."""
    return _small_maps(atlas, view, code, by, first, last, atlas.data_url, repr(added(1)))


def party_names(atlas: Atlas) -> dict[str, str]:
    """Names of the parties in their order, and of what stands in place of a party."""
    return {party_id: party.name for party_id, party in atlas.dataset.parties.items()} | {DIVIDED.party_id: DIVIDED.name}


# `data_url` names the content of the ledger, `outlines` whose outlines they are: the rest of the atlas follows from them.


@st.cache_resource(show_spinner=False, max_entries=4)
def _control(_atlas: Atlas, view: str, data_url: str) -> Control:
    return Control(_atlas.events, view)


@st.cache_resource(show_spinner=False, max_entries=4)
def _measures(_atlas: Atlas, view: str, data_url: str, outlines: str) -> Measures:
    people = {place_id: place.population for place_id, place in _atlas.dataset.locations.items() if place.population is not None}
    return Measures(control(_atlas, view), boundaries(1, _atlas.region), population=pd.Series(people, dtype=float))


@st.cache_resource(show_spinner=False, max_entries=4)
def _over_time(_atlas: Atlas, view: str, data_url: str, outlines: str) -> pd.DataFrame:
    found = measures(_atlas, view)
    days = days_of_change(control(_atlas, view), *_atlas.span, MOST_DAYS)
    return pd.concat([found.on(day).assign(date=day) for day in days], ignore_index=True)


@st.cache_resource(show_spinner=False, max_entries=64)
def _small_maps(
    _atlas: Atlas, view: str, code: str, by: str, first: dt.date | None, last: dt.date | None, data_url: str, outlines: str
) -> Panels:
    from views.paper.panels import panels  # matplotlib takes a third of a second to import, which the first picture need not wait for

    return panels(_atlas.events, code, _atlas.ledger, first, last, by, view)
