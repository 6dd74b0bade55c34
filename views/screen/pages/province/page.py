"""The page of provinces: the overview, or one province with its map on top and the rest below."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geodata import VIEWS
from views.language import N_, _
from views.screen.components import ribbons, watch
from views.screen.frame.fields import spoken
from views.screen.frame.frame import header, load_or_stop, sources
from views.screen.loading import Atlas
from views.screen.pages.control import stage, told
from views.screen.pages.province import districts, events, figures, maps, over_time, places, reading
from views.screen.pages.province.overview import OVERVIEW, overview
from views.screen.permalink.permalink import Permalink
from views.screen.session.fragments import renew_page, telling_fragment
from views.screen.session.visit import current_permalink, follow, opening_permalink, reopen

ALL = ""
"""Stands for all provinces among their codes."""

PARTS = {
    "maps": N_("Small maps"),
    "time": N_("Over time"),
    "ribbons": N_("Ribbons"),
    "places": N_("Places"),
    "events": N_("Events"),
    "reading": N_("How to read this page"),
}


def provinces_page(page: str) -> None:
    """One province if the link names it, or if a link names a place of it; else all of them."""
    atlas = load_or_stop()
    said = st.query_params.to_dict()
    permalink = opening_permalink(atlas, page)
    # What the browser writes says the view, too: without a province it is of all of them, whatever place was chosen before.
    if not permalink.province and "place" in said and "view" not in said and (place := atlas.dataset.locations.get(permalink.place)):
        permalink = replace(permalink, province=place.admin1 if place.admin1 in atlas.provinces else ALL, map="")
        reopen(permalink)
    if permalink.province:
        _province(atlas, permalink, page)
    else:
        header(_("Provinces"), page, atlas, lambda: _choose(atlas, ALL))
        if chosen := overview(atlas, replace(permalink, map="")):
            _turn_to(chosen)
            st.rerun()
        sources(atlas)


def _province(atlas: Atlas, permalink: Permalink, page: str) -> None:
    code = permalink.province
    place = atlas.dataset.locations.get(permalink.place)
    if place and place.admin1 != code:
        permalink = replace(permalink, place="")
    header(_("Province"), page, atlas, lambda: _choose(atlas, code), has_map=True)
    stage(atlas, permalink, _stage_key(code))
    with st.container(key="province_parts"):
        st.markdown(_("Below:") + " " + " · ".join(f"[{_(label)}](#{anchor})" for anchor, label in PARTS.items()))
    sources(atlas)
    _below(atlas, code)


@telling_fragment
def _below(atlas: Atlas, code: str) -> None:
    """Draw what stands below the map. It is made once the browser has drawn the map, and again when view or viewpoint change there."""
    seen = watch(atlas.scripts_url, key=f"watch_{code}")
    with st.container(key="province_below"):
        st.header(_("Small maps"), anchor="maps")
        drawn = st.container()
        st.header(_("Over time"), anchor="time")
        told = st.container()
        st.header(_("Control ribbons"), anchor="ribbons")
        ribbons(atlas.scripts_url, key="control_ribbons")
        st.header(_("Places"), anchor="places")
        listed = st.container()
        st.header(_("Events"), anchor="events")
        happened = st.container()
        st.header(_("How to read this page"), anchor="reading")
        reading.show(atlas)
        if seen is None:
            return
        about = figures.subject(atlas, code, seen["view"] if seen["view"] in VIEWS else VIEWS[0])
        # The quick parts first.
        with listed:
            places.show(about)
            districts.show(about)
        with happened:
            events.show(about)
        with drawn:
            maps.show(about, narrow=bool(seen["narrow"]))
        with told:
            over_time.show(about)


def _choose(atlas: Atlas, present: str) -> None:
    names = atlas.province_names
    codes = [ALL, *sorted(names, key=lambda code: names[code])]
    key = spoken(f"province_choice_{present}")
    with st.container(key="province", width=200):
        st.selectbox(
            _("Province"),
            codes,
            index=codes.index(present),
            format_func=lambda code: names[code] if code else _("All provinces"),
            label_visibility="collapsed",
            key=key,
            on_change=_chosen,
            args=(key, present),
        )


def _chosen(key: str, present: str) -> None:
    if now := told(_stage_key(present)):  # perhaps in the same moment
        follow(now)
    _turn_to(st.session_state[key])
    renew_page()


def _stage_key(code: str) -> str:
    return f"province_{code}" if code else OVERVIEW


def _turn_to(code: str) -> None:
    reopen(replace(current_permalink(), province=code, place="", map=""))
