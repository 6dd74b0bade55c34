"""The pages with a map: map, rail and timeline in one stage, for the whole region or one province."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from views.screen.address import DAYS, OFF, WORDS, Address
from views.screen.frame import header, load_or_stop, sources
from views.screen.loading import Atlas, seen_from, territory_url
from views.screen.timeline import rail, ribbons, timeline
from views.screen.visit import current_address, follow, opening_address, reopen


def control_page(page: str) -> None:
    """The whole region."""
    atlas = load_or_stop()
    address = opening_address(atlas, page)
    header(f"{atlas.region.name}: who controls which town", page, atlas)
    _stage(atlas, replace(address, province=""), "region")
    sources(atlas)


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
    sources(atlas)
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
        picture = st.container(key="map")
        with st.container(key="rail"):
            rail(atlas.scripts_url, [[voice.who, voice.name, voice.claims] for voice in atlas.voices], key="control_rail")
        with st.container(key="timeline"):
            _timeline(atlas, address, key)
        with picture:
            # Last, since folium takes a fifth of a second to import, in which the browser can load the rest.
            from views.screen.control_map import control_map, show

            show(control_map(atlas.scripts_url, atlas.base_url, atlas.region.home), key="control_map")


@st.fragment
def _timeline(atlas: Atlas, address: Address, key: str) -> None:
    now = current_address()  # the browser is ahead of the address that the page was opened with
    data_url, territory = seen_from(atlas, now.voice, now.known_on).data_url, _territory(atlas, now)
    opening = {"url": data_url, **dict.fromkeys((*DAYS, *WORDS), ""), **address.query(), "territory": territory}
    wanting = now.land != OFF and not territory
    state = timeline(atlas.scripts_url, opening, st.session_state.get("found"), wanting, f"timeline_{key}")
    if not state:
        return
    st.session_state["drawn"] = True
    now = Address.of(state)
    follow(now)
    if seen_from(atlas, now.voice, now.known_on).data_url != data_url or _territory(atlas, now) != territory:
        st.rerun(scope="fragment")


def _territory(atlas: Atlas, now: Address) -> str:
    """Address of the shapes to be drawn; none before the browser has reported for the first time, which it does once it has drawn."""
    return territory_url(atlas, now.land) if st.session_state.get("drawn") else ""
