"""The page of the whole region; its map, rail and timeline in one stage, which the page of a province has too."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from views.screen.address import DAYS, WORDS, Address
from views.screen.control_map import control_map, show
from views.screen.frame import header, load_or_stop, sources
from views.screen.loading import Atlas, territory_url
from views.screen.timeline import rail, timeline
from views.screen.visit import follow, opening_address


def control_page(page: str) -> None:
    """The whole region."""
    atlas = load_or_stop()
    address = opening_address(atlas, page)
    header(f"{atlas.region.name}: who controls which town", page, atlas)
    stage(atlas, replace(address, province=""), "region")
    sources()


def stage(atlas: Atlas, address: Address, key: str) -> None:
    """Map, rail and timeline; `key` names what the page is about."""
    with st.container(key="stage"):
        with st.container(key="map"):
            show(control_map(atlas.scripts_url, atlas.base_url, atlas.region.home), key="control_map")
        with st.container(key="rail"):
            rail(atlas.scripts_url, key="control_rail")
        with st.container(key="timeline"):
            timeline_bar(atlas, address, key)


@st.fragment
def timeline_bar(atlas: Atlas, address: Address, key: str) -> None:
    """The timeline, which opens the data at an address; where it rests the exports follow, and the shapes of territory come."""
    opening = {"url": atlas.data_url, **dict.fromkeys((*DAYS, *WORDS), ""), **address.query()}
    drawn = st.session_state.get("territory", "")
    state = timeline(atlas.scripts_url, opening, st.session_state.get("found"), drawn, f"timeline_{key}")
    if state:
        follow(Address.of(state | {"province": address.province}))
        wanted = territory_url(atlas, state["land"])
        if wanted and wanted != drawn:
            st.session_state["territory"] = wanted
            st.rerun(scope="fragment")
