"""All provinces side by side, with the timeline below: small maps that follow the date in the browser."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from views.screen.components import cards
from views.screen.loading import Atlas, territory_url
from views.screen.pages.control import timeline_bar
from views.screen.permalink.permalink import Permalink
from views.screen.permalink.schema import OFF
from views.screen.session.viewpoint import listed_voices

OVERVIEW = "overview"
"""The name of its timeline."""


def overview(atlas: Atlas, permalink: Permalink) -> str:
    """Draw cards and timeline; returns the ISO 3166-2 code of the province that was chosen, '' for none."""
    if permalink.land == OFF:
        permalink = replace(permalink, land="")  # the cards are drawn from the shapes of the land
    territory_url(atlas, permalink.land, begin=True)  # the cards are nothing without the shapes
    with st.container(key="overview"):
        chosen = cards(atlas.scripts_url, atlas.province_names, listed_voices(atlas), key="province_cards")
        with st.container(key="timeline"):
            timeline_bar(atlas, permalink, OVERVIEW)
    return chosen if chosen in atlas.provinces else ""
