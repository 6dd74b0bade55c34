"""What the parts of a province's page are made of, kept for all sessions as long as the ledger stays as it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geodata import Control, places_of
from geodata.control.histories import days_of_change
from geodata.dataset.parties import DIVIDED
from geodata.land.boundaries import boundaries
from geodata.land.boundary_store import added
from geodata.land.measures import Measures
from views.language import language, name_of
from views.screen.loading import Atlas, Seen, seen_from
from views.screen.session.viewpoint import viewpoint
from views.screen.session.visit import current_permalink
from views.style import PartyStyle, party_style

if TYPE_CHECKING:
    from views.paper.sheets.panels import Panels

MOST_DAYS = 120


@dataclass(frozen=True)
class Subject:
    """What a page is about: a province, with the claims that count and the view that are chosen.

    Attributes
    ----------
    seen
        The dataset from the present viewpoint.
    view
        One of `geodata.VIEWS`.
    code
        ISO 3166-2.
    viewpoint
        What has to be said where claims are left out, '' where all count.
    """

    atlas: Atlas
    seen: Seen
    view: str
    code: str
    viewpoint: str

    @property
    def name(self) -> str:
        """Of the province."""
        return self.atlas.province_names[self.code]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What everything that is told of the subject follows from: claims, places, view and outlines."""
        return self.seen.data_url, self.atlas.data_url, self.view, repr(added(1))

    @property
    def words_key(self) -> tuple[str, ...]:
        """The same for what is told in words."""
        return *self.key, language().code


def subject(atlas: Atlas, code: str, view: str) -> Subject:
    """Return the subject of a page, from the viewpoint that the browser last reported."""
    now = current_permalink()
    return Subject(atlas, seen_from(atlas, now.voice, now.known_on), view, code, viewpoint(atlas, now) or "")


def control(about: Subject) -> Control:
    """Control as the subject has it, of every place that any claim is about."""
    return _control(about, about.key)


def measures(about: Subject) -> Measures:
    """Places, land and people with their ranges."""
    return _measures(about, about.key)


def over_time(about: Subject) -> pd.DataFrame:
    """Every measure of the province on all days on which anything changed, or at the end of every month where these are many.

    Columns: date, and those of `Measures.on` but the region.
    """
    frame = _over_time(about, about.key)
    return frame[frame["region"] == about.code].drop(columns="region")


def small_maps(about: Subject, by: str, first: dt.date | None, last: dt.date | None) -> Panels:
    """Return the small maps of the province."""
    return _small_maps(about, by, first, last, about.key, about.code)


def party_names(atlas: Atlas) -> dict[str, str]:
    """Names of the parties in the present language and in their order, 'divided' the last of them."""
    return {party_id: name_of(party) for party_id, party in atlas.dataset.parties.items()} | {DIVIDED.party_id: name_of(DIVIDED)}


def party_styles(atlas: Atlas) -> dict[str, PartyStyle]:
    """How these parties are drawn."""
    return {party_id: party_style(party_id, k, atlas.region) for k, party_id in enumerate(party_names(atlas))}


@st.cache_resource(show_spinner=False, max_entries=8)
def _control(_about: Subject, key: tuple[str, ...]) -> Control:
    return Control(_about.seen.events, _about.view, places_of(_about.atlas.dataset))


@st.cache_resource(show_spinner=False, max_entries=8)
def _measures(_about: Subject, key: tuple[str, ...]) -> Measures:
    locations = _about.atlas.dataset.locations.items()
    people = {place_id: place.population for place_id, place in locations if place.population is not None}
    return Measures(control(_about), boundaries(1, _about.atlas.region), population=pd.Series(people, dtype=float))


@st.cache_resource(show_spinner=False, max_entries=8)
def _over_time(_about: Subject, key: tuple[str, ...]) -> pd.DataFrame:
    found = measures(_about)
    days = days_of_change(control(_about), *_about.atlas.span, MOST_DAYS)
    return pd.concat([found.on(day).assign(date=day) for day in days], ignore_index=True)


@st.cache_resource(show_spinner=False, max_entries=64)
def _small_maps(_about: Subject, by: str, first: dt.date | None, last: dt.date | None, key: tuple[str, ...], code: str) -> Panels:
    from views.paper.sheets.panels import (
        panels,  # matplotlib takes a third of a second to import, which the first picture need not wait for
    )

    found = control(_about)
    return panels(_about.seen.events, code, _about.atlas.ledger, first, last, by, _about.view, places=found.places)
