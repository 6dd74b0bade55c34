"""The page of the whole region; its map, rail and timeline in one stage, which the page of a province has too."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from views.language import _, language, name_of
from views.screen.components import rail, reported, timeline
from views.screen.frame.frame import header, load_or_stop, sources
from views.screen.loading import Atlas, seen_from, territory_url, wants_land
from views.screen.permalink.permalink import Permalink
from views.screen.session.fragments import telling_fragment
from views.screen.session.viewpoint import listed_voices
from views.screen.session.visit import current_permalink, follow, opening_permalink, reopen


def control_page(page: str) -> None:
    """Draw the whole region."""
    atlas = load_or_stop()
    permalink = opening_permalink(atlas, page)
    header(_("{region}: who controls which town", region=name_of(atlas.region)), page, atlas, has_map=True)
    stage(atlas, replace(permalink, province=""), "region")
    sources(atlas)


def stage(atlas: Atlas, permalink: Permalink, key: str) -> None:
    """Map, rail and timeline; `key` names what the page is about."""
    with st.container(key="stage"):
        picture = st.container(key="map")
        with st.container(key="rail"):
            rail(atlas.scripts_url, listed_voices(atlas), key="control_rail")
        with st.container(key="timeline"):
            timeline_bar(atlas, permalink, key)
        with picture:
            # Last, since folium takes a fifth of a second to import, in which the browser can load the rest.
            from views.screen.control_map import control_map, show

            show(control_map(atlas.scripts_url, atlas.base_url, atlas.region.home), key=f"control_map_{language().code}")


@telling_fragment
def timeline_bar(atlas: Atlas, permalink: Permalink, key: str) -> None:
    """Draw the timeline, which opens the data as a link says; where it rests the exports follow, and the shapes of territory come."""
    said = told(key)
    if said:
        if said.province != permalink.province:  # back to another province, or to all of them
            reopen(said)
            st.rerun(scope="app")
        follow(said)
    now = current_permalink()  # the browser is ahead of what the page was opened with
    territory = territory_url(atlas, now.land, begin=bool(said))  # the browser reports once it has drawn
    opening = {
        "url": seen_from(atlas, now.voice, now.known_on).data_url,
        **permalink.said(),
        "territory": territory,
    }
    wanting = wants_land(atlas, now.land) and not territory
    timeline(atlas.scripts_url, opening, st.session_state.get("found"), wanting, f"timeline_{key}")


def told(key: str) -> Permalink | None:
    """Return what the timeline of that name last told; None before it ever did."""
    state = reported(f"timeline_{key}")
    # The browser may not have heard of a new language yet.
    return replace(Permalink.of(state), lang=current_permalink().lang) if state else None
