"""The pages with a map: map, rail and timeline in one stage, for the whole region or one province."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from views.screen.address import DAYS, WORDS, Address
from views.screen.control_map import control_map, show
from views.screen.frame import header, load_or_stop, sources
from views.screen.loading import Atlas, territory_url
from views.screen.timeline import rail, ribbons, timeline
from views.screen.visit import current_address, follow, opening_address, reopen


def control_page(page: str) -> None:
    """The whole region."""
    atlas = load_or_stop()
    address = opening_address(atlas, page)
    header(f"{atlas.region.name}: who controls which town", page, atlas)
    _stage(atlas, replace(address, province=""), "region")
    sources()


def province_page(page: str) -> None:
    """One province, chosen here or by the address."""
    atlas = load_or_stop()
    address = opening_address(atlas, page)
    if not address.province:
        place = atlas.dataset.locations.get(address.place)
        address = replace(address, province=place.admin1 if place and place.admin1 in atlas.provinces else atlas.region.home, map="")
        reopen(address)
    place = atlas.dataset.locations.get(address.place)
    if place and place.admin1 != address.province:
        address = replace(address, place="")
    header("Province", page, atlas, lambda: _choose_province(atlas, address.province))
    _stage(atlas, address, f"province_{address.province}")
    sources()
    ribbons(atlas.scripts_url, key="control_ribbons")


def _choose_province(atlas: Atlas, present: str) -> None:
    codes = sorted(atlas.provinces, key=lambda code: atlas.provinces[code])
    with st.container(key="province", width=200):
        chosen = st.selectbox(
            "Province", codes, index=codes.index(present), format_func=lambda code: atlas.provinces[code], label_visibility="collapsed"
        )
    if chosen != present:
        reopen(replace(current_address(), province=chosen, place="", map=""))
        st.rerun()


def _stage(atlas: Atlas, address: Address, key: str) -> None:
    with st.container(key="stage"):
        with st.container(key="map"):
            show(control_map(atlas.scripts_url, atlas.base_url, atlas.region.home), key="control_map")
        with st.container(key="rail"):
            rail(atlas.scripts_url, key="control_rail")
        with st.container(key="timeline"):
            _timeline(atlas, address, key)


@st.fragment
def _timeline(atlas: Atlas, address: Address, key: str) -> None:
    opening = {"url": atlas.data_url, **dict.fromkeys((*DAYS, *WORDS), ""), **address.query()}
    drawn = st.session_state.get("territory", "")
    state = timeline(atlas.scripts_url, opening, st.session_state.get("found"), drawn, f"timeline_{key}")
    if state:
        follow(Address.of(state | {"province": address.province}))
        wanted = territory_url(atlas, state["land"])
        if wanted and wanted != drawn:
            st.session_state["territory"] = wanted
            st.rerun(scope="fragment")
